"""Scenario files: what is read of them, and what is said of one that can not be played."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.messaging.message import Hints
from commands.rehearsal.rehearsal_error import NotPlayed
from commands.rehearsal.scenario import ScenarioStep, read_file, read_folder, seconds_in
from tests.every import every

WHOLE = """
id: baker-of-lyon
title: nobody reads this
channel: sms
language: fr
hints:
  phone_country: FR
  operators_on_duty: true
  before_turn:
    2: {wait: PT20H, send: picture}
persona: nor this
turns:
  - "bonsoir"
  - "oui"
must: ["T1: or this"]
"""
SMALL = 'id: one\nchannel: web\nturns: ["hello", "yes"]\n'
Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(text: str, name: str = "one.yml") -> Path:
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return write


def test_a_file_is_read_and_keys_for_other_readers_are_ignored(written: Written) -> None:
    scenario = read_file(written(WHOLE))
    assert (scenario.id, scenario.channel, scenario.hints) == ("baker-of-lyon", "sms", Hints(country="FR"))
    assert scenario.on_duty


def test_what_goes_before_a_line_is_done_in_its_order(written: Written) -> None:
    assert read_file(written(WHOLE)).steps == (
        ScenarioStep(1, "person", "bonsoir"),
        ScenarioStep(2, "wait", "PT20H"),
        ScenarioStep(2, "sent", "picture"),
        ScenarioStep(2, "person", "oui"),
    )


def test_a_line_may_be_something_else_than_words(written: Written) -> None:
    text = "id: one\nchannel: web\nturns: [{say: hello}, {send: 'location 48.85,2.35'}, {wait: PT5M, say: yes please}]"
    assert read_file(written(text)).steps == (
        ScenarioStep(1, "person", "hello"),
        ScenarioStep(2, "sent", "location 48.85,2.35"),
        ScenarioStep(3, "wait", "PT5M"),
        ScenarioStep(3, "person", "yes please"),
    )


def test_each_door_has_its_hint(written: Written) -> None:
    hints = "hints: {telegram_language_code: pt-br, accept_language: 'ro,ru;q=0.5', shoe_size: 40}"
    assert read_file(written(f"{SMALL}{hints}")).hints == Hints(telegram="pt-br", accept="ro,ru;q=0.5")


@every(
    ("duration", "seconds"),
    [("PT20H", 72_000), ("PT50M", 3_000), ("P1D", 86_400), ("P1DT30M", 88_200), ("PT1H30M", 5_400), ("PT7S", 7)],
)
def test_a_duration_is_read(duration: str, seconds: int) -> None:
    assert seconds_in(duration) == seconds


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("id: [", "no YAML"),
        ("- a list", "a mapping"),
        ("channel: web\nturns: [a]", "id: this is missing"),
        ("id: 7\nchannel: web\nturns: [a]", "id: .*quotes"),
        ("id: ../up\nchannel: web\nturns: [a]", "id: .*name of a file"),
        ("id: broken\nchannel: web\nturns: [a]", "id: .*name of a file"),
        ("id: one\nturns: [a]", "channel: this is missing"),
        ("id: one\nchannel: fax\nturns: [a]", "channel: .*'fax': sms, telegram, web"),
        ("id: one\nchannel: web", "turns: these are missing"),
        ("id: one\nchannel: web\nturns: []", "turns: these are missing"),
        ("id: one\nchannel: web\nturns: hello", "turns: these are missing"),
        ("id: one\nchannel: web\nturns: [a, yes]", "turns.2: .*quotes"),
        ("id: one\nchannel: web\nturns: [{shout: a}]", "turns.1: "),
        ("id: one\nchannel: web\nturns: [{say: 1}]", "turns.1.say: "),
        ("id: one\nchannel: web\nturns: [{send: money}]", "money"),
        (f"{SMALL}hints: [1]", "hints: these are a mapping"),
        (f"{SMALL}hints: {{phone_country: no}}", "phone_country: .*quotes"),
        (f"{SMALL}hints: {{operators_on_duty: 3}}", "operators_on_duty: "),
        (f"{SMALL}hints: {{before_turn: [1]}}", "before_turn: "),
        (f"{SMALL}hints: {{before_turn: {{3: {{wait: PT1H}}}}}}", "before_turn.3: there is no such line"),
        (
            f"{SMALL}hints: {{before_turn: {{2: {{wait: 20h}}}}}}",
            "hints.before_turn.2.wait: '20h' is no duration like PT20H",
        ),
        (f"{SMALL}hints: {{before_turn: {{2: {{wait: PT}}}}}}", "no duration"),
        (f"{SMALL}hints: {{before_turn: {{2: {{wait: P}}}}}}", "no duration"),
        (f"{SMALL}hints: {{before_turn: {{2: soon}}}}", "before_turn.2: "),
    ],
)
def test_what_can_not_be_played_is_told_by_file_and_key(written: Written, text: str, sentence: str) -> None:
    with pytest.raises(NotPlayed, match=f"^one.yml: .*{sentence}"):
        read_file(written(text))


def test_what_is_no_text_at_all_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(NotPlayed, match=r"^one\.yml: this is no YAML"):
        read_file(tmp_path / "one.yml")


def test_two_of_one_id_are_told_apart_by_nobody(written: Written, tmp_path: Path) -> None:
    written(SMALL)
    written(SMALL, "two.yaml")
    with pytest.raises(NotPlayed, match=r"^two\.yaml: id: one is that of one\.yml"):
        read_folder(tmp_path)


def test_a_folder_is_read_by_name_and_what_is_no_scenario_is_left_alone(written: Written, tmp_path: Path) -> None:
    written(SMALL.replace("one", "b"), "b.yml")
    written(SMALL.replace("one", "a"), "a.yml")
    written("not: a scenario", "README.md")
    assert [scenario.id for scenario in read_folder(tmp_path)] == ["a", "b"]


def test_a_folder_without_scenarios_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotPlayed, match="There is no scenario"):
        read_folder(tmp_path)
