"""What several articles share, where they differ, and what only one says."""
