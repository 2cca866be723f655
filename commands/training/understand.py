"""`quietline understand`: reads messages from stdin and prints what is understood as JSON lines."""

import os
import subprocess
import sys

from bot.settings import Settings
from commands.engine import COMMAND
from commands.training.train import ROOT, train


def understand(settings: Settings) -> None:
    """Hand stdin and stdout to a process that loads the model, and exit with its exit code."""
    model = train(settings.var)
    command = [*COMMAND, "understand", "--model", str(model)]
    environment = {
        **os.environ,
        "QUIETLINE_VAR": str(settings.var),
        "LOG_LEVEL": "error",
        "PYTHONDONTWRITEBYTECODE": "",
    }
    sys.exit(subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode)  # noqa: S603
