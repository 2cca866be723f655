"""The file of settings: read by every command, changed without touching what somebody wrote."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands.runtime.composition import ROOT
from commands.setup.settings_file import BadSettingsFile, changed, fill, read, write_private, written

TEXT = """# Ours.
PUBLIC_URL=https://chat.example
export LOG_LEVEL=warning

PRIVACY_CONTACT='Ask us: office, second floor'  # told on the page
EMPTY=
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / ".env").write_text(TEXT)
    return tmp_path / ".env"


def test_it_is_read_as_the_shell_reads_it(file: Path) -> None:
    script = f'set -a; . "{file}"; printf "%s|%s|%s|%s" "$PUBLIC_URL" "$LOG_LEVEL" "$PRIVACY_CONTACT" "$EMPTY"'
    shell = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert "|".join(read(file).values()) == shell.stdout


def test_the_environment_wins_over_the_file(file: Path) -> None:
    env = {"QUIETLINE_SETTINGS": str(file), "LOG_LEVEL": "error"}
    fill(env)
    assert (env["LOG_LEVEL"], env["PUBLIC_URL"]) == ("error", "https://chat.example")


def test_without_a_file_nothing_is_filled_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    env: dict[str, str] = {}
    fill(env)
    assert env == {}


def test_a_file_that_is_named_has_to_be_there() -> None:
    with pytest.raises(BadSettingsFile, match="names a file that is not there"):
        fill({"QUIETLINE_SETTINGS": "/nowhere/at/all"})


@pytest.mark.parametrize("line", ["nonsense", "lower=1", "PRIVACY_CONTACT='no end", "= x"])
def test_a_line_that_is_no_setting_is_named_by_its_number_and_not_shown(file: Path, line: str) -> None:
    file.write_text(f"# Ours.\n{line}\n")
    with pytest.raises(BadSettingsFile, match=r"^Line 2 of \.env is not NAME=value") as found:
        read(file)
    assert line not in str(found.value)


def test_a_change_leaves_every_other_line_as_it_was(file: Path) -> None:
    text = changed(file, {"PUBLIC_URL": "https://new.example", "HOME_COUNTRY": "MX"})
    assert text == TEXT.replace("https://chat.example", "https://new.example") + "HOME_COUNTRY=MX\n"


@pytest.mark.parametrize("value", ["plain", "two words", 'a $HOME `id` "x" # y', "it \\ is"])
def test_what_is_written_comes_back_from_the_shell_and_from_us(tmp_path: Path, value: str) -> None:
    path = tmp_path / "settings"
    write_private(path, written("NAME", value) + "\n")
    shell = subprocess.run(["sh", "-c", f'. "{path}"; printf %s "$NAME"'], capture_output=True, text=True, check=True)
    assert (shell.stdout, read(path)["NAME"]) == (value, value)


@pytest.mark.parametrize("value", ["it's", "two\nlines"])
def test_what_not_every_reader_takes_alike_is_not_written(value: str) -> None:
    with pytest.raises(BadSettingsFile, match=r"^NAME must hold"):
        written("NAME", value)


def test_it_is_written_for_its_owner_alone_and_nothing_is_left_beside_it(file: Path) -> None:
    write_private(file, "PORT=1\n")
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("PORT=1\n", 0o600)
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.process
def test_a_command_of_its_own_process_reads_it(file: Path) -> None:
    file.write_text("PORT=none\n")
    env = {"PATH": os.environ["PATH"], "QUIETLINE_SETTINGS": str(file)}
    command = [sys.executable, "-m", "quietline", "erase", "--everything"]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "PORT must be a whole number from 1 to 65535.\n")
