"""Questions about the law: what holds nearly everywhere, then what holds in the country, one text at a time.

Always general information, never a forecast for a person. What is said in which country stands in data/rights.yml.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

from actions.digital import scam
from actions.policy import flow, layers, next_steps
from actions.policy.flow import Ask, Flow, Reading
from actions.policy.scene import Scene, choice
from actions.referral import referral
from bot.conversation.record import Record
from bot.phrases.rights_texts import RightsText, rights_texts

WORKER, IMMIGRATION, POLICE = "ask_worker_rights", "ask_immigration_rights", "ask_police"
LABELS = (WORKER, IMMIGRATION, POLICE)
_AT_HOME, _ELSEWHERE = "works in a home", "works elsewhere"  # told
_VISA_OF = "visa of "  # told: the country whose papers were asked about, which need not be where somebody is

scam_compound = scam.scam_compound


def rights(scene: Scene) -> None:
    """Answer a question about the law; asked again, the next text about it."""
    label = scene.label
    again = _common(label) in scene.record.told
    if not again:
        scene.note(_common(label))
        scene.say(_common(label))
    go_on(scene, label, again)


def go_on(scene: Scene, label: str, again: bool = False) -> None:
    """Say what holds in the country, once it is known, and whom to ask there."""
    _note_visa(scene, label)
    referral.warn_about_leaving(scene, label)
    if label == WORKER and _home_matters(scene.record) and referral.MEDICAL not in scene.record.told:
        flow.put_next(scene, WORK_IN_HOME)
        return
    unsaid = _unsaid(scene, label)
    general = layers.left(scene, [_more(label)]) if again else []
    if unsaid:
        say_law(scene, unsaid.pop(0), today())
    elif general:
        scene.note(general[0])
        scene.say(general.pop())
    elif again:
        _close(scene, label)
        return
    _whom_to_ask(scene, label, again, more=bool(unsaid))


def say_law(scene: Scene, text: RightsText, now: date) -> None:
    """Say one text, and where it is past its date, that it may have changed. A person is offered after it."""
    scene.note(text.phrase)
    scene.say(text.phrase)
    if text.state(now) == "old":
        scene.say("utter_may_have_changed")


def today() -> date:
    """Give the day, by which a text may be too old to be shown."""
    return datetime.now(UTC).date()


def _whom_to_ask(scene: Scene, label: str, again: bool, more: bool) -> None:
    """Give lines of the country, once for each question, and what can be chosen next."""
    country = scene.country
    unknown = not country and not again and "no country" not in scene.record.told
    if unknown or referral.MEDICAL in scene.record.told:
        referral.numbers_or_country(scene, label)
        return
    scene.record.drop_wish()
    scene.record.question, scene.record.times_asked = None, 0
    referral.numbers_once(scene, label)
    first = [choice("choice_more", label)] if more or _more(label) not in scene.record.told else []
    next_steps.more(scene, label, first=first)


def _close(scene: Scene, label: str) -> None:
    country = _country(scene.record, label)
    said = [text.phrase for text in rights_texts().texts if label in text.topics and country in text.countries]
    notes = [_common(label), _more(label), *said]
    layers.close(scene, notes, next_steps.after(label))


def _unsaid(scene: Scene, label: str) -> list[RightsText]:
    country = _country(scene.record, label)
    found = rights_texts().find(label, country, today(), _home(scene.record)) if country else []
    return [text for text in found if text.phrase not in scene.record.told]


def _note_visa(scene: Scene, label: str) -> None:
    if label == IMMIGRATION and len(scene.named_countries) == 1:
        scene.record.told = [word for word in scene.record.told if not word.startswith(_VISA_OF)]
        scene.note(f"{_VISA_OF}{scene.named_countries[0]}")


def _country(record: Record, label: str) -> str | None:
    named = (word.removeprefix(_VISA_OF) for word in record.told if word.startswith(_VISA_OF))
    return next(named, record.country) if label == IMMIGRATION else record.country


def _home(record: Record) -> bool | None:
    if _AT_HOME in record.told:
        return True
    return False if _ELSEWHERE in record.told else None


def _home_matters(record: Record) -> bool:
    return record.country in rights_texts().groups["GULF"] and _ASK_HOME.name not in record.asked


def _take_home(scene: Scene, reading: Reading) -> None:
    scene.unnote(_AT_HOME)
    scene.unnote(_ELSEWHERE)
    if reading in ("yes", "no"):
        scene.note(_AT_HOME if reading == "yes" else _ELSEWHERE)


def _after_home(scene: Scene) -> None:
    go_on(scene, WORKER)


def _common(label: str) -> str:
    return f"utter_{label}"


def _more(label: str) -> str:
    return f"utter_{label}_more"


# People who work in a home are often left out of the law for other workers, so this is asked before it is told.
_ASK_HOME = Ask("work_in_home", "utter_work_in_home", _take_home)
WORK_IN_HOME = Flow("work in a home", (_ASK_HOME,), _after_home, most=1)
FLOWS: tuple[Flow, ...] = (WORK_IN_HOME,)
TARGETS: dict[str, Callable[[Scene], None]] = {"scam_next": scam.next_step}
