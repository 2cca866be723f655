"""`quietline setup`, as somebody answers it who has never seen the file of settings."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.settings import Settings
from commands.languages.language_table import drafted
from commands.runtime.composition import ROOT
from commands.runtime.production import refusals
from commands.setup import setup_answers
from commands.setup.settings_file import read
from commands.setup.setup_answers import BadAnswer
from quietline import app
from tests.every import every

TOKEN, ACCOUNT, AUTH = "12345:an-invented_token", "AC" + "0" * 32, "an invented auth token"
EVERYTHING = {
    "serious": "y",
    "country": "Mexico",
    "languages": "all",
    "public": "chat.example/",
    "telegram": TOKEN,
    "account": ACCOUNT,
    "auth": AUTH,
    "sender": "+1 (500) 555-0006",
    "phones": "Guatemala, HN",
    "desk": "https://desk.example",
    "zone": "America/Mexico_City",
    "hours": "Mo-Fr 09:00-17:00",
    "write": "y",
}
ENTER = "\n" * len(EVERYTHING)
Answer = Callable[[str], Result]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / ".env"


@pytest.fixture
def answer(file: Path) -> Answer:
    return lambda text: CliRunner().invoke(app, ["setup"], input=text)


def lines(**other: str) -> str:
    return "".join(f"{line}\n" for line in (EVERYTHING | other).values())


def test_all_answers_make_settings_that_start_in_production(answer: Answer, file: Path) -> None:
    result = answer(lines())
    secrets = file.parent / "secrets"
    assert result.exit_code == 0, result.output
    assert read(file) == {
        "QUIETLINE_ENV": "production",
        "HOTLINE_KEY_FILE": str(secrets / "master_key"),
        "HOME_COUNTRY": "MX",
        "ACCEPT_DRAFTED": ",".join(drafted()),
        "PUBLIC_URL": "https://chat.example",
        "TELEGRAM_TOKEN_FILE": str(secrets / "telegram_token"),
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN_FILE": str(secrets / "twilio_auth_token"),
        "TWILIO_SENDER": "+15005550006",
        "SMS_COUNTRIES": "GT,HN",
        "DESK_URL": "https://desk.example",
        "DESK_TIME_ZONE": "America/Mexico_City",
        "DUTY_HOURS": "Mo-Fr 09:00-17:00",
    }
    settings = Settings.from_env(read(file))
    assert list(refusals(settings)) == []
    assert (settings.telegram_token, settings.twilio_token) == (TOKEN, AUTH)


def test_what_is_secret_is_in_files_for_their_owner_alone(answer: Answer, file: Path) -> None:
    answer(lines())
    written = [file, *(file.parent / "secrets").iterdir()]
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}
    assert (file.parent / "secrets").stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in written) == [".env", "master_key", "telegram_token", "twilio_auth_token"]
    assert TOKEN not in file.read_text()


def test_enter_at_every_question_changes_nothing(answer: Answer, file: Path) -> None:
    answer(lines())
    before = {path: path.read_bytes() for path in file.parent.rglob("*") if path.is_file()}
    assert answer(ENTER).exit_code == 0
    assert {path: path.read_bytes() for path in file.parent.rglob("*") if path.is_file()} == before


def test_only_what_was_answered_anew_is_changed_and_a_comment_stays(answer: Answer, file: Path) -> None:
    file.write_text("# Ours.\nMOST_TALKS=2\nHOME_COUNTRY=FR\nQUIETLINE_ENV=demonstration\n")
    assert answer("\nEngland\nnone\n\n\n\n\n\n\n\n\n").exit_code == 0
    kept = "# Ours.\nMOST_TALKS=2\nHOME_COUNTRY=GB\nQUIETLINE_ENV=demonstration\n"
    assert file.read_text() == kept + "DESK_TIME_ZONE=Europe/London\n"


def test_without_a_yes_nothing_is_written(answer: Answer, file: Path) -> None:
    result = answer(lines(write="n"))
    assert (result.exit_code, "Nothing was written." in result.output) == (1, True)
    assert list(file.parent.iterdir()) == []


def test_who_stops_half_way_has_written_nothing(answer: Answer, file: Path) -> None:
    file.write_text("HOME_COUNTRY=FR\n")
    assert answer("y\nMexico\nall\nchat.example\n" + TOKEN).exit_code == 1
    assert [(path.name, path.read_text()) for path in file.parent.iterdir()] == [(".env", "HOME_COUNTRY=FR\n")]


@pytest.mark.parametrize(
    ("question", "wrong", "words"),
    [
        ("country", "Atlantis", "its two letters: Mexico, or MX"),
        ("languages", "es, klingon", "klingon is none of our languages"),
        ("public", "ftp://chat.example", "PUBLIC_URL must start with"),
        ("telegram", "my token", "as BotFather gives it"),
        ("account", "me", "AC and 32 letters and digits"),
        ("sender", "0170 1234567", "with + and its country"),
        ("phones", "Atlantis", "Write its name, or its two letters"),
        ("zone", "Europe/Atlantis", "must be a time zone like"),
        ("hours", "nine to five", "DUTY_HOURS must be hours like Mo-Fr"),
    ],
)
def test_a_wrong_answer_is_explained_and_asked_again(
    answer: Answer, file: Path, question: str, wrong: str, words: str
) -> None:
    answers = "".join(f"{wrong}\n{line}\n" if name == question else f"{line}\n" for name, line in EVERYTHING.items())
    result = answer(answers)
    assert (result.exit_code, words in result.output.replace("\n", " ")) == (0, True), result.output
    assert read(file)["HOME_COUNTRY"] == "MX"


def test_a_token_moves_out_of_the_file_of_settings_and_a_new_one_takes_its_place(answer: Answer, file: Path) -> None:
    file.write_text("TELEGRAM_TOKEN=1:old\nQUIETLINE_ENV=production\n")
    assert answer(lines()).exit_code == 0
    assert Settings.from_env(read(file)).telegram_token == TOKEN
    assert "1:old" not in file.read_text()
    answer(lines(telegram="678:another"))
    assert Settings.from_env(read(file)).telegram_token == "678:another"


def test_a_dash_shuts_a_door_again(answer: Answer, file: Path) -> None:
    answer(lines())
    answer("\n" * 4 + "-\n-\n" + ENTER)
    settings = Settings.from_env(read(file) | {"TWILIO_AUTH_TOKEN_FILE": "", "TWILIO_SENDER": ""})
    assert (settings.telegram_token, settings.twilio_account) == ("", "")


def test_a_key_is_never_made_anew(answer: Answer, file: Path) -> None:
    answer(lines())
    key = (file.parent / "secrets" / "master_key").read_bytes()
    file.unlink()
    answer(lines())
    assert (file.parent / "secrets" / "master_key").read_bytes() == key


def test_what_would_still_be_refused_is_said(answer: Answer) -> None:
    result = answer(lines(languages="es"))
    assert "It will not start like this yet:" in result.output
    assert "ACCEPT_DRAFTED=es," in result.output.replace("\n", " ")


@pytest.mark.process
def test_answers_may_come_through_a_pipe_and_no_token_is_repeated(file: Path) -> None:
    env = {"PATH": os.environ["PATH"], "QUIETLINE_SETTINGS": str(file), "PYTHONPATH": str(ROOT)}
    file.touch()
    done = subprocess.run(
        [sys.executable, "-m", "quietline", "setup"],
        env=env, cwd=file.parent, input=lines(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert TOKEN not in done.stdout
    assert read(file)["HOME_COUNTRY"] == "MX"


@every(
    ("read_as", "answer", "value"),
    [
        (setup_answers.country, "mx", "MX"),
        (setup_answers.country, "Deutschland", "DE"),
        (setup_answers.country, "مصر", "EG"),
        (setup_answers.accepted, "ES, français,zh-hans", "es,fr,zh-Hans"),
        (setup_answers.accepted, "none", ""),
        (setup_answers.sender, "+44 20 7946 0958", "+442079460958"),
        (setup_answers.sender, "MG" + "0" * 32, "MG" + "0" * 32),
        (setup_answers.address("DESK_URL"), "desk.example/", "https://desk.example"),
    ],
)
def test_an_answer_may_be_written_as_people_write_it(
    read_as: setup_answers.AnswerReader, answer: str, value: str
) -> None:
    assert read_as(answer) == value


@every("answer", ["Atlantis", "France, Germany", ""])
def test_a_country_has_to_be_one(answer: str) -> None:
    with pytest.raises(BadAnswer, match="Which country is that"):
        setup_answers.country(answer)
