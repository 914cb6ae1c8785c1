"""The automatic rules and what they suspect."""
