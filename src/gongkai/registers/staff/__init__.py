"""第二十条各项 in the back office: lists, forms, what a named person publishes, table 二."""
