"""互动交流 as the public sees it: writing, looking up, reading what was answered."""
