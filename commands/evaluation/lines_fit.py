"""How many of the lines that are given fit the person: `python -m commands.evaluation.lines_fit`, on tests/evaluation/line_fit/.

Each dialogue says who asks, and for what. A line does not fit where its entry is for others than them (a country, an age, a
gender, a region), has nothing of what is needed, speaks other languages and nobody says which, belongs to the police whom
they fear, or was refused before.
"""

import asyncio
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.messaging.message import Hints
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from commands.bench.private_hotline import PrivateHotline, private_hotline
from commands.chat.script_lines import step
from commands.runtime.preparation import prepared
from resources_directory.display.line_names import without_number
from resources_directory.model.directory import Directory
from resources_directory.model.discontinued import digits
from resources_directory.model.line import PhoneLine
from resources_directory.ranking.audience import is_for_children, is_for_women_alone
from resources_directory.ranking.line_wish import LineWish
from resources_directory.ranking.spoken_languages import ONLY_OTHERS, foreignness

ROOT = Path(__file__).parents[2]
DIALOGUES = ROOT / "tests" / "evaluation" / "line_fit" / "dialogues.yml"
_ALWAYS = frozenset({"trafficking"})  # a kind that is for anybody who writes to us
_MISSING, _NONE_FOR_IT = "utter_no_office", "utter_none_for_it"
_NUMBER = re.compile(r"[\d+#][\d ()/+-]*\d|\b[a-z]+\.[a-z]+[a-z./-]*")


@dataclass
class LineFit:
    """What was given in one dialogue."""

    id: str
    fit: list[str] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)  # "id: why"
    right: bool | None = None  # whether the last answer has a line that it should have; None: nothing is expected
    missing: bool | None = None  # whether the last answer says that there is no such number


def judge(line: PhoneLine, who: dict[str, Any], said: Collection[str], shown: str) -> str | None:
    """Return why a line does not fit a person, or None. `said`: the phrases of the answer, `shown`: its text."""
    return next(_faults(line, who, said, shown), None)


def _faults(line: PhoneLine, who: dict[str, Any], said: Collection[str], shown: str) -> Iterator[str]:
    is_, speaks = frozenset(who.get("is", ())), who.get("speaks", ())
    if line.nationals and who.get("from") not in (None, *line.nationals):
        yield "people of another country"
    if ("man" in is_ and is_for_women_alone(line.people)) or ("woman" in is_ and set(line.people) == {"men"}):
        yield "another gender"
    if "grown" in is_ and is_for_children(line.kinds, line.people, line.ages):
        yield "children"
    if line.region and who.get("near") and not LineWish((), 1, near=who["near"]).may_call(line):
        yield "another region"
    if who.get("fears") == "police" and line.about_police:
        yield "the police"
    unasked = {_NONE_FOR_IT, _MISSING}.isdisjoint(said)
    if unasked and {*who["needs"], *_ALWAYS}.isdisjoint(line.kinds):
        yield "another need"
    foreign = min((foreignness(line.languages, language) for language in speaks), default=0)
    if foreign == ONLY_OTHERS and not _names_languages(shown):
        yield "a language unsaid"


def _names_languages(shown: str) -> bool:
    return any(words in shown for words in _LANGUAGES)


_LANGUAGES = (
    "Languages:", "Idiomas", "Limbi", "Langues", "Línguas", "Языки", "Мови", "ভাষা", "भाषा", "زبان", "اللغات", "ภาษา",
    "Ngôn ngữ", "语言", "Mga wika",
)  # fmt: skip


def given(text: str, lines: Sequence[PhoneLine]) -> Iterator[PhoneLine]:
    """Yield the lines whose numbers stand in a text."""
    numbers = {digits(one) or one for one in _NUMBER.findall(text)}
    for line in lines:
        own = {digits(one.number) for one in line.own_numbers}  # those for certain languages
        if not numbers.isdisjoint(line.dialled | own):
            yield line


async def play(hotline: PrivateHotline, dialogue: dict[str, Any], directory: Directory) -> LineFit:
    """Return what one dialogue gives."""
    await hotline.begin_anew()
    talk = hotline.person(dialogue["channel"], Hints.of(dialogue["hints"]))
    fit, who, refused, before = LineFit(dialogue["id"]), dialogue["who"], set[str](), list[PhoneLine]()
    countries = dialogue.get("countries") or [*directory.national]
    lines = [*directory.world, *(line for country in countries for line in directory.national[country])]
    for at, turn in enumerate(dialogue["turns"], 1):
        replies = await step(talk, turn)
        shown = "\n".join(reply.text for reply in replies)
        said = {name for name in (_MISSING, _NONE_FOR_IT) if any(text in shown for text in _texts(name))}
        if dialogue.get("refuses") == at:
            refused = {line.id for line in before}
        found = [line for line in given(shown, lines) if without_number(line.name, line.number)[:9] in shown]
        for line in found:
            why = "refused" if line.id in refused else judge(line, who, said, shown)
            fit.unfit.append(f"{line.id}: {why}") if why else fit.fit.append(line.id)
        before = found or before
        if at == len(dialogue["turns"]):
            ids = {line.id for line in found}
            fit.right = bool(ids & set(dialogue["right"])) if "right" in dialogue else None
            fit.missing = _MISSING in said if "missing" in dialogue else None
    return fit


@cache
def _texts(name: str) -> tuple[str, ...]:
    """Return a phrase in every language, up to the first thing that is put into it."""
    texts = (book.get(name, "") for book in Phrasebook.load(ROOT).texts.values())
    return tuple(filter(None, (str(text).partition("{")[0].strip() for text in texts)))


async def _main(wanted: Sequence[str]) -> None:
    settings, directory = Settings.from_env({"LOG_LEVEL": "error"}), Directory.load()
    dialogues = yaml.load(DIALOGUES.read_bytes(), Loader=yaml.CSafeLoader)
    found = []
    async with private_hotline(settings, prepared(settings)) as hotline:
        for dialogue in dialogues:
            if not wanted or dialogue["id"] in wanted:
                found.append(await play(hotline, dialogue, directory))
                sys.stdout.write(f"{_line(found[-1])}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{summary(found)}\n")


def _line(one: LineFit) -> str:
    marks = "".join(f" {name}={value}" for name in ("right", "missing") if (value := getattr(one, name)) is not None)
    return f"{one.id}: {len(one.fit)} fit{marks}{''.join(f'; {why}' for why in one.unfit)}"


def summary(found: Sequence[LineFit]) -> str:
    """Return the counts of all dialogues in a sentence."""
    right = [one.right for one in found if one.right is not None]
    missing = [one.missing for one in found if one.missing is not None]
    fit, unfit = sum(len(one.fit) for one in found), sum(len(one.unfit) for one in found)
    return (
        f"{len(found)} dialogues: {fit} lines fit, {unfit} do not; the right one given at the end {sum(right)} of"
        f" {len(right)}; said to be missing {sum(missing)} of {len(missing)}"
    )


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1:]))
