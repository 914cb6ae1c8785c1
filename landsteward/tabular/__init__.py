"""Tables in and out: the only package that knows sheet files and what reads and writes them."""
