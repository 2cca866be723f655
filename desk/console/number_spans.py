"""Phone numbers inside what somebody wrote: kept together, and in their own order in a right-to-left text."""

import re

from markupsafe import Markup

_NUMBER = re.compile(r"([+*#(]?\d[\d ()\-]{4,22}\d)")


def with_numbers(text: str) -> Markup:
    """Mark the numbers in a text."""
    parts = _NUMBER.split(text)
    marked = (Markup('<bdi dir="ltr">{}</bdi>').format(part) if at % 2 else part for at, part in enumerate(parts))
    return Markup("").join(marked)
