"""体检批次: a campaign with its visits."""
