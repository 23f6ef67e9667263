"""The tests, laid out as the package is; what several of them share lies here."""
