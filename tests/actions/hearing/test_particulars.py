"""What a message names in particular is taken up in a sentence that is true of it, beside the answer or in place of a guess."""

from pathlib import Path

import pytest
import yaml

from actions.hearing.particulars import PHRASE, named, table
from bot.phrases.reply_kinds import kind_of
from bot.served_languages import SERVED
from tests.actions.stage import BOOK, Stage
from tests.every import every

DATA = Path(__file__).parents[3] / "data"
WALL = "they lock the gate at night. shall i climb over the wall?"
CLIMB = f"{PHRASE}climb_wall"


def names(text: str, locale: str = "en") -> set[str]:
    return {row.name for row in named(text, locale)}


@every(
    ("text", "row"),
    [
        (WALL, "climb_wall"),
        ("can i carry a suitcase for his cousin", "bag_for_another"),
        ("he checks my phone every night before sleep", "phone_checked_often"),
        ("The debt gets bigger every month!!", "debt_grows"),
        ("Puedo saltar el muro de noche?", "climb_wall"),
        ("он отбирает телефон каждый вечер", "phone_taken_nightly"),
    ],
)
def test_things_that_stand_together_are_named(text: str, row: str) -> None:
    locale = "ru" if text[0] == "о" else "es" if text.startswith("Puedo") else "en"
    assert row in names(text, locale)


@every(
    "text",
    [
        "the wall is white",
        "they work at the gate. many things happened to us since then, and much later, in spring, one of us could climb up",
        "",
        "?",
    ],
)
def test_a_word_alone_or_far_from_the_other_names_nothing(text: str) -> None:
    assert names(text) == set()


async def test_what_was_named_stands_before_the_answer(talk: Stage) -> None:
    said = await talk.hears("disclose_confinement", WALL, country="US")
    assert said.index(CLIMB) < said.index("utter_disclose_confinement")
    assert any(kind_of(phrase) == "number" for phrase in said)


async def test_it_stands_in_place_of_what_was_not_understood(talk: Stage) -> None:
    said = await talk.hears("nlu_fallback", WALL)
    assert said[0] == CLIMB
    assert not {"utter_rephrase", "utter_cannot_say", "utter_tell_more"} & set(said)


async def test_it_stands_in_place_of_a_guess_and_beside_what_is_sure(talk: Stage) -> None:
    heard = {"many": {"decide/leave_tonight": 0.4}}
    assert "utter_decide_leave_tonight" not in await talk.hears("nlu_fallback", WALL, heard=heard)
    talk.record.spoken.clear()
    heard = {"many": {"decide/leave_tonight": 0.9}}
    assert {CLIMB, "utter_decide_leave_tonight"} <= set(await talk.hears("nlu_fallback", WALL, heard=heard))


async def test_the_reader_names_what_words_do_not(talk: Stage) -> None:
    text = "how do i get past all that concrete"
    assert CLIMB in await talk.hears("nlu_fallback", text, heard={"named": {"climb_wall": 0.8, "dogs_in_yard": 0.1}})


async def test_it_is_said_once(talk: Stage) -> None:
    assert CLIMB in await talk.hears("disclose_confinement", WALL, country="US")
    assert CLIMB not in await talk.hears("disclose_confinement", WALL)


async def test_a_question_alone_asks(talk: Stage) -> None:
    assert f"{PHRASE}film_them" not in await talk.hears("report_concern", "my friend filmed them there")
    assert f"{PHRASE}film_them" in await talk.hears("report_concern", "should i film them there")


async def test_in_an_emergency_only_what_helps_is_said_behind_the_number(talk: Stage) -> None:
    text = "she is bleeding heavily and they owe me months of unpaid work"
    said = await talk.hears("medical_emergency", text, country="US", heard={"about": {"other": 0.9}})
    assert kind_of(said[0]) == "crisis"
    assert f"{PHRASE}heavy_bleeding" in said
    assert f"{PHRASE}months_unpaid" not in said


@every(("chance", "said"), [(0.9, True), (0.7, False)])
async def test_what_one_of_several_sentences_names_is_taken_up_where_it_is_surer(
    talk: Stage, chance: float, said: bool
) -> None:
    heard = {"named": {"climb_wall": 0.1}, "named_in_sentence": {"climb_wall": chance}}
    text = "two things. the second is how I get over there"
    assert (CLIMB in await talk.hears("nlu_fallback", text, heard=heard)) is said


async def test_before_it_is_safe_and_while_somebody_comes_nothing_is_named(stage: Stage) -> None:
    assert await stage.hears("disclose_confinement", WALL) == ["utter_opening"]
    await stage.hears("affirm")
    stage.record.spoken.clear()
    said = await stage.hears("disclose_confinement", WALL, heard={"many": {"event/somebody_comes": 0.6}})
    assert CLIMB not in said


async def test_after_the_agreed_word_nothing_is_named(talk: Stage) -> None:
    talk.record.situation = "quiet"
    assert CLIMB not in await talk.hears("disclose_confinement", WALL)


async def test_who_tells_when_the_phone_is_checked_is_not_sent_away(talk: Stage) -> None:
    text = "on sunday i give the phone at the gate and they search it. what do i do with this"
    said = await talk.hears("cannot_talk_safely", text, confidence=0.9)
    assert said[0] == f"{PHRASE}phone_search_gate"
    assert "utter_digital_clear" in said


async def test_somebody_who_comes_now_hushes_all_the_same(talk: Stage) -> None:
    text = "they take the phones at nine, they come"
    heard = {"many": {"event/somebody_comes": 0.7}}
    assert "utter_pause" in await talk.hears("cannot_talk_safely", text, confidence=0.9, heard=heard)


@pytest.mark.long
@every("locale", SERVED)
def test_every_language_has_words_for_every_set(locale: str) -> None:
    plain = yaml.load((DATA / "particular_words" / f"{locale}.yml").read_bytes(), Loader=yaml.CSafeLoader)
    used = {name for row in table() for group in (*row.words, row.unless) for name in group} | {"shall_i"}
    assert plain["locale"] == locale
    assert set(plain["words"]) == used
    assert all(plain["words"].values())


@every("row", table())
def test_every_row_says_something_short(row: object) -> None:
    assert row.words  # type: ignore[attr-defined]
    text = BOOK.texts["en"][row.says]  # type: ignore[attr-defined]
    assert len(text) <= 160 or row.phrase  # type: ignore[attr-defined]


async def test_what_was_named_gives_way_where_the_answer_fills_the_room_by_itself(talk: Stage) -> None:
    said = await talk.hears("ask_anonymity", WALL, unsure=("en", "es"))
    assert said[0] == "utter_ask_anonymity"
    assert CLIMB not in said


@every("label", ["self_harm", "cannot_talk_safely", "delete_my_data", "change_language"])
async def test_beside_what_is_answered_alone_nothing_is_named(talk: Stage, label: str) -> None:
    assert CLIMB not in await talk.hears(label, WALL)


async def test_who_may_think_of_dying_hears_of_no_other_way(talk: Stage) -> None:
    text = "should i jump in the river tonight"
    row = f"{PHRASE}jump_into_water"
    assert row in await talk.hears("nlu_fallback", text)
    talk.record.spoken.clear()
    assert row not in await talk.hears("nlu_fallback", text, crises={"self_harm": (0.2, "maybe")})
    talk.record.crisis = "self_harm"
    assert row not in await talk.hears("nlu_fallback", text)


async def test_a_guess_that_somebody_is_there_leaves_nothing_on_the_screen(talk: Stage) -> None:
    said = await talk.hears("cannot_talk_safely", "someone is knocking at the door", possible=True, confidence=0.5)
    assert said == ["utter_pause"]


async def test_a_crisis_in_a_first_message_is_answered_before_it_is_safe_so_nothing_is_named(stage: Stage) -> None:
    said = await stage.hears("immediate_danger", "he has a knife", country="DE")
    assert f"{PHRASE}other_has_weapon" not in said


async def test_a_row_that_the_reader_holds_next_to_impossible_is_none(talk: Stage) -> None:
    heard = {"named": {"": 0.9995, "climb_wall": 0.0001}}
    assert CLIMB not in await talk.hears("nlu_fallback", WALL, heard=heard)


async def test_phones_that_are_taken_now_are_a_hush(talk: Stage) -> None:
    assert "utter_pause" in await talk.hears("cannot_talk_safely", "they take the phones soon", confidence=0.97)
