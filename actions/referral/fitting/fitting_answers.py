"""What is given for a line that is asked for by what it is: an office, a language, the first one again, another one.

An office without an entry is said to be missing before the nearest is named; so is a language that no line is known to have.
"""

from collections.abc import Sequence

from babel import Locale

from actions.lines import said_lines
from actions.policy.scene import Scene
from actions.referral import referral, wishes
from actions.referral.directory_client import directory
from actions.referral.fitting.named_offices import EMBASSY, named_offices, of_office
from actions.referral.fitting.needs_of_labels import NEEDS_OF
from actions.referral.fitting.told_of_people import heard, without
from resources_directory.display.named_languages import language_named
from resources_directory.model.line import PhoneLine, phrase
from resources_directory.places.country_names import country_name
from resources_directory.ranking.spoken_languages import MANY, codes_of, foreignness

_FEW, _ALL = 2, 30  # lines given, and looked through


def say_again(scene: Scene, found: Sequence[PhoneLine]) -> None:
    """Say lines once more, in other words: the same text is not said a third time."""
    scene.record.given = {line.id: line.name for line in found}
    scene.say("utter_follow_service", details=[line.short(scene.record.country) for line in found])


def give_abroad(scene: Scene) -> bool:
    """Give who helps people of their country anywhere, though nobody has said where they are; tell whether there is one."""
    found = [line for line in directory().world if line.id in (scene.record.theirs or ())]
    if found:
        referral.begin_giving(scene, named_offices()[EMBASSY].need)
        scene.say_once("need consulate", "utter_need_consulate")
        said_lines.say_known_lines(scene, found[:_FEW])
    return bool(found)


def give_office(scene: Scene, office: str) -> None:
    """Give the office that is asked for, or say that there is none and who is nearest."""
    record = scene.record
    need = named_offices()[office].need
    referral.begin_giving(scene, need)
    kinds = NEEDS_OF[need]
    known = wishes.lines(scene, kinds, _ALL)
    # What the ranking leaves out may still be just what is asked for: a line for refugees, by who asks for one.
    found = of_office([*known, *_new(_callable(scene), known)], office, record.theirs)[:_FEW]
    if not found:
        scene.say("utter_no_office", office=_name_of(scene, office), country=_country(scene))
    if office == EMBASSY:
        scene.say_once("need consulate", "utter_need_consulate")
    near = found or [line for line in known if not line.nationals or line.id in (record.theirs or ())][:_FEW]
    if near:
        said_lines.say_known_lines(scene, near)


def give_in_language(scene: Scene, need: str) -> None:
    """Give a line on which the language is spoken: for the need, else any; where none is known to, say how to ask for it."""
    language = scene.languages[-1] if scene.languages else scene.turn.locale
    record = scene.record
    kinds = NEEDS_OF.get(need, ())
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
        said_lines.say_known_lines(scene, near)
    elif record.given:
        record.given = {}


def give_another(scene: Scene, need: str, new_alone: bool = False) -> None:
    """Give what is for the need without what was refused; what was given before comes again where it fits best.

    new_alone: only what was not given yet.
    """
    if need == named_offices()[EMBASSY].need and scene.record.theirs is not None:
        give_office(scene, EMBASSY)
        return
    named = need != scene.record.need or scene.label == need
    referral.begin_giving(scene, need)
    known = wishes.lines(scene, NEEDS_OF.get(need, ()), _ALL)
    new = [line for line in known if line.fits and (named or line.id not in scene.record.referred)]
    if found := (new or [line for line in known if not new_alone or line.id not in scene.record.referred])[:_FEW]:
        said_lines.say_known_lines(scene, found)
    else:
        scene.say("utter_no_other")


def _name_of(scene: Scene, office: str) -> dict[str, object]:
    whose = sorted(heard(scene).whose)
    if office == EMBASSY and len(whose) == 1:
        return phrase("line_office_embassy_of", country=country_name(whose[0], scene.names_in))
    return phrase(f"line_office_{office}")


def _country(scene: Scene) -> str:
    return country_name(scene.country or "", scene.names_in)


def _callable(scene: Scene, language: str | None = None) -> list[PhoneLine]:
    """Return all lines of the country that take this person, whatever they are for."""
    return directory().open_to(
        scene.country or "",
        language=language or scene.turn.locale,
        avoid_police=wishes.avoids_police(scene),
        people=wishes.people(scene),
        theirs=scene.record.theirs,
        without=[*without(scene), *scene.record.complained],
    )


def _new(lines: Sequence[PhoneLine], given: Sequence[PhoneLine]) -> list[PhoneLine]:
    taken = {line.id for line in given}
    return [line for line in lines if line.id not in taken]
