"""Texts that go out here, of whatever kind: reviewed by another person, then read as they were reviewed."""
