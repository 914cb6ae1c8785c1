"""The case page, by real events on real widgets."""
