"""`python -m commands.deploy.healthy URL`: a health check for containers that have no other HTTP client."""

import sys
import urllib.request


def healthy(url: str) -> bool:
    """Return whether the URL answers with status 200, and print the answer."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - as the caller says
            print(answer.read().decode(), end="")
            return bool(answer.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(not healthy(sys.argv[1]))
