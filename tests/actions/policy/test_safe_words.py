""" "Is it safe to write now?" is answered by its words, where a label could be wrong."""

from actions.hearing import answer_words
from tests.actions.stage import Stage
from tests.every import every

LABELS = ["nlu_fallback", "cannot_talk_safely", "goodbye", "deny", "unsure", "express_distress", "find_shelter"]


@every("label", LABELS)
@every("text", ["si segura", "Sí, estoy seguro", "yes im safe now", "نعم أمان", "أنا بأمان", "its ok now"])
async def test_words_that_say_yes_are_a_yes_whatever_was_understood(stage: Stage, text: str, label: str) -> None:
    await stage.hears("greet")
    assert await stage.hears(label, text) == ["utter_begin", "utter_intro", "utter_menu"]


async def test_a_story_after_yes_is_answered_at_once(stage: Stage) -> None:
    await stage.hears("greet")
    said = await stage.hears("disclose_threats", "yes, he threatens my family")
    assert said[0] == "utter_begin"
    assert "utter_disclose_threats" in said
    assert "utter_menu" not in said


@every(
    "text",
    ["not safe", "no es seguro", "مو أمان", "yes but he is here", "is it safe?", "he is here, safe", "si me ve", "ايه"],
)
@every(
    ("label", "answer"),
    [("deny", "utter_cannot_talk"), ("cannot_talk_safely", "utter_cannot_talk"), ("goodbye", "utter_goodbye")],
)
async def test_a_doubt_leaves_the_label_as_it_is(stage: Stage, text: str, label: str, answer: str) -> None:
    await stage.hears("greet")
    assert await stage.hears(label, text) == [answer]


async def test_yes_to_another_question_does_not_begin_anything(talk: Stage) -> None:
    assert await talk.hears("goodbye", "ok thanks") == ["utter_goodbye"]


@every(
    ("text", "locale", "answer"),
    [
        ("no im not gonna do it", "en", "no"), ("yes 400 dollars", "en", "yes"), ("no señor", "es", "no"), ("sí", "vi", "yes"),
        ("nó giữ hộ chiếu của em", "vi", None), ("không có ai", "vi", "no"), ("đi làm từ sáng", "vi", None), ("", "en", None),
        ("di ako makalabas", "tl", "no"),
    ],
)  # fmt: skip
def test_a_message_begins_with_an_answer_in_the_language_of_the_talk(
    text: str, locale: str, answer: str | None
) -> None:
    assert answer_words.leading_answer(text, locale) == answer
