"""Canaries: the guards of the test suite do fail what they should."""
