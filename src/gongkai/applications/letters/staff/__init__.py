"""文书模板 and 文号 in the back office."""
