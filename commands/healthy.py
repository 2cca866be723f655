"""`python -m commands.healthy URL`: what a container is asked, which has no other program to ask with."""

import sys
import urllib.request


def healthy(url: str) -> bool:
    """Tell whether something answers there that all is well."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - as the caller says
            return bool(answer.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(not healthy(sys.argv[1]))
