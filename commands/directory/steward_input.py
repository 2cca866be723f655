"""What a steward types beside an entry, and how a command refuses: one sentence, and the directory is as it was."""

import sys
from collections.abc import Callable

from commands.directory.renewal import NotRenewed
from resources_directory.files.entries_folder import BadEntry
from resources_directory.stewards.verification import CheckRefused

_SHORTEST, _LONGEST = 2, 60  # characters of a steward's name


def steward_name(name: str) -> str:
    """Return a name of the desk; raise CheckRefused."""
    if not _SHORTEST <= len(name.strip()) <= _LONGEST:
        raise CheckRefused("Give your name on the desk, of 2 to 60 letters.")
    return name


def given_reason(reason: str) -> str:
    """Return a reason; raise CheckRefused if it is empty."""
    if not reason.strip():
        raise CheckRefused("Give a reason, and in it nothing that a person wrote.")
    return reason


def refused_or(body: Callable[[], None]) -> int:
    """Run the body of a command; return 0, or 1 after printing why it was refused."""
    try:
        body()
    except (CheckRefused, BadEntry, NotRenewed) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The directory could not be written: {error.strerror}.", file=sys.stderr)
        return 1
    return 0
