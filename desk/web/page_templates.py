"""The environment that the desk's pages are rendered in: its functions, and its sentences in the language of the page."""

from functools import cache
from pathlib import Path

import jinja2
from aiohttp import web
from jinja2.ext import i18n
from markupsafe import Markup

from bot.served_languages import SERVED
from desk.localization import desk_formats as formats
from desk.localization.desk_catalogues import (
    from_data,
    pgettext,
    plain_gettext,
    plain_ngettext,
    plain_npgettext,
    script_texts,
)
from desk.localization.desk_languages import DESK_LANGUAGES, OWN_NAMES, current, direction

TEMPLATES = web.AppKey("templates", jinja2.Environment)


@cache
def rendering() -> jinja2.Environment:
    """Return the template environment, in which an undefined variable is an error."""
    loader = jinja2.FileSystemLoader(Path(__file__).parents[1] / "templates")
    filled = jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[i18n],
    )
    filled.policies["ext.i18n.trimmed"] = True
    filled.install_gettext_callables(  # type: ignore[attr-defined]
        plain_gettext, plain_ngettext, newstyle=True, pgettext=pgettext, npgettext=plain_npgettext
    )
    filled.globals |= {
        "country_name": formats.country,
        "by_name": formats.by_name,
        "language": formats.language,
        "languages": lambda: formats.languages_by_name(SERVED),
        "comma": formats.comma,
        "semicolon": formats.semicolon,
        "counted": formats.counted,
        "month_name": formats.month_name,
        "weekday": formats.weekday,
        "short_weekday": formats.short_weekday,
        "short_day": formats.short_day,
        "day_and_time": formats.day_and_time,
        "desk_language": current,
        "desk_languages": [(tag, OWN_NAMES[tag]) for tag in DESK_LANGUAGES],
        "direction_of_desk": direction,
        "script_texts": script_texts,
        "from_data": from_data,
        "as_it_is": as_it_is,
    }
    return filled


def as_it_is(word: str) -> Markup:
    """Return a word of data for `_`, in place of a sentence: Jinja takes whatever `_` is given for markup of ours."""
    return Markup.escape(word).replace("%", "%%")
