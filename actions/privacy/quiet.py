"""Neutral mode: from the agreed word, or a stranger's question, until it is safe again, nothing names a topic."""

import unicodedata

from actions.hearing import answer_words
from actions.policy.scene import CRISIS, Scene

NEUTRAL = "neutral"  # told: neutral mode began, and no yes to "safe to write?" has ended it
STRANGER = "stranger"  # told: somebody who found the talk has asked; nothing of before is ever offered again
UNREAD = "unread"  # told: something was not understood that was written before it was known to be safe
MAYBE_HUSHED = "maybe hushed"  # told: somebody may be there now, as far as was guessed
_ABOUT_US = frozenset({"ask_bot", "insult_or_prank", "ask_what_is_trafficking"})  # questions that a stranger asks, too
_LEAST = 0.4
_TELLS = ("disclose_", "report_", "find_", "check_", "ask_", "talk_to_human", "express_distress")
_ABOUT_THIS = frozenset({"ask_bot", "ask_cost", "ask_anonymity"})  # questions that give nothing of a person away
_KNOWS = 0.25
_READS_NOT = 0.6  # chance that another language is asked for
_OF_A_STORY = "ask_what_is_trafficking/is_it_normal"  # asks about what somebody does, and not about this service
_FOUND = 0.4  # chance of somebody who has found this
_GONE = 0.4  # chance that whoever watched has gone


def takes(scene: Scene) -> bool:
    """Answer the agreed word and a stranger's question, and tell whether this turn is done with that."""
    record = scene.record
    if record.word and plain(scene.turn.text) == record.word:
        _toggle(scene)
        return True
    # Not every "are you a robot?": a person who asks that must get a true answer, and go on.
    asks = (
        answer_words.from_stranger(scene.turn.text, given=bool(record.given))
        or _is_found(scene)
        or _asks_after_a_gap(scene)
    )
    # Who cannot read what we wrote asks for another language, and may do so with a stranger's words: "what is this writing?".
    reads_not = scene.label == "change_language" and scene.sureness >= _READS_NOT
    if asks and not reads_not and scene.label not in CRISIS and was_told(scene):
        fall_quiet(scene)
        scene.note(STRANGER)
        scene.say("utter_neutral")
        return True
    return False


def _is_found(scene: Scene) -> bool:
    """Tell whether the reader hears somebody who has found this on another's phone, or who asks about us and the other."""
    worries = scene.record.about == "other" or any(label.startswith("report_") for label in scene.record.answered)
    asks = scene.label == "ask_bot" and scene.about_other and not worries
    return (asks or scene.many.get("safe/stranger", 0.0) >= _FOUND) and not scene.turn.chosen


def _asks_after_a_gap(scene: Scene) -> bool:
    """Tell whether this service is asked about after a hush or a long silence: then a stranger asks (Safety 0.12)."""
    # In an emergency a guess makes nobody a stranger, but what it would name is not told to whoever took the phone.
    guessed = scene.after_hush and (not scene.record.crisis or scene.label == "ask_what_is_trafficking")
    after = scene.turn.returning or scene.record.hushed or guessed
    # Who knows that somebody was there asks "are you still there?", or says that they have gone.
    knows = max(scene.many.get("talk/are_you_there", 0.0), scene.many.get(_OF_A_STORY, 0.0)) >= _KNOWS
    knows = knows or has_left(scene)
    return after and not knows and not scene.turn.chosen and scene.label in _ABOUT_US and scene.sureness >= _LEAST


def was_told(scene: Scene) -> bool:
    """Tell whether anything was written in this conversation that must not be given away."""
    record = scene.record
    told = [*record.answered, record.want or ""]
    tells = (*_TELLS, *(CRISIS - {"cannot_talk_safely"}))  # a hush tells nothing
    return any(label.startswith(tells) and label not in _ABOUT_THIS for label in told)


def has_left(scene: Scene, least: float = _GONE) -> bool:
    """Tell whether a message says that whoever watched has gone, or sleeps, with this chance at least."""
    gone = max(
        scene.heard("marks", "free"), *(scene.many.get(f"safe/watcher_{what}", 0.0) for what in ("gone", "asleep"))
    )
    return scene.watcher_gone or (gone >= least and gone > scene.heard("marks", "watched"))


def fall_quiet(scene: Scene) -> None:
    """Enter neutral mode and forget what could be repeated to whoever reads now."""
    _put_away(scene)
    scene.note(NEUTRAL)
    record = scene.record
    record.situation, record.parked, record.waits, record.said = "quiet", None, [], []
    record.place, record.region, record.need, record.their_country = None, None, None, None
    record.forget_given()


def close(scene: Scene) -> None:
    """End the talk for now: the next message is asked "safe to write?" like a first one."""
    _put_away(scene)
    # Whoever writes next may be somebody else, and must not read the names of those whose numbers were given.
    scene.record.situation, scene.record.their_country = "new", None
    scene.record.forget_given()
    if "closed" not in scene.record.told:
        scene.record.told.append("closed")


def plain(text: str) -> str:
    """Give the words of a message without accents, case, marks and doubled blanks."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.split())


def _toggle(scene: Scene) -> None:
    if scene.record.situation == "quiet":
        scene.record.situation = "asked_safe"
        scene.record.question, scene.record.times_asked = "safe", 1
        # An operator who answers asks it in their own words.
        scene.say("utter_ok" if scene.turn.desk.has_operator else "utter_safe_again")
        return
    fall_quiet(scene)
    scene.say("utter_ok")


def _put_away(scene: Scene) -> None:
    record = scene.record
    record.drop_wish()
    scene.unnote(UNREAD)
    record.question, record.times_asked, record.choices = None, 0, []
