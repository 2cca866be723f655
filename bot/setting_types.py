"""The kinds of settings: each turns the text of a variable into a value, or says what the text must be.

The text is never blank, and what is said never repeats it: it may be a secret. `Settings` puts the name before it.
"""

import re
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from pydantic import AfterValidator, BeforeValidator

from bot.served_languages import SERVED

_MAIL = re.compile(r"[^\s@,<>]+@[^\s@,<>]+")
_ONION = r"[a-z2-7]{56}\.onion"
# Without TLS, somebody in between could put words of their own around the page; an onion address authenticates itself.
_ORIGIN = re.compile(rf"(https://[a-z0-9-]+(\.[a-z0-9-]+)*|http://(localhost|127\.0\.0\.1|{_ONION}))(:[0-9]{{1,5}})?")

_PUSH_SERVICE = re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+|http://127\.0\.0\.1:[0-9]{1,5}")


class Unfit(ValueError):
    """A text that is no such setting. The message is ours, and so repeats nothing."""

    def __init__(self, must: str) -> None:
        super().__init__(f"must {must}.")


def _check(fits: bool, must: str) -> None:
    if not fits:
        raise Unfit(must)


def _is_number(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdigit() and least <= int(text) <= most


def whole(least: int, most: int) -> BeforeValidator:
    """Return the reader of a whole number within bounds."""

    def read(text: str) -> int:
        _check(_is_number(text, least, most), f"be a whole number from {least} to {most}")
        return int(text)

    return BeforeValidator(read)


def _word(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        _check(text.lower() in allowed, f"be one of {', '.join(allowed)}")
        return text.lower()

    return read


def one_of(*allowed: str) -> AfterValidator:
    """Return the reader of one of these words, in any case."""
    return AfterValidator(_word(allowed))


def switch(*words: str, on: str) -> BeforeValidator:
    """Return the reader of one of two words, as True or False."""
    read = _word(words)
    return BeforeValidator(lambda text: read(text) == on)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _ports(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    _check(all(_is_number(part, 1, 65_535) for part in parts), "be port numbers, with commas between them")
    return tuple(int(part) for part in parts)


def _waits(text: str) -> tuple[int, ...]:
    if text.lower() == "off":
        return ()
    must = "be off, or four whole numbers of seconds from 30 to 3600, for P0 to P3, like 60,120,300,600"
    parts = [part.strip() for part in text.split(",")]
    _check(len(parts) == 4 and all(_is_number(part, 30, 3600) for part in parts), must)
    return tuple(int(part) for part in parts)


def _push_services(text: str) -> tuple[str, ...]:
    parts = tuple(part.lower() for part in _parts(text))
    must = "be hosts of push services, with commas between them, like fcm.googleapis.com,*.push.apple.com"
    _check(all(map(_PUSH_SERVICE.fullmatch, parts)), must)
    return parts


def _http(text: str) -> str:
    _check(text.startswith(("http://", "https://")), "start with http:// or https://")
    return text


def _near_url(text: str) -> str:
    # What a person wrote is sent there: over TLS, or within a private network.
    url = _http(text.rstrip("/"))
    near = _is_near(urlsplit(url).hostname or "")
    _check(url.startswith("https://") or near, "start with https://, or be on this machine or in a private network")
    return url


def _is_near(host: str) -> bool:
    if "." not in host:  # localhost, or a name within a private network
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_private


def _address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        raise Unfit("be an internet address in numbers, like 10.0.0.1") from None


def _mails(text: str) -> tuple[str, ...]:
    _check(all(map(_MAIL.fullmatch, _parts(text))), "be e-mail addresses, with commas between them")
    return _parts(text)


def _zone(text: str) -> str:
    if text != "UTC":
        try:
            ZoneInfo(text)
        except (ValueError, OSError, ZoneInfoNotFoundError):
            raise Unfit("be a time zone like Europe/Berlin that this machine knows") from None
    return text


def _country(text: str) -> str:
    code = text.upper()
    _check(len(code) == 2 and code in Locale("en").territories, "be a country's code of two letters, like MX")
    return code


def _countries(text: str) -> tuple[str, ...]:
    if text.lower() == "all":
        return ("all",)
    try:
        return tuple(dict.fromkeys(map(_country, _parts(text))))
    except Unfit:
        raise Unfit("be countries' codes of two letters, with commas between them, like MX,GT; or all") from None


def _languages(text: str) -> tuple[str, ...]:
    known = {tag.lower(): tag for tag in SERVED}
    tags = [part.lower() for part in _parts(text)]
    served = f"be languages that are served, with commas between them: {', '.join(SERVED)}"
    _check(known.keys() >= set(tags), served)
    return tuple(known[tag] for tag in tags)


def _hours(text: str) -> str:
    from opening_hours import validate  # a compiled library that most commands do not need

    _check(validate(text), "be hours like Mo-Fr 09:00-17:00; Sa 10:00-14:00, or 24/7")
    return text


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(dict.fromkeys(part.lower().rstrip("/") for part in _parts(text)))
    _check(all(map(_ORIGIN.fullmatch, origins)), "be sites with https:// and no path, with commas between them")
    return origins


def _onion(text: str) -> str:
    url = text.lower().rstrip("/")
    fits = re.fullmatch(f"http://{_ONION}", url) is not None
    _check(fits, "be http:// and an onion address of 56 letters with .onion behind it")
    return url


Port = Annotated[int, whole(1, 65_535)]
Ports = Annotated[tuple[int, ...], BeforeValidator(_ports)]
ExactUrl = Annotated[str, AfterValidator(_http)]
BareUrl = Annotated[ExactUrl, AfterValidator(lambda url: url.rstrip("/"))]
NearUrl = Annotated[str, AfterValidator(_near_url)]
NearUrls = Annotated[tuple[NearUrl, ...], BeforeValidator(_parts)]
Address = Annotated[str, AfterValidator(_address)]
Mails = Annotated[tuple[str, ...], BeforeValidator(_mails)]
FirstMail = Annotated[str, BeforeValidator(lambda text: next(iter(_mails(text)), ""))]
Zone = Annotated[str, AfterValidator(_zone)]
CountryCode = Annotated[str, AfterValidator(_country)]
CountryCodes = Annotated[tuple[str, ...], BeforeValidator(_countries)]
LanguageTags = Annotated[tuple[str, ...], BeforeValidator(_languages)]
WaitsByPriority = Annotated[tuple[int, ...], BeforeValidator(_waits)]
PushServices = Annotated[tuple[str, ...], BeforeValidator(_push_services)]
DutyHours = Annotated[str, AfterValidator(_hours)]
Origins = Annotated[tuple[str, ...], BeforeValidator(_origins)]
Onion = Annotated[str, AfterValidator(_onion)]
FullPath = Annotated[Path, AfterValidator(Path.resolve)]
FullPathOrOff = Annotated[FullPath | None, BeforeValidator(lambda text: None if text == "off" else text)]
