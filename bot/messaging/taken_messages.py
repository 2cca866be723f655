"""The messages that were taken and must not be taken again for more than a year, though their platform signs no time.

Twilio's signature covers the address and the fields of a request, and none of them is a time. Whoever got hold of a request
can bring it again until the auth token is changed, and a text message out of nowhere on a watched phone is a danger. So the
id of each message is remembered for longer than a token should live (docs/twilio.md), as 60 bits of its keyed hash. They lie
in many small sets, which Redis keeps as plain numbers of 8 bytes. A set tells the month and nothing closer.
"""

import calendar
import time
from typing import Any

from bot.months import KEPT, month, months_kept

_LONGEST_MONTH = 31 * 86_400


def packed(seen: str, now: float) -> dict[str, Any]:
    """Return where intake.lua looks for a message, and where it notes it. `seen`: the keyed hash of its id."""
    this_month = calendar.timegm(time.strptime(month(now), "%Y-%m"))
    return {
        "sets": [f"taken:{name}:{seen[:2]}" for name in months_kept(now)],
        "number": str(int(seen[2:17], 16)),
        # The same moment for a whole month: a time of its own would tell when somebody wrote.
        "until": this_month + KEPT + _LONGEST_MONTH,
    }
