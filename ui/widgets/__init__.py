"""The few building blocks all pages are made of."""
