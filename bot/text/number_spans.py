"""Phone numbers inside a text as HTML: kept together, and in their own order in a right-to-left text."""

import re

from markupsafe import Markup

_NUMBER = re.compile(r"([+*#(]?\d[\d ()\-]{4,22}\d)")  # same as in channels/web/widget/chat.js


def with_numbers(text: str) -> Markup:
    """Wrap the numbers in `<bdi>`, so that none breaks at the end of a line."""
    parts = _NUMBER.split(text)
    return Markup("").join(Markup("<bdi>{}</bdi>").format(part) if at % 2 else part for at, part in enumerate(parts))
