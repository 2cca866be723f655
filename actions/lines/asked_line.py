"""Which line a message means: by its number or a part of it, its name, what it is for ("the wage number"), or its place in a list.

One that was given before is meant by its name though others were given since; without any sign it is the one given last.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from actions.hearing.line_questions import WhichWords, which_words
from actions.policy.scene import Scene
from actions.referral import country_numbers, directory_client
from bot.text.cleaning import clean, words
from bot.text.word_lists import SPACELESS_LETTER
from resources_directory.model.discontinued import digits
from resources_directory.model.line import PhoneLine

_NUMBER = re.compile(r"(?<![\d.,])\+?\d(?:[ ()/-]?\d){1,14}(?![\d.,]\d)")  # as somebody types it: two digits or more
_WHOLE = 3  # digits of a number
_PLACES: Mapping[str, int] = {"first": 0, "second": 1, "last": -1}
_OFTEN = 4  # names with a word that names no line by itself: "workers", "national"
_ACRONYM = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])[A-Za-z]{3,}\b")
_LETTERS = 3  # of a word that may name a line
_FOR: Mapping[str, Callable[[PhoneLine], bool]] = {
    "labour": lambda line: "labour" in line.kinds,
    "legal_aid": lambda line: "legal_aid" in line.kinds,
    "child": lambda line: "child" in line.kinds or "children" in line.people,
    "women": lambda line: "women" in line.people or line.kind == "domestic_violence",
    "refugees": lambda line: "refugees" in line.people or "refugee" in line.name.casefold(),
    "consulate": lambda line: "consulate" in line.kinds,
}


def asked_line(scene: Scene, near: bool = False) -> PhoneLine | None:
    """Return the line that a message means, else the first of the last answer with numbers.

    near: also a service near a town that it does not name. "Is it free?" looks for one that is, and is asked of none.
    """
    last = [line for line in _last(scene) if near or _is_line(line)]
    return named_line(scene) or next(iter(last), None)


def named_line(scene: Scene) -> PhoneLine | None:
    """Return the line that a message names, by what it is for or its place in a list too."""
    return named_itself(scene) or (_by_place(scene) if _given(scene) else None)


def named_itself(scene: Scene) -> PhoneLine | None:
    """Return the line of which the number or the name is said. A whole one need not have been given before."""
    given = _given(scene)
    ways = (_by_number(scene, given), _by_part(scene, given), _by_name(scene, given), _by_whole_name(scene))
    return next(filter(None, ways), None)


def emergency_named(scene: Scene) -> str | None:
    """Return the number for emergencies that a message names, as it is dialed where the writer is."""
    known = country_numbers.theirs_alone(scene) or country_numbers.emergency(scene.country)
    numbers = {country_numbers.ANYWHERE}
    if known:
        numbers |= {number for number in (known.any, known.police, known.ambulance, known.fire) if number}
    return next((number for number in _numbers(scene) if number in numbers), None)


def emergency_meant(scene: Scene) -> str | dict[str, Any] | None:
    """Return the number for emergencies that a message names; the country's own where it has another than the one named."""
    named = emergency_named(scene)
    known = country_numbers.theirs_alone(scene) or country_numbers.emergency(scene.country)
    own = (known.any, known.police, known.ambulance, known.fire) if known else (named,)
    return named if named in own else country_numbers.to_dial(scene)


def _last(scene: Scene) -> list[PhoneLine]:
    return list(filter(None, (_line(id) for id in scene.record.given)))


def _given(scene: Scene) -> list[PhoneLine]:
    """Return all lines that were given since it was last known to be safe, those of the last answer first."""
    ids = dict.fromkeys([*scene.record.given, *reversed(scene.record.since_safe)])
    return list(filter(None, (_line(id) for id in ids)))


def _line(id: str) -> PhoneLine | None:
    return next((line for line in _lines_beside(id) if line.id == id), None) or directory_client.service_near(id)


def _is_line(line: PhoneLine) -> bool:
    return any(known.id == line.id for known in _lines_beside(line.id))


def _lines_beside(id: str) -> Sequence[PhoneLine]:
    """Return the lines of the country of an id, and those for any country."""
    directory = directory_client.directory()
    return (*directory.national.get(id.partition("-")[0].upper(), ()), *directory.world)


def _by_number(scene: Scene, given: Sequence[PhoneLine]) -> PhoneLine | None:
    country = directory_client.directory().national.get(scene.country, ()) if scene.country else ()
    said = [number for number in _numbers(scene) if len(number) >= _WHOLE]
    found = (line for number in said for line in (*given, *country) if number in line.dialled)
    return next(found, None)


def _by_part(scene: Scene, given: Sequence[PhoneLine]) -> PhoneLine | None:
    """Return the line whose number begins with what was typed, or has it as a group: "the 0850 one"."""
    emergency = emergency_named(scene)
    for part in _numbers(scene):
        if part == emergency or (len(part) < _WHOLE and not part.startswith("0")):
            continue
        for line in given:
            if any(full.startswith(part) for full in line.dialled) or part in re.split(r"[ ()/-]+", line.number):
                return line
    return None


def _by_name(scene: Scene, given: Sequence[PhoneLine]) -> PhoneLine | None:
    said = set(words(clean(scene.turn.text)))
    scored = [(_named_by(line, said), line) for line in given]
    best = max((score for score, _ in scored), default=0)
    return next((line for score, line in scored if score == best), None) if best else None


def _by_whole_name(scene: Scene) -> PhoneLine | None:
    """Return a line of the country that was not given, and that is named in full or by its letters."""
    if not scene.country:
        return None
    text = clean(scene.turn.text)
    said = set(words(text))
    for line in directory_client.directory().national.get(scene.country, ()):
        name = set(_words_of(line))
        letters = [one for one in _ACRONYM.findall(line.name) if len(one) > _LETTERS]
        if (len(name) > 1 and name <= said) or any(re.search(rf"\b{one}\b", text) for one in letters):
            return line
    return None


def _named_by(line: PhoneLine, said: set[str]) -> int:
    """Return how many words of its name a message has; none where they name no line by themselves."""
    own = _words_of(line)
    common = [one for one in own if one in said]
    letters = {one.casefold() for one in _ACRONYM.findall(line.name)}
    alone = any(one in letters or _often()[one] < _OFTEN for one in common)
    return len(common) if alone or len(common) > 1 or (common and len(own) == 1) else 0


def _by_place(scene: Scene) -> PhoneLine | None:
    """Return the first, second or last of the last answer, or the only one of its kind: "that refugee one"."""
    which: WhichWords = which_words(scene.turn.text, scene.turn.locale)
    last = _last(scene)
    at = next((_PLACES[name] for name in which.places), None)
    if at is not None and last:
        return last[at] if at < len(last) else None
    country = directory_client.directory().national.get(scene.country, ()) if scene.country else ()
    fits = (line for name in which.kinds for line in (*_given(scene), *country) if _FOR[name](line))
    return next(fits, None)


def _words_of(line: PhoneLine) -> tuple[str, ...]:
    return _words_of_name(line.name)


@cache
def _words_of_name(name: str) -> tuple[str, ...]:
    return tuple(one for one in words(clean(name)) if len(one) >= _LETTERS and not one.isdecimal())


@cache
def _often() -> Counter[str]:
    """Return in how many names of the directory a word stands."""
    known = directory_client.directory().national.values()
    return Counter(one for lines in known for line in lines for one in set(_words_of(line)))


def _numbers(scene: Scene) -> list[str]:
    """Return the numbers that stand in a message as they are dialed, in any script, without amounts and those after a "not"."""
    amounts = set(_dialed(" ".join(said for kind, said in scene.named if kind != "place"), scene.turn.locale))
    return [number for number in _dialed(clean(scene.turn.text), scene.turn.locale) if number not in amounts]


def _dialed(text: str, locale: str) -> Iterator[str]:
    plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    negated: Iterable[str] = which_words("", locale).negations
    for found in _NUMBER.finditer(plain):
        before = "".join(words(plain[: found.start()])[-1:])
        spaceless = SPACELESS_LETTER.search(before)
        if not any(before.endswith(one) if spaceless else before == one for one in negated):
            yield digits(found.group())
