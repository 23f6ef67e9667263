"""A real ledger cluster on this desk, to learn on, to break and to mend."""
