"""A preview of changed settings: what people will read, in every language, shown before anything is saved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.language.language_names import cldr_locale
from bot.organisation import Organisation, OrganisationField, text_help
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from bot.text.text_messages import parts, sparing
from resources_directory.model.opening_hours import Hours
from resources_directory.model.own_line import OwnLine
from resources_directory.model.service_lines import ServiceReader
from resources_directory.places.country_names import country_name

_IN_NUMBERS = frozenset({"name", "home_country", "own_numbers", "time_zone"})


@dataclass(frozen=True)
class PreviewedText:
    """One text as it will be read."""

    where: str  # a word of organisation/words.html
    texts: Mapping[str, str]  # by language
    parts: int = 0  # of the longest, if it is a text message


@dataclass(frozen=True)
class Preview:
    """Renders the texts as of one moment."""

    book: Phrasebook
    settings: Settings
    now: float

    def readings(self, saved: Organisation, changed: frozenset[OrganisationField]) -> Iterator[PreviewedText]:
        """Yield the texts that a change affects."""
        if changed & _IN_NUMBERS and saved.own_numbers:
            yield self._reading("at_home", lambda locale: self._at_home(saved, locale))
            yield self._reading("without_country", lambda locale: self._without_country(saved, locale))
        if "text_contact" in changed and saved.text_contact:
            texts = {locale: self._text_help(saved.text_contact, locale) for locale in self.book.locales}
            yield PreviewedText("text_help", texts, max(parts(sparing(text)) for text in texts.values()))
        if changed & {"name", "privacy_contact"} and saved.told(self.settings):
            yield self._reading("notice", lambda locale: self._notice(saved, locale))

    def _reading(self, where: str, text: Any) -> PreviewedText:
        return PreviewedText(where, {locale: text(locale) for locale in self.book.locales})

    def _at_home(self, saved: Organisation, locale: str) -> str:
        reader = self._reader(locale)
        lines = [line.reply(reader) for line in self._lines(saved)]
        return "\n".join(self.book.render(line["say"], line["arguments"], locale, "web") for line in lines)

    def _without_country(self, saved: Organisation, locale: str) -> str:
        reader = self._reader(locale)
        where = country_name(saved.home_country, locale)
        named = [replace(line, name=f"{line.name} ({where})").reply(reader) for line in self._lines(saved)]
        emergency = [{"say": "line_emergency_unknown", "arguments": {}}, *named]
        return self.book.render("utter_no_country", {"emergency": emergency}, locale, "web")

    def _text_help(self, contact: str, locale: str) -> str:
        told = text_help(contact, locale)
        return self.book.render(told["say"], told["arguments"], locale, "sms")

    def _notice(self, saved: Organisation, locale: str) -> str:
        whole = self.book.render("page_notice_text", {"contact": saved.told(self.settings)}, locale, "web")
        return whole.split("\n")[0]

    def _lines(self, saved: Organisation) -> Iterator[OwnLine]:
        zone, rung = saved.over(self.settings).time_zone, saved.changes["own_numbers"].when
        day = datetime.fromtimestamp(rung, UTC).date()
        for number in saved.own_numbers:
            yield OwnLine("", saved.name, number.number, Hours(number.hours, zone, saved.home_country), day)

    def _reader(self, locale: str) -> ServiceReader:
        return ServiceReader(locale, cldr_locale(locale), datetime.fromtimestamp(self.now, UTC))
