"""The files of practice conversations: ours are whole, and a bad one is told of by file and line."""

import re
from pathlib import Path

import pytest

from bot.phrases.phrases import SOURCE, Phrasebook
from desk.practice.script_files import SCRIPTS, Library, load

ROOT = Path(__file__).parents[3]
BOOK = Phrasebook.load(ROOT)
PHRASES = frozenset(BOOK.texts[SOURCE])
ALL = load(PHRASES)
GOOD = (SCRIPTS / "tester.yml").read_text("utf-8")


def loaded(folder: Path, text: str) -> Library:
    (folder / "mine.yml").write_text(text, "utf-8")
    return load(PHRASES, folder)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_all_our_files_can_be_played() -> None:
    assert ALL.faults == ()
    assert set(ALL.scripts) == {path.stem for path in SCRIPTS.glob("*.yml")}
    assert len(ALL.scripts) >= 6
    assert sum("es" in script.languages for script in ALL.scripts.values()) >= 2


def test_topics_name_replies_that_exist() -> None:
    named = {name for topic in ALL.topics.values() for name in topic.ready}
    assert [name for name in named if not {f"utter_{name}", f"utter_canned_{name}"} & PHRASES] == []


def test_each_rule_that_a_debrief_cites_stands_in_the_documentation() -> None:
    pages = "".join((ROOT / name).read_text("utf-8") for name in ("docs/rules.md", "docs/requirements.md"))
    rules = {check.rule for script in ALL.scripts.values() for check in ALL.checks(script)}
    assert [rule for rule in rules if f'<a id="{rule.lower().replace(" ", "-")}"></a>' not in pages] == []


@pytest.mark.parametrize("name", sorted(ALL.scripts))
def test_every_script_looks_at_promises_and_ends_somewhere(name: str) -> None:
    script = ALL.scripts[name]
    assert "no_promise" in script.checks
    assert any(scene.leaves for scene in script.scenes.values())


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("goes: friendly", "goes: friendli", "there is no scene friendli"),
        ("topics: [identity_asked]", "topics: [identiti]", "there is no topic identiti in topics.yml"),
        ("priority: P3", "priority: P9", "Input should be 'P0', 'P1', 'P2' or 'P3'"),
        ("computer: utter_opening", "computer: utter_openin", "there is no phrase utter_openin"),
        ("about: question", "abuot: question", "a record has no field abuot"),
        ("- no_promise", "- no_promises", "there is no check no_promises in checks.yml"),
        ("languages: [en]", "languages: [en, xx]", "xx is not a language that we serve"),
        ("practises: Saying", "practices: Saying", "Extra inputs are not permitted"),
        ("outcomes: [abuse]", "outcomes: [abused]", "Input should be"),
    ],
)
def test_a_bad_file_is_left_out_and_told_of_by_file_and_line(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    text = GOOD.replace(was, becomes, 1)
    found = loaded(tmp_path, text)
    assert found.scripts == {}
    faults = [re.fullmatch(r"mine\.yml:(\d+): (.*)", line) for line in "\n".join(found.faults).splitlines()]
    assert (line_of(text, becomes), True) in {(int(fault[1]), told in fault[2]) for fault in faults if fault}


def test_a_line_that_is_missing_in_a_language_is_told_of(tmp_path: Path) -> None:
    found = loaded(tmp_path, GOOD.replace("languages: [en]", "languages: [en, es]"))
    assert any("this is not said in es" in line for line in found.faults)


@pytest.mark.parametrize(
    ("was", "card", "told"),
    [
        ("told: [intro]", "marks: 5", "card.marks: Input should be a valid list"),
        ("situation: talk", "situation: asleep", "card.situation: Input should be"),
        ("told: [intro]", "marks: [{indicator: confinement, when: never}]", "when: Input should be"),
        ("told: [intro]", "marks: [{indicator: hunger}]", "there is no sign hunger"),
    ],
)
def test_a_case_card_that_can_not_be_shown_is_told_of(tmp_path: Path, was: str, card: str, told: str) -> None:
    found = loaded(tmp_path, GOOD.replace(was, card, 1))
    assert (found.scripts, told in "\n".join(found.faults)) == ({}, True)
    assert f"mine.yml:{line_of(GOOD, was)}: " in found.faults[0]


@pytest.mark.parametrize("text", ["title: [", "\ttitle: x", "", "- a", "title: x\n", "a: &a [*a]", "{{{{"])
def test_garbage_is_told_of_and_stops_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "tester.yml").write_text(GOOD, "utf-8")
    found = loaded(tmp_path, text)
    assert list(found.scripts) == ["tester"]
    assert found.faults[0].startswith("mine.yml:")
