"""The command line on real files: one module for each kind of command."""
