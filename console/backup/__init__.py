"""Backup engines behind one face: what each found on its host, and the orders that are given to it."""
