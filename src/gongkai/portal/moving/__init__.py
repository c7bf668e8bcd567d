"""Moving in: the columns of a new site, and what an old site has published already."""
