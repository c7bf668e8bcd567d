"""What an old site has published, read from its saved pages or from a worksheet, and put into the portal."""
