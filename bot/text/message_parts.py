"""Messages in parts: a text that is longer than the reader reads well is read piece by piece, and its end always."""

import regex

LETTERS = (
    600  # in one piece: a hundred words, or two hundred tokens, and few messages that were learned from are longer
)
PIECES = 12  # read at most: all of a message of the greatest length we keep
_SENTENCE_ENDS = regex.compile(r"(?<=[.!?…。！？؟।])\s+|\n+")


def pieces(text: str) -> list[str]:
    """Split a text at sentence ends into pieces to be read one by one."""
    if len(text) <= LETTERS:
        return [text]
    found: list[str] = []
    for part in _short_parts(text):
        if found and len(found[-1]) + 1 + len(part) <= LETTERS:
            found[-1] += f" {part}"
        else:
            found.append(part)
    # The end is always read: what is most urgent is often said last.
    return found if len(found) <= PIECES else [*found[: PIECES - 2], *found[-2:]]


def _short_parts(text: str) -> list[str]:
    parts: list[str] = []
    for sentence in _SENTENCE_ENDS.split(text):
        rest = sentence
        while len(rest) > LETTERS:
            # Between words where there are any; scripts without spaces are cut where it is full.
            at = rest.rfind(" ", 1, LETTERS) if " " in rest[1:LETTERS] else LETTERS
            parts.append(rest[:at])
            rest = rest[at:].strip()
        parts.append(rest)
    return [part for part in parts if part]
