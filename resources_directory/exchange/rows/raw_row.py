"""A row of a feed as it was read, before its fields are known."""

from typing import Any

RawRow = dict[str, Any]
