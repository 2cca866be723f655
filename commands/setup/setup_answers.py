"""Parses the answers of `quietline setup`: however they are written, each becomes one valid value or an error sentence."""

import re
from collections.abc import Callable

import phonenumbers
from babel import Locale
from babel.core import get_global

from bot.language.language_names import languages
from bot.served_languages import SERVED
from bot.settings import BadSetting, Settings
from bot.understanding.countries import named_countries
from commands.languages.language_table import drafted

AnswerReader = Callable[[str], str]
_ACCOUNT = re.compile(r"AC[0-9a-fA-F]{32}")
_SERVICE = re.compile(r"MG[0-9a-f]{32}")


class BadAnswer(ValueError):
    """An answer that cannot be used; the text says what is wanted."""


def country(answer: str) -> str:
    """Parse a country from its code, or its name in any of many languages."""
    code = answer.strip().upper()
    found = [code] if len(code) == 2 and code in Locale("en").territories else named_countries(answer)
    if len(found) != 1:
        raise BadAnswer("Which country is that? Write its name, or its two letters: Mexico, or MX.")
    return found[0]


def countries(answer: str) -> str:
    """Parse countries, each by its code or name, or `all`."""
    if answer.strip().casefold() == "all":
        return "all"
    return ",".join(dict.fromkeys(country(part) for part in answer.split(",") if part.strip()))


def accepted(answer: str) -> str:
    """Parse the drafted languages to accept, by code or name, or `all` or `none`."""
    word = answer.strip().casefold()
    if word in ("all", "none"):
        # Listed by name, so that a language added later needs its own decision.
        return ",".join(drafted()) if word == "all" else ""
    return ",".join(dict.fromkeys(_language(part) for part in answer.split(",") if part.strip()))


def _language(answer: str) -> str:
    codes = {tag.lower(): tag for tag in SERVED}
    found = [codes[answer.strip().lower()]] if answer.strip().lower() in codes else languages(answer)
    if len(found) != 1:
        raise BadAnswer(f"{answer.strip()} is none of our languages: {', '.join(SERVED)}; or all, or none.")
    return found[0]


def address(name: str) -> AnswerReader:
    """Return a parser for a public address; without a scheme, https is assumed."""

    def read(answer: str) -> str:
        return _fits(name, answer if "://" in answer else f"https://{answer}").rstrip("/")

    return read


def plain(name: str) -> AnswerReader:
    """Return a parser that accepts whatever the setting of this name accepts."""
    return lambda answer: _fits(name, answer)


def account(answer: str) -> str:
    """Parse the SID of a Twilio account."""
    if not _ACCOUNT.fullmatch(answer):
        raise BadAnswer("The SID of an account is AC and 32 letters and digits; Twilio's console shows it.")
    return answer


def sender(answer: str) -> str:
    """Parse a phone number with country code, in any common notation, or the SID of a messaging service."""
    if _SERVICE.fullmatch(answer):
        return answer
    try:
        number = phonenumbers.parse(answer)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise BadAnswer(
            "Write the number with + and its country, like +15551234567, or a messaging service's SID (MG…)."
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def zones(code: str) -> list[str]:
    """Return the time zones of a country."""
    return sorted(get_global("territory_zones").get(code, []))


def _fits(name: str, answer: str) -> str:
    try:
        Settings.from_env({name: answer})
    except BadSetting as error:
        raise BadAnswer(str(error)) from None
    return answer
