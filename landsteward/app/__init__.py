"""Use cases: one function per user action, and the ports they need."""
