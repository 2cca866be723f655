"""A line that is asked for by what it is: by an office's name, in a language, the first one again, or one that is for them.

What a person says of it holds: a line that is not for them is not given again, and an office without an entry is said to
be missing before the nearest is named.
"""

from collections.abc import Sequence

from babel import Locale

from actions.hearing.wanted_words import WantedWords
from actions.policy import next_steps
from actions.policy.scene import CRISIS, Scene
from actions.referral import referral, town, wishes
from actions.referral.directory_client import directory
from actions.referral.fitting.named_offices import EMBASSY, named_offices, of_office
from actions.referral.fitting.told_of_people import heard
from bot.text.cleaning import clean, words
from resources_directory.display.language_names import language_named
from resources_directory.model.discontinued import digits
from resources_directory.model.line import PhoneLine, phrase
from resources_directory.places.country_names import country_name
from resources_directory.ranking.audience import is_for_children
from resources_directory.ranking.spoken_languages import MANY, codes_of, foreignness

_FEW, _ALL = 2, 30  # lines given, and looked through
_NEED = 0.3  # chance of a need that is named beside a refusal
_LONG_NUMBER = 3  # digits
_OTHER_WISH = ("delete_", "talk_to_human", "goodbye", "no_files")
_SURE = 0.6


def takes(scene: Scene) -> bool:
    """Take a message as one that says which line is wanted, or is not; tell whether it was."""
    said = heard(scene)
    sure_else = scene.label.startswith(_OTHER_WISH) and scene.sureness >= _SURE
    if scene.country is None or scene.label in CRISIS or sure_else:
        return False
    record, refused = scene.record, _refused(scene, said)
    for line in refused:
        _forget(scene, line)
    if said.first and said.asks and not refused and _again(scene):
        return _done(scene, "the first again")
    office = _office(said)
    if office and (said.asks or said.of):
        _say_refused(scene, refused)
        _give_office(scene, office)
        return _done(scene, f"office: {office}")
    near_town = record.need in referral.NEAR and town.is_known(scene)  # services there are looked through for it
    if said.speaks and (said.asks or refused) and not (near_town or _names_number(scene)):
        _say_refused(scene, refused)
        _give_in_language(scene)
        return _done(scene, "in a language")
    if not refused:
        return False
    _say_refused(scene, refused)
    _give_another(scene)
    return _done(scene, "not for them")


def _done(scene: Scene, why: str) -> bool:
    scene.because(why)
    next_steps.more(scene, scene.record.need or "find_hotline", numbers=False)
    return True


def _again(scene: Scene) -> bool:
    """Give what was given first once more; tell whether there is anything."""
    record = scene.record
    by_id = {line.id: line for line in _known(scene)}
    ids = [id for id in record.referred if id in by_id and id not in (*record.refused, *record.complained)]
    if not ids:
        return False
    referral.say_known_lines(scene, [by_id[id] for id in ids[:_FEW]])
    return True


def _office(said: WantedWords) -> str | None:
    """Return the office that is named; an embassy before others, since a union or ministry may be part of its name."""
    if EMBASSY in said.offices:
        return EMBASSY
    return next(iter(said.offices), None)


def _give_office(scene: Scene, office: str) -> None:
    """Give the office that is asked for, or say that there is none and who is nearest."""
    record = scene.record
    need = named_offices()[office].need
    referral.begin_giving(scene, need)
    kinds = referral.NEEDS_OF[need]
    known = wishes.lines(scene, kinds, _ALL)
    # What the ranking leaves out may still be just what is asked for: a line for refugees, by who asks for one.
    found = of_office([*known, *_new(_callable(scene), known)], office, record.theirs)[:_FEW]
    if not found:
        scene.say("utter_no_office", office=_name_of(scene, office), country=_country(scene))
    if office == EMBASSY:
        scene.say_once("need consulate", "utter_need_consulate")
    near = found or [line for line in known if not line.nationals or line.id in (record.theirs or ())][:_FEW]
    if near:
        referral.say_known_lines(scene, near)


def _name_of(scene: Scene, office: str) -> dict[str, object]:
    whose = sorted(heard(scene).whose)
    if office == EMBASSY and len(whose) == 1:
        return phrase("line_office_embassy_of", country=country_name(whose[0], scene.names_in))
    return phrase(f"line_office_{office}")


def _country(scene: Scene) -> str:
    return country_name(scene.country or "", scene.names_in)


def _give_in_language(scene: Scene) -> None:
    """Give a line on which the language is spoken: for the need, else any; where none is known to, say how to ask for it."""
    language = scene.languages[-1] if scene.languages else scene.turn.locale
    need = _need(scene)
    record = scene.record
    kinds = referral.NEEDS_OF.get(need, ())
    known = [line for line in wishes.lines(scene, kinds, _ALL, language=language) if not line.about_police]
    others = [line for line in _new(_callable(scene, language), known) if not line.about_police]
    spoken = [line for line in (*known, *others) if foreignness(line.languages, language) == 0]
    interpreted = [line for line in known if MANY in line.languages and line.fits]
    found = [*spoken, *_new(interpreted, spoken)][:_FEW]
    referral.begin_giving(scene, need)
    if not spoken:
        english = Locale.parse("en").languages.get(codes_of(language)[0], language)
        scene.say("utter_none_speaks", language=language_named(language, scene.turn.locale), english=english)
    if near := found or known[:1]:
        referral.say_known_lines(scene, near)
    elif record.given:
        record.given = {}


def _give_another(scene: Scene) -> None:
    """Give what is for the need without what was refused; what was given before comes again where it fits best."""
    need = _need(scene)
    referral.begin_giving(scene, need)
    known = wishes.lines(scene, referral.NEEDS_OF.get(need, ()), _ALL)
    named = need != scene.record.need or scene.label == need
    new = [line for line in known if line.fits and (named or line.id not in scene.record.referred)]
    if found := (new or known)[:_FEW]:
        referral.say_known_lines(scene, found)
    else:
        scene.say("utter_no_other")


def _need(scene: Scene) -> str:
    """Return what lines are wanted for: what this message names, else what the last ones were for."""
    named = {
        label: chance
        for label, chance in {**scene.many, scene.label: scene.sureness}.items()
        if label in referral.NEEDS_OF
        and label.startswith(("find_", "need_", "ask_worker", "disclose_unpaid"))
        and chance >= _NEED
    }
    likeliest = max(named, key=lambda label: named[label], default=None)
    return likeliest or scene.record.need or "find_hotline"


def _refused(scene: Scene, said: WantedWords) -> list[str]:
    """Return the ids of the lines given last that are not for this person: those that are named, or for others, else all."""
    record = scene.record
    by_id = {line.id: line for line in _known(scene)}
    given = [by_id[id] for id in record.given if id in by_id]
    not_theirs = [
        line for line in given if line.nationals and record.theirs is not None and line.id not in record.theirs
    ]
    grown = record.minor is False and record.about != "other"
    not_theirs += [line for line in given if grown and is_for_children(line.kinds, line.people, line.ages)]
    if not said.not_mine:
        return [line.id for line in not_theirs]
    named = [line for line in given if _is_named(scene, line)]
    for_some = [line for line in given if _is_for_some(line)]
    return [line.id for line in named or not_theirs or for_some or given]


def _is_for_some(line: PhoneLine) -> bool:
    """Whether a line is for certain people, or heard in other languages only: it is the one that does not fit."""
    return bool({*line.people} - {"migrants", "families"}) or bool(line.nationals) or line.foreign


def _is_named(scene: Scene, line: PhoneLine) -> bool:
    text = " ".join(words(clean(scene.turn.text)))
    number = digits(line.number)
    return " ".join(words(clean(line.name))) in text or (len(number) >= _LONG_NUMBER and number in digits(text))


def _names_number(scene: Scene) -> bool:
    """Whether the message names the number of a line: then it asks about that one."""
    return any(_is_named(scene, line) for line in _known(scene) if line.id in scene.record.referred)


def _forget(scene: Scene, id: str) -> None:
    record = scene.record
    record.given.pop(id, None)
    if id not in record.refused:
        record.refused.append(id)


def _say_refused(scene: Scene, refused: Sequence[str]) -> None:
    if refused:
        scene.say("utter_not_that_one")


def _known(scene: Scene) -> list[PhoneLine]:
    """Return all lines that may have been given here."""
    there = directory()
    return [*there.national.get(scene.country or "", ()), *there.world]


def _callable(scene: Scene, language: str | None = None) -> list[PhoneLine]:
    """Return all lines of the country that take this person, whatever they are for."""
    return directory().open_to(
        scene.country or "",
        language=language or scene.turn.locale,
        avoid_police=wishes.avoids_police(scene),
        people=wishes.people(scene),
        theirs=scene.record.theirs,
        without=[*scene.record.refused, *scene.record.complained],
    )


def _new(lines: Sequence[PhoneLine], given: Sequence[PhoneLine]) -> list[PhoneLine]:
    taken = {line.id for line in given}
    return [line for line in lines if line.id not in taken]
