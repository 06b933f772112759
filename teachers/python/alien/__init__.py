"""Languages that did not exist: Python's lessons in other words, with other meanings."""
