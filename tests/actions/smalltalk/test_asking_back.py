"""Two guesses are asked back as neutral choices: only when they are likely, never before "safe", and a guess marks nothing."""

from actions.smalltalk import asking_back
from bot.engine.understood import FALLBACK
from tests.actions.stage import BOOK, LABELS, Stage
from tests.every import every

PAY_OR_DEBT = (("disclose_unpaid_wages", 0.18), ("disclose_debt_bondage", 0.16))
SMALL_TALK = (
    "affirm",
    "deny",
    "unsure",
    "greet",
    "thanks",
    "goodbye",
    "insult_or_prank",
    "out_of_scope",
    "not_understood",
)


def offered(stage: Stage) -> list[tuple[str, str]]:
    return [(choice["say"], choice["value"]) for choice in stage.record.choices]


async def test_two_likely_labels_are_offered_and_something_else(talk: Stage) -> None:
    assert await talk.hears(FALLBACK, "they give me nothing for it", guesses=PAY_OR_DEBT) == ["utter_meant"]
    assert offered(talk) == [
        ("choice_meant_wages", "disclose_unpaid_wages"),
        ("choice_meant_debt", "disclose_debt_bondage"),
        ("choice_meant_other", FALLBACK),
    ]


async def test_a_guess_marks_nothing_and_picking_it_does(talk: Stage) -> None:
    await talk.hears(FALLBACK, "they give me nothing for it", guesses=PAY_OR_DEBT)
    assert talk.record.marks == []
    assert "utter_disclose_unpaid_wages" in await talk.hears("disclose_unpaid_wages", "1", chosen=True)
    (mark,) = talk.record.marks
    assert (mark["indicator"], mark["how"], mark["quote"]) == ("wages_low_none", "asked", "")


async def test_something_else_leads_to_other_words_then_the_menu_then_numbers(talk: Stage) -> None:
    await talk.hears(FALLBACK, guesses=PAY_OR_DEBT)
    assert await talk.hears(FALLBACK, "3", chosen=True) == ["utter_rephrase"]
    assert await talk.hears(FALLBACK, guesses=PAY_OR_DEBT) == ["utter_choose"]
    assert await talk.hears(FALLBACK, guesses=PAY_OR_DEBT) == ["utter_floor"]


async def test_the_same_two_come_again_only_after_something_was_understood(talk: Stage) -> None:
    await talk.hears(FALLBACK, guesses=PAY_OR_DEBT)
    assert await talk.hears(FALLBACK, guesses=PAY_OR_DEBT) == ["utter_rephrase"]
    await talk.hears("thanks")
    assert await talk.hears(FALLBACK, guesses=PAY_OR_DEBT) == ["utter_meant"]


@every(
    "guesses",
    [
        (),
        (("disclose_unpaid_wages", 0.3),),
        (("disclose_unpaid_wages", 0.1), ("disclose_debt_bondage", 0.08)),
        (("affirm", 0.35), ("greet", 0.3), ("find_shelter", 0.05), ("find_hotline", 0.04)),
    ],
)
async def test_what_is_not_likely_enough_is_not_offered(talk: Stage, guesses: tuple[tuple[str, float], ...]) -> None:
    assert await talk.hears(FALLBACK, guesses=guesses) == ["utter_rephrase"]


async def test_small_talk_between_them_is_passed_over(talk: Stage) -> None:
    await talk.hears(FALLBACK, guesses=(("affirm", 0.3), ("find_shelter", 0.2), ("unsure", 0.1), ("ask_cost", 0.1)))
    assert [value for _, value in offered(talk)] == ["find_shelter", "ask_cost", FALLBACK]


async def test_a_crisis_is_offered_in_words_that_give_nobody_away_and_once(talk: Stage) -> None:
    guesses = (("immediate_danger", 0.18), ("self_harm", 0.15), ("cannot_talk_safely", 0.14))
    await talk.hears(FALLBACK, guesses=guesses)
    assert offered(talk)[:2] == [
        ("choice_meant_now", "immediate_danger"),
        ("choice_meant_unsafe", "cannot_talk_safely"),
    ]


async def test_nothing_is_offered_before_it_is_safe_or_in_neutral_mode(stage: Stage) -> None:
    assert await stage.hears(FALLBACK, guesses=PAY_OR_DEBT) == ["utter_opening"]
    assert await stage.hears(FALLBACK, guesses=PAY_OR_DEBT) == ["utter_safe_again"]
    stage.record.situation = "quiet"
    assert await stage.hears(FALLBACK, guesses=PAY_OR_DEBT) == ["utter_neutral"]


def test_every_label_can_be_offered_but_small_talk_and_what_is_none() -> None:
    assert set(LABELS) - set(asking_back._WORDS) == {*SMALL_TALK, "provide_location", "step", "no_files"}
    assert all(phrase in BOOK.texts["en"] for phrase in asking_back._WORDS.values())


async def test_guesses_that_say_too_little_are_misses_and_lead_on_to_numbers(talk: Stage) -> None:
    said = [await talk.hears("disclose_threats", "blue bird", confidence=0.2) for _ in range(3)]
    assert said == [["utter_rephrase"], ["utter_choose"], ["utter_floor"]]
    assert "disclose_threats" not in talk.record.answered


async def test_a_question_that_is_not_understood_gets_who_can_answer_it_and_a_number(talk: Stage) -> None:
    await talk.hears("disclose_unpaid_wages", country="US")
    talk.record.referred = []
    said = await talk.hears(FALLBACK, "does the bus count as work?")
    assert said == ["utter_cannot_say", "utter_lines"]
