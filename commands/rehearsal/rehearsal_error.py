"""What ends a rehearsal without a result."""


class NotPlayed(Exception):
    """Something could not be played, or not written down; the text is a sentence that says which file and key."""
