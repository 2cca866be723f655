"""The safety steps: a list to read, one step a message, which asks for nothing and keeps nothing but the place."""

from actions.crisis import safety_plan
from tests.actions.stage import BOOK, Stage
from tests.every import every

STEPS = [f"utter_plan_{number}" for number in range(1, 11)]
NEXT, ENOUGH, PERSON = "step to=plan_next", "step to=plan_enough", "talk_to_human"


def values(stage: Stage) -> list[str]:
    return [choice["value"] for choice in stage.record.choices]


async def read_all(stage: Stage) -> list[str]:
    said = await stage.hears("step", to="plan")
    for _ in STEPS[1:]:
        said += await stage.hears("step", to="plan_next")
    return said


async def test_it_first_says_what_the_list_is_and_who_leads_it(talk: Stage) -> None:
    assert await talk.hears("step", to="plan") == ["utter_plan", "utter_plan_1"]
    assert "trained person" in talk.shows()
    assert "general" in talk.shows()


async def test_a_wish_in_own_words_leads_to_it(talk: Stage) -> None:
    said = await talk.hears("help_menu", "how can i plan to be safe", topic="safety_plan")
    assert said == ["utter_plan", "utter_plan_1"]


async def test_it_has_ten_steps_one_a_message(talk: Stage) -> None:
    assert await read_all(talk) == ["utter_plan", *STEPS]


async def test_every_step_offers_the_next_a_person_and_an_end(talk: Stage) -> None:
    await talk.hears("step", to="plan")
    for _ in STEPS[1:]:
        assert values(talk) == [NEXT, PERSON, ENOUGH]
        await talk.hears("step", to="plan_next")
    assert NEXT not in values(talk)
    assert PERSON in values(talk)


async def test_it_leaves_with_staying_safe_today_and_writing_again(talk: Stage) -> None:
    await read_all(talk)
    assert "safe as you can today" in talk.shows()
    assert "write again" in talk.shows()


async def test_who_had_enough_can_go_on_where_they_stopped(talk: Stage) -> None:
    await talk.hears("step", to="plan")
    await talk.hears("step", to="plan_next")
    assert await talk.hears("step", to="plan_enough") == ["utter_plan_enough"]
    assert await talk.hears("step", to="plan") == ["utter_plan_3"]


async def test_after_the_last_step_it_is_said_that_this_is_all(talk: Stage) -> None:
    await read_all(talk)
    assert await talk.hears("step", to="plan") == ["utter_said_all"]
    assert await talk.hears("step", to="plan_again") == ["utter_plan_1"]


@every("name", ["utter_plan", *STEPS, "utter_plan_enough"])
def test_nothing_is_asked(name: str) -> None:
    assert "?" not in BOOK.texts["en"][name]


async def test_nothing_is_kept_of_what_is_written_meanwhile(talk: Stage) -> None:
    await talk.hears("step", "1", to="plan")
    await talk.hears("step", "my sister could help", to="plan_next")
    assert b"sister" not in talk.record.dump()
    assert talk.record.question is None


@every("name", safety_plan.TARGETS)
async def test_a_text_message_holds_a_step_and_its_choices(talk: Stage, name: str) -> None:
    talk.channel = "sms"
    await talk.hears("step", to=name)
    said = BOOK.render(talk.said[-1]["response"], {}, "en", "sms")
    choices = [BOOK.render(choice["say"], {}, "en", "sms") for choice in talk.record.choices]
    assert len("\n".join([said, *(f"{at} {text}" for at, text in enumerate(choices, 1))])) <= 306
