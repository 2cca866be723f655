"""The shell completes commands and options, once `quietline --install-completion` has told it how."""

from typer.testing import CliRunner

from quietline import app
from tests.every import every


@every(
    ("typed", "at", "offered"),
    [
        ("quietline d", "1", {"detect", "directory", "doctor"}),
        ("quietline directory du", "2", {"due", "duplicates"}),
        ("quietline directory due --co", "3", {"--country"}),
    ],
)
def test_bash_is_offered_what_fits(typed: str, at: str, offered: set[str]) -> None:
    asked = {"_QUIETLINE_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": at}
    result = CliRunner().invoke(app, env=asked, prog_name="quietline")
    assert set(result.stdout.split()) == offered
