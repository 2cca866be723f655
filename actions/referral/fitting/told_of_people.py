"""What a message tells of the person that decides which lines are for them: where they are from, man or woman, whom they fear.

Where somebody is from is not kept: only the ids of the lines that are for people of that country alone (docs/privacy.md).
"""

from actions.hearing.wanted_words import WantedWords, wanted_words
from actions.policy.scene import Scene
from actions.referral.directory_client import directory

_TOPIC = "referral_"
_EITHER = frozenset({"men", "women"})
_NO_POLICE = "no_police"


def heard(scene: Scene) -> WantedWords:
    """Return what the words of this message say of the line that is wanted; nothing of a choice, or of what was said before."""
    if scene.turn.chosen or scene.late:
        return WantedWords()
    return wanted_words(scene.turn.text, scene.turn.locale)


def listen(scene: Scene) -> None:
    """Keep what decides which lines are given. In neutral mode somebody else may write: nothing is kept."""
    record = scene.record
    if record.situation == "quiet" or scene.turn.chosen:
        return
    said = heard(scene)
    if said.whose:
        record.theirs = sorted(directory().lines_of_people(said.whose))
        record.refused = [id for id in record.refused if id not in record.theirs]
    fears = said.bought or f"{_TOPIC}{_NO_POLICE}" in scene.topics
    if fears and _NO_POLICE not in record.holds:
        record.holds.append(_NO_POLICE)
    _man_or_woman(scene, said)


def without(scene: Scene) -> list[str]:
    """Return the ids of the lines not to give: those refused, and for this message alone those of a people it denies."""
    denied = heard(scene).not_self
    return [*scene.record.refused, *(sorted(directory().lines_of_people(denied)) if denied else ())]


def _man_or_woman(scene: Scene, said: WantedWords) -> None:
    """Keep "I am a man" whatever the message is about: "is it only for women, or for men too" tells nothing of who asks."""
    told = {"men": said.man, "women": said.woman}
    named = [group for group in told if told[group] or f"{_TOPIC}{group}" in scene.topics]
    if len(named) == 1 and scene.record.about != "other":
        kept = [hold for hold in scene.record.holds if hold not in _EITHER]
        scene.record.holds = [*kept, named[0]]
