"""What closer looks into a long message tell: a crisis, a question, a need. The parts that hold them say all else.

A few words out of a story sound graver than they are, so a crisis has to be twice as likely in them; where it is only as likely as
in a whole message, it is possible.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from bot.encoder.reading import MessageReading
from bot.engine.understood import FALLBACK, Understood
from bot.rasa.components.crisis_classifier import CrisisClassifier
from bot.rasa.components.label_classifier import LabelClassifier, crises_of
from bot.understanding.crisis import most_urgent

_SURE_FROM = 0.6  # chance of a crisis at least
_SAID_FROM = 0.6  # chance of a label: less would name what nobody said


def looked(looks: Sequence[str]) -> list[Understood]:
    """Return what each of the looks tells. They are read without a context: none of them is the answer to a question."""
    net = CrisisClassifier({})
    return [
        _told(net, look, reading)
        for look, reading in zip(looks, LabelClassifier.reader.read(looks, by_sentences=False), strict=True)
    ]


def _told(net: CrisisClassifier, look: str, reading: MessageReading) -> Understood:
    chances = crises_of(reading)
    possible = _sure(net, look, chances)
    twice = _sure(net, look, {label: chance / 2 for label, chance in chances.items()})
    sure = {label for label in twice if chances[label] >= _SURE_FROM}
    label = most_urgent(sure)
    crises = {one: (chances[one], "sure" if one in sure else "maybe") for one in possible}
    if label:
        return Understood(label, chances[label], True, heard=asdict(reading), crises=crises)
    said = {name: chance for name, chance in reading.many.items() if chance >= _SAID_FROM}
    return Understood(FALLBACK, 0.0, False, heard={"many": said, "named_in_sentence": reading.named}, crises=crises)


def _sure(net: CrisisClassifier, look: str, chances: Mapping[str, float]) -> set[str]:
    return {one.label for one in net.heard(look, chances) if one.band == "sure"}
