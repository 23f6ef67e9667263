"""Ledger Console: watches PostgreSQL ledger clusters over SSH and leads their recovery."""

__version__ = "0.1.0"
