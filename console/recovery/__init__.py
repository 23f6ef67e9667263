"""Guided changes: plans, what proves them, and the one loop that runs them."""
