"""The judge of lines: what does not fit a person is counted as that, by the entry and not by what was meant."""

from typing import Any

import pytest
import yaml

from commands.evaluation.lines_fit import DIALOGUES, LineFit, judge, summary
from resources_directory.model.directory import Directory
from resources_directory.model.line import PhoneLine
from tests.resources_directory.ranking.lines import line, of


def only(**fields: Any) -> PhoneLine:
    """Return the one line that has these fields."""
    (found,) = of(line("One", "labour", **fields)).national["US"]
    return found


@pytest.mark.parametrize(
    ("fields", "who", "why"),
    [
        ({"nationals": ["KE"]}, {"from": "NP"}, "people of another country"),
        ({"for": ["women"]}, {"is": ["man"]}, "another gender"),
        ({"eligibility": {"maximum_age": 17}}, {"is": ["grown"]}, "children"),
        ({"before_you_call": ["line_warn_police"]}, {"fears": "police"}, "the police"),
        ({"languages": ["ko"]}, {"speaks": ["th"]}, "a language unsaid"),
        ({}, {"needs": ["shelter"]}, "another need"),
        ({"nationals": ["KE"]}, {"from": "KE"}, None),
        ({"languages": ["ko", "th"]}, {"speaks": ["th"]}, None),
    ],
)
def test_a_line_is_judged_by_its_entry(fields: dict[str, Any], who: dict[str, Any], why: str | None) -> None:
    assert judge(only(**fields), {"needs": ["labour", "consulate"]} | who, (), "") == why


def test_whose_languages_are_named_is_no_longer_unsaid() -> None:
    who = {"needs": ["labour"], "speaks": ["th"]}

    assert judge(only(languages=["ko"]), who, (), "Languages: Korean.") is None


def test_each_dialogue_names_lines_that_exist() -> None:
    directory = Directory.load()
    known = {line.id for lines in (directory.world, *directory.national.values()) for line in lines}
    dialogues = yaml.load(DIALOGUES.read_bytes(), Loader=yaml.CSafeLoader)

    assert len({one["id"] for one in dialogues}) == len(dialogues)
    assert {id for one in dialogues for id in one.get("right", ())} <= known


def test_the_counts_are_told_in_a_sentence() -> None:
    assert "1 lines fit, 2 do not" in summary([LineFit("a", ["x"], ["y: children", "z: refused"], right=True)])
