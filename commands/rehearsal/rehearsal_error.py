"""The error that ends a rehearsal without a result."""


class NotPlayed(Exception):
    """Something could not be played or written; the text is a sentence that names file and key."""
