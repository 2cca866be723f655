"""`python -m commands.deploy.healthy URL`: prints what a server says of itself, where no other program could ask it."""

import sys
import urllib.request


def healthy(url: str) -> bool:
    """Tell whether something answers there that all is well, and print what it says."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - as the caller says
            print(answer.read().decode(), end="")
            return bool(answer.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(not healthy(sys.argv[1]))
