"""What the pages of firms and of a case share: the question about conflicts and its answers."""
