"""Everything before the talk: the neutral opening, "safe to write?", and neutral mode.

Rasa runs this where no rule matches, so each label ends here that has no answer of its own in the situation.
"""

from typing import Any

from actions.crisis import safety
from actions.person import handoff_request
from actions.policy import answer_words, next_steps
from actions.policy.flow import NO, UNSURE, YES
from actions.policy.scene import FALLBACK, Scene, choice
from actions.privacy import quiet
from actions.referral import need_answers, referral
from actions.smalltalk import small_answers
from bot.served_languages import NAMES
from bot.text.cleaning import words

_SAFE = [YES, NO, UNSURE]

_SURE = 0.6  # chance of a label that ends a conversation, or begins one
_ASKS = 2  # times that "safe to write?" is put to somebody who says nothing else
_WORDS = 3  # at least, in a message that tells something, though it is not understood
_RESTING = frozenset({"thanks", "goodbye", "deny"})  # acknowledged with one word after "stop here if you need to"


def ask_first(scene: Scene) -> None:
    """Say the neutral opening. Something came back: what was closed is open again."""
    record = scene.record
    record.told = [word for word in record.told if word != "closed"]
    record.situation, record.question, record.times_asked = "asked_safe", "safe", 1
    # While it is not known which language is read, the reply comes in two, and either can be chosen.
    unsure = scene.turn.unsure if scene.turn.new_locale is None else ()
    named = [language_choice(tag) for tag in unsure]
    other = [choice("choice_languages", "change_language")] if named else []
    scene.say("utter_opening", choices=[*_SAFE, *named, *other])


def language_choice(tag: str) -> dict[str, Any]:
    """Return a language as a choice, in its own name."""
    return {**choice("choice_language", f"change_language language={tag}"), "arguments": {"name": NAMES.get(tag, tag)}}


def ask_again(scene: Scene) -> None:
    """Put the question in few words, where the talk has not begun. Not counted: the person asked us something."""
    record = scene.record
    if record.situation in ("new", "asked_safe"):
        record.times_asked = max(record.times_asked, 1)
        record.situation, record.question = "asked_safe", "safe"
        scene.say("utter_safe_again")


def says_yes(scene: Scene) -> bool:
    """Begin the talk where "safe to write?" is open and the words, or the answer that is heard in them, say yes."""
    record, text = scene.record, scene.turn.text
    if record.situation != "asked_safe" or record.question != "safe":
        return False
    sure = answer_words.says_safe(text) or (scene.answers("yes") and not scene.marked("watched"))
    story = keeps(scene.label) and (answer_words.begins_safe(text) or sure) and not answer_words.says_safe(text)
    if not story and not sure:
        return False
    if story and not _weaker(scene.label, record.want):
        record.want = scene.label
    begin_talk(scene)
    return True


def begin_talk(scene: Scene, menu: bool = True) -> None:
    """Tell what the person must know (P31), then answer what was told first, or ask what would help if `menu`."""
    record = scene.record
    label, record.want = record.want, None
    scene.unnote(quiet.NEUTRAL)
    record.situation, record.question, record.times_asked = "talk", None, 0
    referral.introduce(scene)
    if label is not None:
        need_answers.answer(scene.told_as(label))
    elif record.parked and quiet.STRANGER not in record.told:
        # A choice that names no topic: whoever reads now, nothing from before is shown.
        next_steps.say(scene, "utter_go_on", [])
    elif not menu:
        pass
    elif _offers_word(scene):
        scene.note("word offered")
        scene.say("utter_menu_watched")
    else:
        scene.say("utter_menu")


def _offers_word(scene: Scene) -> bool:
    """Whether to offer an agreed word: a phone was checked, and no stranger has asked who this is."""
    record = scene.record
    told = {"word offered", quiet.STRANGER} & set(record.told)
    return bool(scene.times("cannot_talk_safely")) and record.word is None and not told


def keeps(label: str) -> bool:
    """Whether a label is answered once it is known to be safe."""
    return label in need_answers.ANSWERS


def goodbye(scene: Scene) -> None:
    """Say how to come back, and let the talk rest; "ok, safe now" is no goodbye."""
    if says_yes(scene):
        return
    if scene.record.situation == "quiet":
        scene.say("utter_ok")
        return
    if scene.confidence < _SURE and scene.record.situation == "talk":
        small_answers.not_clear(scene)  # "what do I do now" must not be sent away on a guess
        return
    scene.say("utter_goodbye")
    quiet.close(scene)


def cannot_talk_safely(scene: Scene) -> None:
    """Let them stop, unless the words say that it is safe."""
    if not says_yes(scene):
        safety.cannot_talk_safely(scene)


def _before(scene: Scene) -> None:
    """Handle a first message: open the talk neutrally, whatever was told."""
    record = scene.record
    if "closed" in record.told and scene.label in _RESTING:
        scene.say("utter_ok")
        return
    if "closed" in record.told and scene.marked("free"):
        # "He left", "she sleeps now": whoever says so after a hush goes on at once.
        scene.unnote("closed")
        record.want = scene.label if keeps(scene.label) else None
        begin_talk(scene)
        return
    if keeps(scene.label):
        record.want = scene.label
    if scene.label == "no_files":
        small_answers.no_files(scene)
    ask_first(scene)


def _while_asked(scene: Scene) -> None:
    """Handle what comes while "safe to write?" is open."""
    record, label = scene.record, scene.label
    if says_yes(scene):
        return
    asked = record.question == "safe"
    if asked and (scene.answers("no") or (label == "deny" and scene.confidence >= _SURE)):
        safety.cannot_talk_safely(scene)
    elif asked and label == "unsure" and record.times_asked < _ASKS:
        # "Not sure" is no hush: the bot says how to stop and come back, and answers whatever comes next.
        record.times_asked = _ASKS
        scene.say("utter_cannot_talk")
    elif asked and label == "affirm" and scene.confidence >= _SURE:
        begin_talk(scene)
    elif label == "insult_or_prank" and quiet.was_told(scene):
        small_answers.insult(scene)
    elif label == "no_files":
        small_answers.no_files(scene)
        ask_again(scene)
    elif label == "ask_cost":
        scene.say("utter_ask_cost")
        ask_again(scene)
    else:
        _kept_writing(scene)


def _kept_writing(scene: Scene) -> None:
    """Begin the talk with whoever tells something: they have decided to write. Else ask once more, in other words (Safety 0.12)."""
    record = scene.record
    if quiet.NEUTRAL in record.told:
        # Whoever turned neutral mode on, or found the chat, has to say yes: content alone never ends it.
        record.question, record.times_asked = "safe", record.times_asked + 1
        scene.say("utter_safe_again" if record.times_asked <= _ASKS else "utter_ok")
    elif keeps(scene.label):
        if not _weaker(scene.label, record.want):
            record.want = scene.label
        begin_talk(scene)
    elif scene.label == FALLBACK and len(words(scene.turn.text)) >= _WORDS and record.want is None:
        begin_talk(scene, menu=False)
        small_answers.not_clear(scene)
    elif record.times_asked < _ASKS:
        record.question, record.times_asked = "safe", record.times_asked + 1
        scene.say("utter_safe_again")
    else:
        begin_talk(scene)


def _weaker(label: str, want: str | None) -> bool:
    # "help" or "I am so scared" after a story does not replace the story.
    return want is not None and label in ("help_menu", "express_distress")


def _while_quiet(scene: Scene) -> None:
    if scene.label == "greet":
        ask_first(scene)
    else:
        scene.say("utter_neutral")


def before_talk(scene: Scene) -> None:
    """Answer by situation."""
    situation = scene.record.situation
    if scene.step in handoff_request.TARGETS and situation != "quiet":
        handoff_request.TARGETS[scene.step](
            scene
        )  # who told of a crisis first may wait for a person before the talk begins
    elif scene.step == "text_help" and situation in ("new", "asked_safe"):
        small_answers.say_text_help(scene, choices=[])
        ask_first(scene)
    elif situation == "new":
        _before(scene)
    elif situation == "asked_safe":
        _while_asked(scene)
    elif situation == "quiet":
        _while_quiet(scene)
    else:
        small_answers.not_clear(scene)
