"""Why a file could not be read, in words for the person who chose it."""


class ReadError(Exception):
    """A file that is no annual report, or cannot be opened; the message is Chinese and says what to do."""
