"""Excel ledgers that a clerk keeps: declared columns, templates, reading with errors exact to the row."""
