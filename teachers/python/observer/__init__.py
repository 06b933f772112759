"""Watches Python programs and writes what it saw (docs/trace-format.md)."""
