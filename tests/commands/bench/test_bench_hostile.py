"""The bench of a flood: its sentences are what they are said to be, its bounds are told, and a short run of it holds them."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.understanding.offline_checks import OfflineChecks
from commands.bench.bench_hostile import MEMORY, FloodSize, HostileFigures, broken, letter, measured
from commands.bench.flood import garbage
from commands.bench.flooded_persons import Waits, crisis_sentences
from tests.hotline import ROOT

GOOD = HostileFigures(
    engine_cost={"1a2b": 3.0},
    gateway_cost={"1a2b": 2.0},
    letter=2.0,
    end_heard=True,
    waits={"cover words": Waits([0.1, 0.2]), "ordinary": Waits([9.0, 9.0])},
    memory={"engine": 500.0},
)
SHORT = FloodSize(seconds=6, persons=4, crises=6, cover_words=3, conversations=150, times=3)


def test_half_of_its_crises_are_in_no_list_and_all_sixteen_languages_have_both_kinds() -> None:
    sentences, checks = crisis_sentences(), OfflineChecks.load()
    assert [sentence.text for sentence in sentences if checks.cries(sentence.text) != sentence.listed] == []
    assert (len(sentences), sum(sentence.listed for sentence in sentences)) == (60, 30)
    assert len({(sentence.locale, sentence.listed) for sentence in sentences}) == 32


def test_none_of_its_crises_that_are_in_no_list_stands_in_the_evaluation() -> None:
    # A listed one is short and plain ("i want to kill myself"): others write it too, and it measures the list, not the reader.
    evaluated = "".join(path.read_text("utf-8") for path in (ROOT / "tests" / "evaluation").rglob("*.tsv"))
    assert [one.text for one in crisis_sentences() if not one.listed and one.text in evaluated] == []


def test_its_garbage_and_its_letters_have_four_thousand_letters() -> None:
    assert {len(text) for text in garbage().values()} == {4_000}
    assert 3_500 < len(letter(1)) <= 4_000
    assert letter(1) != letter(2)


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        ({}, []),
        ({"engine_cost": {"1a2b": 5.1}}, ["1a2b costs the engine 5.1 usual messages"]),
        ({"gateway_cost": {"1a2b": 5.1}}, ["1a2b costs the gateway 5.1 usual messages"]),
        ({"letter": 5.1}, ["a letter delays somebody else by 5.1 usual messages"]),
        ({"end_heard": False}, ["a cry at the end of a letter is not heard"]),
        ({"waits": {"cover words": Waits([0.1, 3.0])}}, ["cover words: not answered within 2 s"]),
        ({"waits": {"cover words": Waits([0.1, 0.1], lost=1)}}, ["cover words: not answered within 2 s"]),
        ({"memory": {"engine": MEMORY + 1.0}}, [f"engine takes {MEMORY + 1} MB"]),
    ],
)
def test_a_broken_bound_is_told(harm: dict[str, object], sentence: list[str]) -> None:
    assert broken(replace(GOOD, **harm)) == sentence  # type: ignore[arg-type]


@pytest.mark.rasa
@pytest.mark.timeout(300)
async def test_while_one_host_floods_everybody_is_answered_and_garbage_costs_little(tmp_path: Path) -> None:
    figures = await measured(ROOT / "var", tmp_path, SHORT)
    # Ratios only: how many seconds it takes, the machine decides.
    assert max(figures.engine_cost.values()) < 10
    assert figures.end_heard
    assert {who: waits.lost for who, waits in figures.waits.items() if waits.lost} == {}
    assert sum(len(waits.times) for who, waits in figures.waits.items() if who != "ordinary") == 9
    assert figures.flood.get("conversation 503", 0) > 0
    assert max(figures.memory.values()) < MEMORY
