"""Agencies, departments, people, and what every record that belongs to an agency shares."""
