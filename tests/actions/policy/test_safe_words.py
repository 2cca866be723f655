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


@every(
    ("text", "locale"),
    [
        ("no?", "en"), ("yes??", "en"), ("ha?", "hi"), ("sí?", "es"), ("ha ha ha", "hi"), ("हा हा", "hi"),
        ("sim", "en"), ("ni", "es"), ("tak", "hi"), ("có ai ở đó không", "vi"), ("đáp", "vi"), ("nó", "es"),
    ],
)  # fmt: skip
def test_a_question_a_laugh_and_a_short_word_of_another_language_are_no_answer(text: str, locale: str) -> None:
    assert answer_words.leading_answer(text, locale) is None


@every(
    ("text", "locale", "answer"),
    [
        ("no, why do you ask?", "en", "no"), ("ừ", "vi", "yes"), ("đúng rồi ạ", "vi", "yes"), ("k", "vi", "no"),
        ("ครับ", "th", "yes"), ("อืม", "th", "yes"), ("нее", "ru", "no"), ("bien sûr", "fr", "yes"), ("yep", "uk", "yes"),
    ],
)  # fmt: skip
def test_what_people_say_for_yes_and_no_is_known_with_its_marks(text: str, locale: str, answer: str | None) -> None:
    assert answer_words.leading_answer(text, locale) == answer


@every(
    ("text", "locale"),
    [
        ("safe place please", "en"), ("un lugar seguro", "es"), ("mehfooz jagah", "ur"), ("e șeful", "ro"), ("làm ơn đi", "vi"),
        ("cỏ", "vi"), ("ở", "vi"), ("行了", "zh-Hans"), ("hum", "hi"),
    ],
)  # fmt: skip
def test_who_seeks_a_safe_place_or_says_another_word_has_not_said_that_it_is_safe(text: str, locale: str) -> None:
    assert not answer_words.says_safe(text, locale)


@every("text", ["hay alguien ahí?", "koi hai?", "є хтось?", "any body with me?"])
def test_who_asks_whether_anybody_is_there_is_not_accompanied(text: str) -> None:
    assert not answer_words.says_not_alone(text)


@every(("text", "locale", "accompanied"), [("prima", "de", False), ("hindi", "en", False), ("hindi", "tl", True)])
def test_a_word_by_itself_tells_of_company_in_the_language_of_the_talk_only(
    text: str, locale: str, accompanied: bool
) -> None:
    assert answer_words.says_not_alone(text, locale) is accompanied


@every(
    "text",
    [
        "who", "quem", "谁", "i am his wife and i am afraid", "sou a esposa dele e ele me bate", "what is this", "c'est quoi",
        "wrong number, they never answer", "what did he say about my visa", "con quién hablo en la embajada",
    ],
)  # fmt: skip
def test_what_the_same_person_asks_or_says_too_makes_nobody_a_stranger(text: str) -> None:
    assert not answer_words.from_stranger(text)


@every("text", ["wrong number", "чей это номер", "เบอร์ผิด", "kiska number hai"])
def test_a_number_that_was_given_may_be_asked_about(text: str) -> None:
    assert answer_words.from_stranger(text)
    assert not answer_words.from_stranger(text, given=True)
