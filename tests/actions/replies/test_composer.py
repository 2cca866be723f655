"""What is said in one turn: few bubbles, one question, no text a third time, and nobody is left without an answer."""

from functools import partial
from typing import Any

import pytest

from actions.replies.composer import composed
from actions.replies.reply_draft import ReplyDraft
from bot.conversation.record import Record
from bot.engine.turn import Turn
from bot.text.text_messages import fits
from tests.actions.stage import BOOK, Stage
from tests.every import every

BUBBLES, LETTERS, PAIR_LETTERS = 3, 500, 300
CRISIS_BUBBLES = 2
SHORT, SHORT_TOO, LONG = "utter_told", "utter_disclose_debt_bondage", "utter_intro"
MORE, MENU, OK = "utter_more", "utter_menu", "utter_ok"


def turn(channel: str = "web", unsure: tuple[str, ...] = (), record: Record | None = None) -> Turn:
    """A turn of a conversation in which nothing was said yet."""
    more: dict[str, Any] = {"record": record or Record(), "unsure": unsure}
    return Turn("c" * 32, "t", "some words", "en", channel, **more)


def names(drafts: list[ReplyDraft]) -> list[str]:
    """The phrases of what is said, all of a joined one."""
    return [leaf.phrase for draft in drafts for leaf in draft.leaves]


def said(*phrases: str, of: Turn | None = None) -> list[str]:
    """What is said of drafts of these phrases."""
    return names(composed(of or turn(), [ReplyDraft(phrase) for phrase in phrases]))


def test_a_text_is_never_said_a_third_time() -> None:
    here = turn()
    assert [SHORT in said(SHORT, SHORT_TOO, of=here) for _ in range(3)] == [True, True, False]


def test_the_same_phrase_with_another_number_is_another_text() -> None:
    here = turn()
    for number in ("1", "2", "3", "4"):
        assert "utter_danger" in names(composed(here, [ReplyDraft("utter_danger", {"number": number})]))


@every("phrase", ["utter_neutral", OK, "utter_safe_again", "utter_opening", "utter_pause"])
def test_what_neutral_mode_says_may_come_as_often_as_it_is_due(phrase: str) -> None:
    here = turn()
    assert [said(phrase, of=here) for _ in range(6)] == [[phrase]] * 6


@every("phrase", ["utter_self_harm_now", "utter_danger", "utter_medical"])
def test_the_number_of_a_crisis_may_come_as_often_as_it_is_needed(phrase: str) -> None:
    here = turn()
    for _ in range(6):
        assert names(composed(here, [ReplyDraft(phrase, {"number": "911"})])) == [phrase]


def test_nothing_that_was_said_before_ends_in_silence() -> None:
    here = turn()
    assert all(said(SHORT, of=here) for _ in range(12))


def test_a_phrase_that_is_drafted_twice_is_said_once() -> None:
    assert said(LONG, LONG) == [LONG]


def test_of_two_questions_the_first_stays_and_the_other_is_taken_back() -> None:
    taken_back = []
    drafts = [ReplyDraft("utter_ask_where", {}, None, lambda: taken_back.append("where"))]
    drafts.append(ReplyDraft("utter_ask_age", {}, None, lambda: taken_back.append("age")))
    assert names(composed(turn(), drafts)) == ["utter_ask_where"]
    assert taken_back == ["age"]


def test_the_question_of_a_crisis_stays_before_any_other() -> None:
    assert said("utter_ask_where", "utter_self_harm") == ["utter_self_harm"]


def test_a_closing_sentence_gives_its_choices_to_the_message_before() -> None:
    choices = [{"say": "choice_number", "value": "find_hotline"}]
    drafts = [ReplyDraft("utter_told_more"), ReplyDraft(MORE, {}, choices)]
    kept = composed(turn(), drafts)
    assert names(kept) == ["utter_told_more"]
    assert kept[-1].shown_choices == choices


def test_behind_a_question_no_other_choices_stand() -> None:
    choices = [{"say": "choice_number", "value": "find_hotline"}]
    kept = composed(turn(), [ReplyDraft("utter_self_harm"), ReplyDraft(MORE, {}, choices)])
    assert [choice["value"] for choice in kept[-1].shown_choices] == ["affirm", "deny", "unsure"]


def test_two_short_phrases_are_one_bubble() -> None:
    kept = composed(turn(), [ReplyDraft(SHORT), ReplyDraft(SHORT_TOO)])
    assert [draft.phrase for draft in kept] == ["utter_both"]
    shown = kept[0].text(turn())
    assert shown.startswith(BOOK.render(SHORT, {}, "en", "web"))
    assert shown.endswith(BOOK.render(SHORT_TOO, {}, "en", "web"))


def test_both_phrases_of_one_bubble_count_as_said() -> None:
    here = turn()
    for _ in range(2):
        said(SHORT, SHORT_TOO, of=here)
    assert not {SHORT, SHORT_TOO} & set(said(SHORT, SHORT_TOO, of=here))


def test_a_turn_has_at_most_three_bubbles_and_says_how_to_stop_all_the_same() -> None:
    drafts = [
        ReplyDraft(name) for name in ("utter_begin", "utter_about_them", "utter_about_job", LONG, MENU, "utter_fine")
    ]
    kept = composed(turn(), drafts)
    assert len(kept) <= BUBBLES
    assert "utter_begin" in names(kept)
    assert (LONG in names(kept)) == (
        MENU in names(kept)
    )  # who answers is told before a question, and for no other reason


def test_more_than_one_bubble_stays_within_the_letters() -> None:
    kept = composed(turn(), [ReplyDraft(LONG), ReplyDraft("utter_about_them_child"), ReplyDraft("utter_about_missing")])
    assert len(kept) == 1 or sum(len(draft.text(turn())) for draft in kept) <= LETTERS


def test_what_finds_no_room_takes_back_what_it_noted() -> None:
    left_out = []
    drafts = [ReplyDraft(LONG), ReplyDraft("utter_about_missing"), ReplyDraft("utter_about_them_child")]
    drafts.append(ReplyDraft("utter_ask_where", {}, None, lambda: left_out.append("where")))
    kept = names(composed(turn(), drafts))
    assert ("utter_ask_where" in kept) != bool(left_out)


def test_choices_of_what_is_left_out_move_to_the_last_message() -> None:
    drafts = [
        ReplyDraft(LONG),
        ReplyDraft("utter_about_missing"),
        ReplyDraft("utter_about_them_child"),
        ReplyDraft("utter_rephrase"),
    ]
    drafts.append(ReplyDraft("utter_level_some", {}, [{"say": "choice_number", "value": "find_hotline"}]))
    assert composed(turn(), drafts)[-1].shown_choices


def test_in_a_crisis_two_bubbles_are_enough_and_its_own_words_stay() -> None:
    drafts = [
        ReplyDraft("utter_told"),
        ReplyDraft("utter_danger", {"number": "911"}),
        ReplyDraft("utter_fine"),
        ReplyDraft(MORE),
    ]
    kept = composed(turn(), drafts)
    assert "utter_danger" in names(kept)
    assert len(kept) <= CRISIS_BUBBLES


def test_of_how_to_stop_an_answer_and_many_numbers_the_last_numbers_are_left_out() -> None:
    found = [
        {"say": "line_short", "arguments": {"name": f"Line {at} with a rather long name", "number": "1 800 555"}}
        for at in range(9)
    ]
    left: list[int] = []
    each = [partial(left.append, at) for at in range(9)]
    lines = ReplyDraft("utter_lines", {"lines": found}, each=[*each])
    kept = composed(turn(), [ReplyDraft("utter_begin"), ReplyDraft("utter_ask_police"), lines])
    assert names(kept) == ["utter_begin", "utter_ask_police", "utter_lines"]
    assert left == [*range(8, 8 - len(left), -1)] != []


def test_of_three_joined_sentences_the_one_between_is_left_out_first() -> None:
    undone: list[str] = []

    def draft(phrase: str, **arguments: Any) -> ReplyDraft:
        return ReplyDraft(phrase, arguments, [], partial(undone.append, phrase))

    here = turn()
    drafts = [draft("utter_begin"), draft("utter_told"), draft("utter_disclose_debt_bondage"), draft(LONG)]
    kept = composed(here, [*drafts, draft("utter_ask_where")])
    assert names(kept)[0] == "utter_begin"
    assert set(names(kept)).isdisjoint(undone)
    assert {*names(kept), *undone} == {one.phrase for one in (*drafts, draft("utter_ask_where"))}
    assert here.record.spoken.keys() >= set(names(kept))


def test_where_two_languages_are_likely_less_is_said_in_each() -> None:
    phrases = ("utter_told", "utter_about_job", "utter_ask_police", "utter_ask_where")
    here = turn(unsure=("fr", "en"))
    kept = composed(here, [ReplyDraft(phrase) for phrase in phrases])
    assert len(kept) <= BUBBLES
    assert sum(len(BOOK.render(draft.phrase, {}, "en", "web")) for draft in kept if not draft.parts) <= PAIR_LETTERS


def test_of_one_bubble_the_most_urgent_stays_and_shows_no_choices() -> None:
    kept = composed(
        turn(), [ReplyDraft("utter_fine"), ReplyDraft("utter_danger", {"number": "911"}), ReplyDraft(MENU)], one=True
    )
    assert names(kept) == ["utter_danger"]
    assert kept[0].shown_choices == []


def test_a_text_message_holds_its_choices_or_loses_the_last_of_them() -> None:
    choices = [{"say": "choice_number", "value": f"v{at}"} for at in range(30)]
    kept = composed(turn("sms"), [ReplyDraft(MENU, {}, choices)])[0]
    lines = [f"{at} {BOOK.render(one['say'], {}, 'en', 'sms')}" for at, one in enumerate(kept.shown_choices, 1)]
    assert 0 < len(lines) < len(choices)
    assert fits("\n".join([kept.text(turn("sms")), *lines]))


@pytest.mark.parametrize("label", ["find_shelter", "find_legal_aid"])
async def test_numbers_that_found_no_room_are_not_counted_as_given(talk: Stage, label: str) -> None:
    await talk.hears(label)
    await talk.hears("immediate_danger")
    said_now = await talk.hears("provide_location", country="GB")
    assert "utter_lines" in said_now or not talk.record.referred


def test_what_must_be_known_first_and_a_long_answer_are_never_both_left_out() -> None:
    undone: list[str] = []
    drafts = [ReplyDraft(name, undo=partial(undone.append, name)) for name in (LONG, "page_notice_text")]
    assert names(composed(turn(), drafts)) == [LONG, "page_notice_text"]
    assert undone == []
