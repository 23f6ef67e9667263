"""Watches nodes: polls them and keeps what they said."""
