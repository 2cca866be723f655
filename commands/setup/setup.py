"""`quietline setup`: asks for what an installation needs, shows what it would write, and writes it all at the end.

It can be run again: Enter keeps the current value, all other lines stay as they were, and nothing is written before
the final "yes". Tokens go into separate files, so the settings file contains none.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from bot.crypto.vault import make_key_file
from bot.settings import BadSetting, Settings
from commands.languages.language_table import drafted
from commands.runtime.production import refusals
from commands.setup.settings_file import changed, read, write_private
from commands.setup.setup_answers import (
    AnswerReader,
    BadAnswer,
    accepted,
    account,
    address,
    countries,
    country,
    plain,
    sender,
    zones,
)

_INTRO = """This writes {file}, which every command reads.
Enter keeps what stands in [brackets], a single - empties it. Until the last question nothing is written: Ctrl-C ends it.
"""
_NEXT = """
Next: `quietline doctor` looks at everything, `quietline run` starts it, and
`quietline operators add NAME --role administrator` invites whoever gives roles at the desk: two people, best. With
`--role operator` it invites those who answer people, each with an account of their own."""
_NOTHING = "-"
_console = Console(highlight=False)
_SHOWN_ZONES = 6


@dataclass
class Answers:
    """The current settings, the answers, and the tokens for separate files."""

    before: Mapping[str, str]
    folder: Path  # for the files with secrets
    settings: dict[str, str] = field(default_factory=dict)
    secrets: dict[Path, str] = field(default_factory=dict)

    def now(self, name: str) -> str:
        """Return the new value of a setting."""
        return self.settings.get(name, self.before.get(name, ""))

    def all(self) -> dict[str, str]:
        """Return all settings with their new values."""
        return {**self.before, **self.settings}


def setup(file: Path) -> int:
    """Ask, show and write. Return 0 if the file was written."""
    answers = Answers(read(file), file.parent / "secrets")
    _say(_INTRO.format(file=file))
    _ask_all(answers)
    _show(answers, file)
    if not typer.confirm(f"\n{'Change' if file.exists() else 'Write'} {file.name}?", default=True):
        _say("Nothing was written.")
        return 1
    _write(answers, file)
    _tell_next(answers)
    return 0


def _ask_all(answers: Answers) -> None:
    _ask_kind(answers)
    _ask(answers, "HOME_COUNTRY", "The country that you serve first", country)
    waiting = ", ".join(drafted())
    if waiting:
        question = f"""Nobody from the field has read the crisis phrases of {waiting}. Silence would be worse than these.
Which of them do you accept as they are? Codes or names, like es,fr; or all, or none"""
        _ask(answers, "ACCEPT_DRAFTED", question, accepted)
    _ask(answers, "PUBLIC_URL", "The address that the world reaches you at, like chat.example", address("PUBLIC_URL"))
    _ask_secret(answers, "TELEGRAM_TOKEN", "The token of your Telegram bot, if you have one", plain("TELEGRAM_TOKEN"))
    _ask_twilio(answers)
    _ask(answers, "DESK_URL", "The address that your people reach the desk at, like desk.example", address("DESK_URL"))
    _ask_zone(answers)
    hours = "When is somebody at the desk, as a rule? Like Mo-Fr 09:00-17:00"
    _ask(answers, "DUTY_HOURS", hours, plain("DUTY_HOURS"))


def _ask_kind(answers: Answers) -> None:
    production = answers.now("QUIETLINE_ENV") == "production" or not answers.before
    serious = typer.confirm(
        "Will people in need reach this hotline? Weak settings are then refused", default=production
    )
    answers.settings["QUIETLINE_ENV"] = "production" if serious else "demonstration"
    if serious and not answers.now("HOTLINE_KEY_FILE"):
        answers.settings["HOTLINE_KEY_FILE"] = str(answers.folder / "master_key")


def _ask_twilio(answers: Answers) -> None:
    if not answers.now("PUBLIC_URL"):
        _say("\nText messages need a public address: left out.")
        return
    _ask(answers, "TWILIO_ACCOUNT_SID", "The SID of your account at Twilio (AC…), if you have one", account)
    if answers.now("TWILIO_ACCOUNT_SID"):
        _ask_secret(answers, "TWILIO_AUTH_TOKEN", "Its auth token", _any)
        _ask(answers, "TWILIO_SENDER", "The number that text messages come from", sender)
        question = """Texts go to phones of your country, and of no other unless you name it: others can be made to cost you much.
Of which other countries do people here have phones? Like GT,HN; or all"""
        _ask(answers, "SMS_COUNTRIES", question, countries)


def _ask_zone(answers: Answers) -> None:
    found = zones(answers.now("HOME_COUNTRY"))
    if found and not answers.now("DESK_TIME_ZONE"):
        answers.settings["DESK_TIME_ZONE"] = found[0] if len(found) == 1 else ""
    shown = ", ".join(found[:_SHOWN_ZONES]) or "Europe/Berlin"
    more = " …" if len(found) > _SHOWN_ZONES else ""
    _ask(answers, "DESK_TIME_ZONE", f"The time zone of the desk ({shown}{more})", plain("DESK_TIME_ZONE"))


def _ask(answers: Answers, name: str, question: str, understand: AnswerReader) -> None:
    """Ask until there is a valid answer."""
    kept = answers.now(name)
    while True:
        answer = _answered(question, kept)
        try:
            value = "" if answer in ("", _NOTHING) else answer if answer == kept else understand(answer)
        except BadAnswer as error:
            _say(str(error))
        else:
            answers.settings[name] = value
            return


def _ask_secret(answers: Answers, name: str, question: str, understand: AnswerReader) -> None:
    """Ask for a secret without echoing it, safe from a look over the shoulder. It is written only to a file of its own."""
    is_there = bool(answers.now(name) or answers.now(f"{name}_FILE"))
    shown = f"{question}; {'Enter keeps the one that is there' if is_there else 'Enter for none'}"
    while True:
        answer = _answered(shown, "", hidden=sys.stdin.isatty())
        if not answer:
            return
        if answer == _NOTHING:
            answers.settings |= {f"{name}_FILE": "", **({name: ""} if name in answers.before else {})}
            return
        try:
            value = understand(answer)
        except BadAnswer as error:
            _say(str(error))
            continue
        path = answers.folder / name.lower()
        answers.secrets[path] = value
        # A secret in the settings file itself is removed from it.
        answers.settings |= {f"{name}_FILE": str(path), **({name: ""} if name in answers.before else {})}
        return


def _answered(question: str, kept: str, hidden: bool = False) -> str:
    _say(f"\n{question}{' (what you type is not shown)' if hidden else ''}")
    shown = bool(kept)
    answer: str = typer.prompt("", default=kept, show_default=shown, hide_input=hidden, prompt_suffix="> ")
    return answer.strip()


def _say(text: str) -> None:
    # A user's words within a sentence are not markup.
    _console.print(text, markup=False)


def _any(answer: str) -> str:
    return answer


def _show(answers: Answers, file: Path) -> None:
    table = Table.grid(padding=(0, 2))
    for name, value in answers.settings.items():
        if value or name in answers.before:
            was = answers.before.get(name, "")
            table.add_row("" if value == was else "changed" if was else "new", name, value or "(empty)")
    _say(f"\n{file.name} would say:")
    _console.print(table)
    for path in answers.secrets:
        _say(f"And {path.parent.name}/{path.name}, which only you can read: what you typed.")


def _write(answers: Answers, file: Path) -> None:
    kept = {name: value for name, value in answers.settings.items() if value or name in answers.before}
    text = changed(file, kept)  # a bad value is refused here, before anything is written
    answers.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path, secret in answers.secrets.items():
        write_private(path, f"{secret}\n")
    key = answers.now("HOTLINE_KEY_FILE")
    if key and Path(key).parent == answers.folder:
        make_key_file(Path(key))
    write_private(file, text)
    _say(f"Written: {file}")


def _tell_next(answers: Answers) -> None:
    try:
        settings = Settings.from_env(answers.all())
    except BadSetting as error:
        _say(f"It will not start like this: {error}")
        return
    weak = list(refusals(settings)) if settings.production else []
    if weak:
        _say("It will not start like this yet:")
        for one in weak:
            _say(f"- {one.says} {one.do}")
    _say(_NEXT)
