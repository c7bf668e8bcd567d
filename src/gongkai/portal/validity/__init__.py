"""文件有效性: which documents are in force, until when and in whose care; the two-yearly clean-up that settles it."""
