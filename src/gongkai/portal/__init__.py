"""What the agency publishes on its own site (主动公开)."""
