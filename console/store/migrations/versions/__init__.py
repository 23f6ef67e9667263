"""One module for each form of the store, by number."""
