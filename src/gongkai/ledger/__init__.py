"""Append-only hash-chained events, number allocation and encrypted personal fields."""
