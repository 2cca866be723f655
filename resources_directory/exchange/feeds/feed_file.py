"""The file that a feed is read from: a file of a bounded size, and no device or pipe, which may never end."""

import os
import stat
from pathlib import Path

from resources_directory.exchange.feeds.refusal import FeedRefused

LARGEST = 50_000_000  # bytes


def content_of(path: Path, largest: int = LARGEST) -> bytes:
    """Return the bytes of a file; raise FeedRefused, or OSError if there is none."""
    # Without O_NONBLOCK, opening a pipe waits until somebody writes.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise FeedRefused(f"{path.name} is no file: save the feed to one first.")
        content = file.read(largest + 1)  # the size that a file states may be a lie
    if len(content) > largest:
        raise FeedRefused(f"{path.name} is larger than {largest // 1_000_000} MB.")
    return content
