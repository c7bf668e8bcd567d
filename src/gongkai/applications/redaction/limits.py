"""Bounds on what covering a file may cost. Larger files are to be split; nobody reads them in one piece either."""

from __future__ import annotations

MAX_BYTES = 100_000_000
MAX_PAGES = 300
MAX_PIXELS = 80_000_000  # of one page; a sheet of A0 at 200 dpi has 62 million
MAX_TOTAL_PIXELS = 1_500_000_000  # of all pages of one file; 300 pages of A4 at 200 dpi have 1,160 million
MAX_SHOWN = 4_000_000  # pixels of a page in the browser
LOWEST_DPI = 72
HIGHEST_DPI = 300
MEMORY_LIMIT = 2 * 2**30  # bytes of address space of the process that opens files
SHOW_TIME = 30  # seconds, to look at a file or one page
REBUILD_TIME = 600
