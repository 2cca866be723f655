"""Who can see this, and erasing it: answered in every state."""

from actions.digital import digital
from actions.hearing import answer_words
from actions.policy.scene import Scene
from actions.privacy import opening
from bot.text.cleaning import words
from bot.text.word_lists import SPACELESS_LETTER

_SURE = 0.5  # below this nothing is erased, and it is said how to
_PROBABLY, _LETTERS = 0.3, 4  # the same right after our own word for it, and letters of a script without spaces
_TOLD_HOW = "utter_how_clear"


def ask_anonymity(scene: Scene) -> None:
    """Tell what we keep, what others keep, the limits, and how to erase; or what was asked about phones."""
    if scene.record.situation == "quiet":
        scene.say("utter_neutral")
        return
    if not digital.answer_topic(scene):
        digital.anonymity(scene)
    opening.ask_again(scene)


def delete_my_data(scene: Scene) -> None:
    """Erase at once, without any question back: a question would be one more line to find."""
    if "digital_clear" in scene.topics and answer_words.asks_how(scene.turn.text) and digital.answer_topic(scene):
        return  # "how do I delete this chat?" asks what to do on the phone, and our word for it stands in the answer
    if scene.confidence < _SURE and not _repeats_our_word(scene):
        _guessed(scene)  # a guess must not destroy a talk
        return
    scene.turn.forget = True
    scene.say("utter_deleted")


def _repeats_our_word(scene: Scene) -> bool:
    """Tell whether a guess is one word right after we were asked how to erase, and have said it: "apaga", for APAGAR."""
    said = [part for reply in scene.record.said for part in (reply, *(reply.get("arguments") or {}).values())]
    told = any(str(part.get("say")).startswith(_TOLD_HOW) for part in said if isinstance(part, dict))
    text = scene.turn.text
    one = len(words(text)) == 1 and len(SPACELESS_LETTER.findall(text)) <= _LETTERS
    return told and one and scene.sureness >= _PROBABLY and scene.heard("marks", "negated") < _PROBABLY


def _guessed(scene: Scene) -> None:
    """A guess destroys no talk, but says how to."""
    if scene.record.situation == "talk":
        scene.say("utter_digital_clear")
    else:
        opening.before_talk(scene)
