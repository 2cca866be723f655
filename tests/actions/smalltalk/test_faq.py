"""Questions in general: one thought at a time, figures with their year, and never the same answer twice in a row."""

import re

from actions.smalltalk import faq
from bot.text.text_messages import fits
from tests.actions.stage import BOOK, DOMAIN, Stage
from tests.every import every

FIGURES = ("utter_figures", "utter_figures_work", "utter_figures_children", "utter_figures_found")
OURS = [
    name
    for name in DOMAIN["responses"]
    if name.startswith(
        ("utter_kinds", "utter_form_", "utter_figures", "utter_myth_", "utter_signs_c", "utter_help_", "utter_crime_")
    )
]


async def step(talk: Stage, to: str) -> list[str]:
    return await talk.hears("step", to=to)


async def ask(talk: Stage, *topics: str, label: str = "ask_what_is_trafficking") -> list[str]:
    return await talk.hears(label, understood=[{"entity": "topic", "value": topic} for topic in topics])


def offered(talk: Stage) -> list[str]:
    return [choice["value"] for choice in talk.record.choices]


async def test_the_question_gets_the_definition_and_leads_to_kinds_figures_and_myths(talk: Stage) -> None:
    assert await ask(talk) == ["utter_ask_what_is_trafficking"]
    assert {"step to=kinds", "step to=figures", "step to=myths", "talk_to_human"} <= set(offered(talk))


async def test_asked_again_it_is_answered_in_another_way_each_time(talk: Stage) -> None:
    first = [(await ask(talk))[0] for _ in range(6)]
    assert first == [
        "utter_ask_what_is_trafficking",
        "utter_figures",
        "utter_kinds",
        "utter_myth_kidnapping",
        "utter_said_all",
        "utter_ask_what_is_trafficking",
    ]


@every("form", faq.FORMS)
async def test_a_form_that_is_named_is_explained(talk: Stage, form: str) -> None:
    assert await ask(talk, f"form_{form}") == [f"utter_form_{form}"]
    assert (await ask(talk, f"form_{form}"))[0] == "utter_said_all"


async def test_every_form_is_reached_through_the_menus_and_none_is_longer_than_six(talk: Stage) -> None:
    reached: list[str] = []
    for menu in ("kinds", "kinds_more", "kinds_rest"):
        await step(talk, menu)
        assert len(offered(talk)) <= 6
        reached += [value.removeprefix("step to=form_") for value in offered(talk) if "form_" in value]
    assert reached == list(faq.FORMS)


@every("form", faq.FORMS)
async def test_a_form_of_the_menu_leads_to_its_text(talk: Stage, form: str) -> None:
    assert (await step(talk, f"form_{form}"))[0] == f"utter_form_{form}"


async def test_of_two_forms_the_second_is_offered_first(talk: Stage) -> None:
    assert (await ask(talk, "form_debt", "form_organ"))[0] == "utter_form_debt"
    assert offered(talk)[0] == "step to=form_organ"


@every(
    ("topics", "phrase"),
    [
        (("smuggling",), "utter_smuggling"),
        (("consent",), "utter_consent"),
        (("crime_or_not",), "utter_crime_or_not"),
        (("myths",), "utter_myth_kidnapping"),
        (("figures",), "utter_figures"),
        (("form_child", "figures"), "utter_figures_children"),
        (("form_sexual", "figures"), "utter_figures_work"),
        (("form_crime", "crime_or_not"), "utter_crime_or_not"),
    ],
)
async def test_what_is_named_is_what_is_answered(talk: Stage, topics: tuple[str, ...], phrase: str) -> None:
    assert (await ask(talk, *topics))[0] == phrase


async def test_figures_come_in_layers_and_end(talk: Stage) -> None:
    said = [(await step(talk, "figures"))[0] for _ in range(5)]
    assert said == [*FIGURES, "utter_said_all"]


@every("name", FIGURES)
def test_every_figure_has_its_year_and_its_source(name: str) -> None:
    text = BOOK.texts["en"][name]
    assert re.search(r"20(20|21)", text)
    assert re.search(r"Source: (ILO, Walk Free and IOM, 2022|UNODC, 2024)\.", text)


@every("old", ["40 million", "40.3", "24.9", "15.4", "71", "1 in 4", "2016"])
def test_the_figures_of_2016_are_never_said(old: str) -> None:
    assert [name for name in OURS if old in BOOK.texts["en"][name]] == []


async def test_myths_come_one_at_a_time_and_go_on_where_they_were_left(talk: Stage) -> None:
    said = [(await step(talk, "myths"))[0], (await step(talk, "myth_next"))[0]]
    await step(talk, "kinds")
    said += [(await step(talk, "myth_next"))[0] for _ in range(9)]
    assert said == [*faq.MYTHS, "utter_said_all"]


async def test_after_a_myth_the_next_one_is_the_first_choice(talk: Stage) -> None:
    await step(talk, "myths")
    assert offered(talk)[0] == "step to=myth_next"


@every("rumour", ["car park", "cable", "parking", "mark cars"])
def test_what_was_not_verified_is_no_myth_of_ours(rumour: str) -> None:
    assert [name for name in OURS if rumour in BOOK.texts["en"][name].casefold()] == []


async def test_signs_come_in_three_layers(talk: Stage) -> None:
    said = [(await ask(talk, label="ask_signs"))[0] for _ in range(4)]
    assert said == ["utter_ask_signs", "utter_signs_child", "utter_signs_chat", "utter_said_all"]


@every("name", ["utter_ask_signs", "utter_signs_child", "utter_signs_chat"])
def test_one_sign_is_never_called_proof(name: str) -> None:
    assert "One sign is no proof." in BOOK.texts["en"][name]


async def test_signs_in_children_come_first_when_it_is_about_a_child(talk: Stage) -> None:
    assert (await ask(talk, "form_child", label="ask_signs"))[0] == "utter_signs_child"


async def test_signs_that_were_chosen_are_not_offered_again(talk: Stage) -> None:
    await ask(talk, label="ask_signs")
    assert offered(talk)[:2] == ["step to=signs_child", "step to=signs_chat"]
    assert (await step(talk, "signs_chat"))[0] == "utter_signs_chat"
    assert "step to=signs_chat" not in offered(talk)


async def test_how_to_help_goes_on_from_what_to_do_to_what_to_leave(talk: Stage) -> None:
    said = [(await ask(talk, label="ask_how_to_help"))[0] for _ in range(5)]
    assert said == [
        "utter_ask_how_to_help",
        "utter_help_not",
        "utter_help_kindly",
        "utter_help_tell",
        "utter_said_all",
    ]


@every("target", sorted(faq.TARGETS))
async def test_every_target_says_something_that_leads_on(talk: Stage, target: str) -> None:
    assert await step(talk, target)
    assert len(offered(talk)) > 1


@every("target", sorted(faq.TARGETS))
async def test_every_answer_fits_a_text_message_with_its_choices(target: str) -> None:
    talk = Stage(channel="sms")
    talk.record.situation = "talk"
    await step(talk, target)
    for message in list(talk.said):
        choices = [BOOK.render(c["say"], {}, "en", "sms") for c in message.get("choices") or []]
        lines = [BOOK.render(message["response"], {}, "en", "sms")]
        assert fits("\n".join([*lines, *(f"{number} {say}" for number, say in enumerate(choices, 1))]))


@every("name", OURS)
def test_sentences_are_short(name: str) -> None:
    sentences = re.split(r"(?<=[.?])\s+", BOOK.texts["en"][name])
    assert [sentence for sentence in sentences if len(sentence.split()) > 12] == []
