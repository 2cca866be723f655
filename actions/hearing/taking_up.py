"""The first sentence of an answer: a feeling, news, or what was said about the phone or this talk is taken up before all else."""

from actions.policy.scene import Scene, is_phrase
from actions.replies.composer import KEPT_SHORT

_NEWS, _FEELING, _PHONE, _TALK = "event", "tone", "safe", "talk"
_LEAST = {_NEWS: 0.28, _FEELING: 0.28, _PHONE: 0.28, _TALK: 0.25}
_IN_A_CRISIS = 0.3  # of news while a crisis is open: then they are what is waited for
# Who is there, or has found this, is answered by the quiet path.
_ELSEWHERE = frozenset({"safe/watcher_back", "safe/stranger", "event/somebody_comes"})
_SHORT = frozenset(
    {"safe/battery", "safe/data", "safe/few_minutes", "talk/too_long"}
)  # their sentences promise to be short
ENDS = frozenset({"event/over", "event/arrived"})  # what was dangerous is over for now
# A light word on a heavy matter is worse than none: of such guesses below it, one in five was right.
_LIGHT = frozenset({"tone/joke", "tone/relief"})
_SURELY = 0.5  # chance of an end, and of a light word
CALLED = frozenset({"event/called", "event/on_the_way"})  # others know of it; it may go on
_HELPED = CALLED | ENDS
_WRONG = frozenset({"event/refused", "event/worse", "event/cannot_call", "event/no_signal"})
_HEARD, _SURE = 0.4, 0.6  # chance of such news; of news that outweighs words of a crisis that goes on
_NO_WORD_BEHIND_NEWS = frozenset({"tone/joke", "tone/thanks", "tone/distrust"})
_SAID_ALONE = frozenset({"tone/fear", "tone/anger"})  # a crisis that is told again is told so
_WHOLE_FROM, _WHOLE_IN_A_CRISIS = 0.5, 0.3
_WHOLE = frozenset({"talk", "event"})  # families that may be all that a message says


def take_up(scene: Scene) -> str | None:
    """Say the sentence that takes up what a message tells of itself; return its fine label, or None."""
    found = _surest(scene)
    if found is None:
        return None
    family, _, name = found.partition("/")
    scene.because(found)
    if found in _SHORT and scene.many[found] >= _WHOLE_FROM:
        scene.note(KEPT_SHORT)
    phrase = f"utter_{family}_{name}"
    of_other = scene.about_other and family == _FEELING and is_phrase(f"{phrase}_other")
    scene.say(f"{phrase}_other" if of_other else phrase)
    return found


def is_helped(scene: Scene, surely: bool) -> bool:
    """Tell whether help has been called or has come, or it is over. `surely`: as a crisis is heard that goes on."""
    if surely:  # "I called, they hung up, he hits me again" has the words of a call
        return max(scene.heard("many", news) for news in _HELPED) >= _SURE and not goes_wrong(scene)
    return max(scene.many.get(news, 0.0) for news in _HELPED) >= _HEARD and not goes_wrong(scene)


def goes_wrong(scene: Scene) -> bool:
    """Tell whether it got worse, or nobody can be reached."""
    return max(scene.many.get(news, 0.0) for news in _WRONG) >= _HEARD


def says_besides(scene: Scene) -> bool:
    """Tell whether a message takes a crisis further by a feeling that is no fear."""
    found = _surest(scene)
    return found is not None and found not in _SAID_ALONE and found.startswith(_FEELING)


def feeling(scene: Scene) -> None:
    """Say the sentence that takes up the feeling beside news."""
    felt = {
        label: chance
        for label, chance in scene.many.items()
        if label.startswith(f"{_FEELING}/") and label not in _NO_WORD_BEHIND_NEWS
        if label not in _LIGHT or chance >= _SURELY
    }
    label = max(felt, key=lambda one: felt[one], default="")
    if label and felt[label] >= _LEAST[_FEELING]:
        name = label.replace("/", "_")
        other = scene.about_other and is_phrase(f"utter_{name}_other")
        scene.say(f"utter_{name}_other" if other else f"utter_{name}")


def is_whole(scene: Scene, label: str | None) -> bool:
    """Whether a message may say no more than this: news, or something about the talk, that is likely enough."""
    family = (label or "").partition("/")[0]
    least = _WHOLE_IN_A_CRISIS if scene.record.crisis and family == _NEWS else _WHOLE_FROM
    return label is not None and family in _WHOLE and scene.many.get(label, 0.0) >= least


def _surest(scene: Scene) -> str | None:
    many, least = scene.many, _LEAST
    if scene.record.crisis:
        least = {**_LEAST, _NEWS: _IN_A_CRISIS}
    heard = {
        label: chance
        for label, chance in many.items()
        if label not in _ELSEWHERE and chance >= least.get(label.partition("/")[0], 2.0) and "/" in label
        if label not in ENDS | _LIGHT or chance >= _SURELY
    }
    order = (_TALK, _NEWS, _PHONE, _FEELING)
    return min(heard, key=lambda label: (order.index(label.partition("/")[0]), -heard[label]), default=None)
