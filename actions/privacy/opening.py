"""Everything before the talk: the neutral opening, "safe to write?", and neutral mode."""

from dataclasses import replace
from typing import Any

from actions.crisis import possible_crisis, safety, self_harm
from actions.hearing import answer_words, direct_answers
from actions.person import handoff_request
from actions.policy import next_steps
from actions.policy.flow import NO, UNSURE, YES
from actions.policy.scene import Scene, choice
from actions.privacy import quiet
from actions.referral import need_answers, referral
from actions.replies.reply_draft import comes_twice
from actions.smalltalk import did_this_help, small_answers
from bot.engine.understood import FALLBACK
from bot.phrases.reply_kinds import kind_of
from bot.served_languages import NAMES
from bot.text.cleaning import words
from bot.text.word_lists import SPACELESS_LETTER

_SAFE = [YES, NO, UNSURE]
_UNREAD = frozenset({FALLBACK, "not_understood"})

_SURE = 0.6  # chance of a label that ends a conversation, or begins one
_ABOUT_US = frozenset({"ask_anonymity", "ask_bot", "ask_cost"})  # answered once it is known to be safe
_LIKELY, _WATCHED = 0.4, 0.35  # a yes to "safe to write?", and a mark that takes a plain yes away
_PERHAPS, _PARTING = 0.3, 8  # chance of a goodbye that is answered as one and closes nothing; its words at most
_SAYS_IT_TOO = ("utter_ask_", "utter_person_", "utter_opening_", "utter_no_person")
AGREE = choice("choice_word", "step to=word")  # to agree on a word
_ALONE = ("few_minutes", "watcher_gone", "watcher_asleep")
_DOUBT = 0.25  # chance of a no, or of somebody who is there, that takes away a yes that is only heard
_PROBABLY = 0.5  # chance of a no that stops nobody from writing
_ASKS = 2  # times that "safe to write?" is put to somebody who says nothing else
_SHORT = 6  # words of an answer, at most
_ASKED = 0.3  # chance of a question about us
_WORDS, _LETTERS = 3, 6  # at least, in a message that tells something, though it is not understood
_DOUBTS = frozenset({"deny", "unsure", "cannot_talk_safely", "goodbye"})  # labels that take a yes away
_RESTING = frozenset({"thanks", "goodbye", "deny"})  # acknowledged with one word after "stop here if you need to"


def ask_first(scene: Scene) -> None:
    """Say the neutral opening. Something came back: what was closed is open again."""
    record = scene.record
    again = "closed" in record.told
    record.told = [word for word in record.told if word != "closed"]
    record.times_asked = record.times_asked + 1 if record.situation == "asked_safe" else 1
    record.situation, record.question = "asked_safe", "safe"
    # While it is not known which language is read, the reply comes in two, and either can be chosen.
    unsure = scene.turn.unsure if scene.turn.new_locale is None else ()
    named = [language_choice(tag) for tag in unsure]
    other = [choice("choice_languages", "change_language")] if named else []
    # Who was here before a hush is not greeted like a stranger (Safety 0.12).
    scene.say("utter_safe_again" if again else "utter_opening", choices=[*_SAFE, *named, *other])


def language_choice(tag: str) -> dict[str, Any]:
    """Return a language as a choice, in its own name."""
    return {**choice("choice_language", f"change_language language={tag}"), "arguments": {"name": NAMES.get(tag, tag)}}


def after_maybe(scene: Scene) -> None:
    """Go on where somebody was perhaps there: with a neutral word, or the check where it is not clear that they left."""
    if scene.marked("free") or scene.many.get("safe/watcher_gone", 0.0) >= _LIKELY:
        scene.say("utter_safe_watcher_gone")
    else:
        scene.say("utter_safe_again")


def ask_again(scene: Scene) -> None:
    """Put the question in few words, where the talk has not begun. Not counted: the person asked us something."""
    record = scene.record
    if record.situation in ("new", "asked_safe"):
        record.times_asked = max(record.times_asked, 1)
        record.situation, record.question = "asked_safe", "safe"
        scene.say("utter_safe_again")


def says_yes(scene: Scene) -> bool:
    """Whether "safe to write?" is open and the words, or the answer that is heard in them, say yes."""
    record, text = scene.record, scene.turn.text
    if record.situation != "asked_safe" or record.question != "safe":
        return False
    if answer_words.says_safe(text, scene.turn.locale) or (scene.answers("yes") and not scene.marked("watched")):
        return True
    plain = answer_words.leading_answer(text, scene.turn.locale) == "yes" and scene.answers("yes")
    if plain and not _was_hushed(scene) and _for_now(scene):
        return True  # "yes, I am alone, they take the phones at nine"
    if not _was_hushed(scene) and scene.heard("marks", "watched") < _WATCHED:
        plain = answer_words.leading_answer(text, scene.turn.locale) == "yes" and scene.label not in _DOUBTS
        begins = plain and scene.heard("answer", "no") < _LIKELY
        heard = scene.heard("answer", "yes") >= _SURE and not _is_doubted(scene)
        return begins or heard or (_tells(scene) and answer_words.begins_safe(text, scene.turn.locale))
    return _tells(scene) and answer_words.begins_safe(text, scene.turn.locale)


def _for_now(scene: Scene) -> bool:
    """Tell whether nobody is there now, though the phone is watched at other times."""
    hush, _ = scene.turn.crises.get("cannot_talk_safely", (0.0, "no"))
    comes = max(hush, scene.heard("answer", "no"), scene.many.get("event/somebody_comes", 0.0)) >= _DOUBT
    alone = max(scene.heard("marks", "free"), *(scene.many.get(f"safe/{what}", 0.0) for what in _ALONE)) >= _ASKED
    return alone and not comes


def _was_hushed(scene: Scene) -> bool:
    """Whether somebody was there before: then a guessed yes opens nothing."""
    told = scene.record.told
    return quiet.NEUTRAL in told or "closed" in told or bool(scene.times("cannot_talk_safely"))


def is_first_contact(scene: Scene) -> bool:
    """Whether the talk has not begun, and nothing says that somebody else may be writing."""
    record = scene.record
    return record.situation in ("new", "asked_safe") and not _was_hushed(scene) and quiet.STRANGER not in record.told


def begin_talk(scene: Scene) -> Scene | None:
    """Begin the talk; return what is to be answered now: this message, or what was told before it was known to be safe.

    How to stop and clear is said first. What must be known before a personal question (P31) comes with the first of these,
    or with the menu, where nothing was told. After a hush or a gap nothing is said of clearing, and no list names topics
    (Safety 0.12): what this message says is answered.
    """
    record = scene.record
    label = record.want
    waiting = scene.told_before(label) if label else None
    unread = quiet.UNREAD in record.told
    scene.unnote(quiet.UNREAD)
    again = _was_hushed(scene) or bool(record.spoken.get("utter_begin"))
    record.drop_wish()
    scene.unnote(quiet.NEUTRAL)
    record.situation, record.question, record.times_asked = "talk", None, 0
    if again:
        return _begin_again(scene, waiting, unread)
    scene.say("utter_begin")
    if (
        _tells(scene)
        and not answer_words.says_safe(scene.turn.text, scene.turn.locale)
        and not _weaker(scene.label, label)
    ):
        return scene
    if waiting:
        return waiting
    referral.introduce(scene)
    if unread:
        scene.say("utter_unread")
    scene.say("utter_menu")
    return None


def keep_unread(scene: Scene) -> None:
    """Remember that something was written before it was known to be safe, and not understood.

    After thoughts of dying it may be these that come back: the bare number stands beside the check, and names nothing.
    """
    if scene.label not in _UNREAD or scene.turn.chosen or not says_something(scene.turn.text):
        return
    scene.note(quiet.UNREAD)
    if self_harm.was_spoken_of(scene) and not _was_hushed(scene) and quiet.STRANGER not in scene.record.told:
        safety.bare_number(scene, "self_harm")


def says_something(text: str) -> bool:
    """Tell whether a message is of more than a word or two; letters of scripts without spaces count."""
    return len(words(text)) >= _WORDS or len(SPACELESS_LETTER.findall(text)) >= _LETTERS


def introduce(scene: Scene) -> None:
    """Say what must be known (P31) with the first answer of a talk, unless the answer gives numbers."""
    said = [draft.phrase for draft in scene.drafts]
    full = any(kind_of(phrase) in ("number", "crisis") or phrase.startswith(_SAYS_IT_TOO) for phrase in said)
    if "utter_begin" in said and not full and not comes_twice(scene.turn):
        referral.introduce(scene)


def _begin_again(scene: Scene, waiting: Scene | None, unread: bool) -> Scene | None:
    """Let the talk go on after a hush or a gap; return what is to be answered now.

    unread: whether what was written before was not understood.
    """
    if (
        _tells(scene)
        and not answer_words.says_safe(scene.turn.text, scene.turn.locale)
        and not (waiting and _weaker(scene.label, waiting.label))
    ):
        return replace(scene, no_list=True)
    if waiting:  # what was written since the check
        return replace(waiting, no_list=True)
    if unread and quiet.STRANGER not in scene.record.told:
        scene.say("utter_unread")  # whoever reads now, it names nothing
    elif scene.record.parked and quiet.STRANGER not in scene.record.told:
        # A choice that names no topic: whoever reads now, nothing from before is shown.
        next_steps.say(scene, "utter_go_on", [])
    elif _offers_word(scene):
        scene.note("word offered")
        scene.say("utter_menu_watched", choices=[AGREE])  # a list would name topics
    else:
        scene.say("utter_safe_watcher_gone" if quiet.has_left(scene, _PROBABLY) else "utter_fine")
    return None


def _tells(scene: Scene) -> bool:
    """Whether a message says something to answer, and not only that it is safe."""
    if (
        scene.label.startswith(("disclose_", "report_"))
        and scene.sureness < _SURE
        and len(words(scene.turn.text)) <= _SHORT
    ):
        return False  # a story that is only guessed in a few words: "hold on, the bell"
    asks = scene.label in _ABOUT_US
    return keeps(scene.label) or asks or bool(direct_answers.answers(scene))


def _offers_word(scene: Scene) -> bool:
    """Whether to offer an agreed word: a phone was checked, and no stranger has asked who this is."""
    record = scene.record
    told = {"word offered", quiet.STRANGER} & set(record.told)
    return bool(scene.times("cannot_talk_safely")) and record.word is None and not told


def keeps(label: str) -> bool:
    """Whether a label is answered once it is known to be safe."""
    return label in need_answers.ANSWERS


def goodbye(scene: Scene) -> None:
    """Say how to come back, and let the talk rest."""
    if scene.record.situation == "quiet":
        scene.say("utter_ok")
        return
    if scene.confidence < _SURE and scene.record.situation == "talk":
        if scene.many.get("goodbye", 0.0) >= _PERHAPS and 1 < len(words(scene.turn.text)) <= _PARTING:
            scene.say("utter_goodbye", choices=[])  # a guess that closes nothing
        else:
            small_answers.not_clear(scene)  # "what do I do now" must not be sent away on a guess
        return
    asks = did_this_help.is_due(scene)
    scene.say("utter_goodbye")
    quiet.close(scene)
    if asks:
        did_this_help.ask(scene)


def _before(scene: Scene) -> Scene | None:
    """Handle a first message: open the talk neutrally, whatever was told."""
    record = scene.record
    if "closed" in record.told and scene.label in _RESTING:
        scene.say("utter_ok")
        return None
    if "closed" in record.told and quiet.has_left(scene, _PROBABLY):
        # "He left", "she sleeps now": whoever says so after a hush goes on at once.
        scene.unnote("closed")
        return begin_talk(scene)
    if not _answers_at_once(scene) and (keeps(scene.label) or scene.label in _ABOUT_US):
        scene.wait_with(scene.label)
    keep_unread(scene)
    if scene.label == "no_files":
        small_answers.no_files(scene)
    ask_first(scene)
    possible_crisis.hint_before_talk(scene)
    return None


def _answers_at_once(scene: Scene) -> bool:
    """Say in a line what a first message asks of us, where the answer names no topic; tell whether that is all it asks."""
    if not is_first_contact(scene):
        return False
    many = scene.many
    theirs = max(many.get(f"ask_cost/{what}", 0.0) for what in ("lawyer", "shelter", "hospital")) >= _ASKED
    ours = max(many.get(f"ask_cost/{what}", 0.0) for what in ("service", "sms")) >= _ASKED
    if not theirs and (ours or scene.label == "ask_cost"):
        scene.say("utter_ask_cost")
        return scene.label == "ask_cost"
    if max(many.get(label, 0.0) for label in direct_answers.TELLS) >= _ASKED:
        scene.say("utter_opening_tells")  # the answer itself waits: it names what can not stay secret
    elif many.get("talk/are_you_there", 0.0) >= _ASKED:
        scene.say("utter_talk_are_you_there")
    return False


def _while_asked(scene: Scene) -> Scene | None:
    """Handle what comes while "safe to write?" is open."""
    record, label = scene.record, scene.label
    if says_yes(scene):
        return begin_talk(scene)
    asked = record.question == "safe"
    if asked and (scene.answers("no") or _denies(scene)):
        safety.cannot_talk_safely(scene)
    elif asked and (label == "unsure" or _is_likely_no(scene)) and record.times_asked < _ASKS:
        # "Not sure", or "with my boss", is no hush: the bot says how to stop, and answers whatever comes next.
        record.times_asked = _ASKS
        scene.say("utter_cannot_talk")
    elif asked and label == "affirm" and _is_yes(scene):
        return begin_talk(scene)
    elif label == "insult_or_prank" and quiet.was_told(scene):
        small_answers.insult(scene)
    elif label == "no_files":
        small_answers.no_files(scene)
        ask_again(scene)
    else:
        return _kept_writing(scene)
    return None


def _denies(scene: Scene) -> bool:
    """Tell whether a sure no is an answer: a longer message says more, and is none unless it is heard as one."""
    short = len(words(scene.turn.text)) <= _SHORT
    return scene.label == "deny" and scene.confidence >= _SURE and (short or scene.heard("answer", "no") >= _PROBABLY)


def _is_yes(scene: Scene) -> bool:
    """Tell whether a yes is sure enough: surer where somebody was there before, and never beside a watcher."""
    least = _SURE if _was_hushed(scene) else _LIKELY
    return scene.sureness >= least and not _is_doubted(scene)


def _is_doubted(scene: Scene) -> bool:
    """Tell whether a yes that is only heard may as well be a no: "I am with my boss" says where somebody is, as a yes does."""
    hushed, _ = scene.turn.crises.get("cannot_talk_safely", (0.0, "no"))
    return max(scene.heard("answer", "no"), scene.heard("marks", "watched"), hushed) >= _DOUBT


def _is_likely_no(scene: Scene) -> bool:
    """Tell whether what is no story is heard as a no rather than a yes: "I am with my boss" has the form of an answer."""
    no = scene.heard("answer", "no")
    return no >= _PROBABLY and no > scene.heard("answer", "yes") and not _tells(scene)


def _kept_writing(scene: Scene) -> Scene | None:
    """Begin the talk with whoever tells something: they have decided to write. Else ask once more, in other words (Safety 0.12)."""
    record = scene.record
    if quiet.NEUTRAL in record.told:
        # Whoever turned neutral mode on, or found the chat, has to say yes: content alone never ends it.
        record.question, record.times_asked = "safe", record.times_asked + 1
        scene.say("utter_safe_again" if record.times_asked <= _ASKS else "utter_ok")
        return None
    if _tells(scene):
        return begin_talk(scene)
    if scene.label == FALLBACK and len(words(scene.turn.text)) >= _WORDS and not _is_likely_no(scene):
        return begin_talk(scene.told_before(record.want) if record.want else scene)
    if record.times_asked < _ASKS:
        record.question, record.times_asked = "safe", record.times_asked + 1
        scene.say("utter_safe_again")
        return None
    return begin_talk(scene)


def _weaker(label: str, want: str | None) -> bool:
    # "help" or "I am so scared" after a story does not replace the story.
    return want is not None and label in ("help_menu", "express_distress")


def _while_quiet(scene: Scene) -> None:
    if scene.label == "greet":
        ask_first(scene)
    elif scene.marked("free") or scene.many.get("safe/watcher_gone", 0.0) >= _LIKELY:
        # "He left": the check, and a yes to it, let the talk go on (Safety 0.12).
        scene.record.situation = "asked_safe"
        ask_again(scene)
    elif not handoff_request.in_neutral_mode(scene):
        scene.say("utter_neutral")


def before_talk(scene: Scene) -> Scene | None:
    """Answer by situation; return what is to be answered in the talk, where this message has begun it."""
    situation = scene.record.situation
    if scene.step in handoff_request.TARGETS and situation != "quiet":
        # Who told of a crisis first may wait for a person before the talk begins.
        handoff_request.TARGETS[scene.step](scene)
    elif scene.step == "text_help" and situation in ("new", "asked_safe"):
        small_answers.say_text_help(scene, choices=[])
        ask_first(scene)
    elif situation == "new":
        return _before(scene)
    elif situation == "asked_safe":
        return _while_asked(scene)
    else:
        _while_quiet(scene)
    return None
