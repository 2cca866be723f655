"""What all talks about somebody else share: the questions about the country and the age, and the lines at the end."""

from actions.policy.flow import Reading
from actions.policy.scene import COUNTRY_ASKED, Scene
from actions.referral import organisation_lines, referral
from bot.conversation.record import Record

CONCERN = "report_concern"
MISSING = "report_missing_person"  # in actions/referral/referral.py the label with lines for children


def asks_country(record: Record) -> bool:
    """Tell whether the country is not known and may still be asked for."""
    return not record.country and record.answered.get(COUNTRY_ASKED, 0) < 2


def take_country(scene: Scene, reading: Reading) -> None:
    """Keep the country. A place of which we do not know the country is accepted, and not asked about again."""
    scene.count_country_question()
    if scene.countries:
        scene.record.country = scene.countries[-1]
    elif reading == "skip":
        scene.note("no country")


def asks_minor(record: Record) -> bool:
    """Tell whether the age is not known. "An adult" does not count: it may have been said about the writer."""
    return record.minor is not True


def take_minor(scene: Scene, reading: Reading) -> None:
    """Keep whether the person is under 18, where that is known."""
    if reading in ("yes", "no"):
        scene.record.minor = reading == "yes"


def say_lines(scene: Scene, label: str) -> None:
    """Give the lines of the country; without one, say that it can come at any time, and keep the wish."""
    record = scene.record
    if record.country:
        record.want = None
        referral.only_numbers(scene, label)
    else:
        record.want = label
        scene.say("utter_without_country", emergency=organisation_lines.without_country(scene))
