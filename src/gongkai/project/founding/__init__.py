"""Founding an installation: what a body says of itself (YAML or answers), and making all of it."""
