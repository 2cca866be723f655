"""Numbers to call for what somebody told or asked, and the question that they need: which country."""

from functools import partial

from actions.lines import said_lines
from actions.policy import next_steps
from actions.policy.scene import COUNTRY_ASKED, Scene, choice
from actions.referral import country_numbers, directory_client, organisation_lines, wishes
from actions.referral.fitting.needs_of_labels import NEEDS_OF
from bot.phrases.reply_kinds import kind_of
from resources_directory.model.line import PhoneLine
from resources_directory.model.own_line import OwnLine

# Needs for which services near a town are looked for, where the compiled directory is there.
NEAR = frozenset({"find_shelter", "find_legal_aid", "find_medical_care", "find_counselling", "find_basic_needs"})
COUNTRY, TOWN = "country", "town"  # questions
NAME_TOWN = choice("choice_town", "step to=town")
_NO_COUNTRY = "without country"  # told: the number that works nearly everywhere
_OTHERS, _FEW = 12, 2  # lines looked through for others than those that were given, and said
_ANY_LINE, _STORIES = "find_hotline", "disclose_"
_NAMED = "need_"  # a need that is asked for by its name: wages, a consulate
MEDICAL = "medical"  # told: an ambulance was needed, and nothing else was asked for since
_ABOUT_THE_BODY = ("find_hotline", "find_medical_care")

# Where a boss can report a worker who leaves, and an arrest can follow.
_REPORTS_LEAVING = frozenset({"AE", "BH", "KW", "OM", "QA", "SA"})
_ABOUT_A_BOSS = frozenset(
    {
        "disclose_confinement",
        "disclose_debt_bondage",
        "disclose_deceptive_recruitment",
        "disclose_document_confiscation",
        "disclose_forced_labour",
        "disclose_threats",
        "disclose_unpaid_wages",
        "ask_worker_rights",
        "ask_immigration_rights",
        "find_shelter",
    }
)


def numbers_or_country(scene: Scene, label: str) -> None:
    """Give numbers for what a label needs, or ask for the country and keep the wish."""
    if scene.country:
        give_numbers(scene, label)
    else:
        ask_country(scene, label)


def numbers_once(scene: Scene, label: str) -> None:
    """Give the numbers for a need that were not given yet; where no country is known, ask for it while that may be."""
    if scene.country:
        if label.startswith(_NAMED) and (again := _given_before(scene, label)):
            said_lines.say_known_lines(scene, again)
            scene.record.need = label
            return
        # Beside a story those that fit best are enough; who wishes for a number gets the next that fits.
        limit = _limit(scene, label)
        wished = label.startswith("find_") and scene.label.startswith("find_")
        known = _fitting(scene, label, limit + (len(scene.record.referred) if wished else 0))
        new = [line for line in known if line.id not in scene.record.referred]
        # What fits less, or is not understood, does not come instead of what was given before.
        if wished and not any(_is_just_for_it(line) for line in new):
            new = known
        elif scene.record.referred and label.startswith(_STORIES) and not any(_fits(line) for line in new):
            new = []  # what is for something else comes once, and not with every story
            _say_again(scene, label)
        if new:
            said_lines.say_known_lines(scene, new[:limit])
            scene.record.need = label
        elif not known and (label.startswith(_NAMED) or _is_to_be_told(scene)):
            said_lines.say_no_lines(scene)
    elif scene.record.question is None and not scene.times(COUNTRY_ASKED) and "no country" not in scene.record.told:
        ask_country(scene, label)
    else:
        scene.say_once(_NO_COUNTRY, "utter_without_country", emergency=organisation_lines.without_country(scene))


def _is_to_be_told(scene: Scene) -> bool:
    """Tell whether nobody has heard yet that there is no number: a story without one is answered by the emergency number."""
    return not scene.record.referred and said_lines.NO_LINES not in scene.record.told


def _say_again(scene: Scene, label: str) -> None:
    """Say once more in few words what was given and fits, where what is new fits less."""
    found = (line for line in _fitting(scene, label, _OTHERS) if line.id in scene.record.referred)
    line = next((line for line in found if isinstance(line, PhoneLine) and line.fits), None)
    if line:
        scene.say_once(f"line {line.id}", "utter_line", line=line.short(scene.record.country))


def _fits(line: PhoneLine | OwnLine) -> bool:
    return isinstance(line, OwnLine) or line.fits


def _is_just_for_it(line: PhoneLine | OwnLine) -> bool:
    return isinstance(line, OwnLine) or (line.fits and not line.foreign and not line.about_police)


def _given_before(scene: Scene, label: str) -> list[PhoneLine]:
    """Return what is just for a need that is asked for, where it was given before: what fits less does not come instead.

    Whoever asks for it once more lost it, or was given others since.
    """
    found = wishes.lines(scene, NEEDS_OF[label], _OTHERS)
    best = [line for line in found if line.fits and NEEDS_OF[label][0] in line.kinds]
    new = [line for line in best if line.id not in scene.record.referred]
    return [] if new and scene.record.need == label else best[:_FEW]


def owed_numbers(scene: Scene, others: bool) -> None:
    """Give what is owed when a number could not be reached: others for the same need, or the number for danger again."""
    country, need = scene.country, scene.record.need
    if others and country and need:
        known = wishes.lines(scene, NEEDS_OF.get(need, ()), _OTHERS)
        found = [line for line in known if line.id not in scene.record.referred][:_FEW]
        if found:
            said_lines.say_known_lines(scene, found)
            return
    scene.record.given = {}
    scene.say("utter_emergency", emergency=country_numbers.emergency_line(scene))


def give_owed(scene: Scene) -> None:
    """Give the numbers that waited for the country, where a message tells it beside something else that was answered."""
    record = scene.record
    known = record.country is not None and scene.turn.country_before is None
    if not known or record.situation != "talk" or record.want is None or scene.after_hush:
        return
    if any(kind_of(draft.phrase) in ("number", "crisis") or draft.asks for draft in scene.drafts):
        return
    want = record.want
    record.drop_wish()
    if record.question == COUNTRY:
        record.question, record.times_asked = None, 0
    numbers_once(scene, want)


def give_numbers(scene: Scene, label: str) -> None:
    """Give lines of the known country, then what can be chosen next."""
    if _ambulance(scene):
        return
    begin_giving(scene, label)
    _lines_of(scene, label)
    # A town that was not found is not asked about again by us.
    names_town = label in NEAR and directory_client.there()
    next_steps.more(scene, label, first=[NAME_TOWN] if names_town else None, numbers=False)


def begin_giving(scene: Scene, label: str) -> None:
    """Close the question for the place, and say what must be known before anything is done."""
    record = scene.record
    record.drop_wish()
    record.question, record.times_asked = None, 0
    record.need = _kept_need(scene, label)
    if (record.parked or "").startswith((COUNTRY, TOWN)):
        record.parked = None  # it is known by now
    warn_about_leaving(scene, label)


def ask_country(scene: Scene, label: str) -> None:
    """Ask for the country. Who was never told what is kept and by whom is told before this question (P31)."""
    if _ambulance(scene):
        return
    record = scene.record
    introduce(scene)
    record.want = label
    if not scene.may_ask_country or "no country" in record.told:
        scene.say("utter_without_country", emergency=organisation_lines.without_country(scene))
        next_steps.more(scene, label, numbers=False)
        return
    again = scene.times(COUNTRY_ASKED) > 0
    record.question, record.times_asked = COUNTRY, 1
    scene.count_country_question()
    where = "utter_ask_where_other" if scene.about_other else "utter_ask_where"
    scene.ask("utter_which_country_again" if again else where, partial(_not_asked, scene))


def _not_asked(scene: Scene) -> None:
    """Take back the question for the country: it found no room, and comes with a later answer."""
    scene.record.question, scene.record.times_asked = None, 0
    scene.uncount_country_question()


def country_missing(scene: Scene) -> None:
    """The answer named no country: ask once more in other words, then go on without."""
    record = scene.record
    if not scene.may_ask_country:
        without_country(scene)
        return
    record.question, record.times_asked = COUNTRY, record.times_asked + 1
    scene.count_country_question()
    scene.ask("utter_which_country_again", partial(_not_asked, scene))


def without_country(scene: Scene) -> None:
    """The person does not say where they are: that is fine, and one number works nearly everywhere."""
    record = scene.record
    if scene.country and record.want:  # it was only named in passing: its numbers are said to be so
        give_numbers(scene, record.want)
        return
    scene.note("no country")
    record.question, record.times_asked = None, 0  # the wish is kept: the country may come later
    scene.say("utter_no_country", emergency=organisation_lines.without_country(scene))
    next_steps.more(scene, record.want or "", numbers=False)


def introduce(scene: Scene) -> None:
    """Tell once who answers, what is kept and for how long, the limits, and that a person can be asked for."""
    scene.say_once("intro", "utter_intro")


def warn_about_leaving(scene: Scene, label: str) -> None:
    """Say once, where it is so, that leaving a boss can bring an arrest."""
    if scene.country in _REPORTS_LEAVING and label in _ABOUT_A_BOSS:
        scene.say_once("leaving", "utter_before_leaving")


def note_topic(scene: Scene) -> None:
    """Something else than the ambulance is clearly asked for, by the person and not by us."""
    label = scene.label
    if label.startswith(("disclose_", "report_", "find_")) and label not in _ABOUT_THE_BODY:
        scene.unnote(MEDICAL)


def only_numbers(scene: Scene, label: str) -> None:
    """Give the numbers and nothing else, or ask for the country."""
    if scene.country and not _ambulance(scene):
        _lines_of(scene, label)
    elif not scene.country:
        ask_country(scene, label)


def _lines_of(scene: Scene, label: str) -> None:
    said_lines.say_known_lines(scene, _fitting(scene, label, _limit(scene, label)))
    scene.record.need = _kept_need(scene, label)


def _kept_need(scene: Scene, label: str) -> str:
    """Return what lines are for: who asks for a number, of no certain kind, asks for what was told or looked for before."""
    return scene.record.need or label if label == _ANY_LINE else label


def _fitting(scene: Scene, label: str, limit: int) -> list[PhoneLine | OwnLine]:
    """Return the lines for a need in the country of the person, best first."""
    label = wishes.of_a_child(scene, label)
    # A missing person may be a child until it is said that they are not.
    child = label == "concern_child" or (label == "report_missing_person" and scene.record.minor is not False)
    also = {"children"} if child else set[str]()
    found = wishes.lines(scene, NEEDS_OF.get(_kept_need(scene, label), ()), limit, also)
    if not found and label == _ANY_LINE:
        found = wishes.lines(scene, (), limit, also)
    return said_lines.own_first(scene, found)


def _ambulance(scene: Scene) -> bool:
    """Repeat the number of the ambulance, once, while that is what is needed: then what is asked for is answered."""
    if MEDICAL not in scene.record.told:
        return False
    scene.unnote(MEDICAL)
    if scene.country:
        scene.say("utter_medical", number=country_numbers.to_dial(scene, "ambulance"))
    else:
        scene.say("utter_medical_112")
    return True


def _limit(scene: Scene, label: str) -> int:
    # A text message costs and shows on a bill; after a disclosure a long list is too much on any channel.
    return 2 if scene.turn.channel == "sms" or label.startswith("disclose_") else 3


def find_help(scene: Scene) -> None:
    """Answer a wish for a service with national lines: each can find local help."""
    label = scene.label
    if MEDICAL not in scene.record.told:
        if f"answer {label}" in scene.record.told and scene.country:
            scene.say("utter_same_lines")
        elif label != "find_hotline":
            scene.say_once(f"answer {label}", f"utter_{label}")
    numbers_or_country(scene, label)


def location(scene: Scene) -> None:
    """A place was named: answer what waited for it, or offer numbers there."""
    record = scene.record
    if _ambulance(scene):
        return
    if not scene.country:
        record.want = record.want or "find_hotline"
        country_missing(scene)
    elif record.want or record.need:
        give_numbers(scene, record.want or record.need or "")
    else:
        scene.say("utter_country_noted")
        scene.say("utter_menu")
