"""Remembers: inventory, readings and events, in SQLite."""
