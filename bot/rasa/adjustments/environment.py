"""What must be true before the first import of rasa or numpy: few threads, no telemetry, no files in a home folder."""

import logging
import os
import warnings
from pathlib import Path
from typing import Any

from bot import logs


def prepare(home: Path, threads: int = 1) -> None:
    """Set the environment and clear the way for rasa. `home` takes what libraries would put into the real one."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        # Several engines share a few cores: more threads for one of them only wait for each other.
        "OMP_NUM_THREADS": str(threads),
        "OPENBLAS_NUM_THREADS": str(threads),
        "RASA_TELEMETRY_ENABLED": "false",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_CACHE_HOME": str(home),
        "MPLCONFIGDIR": str(home),
    }
    # Warnings of old libraries about each other, on stderr and with lines of code: nothing that we could do here.
    warnings.simplefilter("ignore")
    from bot.rasa.adjustments import left_out

    left_out.install()


def silence(level: str) -> None:
    """Bring every logger under the allow-list of bot.logs, structlog's too, which would print messages to stdout."""
    import structlog

    structlog.configure(processors=[_without_content], cache_logger_on_first_use=False)
    logs.set_up(level)


def _without_content(_logger: Any, method: str, _event: Any) -> Any:
    if method in ("warning", "error", "critical", "exception"):
        logging.getLogger("rasa.structlog").log(logging.WARNING, "")
    import structlog

    raise structlog.DropEvent
