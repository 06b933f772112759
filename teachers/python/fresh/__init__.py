"""Fresh calls of every operation, to score what was learned on: nothing here is shared with the lessons."""
