"""Text in cells of a CSV file that a spreadsheet must not take for a formula, and the way back.

A service named `=HYPERLINK(…)` or `+cmd|…` by its feed would run on the computer of whoever opens the file. An apostrophe in
front makes it text. Phone numbers and coordinates begin with + and - too, and stay as they are: figures alone do no harm.
"""

import re
from typing import Any

# What begins a formula in some spreadsheet, also in the width of East Asian letters, and behind spaces.
_FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")
_FIGURES = re.compile(r"[+-]?[0-9(][0-9 ().,/-]*")
_ESCAPED = re.compile(rf"'+(?:{_FORMULA.pattern})")


def safe(cell: Any) -> Any:
    """Return a cell as it is written."""
    if not isinstance(cell, str) or _FIGURES.fullmatch(cell):
        return cell
    return f"'{cell}" if _FORMULA.match(cell) or _ESCAPED.match(cell) else cell


def original(cell: str) -> str:
    """Return a cell as it was before `safe`."""
    return cell[1:] if _ESCAPED.match(cell) else cell
