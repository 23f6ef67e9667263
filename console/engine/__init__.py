"""Builds and runs the side that does the work, and serves the link."""
