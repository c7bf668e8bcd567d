"""Administrative review and litigation over disclosure 行政复议、行政诉讼 (Article 51)."""
