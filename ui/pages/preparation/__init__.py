"""体检准备单: what is known before a visit."""
