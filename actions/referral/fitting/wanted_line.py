"""A line that is asked for by what it is: by an office's name, in a language, the first one again, or one that is for them.

What a person says of it holds: a line that is not for them is not given again.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial

from actions.hearing.wanted_words import WantedWords
from actions.policy import next_steps
from actions.policy.scene import CRISIS, Scene
from actions.referral import entry_facts, referral, town
from actions.referral.directory_client import directory
from actions.referral.fitting.fitting_answers import give_abroad, give_another, give_in_language, give_office, say_again
from actions.referral.fitting.named_offices import EMBASSY
from actions.referral.fitting.needs_of_labels import NEEDS_OF
from actions.referral.fitting.told_of_people import heard
from bot.engine.understood import FALLBACK
from bot.text.cleaning import clean, words
from bot.text.word_lists import SPACELESS_LETTER
from resources_directory.model.discontinued import digits
from resources_directory.model.line import PhoneLine
from resources_directory.ranking.audience import is_for_children
from resources_directory.ranking.spoken_languages import ONLY_OTHERS, foreignness

_FEW = 2  # lines given
_NEED = 0.3  # chance of a need that is named beside a refusal
_WAGES, _PAY = "need_labour", "labour"
_SHORT = 10  # words: a longer message tells more than which number is wanted
_LONG_NUMBER = 3  # digits
_BRIEF, _RIGHT_AFTER = 12, 8  # words of a message that refuses a line without naming one, and of one in vague words
_TELLS = ("disclose_", "report_", "express_distress")
_OTHER_WISH = ("delete_", "talk_to_human", "goodbye", "no_files")
_SURE = 0.6
_ANOTHER = "referral_another"  # topic, named by reviewed words
_ANY = ("find_hotline", "change_language", FALLBACK)  # labels that say no more than that a number is wanted


def takes(scene: Scene) -> bool:
    """Take a message as one that says which line is wanted, or is not; tell whether it was."""
    said = heard(scene)
    sure_else = scene.label.startswith(_OTHER_WISH) and scene.sureness >= _SURE
    if scene.label in CRISIS or sure_else:
        return False
    if scene.country is None:
        return _office(said) == EMBASSY and give_abroad(scene) and _done(scene, "an embassy, anywhere")
    refused = _refused(scene, said)
    for id in refused:
        _forget(scene, id)
    found = _wanted(scene, said, refused)
    if found is None:
        return False
    why, give = found
    if refused:
        scene.say("utter_not_that_one")
    give()
    return _done(scene, why)


def _wanted(scene: Scene, said: WantedWords, refused: Sequence[str]) -> tuple[str, Callable[[], None]] | None:
    """Return what is wanted, for whoever asks why, and what gives it; None where nothing is said of a line."""
    first = said.first and said.asks and not (refused or scene.after_hush or entry_facts.is_asked(scene))
    if first and (before := _given_first(scene)):
        return "the first again", partial(say_again, scene, before)
    office = _office(said)
    if office and (said.asks or said.of):
        return f"office: {office}", partial(give_office, scene, office)
    if _asks_for_language(scene, said, refused):
        return "in a language", partial(give_in_language, scene, _need(scene, said))
    if refused and not _tells(scene):
        return "not for them", partial(give_another, scene, _need(scene, said))
    return _wanted_instead(scene, said)


def _wanted_instead(scene: Scene, said: WantedWords) -> tuple[str, Callable[[], None]] | None:
    """Return what is wanted beside what was given: the number for pay, or another one."""
    if not scene.record.given or _is_near_town(scene) or len(words(clean(scene.turn.text))) > _SHORT:
        return None
    if said.wages and said.asks:
        return "the number for pay", partial(give_another, scene, _WAGES)
    if _ANOTHER in scene.topics:
        return "another one", partial(give_another, scene, _need(scene, said), new_alone=True)
    return None


def _asks_for_language(scene: Scene, said: WantedWords, refused: Sequence[str]) -> bool:
    """Tell whether a line is wanted on which a language is spoken; "do they speak it?" is asked of the one that was given."""
    if not said.speaks or _is_near_town(scene) or _names_number(scene):
        return False
    return said.asks or bool(refused) or (scene.label in _ANY and not entry_facts.is_asked(scene))


def _is_near_town(scene: Scene) -> bool:
    """Tell whether services near a town are looked through for what is wanted."""
    return scene.record.need in referral.NEAR and town.is_known(scene)


def _done(scene: Scene, why: str) -> bool:
    scene.because(why)
    next_steps.more(scene, scene.record.need or "find_hotline", numbers=False)
    return True


def _given_first(scene: Scene) -> list[PhoneLine]:
    """Return what was given first, without what was refused or did not work."""
    record = scene.record
    by_id = {line.id: line for line in _known(scene)}
    safe = [id for id in record.referred if id in by_id and id in record.since_safe]
    left = [id for id in safe if id not in (*record.refused, *record.complained)]
    return [by_id[id] for id in left[:_FEW]]


def _office(said: WantedWords) -> str | None:
    """Return the office that is named; an embassy before others, since a union or ministry may be part of its name."""
    if EMBASSY in said.offices:
        return EMBASSY
    return next(iter(said.offices), None)


def _need(scene: Scene, said: WantedWords) -> str:
    """Return what lines are wanted for: what this message names, else what the last ones were for."""
    if said.wages:
        return _WAGES
    named = {
        label: chance
        for label, chance in {**scene.many, scene.label: scene.sureness}.items()
        if label in NEEDS_OF
        and label.startswith(("find_", "need_", "ask_worker", "disclose_unpaid"))
        and chance >= _NEED
    }
    likeliest = max(named, key=lambda label: named[label], default=None)
    return likeliest or scene.record.need or "find_hotline"


def _refused(scene: Scene, said: WantedWords) -> list[str]:
    """Return the ids of the lines given last that are not for this person: those that are named, or for others, else the last."""
    record = scene.record
    by_id = {line.id: line for line in _known(scene)}
    given = [by_id[id] for id in record.given if id in by_id]
    not_theirs = [
        line for line in given if line.nationals and record.theirs is not None and line.id not in record.theirs
    ]
    grown = record.minor is False and record.about != "other"
    not_theirs += [line for line in given if grown and is_for_children(line.kinds, line.people, line.ages)]
    if not _refuses(scene, said, given):
        return [line.id for line in not_theirs]
    named = [line for line in given if _is_named(scene, line)] or not_theirs
    if said.groups and not named:  # "I am no refugee" says nothing of a line for anybody
        return [line.id for line in given if _is_for_group(line, said.groups)]
    no_pay = [line for line in given if said.wages and _PAY not in line.kinds]
    for_some = [line for line in given if _is_for_some(scene, line)]
    some = for_some if len(for_some) < len(given) else given[-1:]
    return [line.id for line in named or no_pay or some or given[-1:]]


def _tells(scene: Scene) -> bool:
    """Whether something is told that has to be answered itself, however sure."""
    return scene.label.startswith(_TELLS) or bool(scene.turn.crises)


def _refuses(scene: Scene, said: WantedWords, given: Sequence[PhoneLine]) -> bool:
    """Whether the words mean a line: "another country" and "only speak Arabic" are words of stories too."""
    if _tells(scene) or not (said.not_mine or said.not_mine_beside):
        return False
    length = _length(scene.turn.text)
    names_line = (
        said.line or len(digits(scene.turn.text)) >= _LONG_NUMBER or any(_is_named(scene, one) for one in given)
    )
    if said.not_mine:
        return names_line or length <= _BRIEF
    after = length <= _RIGHT_AFTER and not scene.about_other and _were_just_given(scene, given)
    return (names_line and length <= _BRIEF) or after


def _length(text: str) -> int:
    """Return about how many words a text has, in a script without spaces too."""
    return max(len(words(clean(text))), 2 * len(SPACELESS_LETTER.findall(text)) // 5)


def _were_just_given(scene: Scene, lines: Sequence[PhoneLine]) -> bool:
    said = str(scene.record.said)
    return any(line.number in said for line in lines)


def _is_for_group(line: PhoneLine, groups: Collection[str]) -> bool:
    children = "children" in groups and is_for_children(line.kinds, line.people, line.ages)
    return children or not set(groups).isdisjoint(line.people)


def _is_for_some(scene: Scene, line: PhoneLine) -> bool:
    """Whether a line is for certain people, or heard in other languages only: it is the one that does not fit."""
    return (
        bool({*line.people} - {"migrants", "families"})
        or bool(line.nationals)
        or foreignness(line.languages, scene.turn.locale) == ONLY_OTHERS
    )


def _is_named(scene: Scene, line: PhoneLine) -> bool:
    text = " ".join(words(clean(scene.turn.text)))
    number = digits(line.number)
    return " ".join(words(clean(line.name))) in text or (len(number) >= _LONG_NUMBER and number in digits(text))


def _names_number(scene: Scene) -> bool:
    """Whether the message names the number of a line: then it asks about that one."""
    return any(_is_named(scene, line) for line in _known(scene) if line.id in scene.record.since_safe)


def _forget(scene: Scene, id: str) -> None:
    record = scene.record
    record.given.pop(id, None)
    if id not in record.refused:
        record.refused.append(id)


def _known(scene: Scene) -> list[PhoneLine]:
    """Return all lines that may have been given here."""
    there = directory()
    return [*there.national.get(scene.country or "", ()), *there.world]
