"""Writes the programs that Mimus watches to learn Python. There are no answers in them."""
