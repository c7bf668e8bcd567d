"""Chinese full-text search of what is published: the same results on SQLite and PostgreSQL."""
