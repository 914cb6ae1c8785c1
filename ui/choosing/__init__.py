"""Choosing many enterprises: from the register by filter, or by a list of names and codes."""
