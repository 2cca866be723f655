"""The table of what may be said about the law: every text has a source and a day, and is not shown for ever."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.phrases.phrases import Phrasebook
from bot.phrases.rights_texts import TOPICS, BadRightsText, RightsText, load, rights_texts
from tests.every import every

ROOT = Path(__file__).parents[3]
ENGLISH = Phrasebook.load(ROOT).texts["en"]
TEXTS = rights_texts().texts
CHECKED = date(2026, 11, 24)
ENTRY = """
groups: {}
texts:
  - phrase: utter_a
    countries: [US]
    topics: [ask_police]
    sources: [https://example.org]
    checked_on: 2026-11-24
    check_every_days: 90
"""


@every("text", TEXTS)
def test_every_text_exists_has_a_source_and_a_day_for_the_next_check(text: RightsText) -> None:
    assert text.phrase in ENGLISH
    assert text.sources
    assert all(source.startswith("http") for source in text.sources)
    assert text.checked_on >= CHECKED
    assert text.check_every_days == 90


def test_no_phrase_about_a_country_is_left_out_of_the_table() -> None:
    assert {name for name in ENGLISH if name.startswith("utter_law_")} == {text.phrase for text in TEXTS}


@every(("days", "state"), [(0, "fresh"), (90, "fresh"), (91, "old"), (180, "old"), (181, "hidden"), (900, "hidden")])
def test_past_its_date_a_text_is_old_and_past_twice_its_date_it_is_hidden(days: int, state: str) -> None:
    assert TEXTS[0].state(TEXTS[0].checked_on + timedelta(days=days)) == state


def test_what_is_hidden_is_not_found() -> None:
    assert rights_texts().find("ask_police", "US", CHECKED)
    assert rights_texts().find("ask_police", "US", CHECKED + timedelta(days=181)) == []


@every("country", ["US", "GB", "DE", "RO", "CA", "AU", "QA"])
@every("topic", sorted(TOPICS))
def test_each_country_that_was_looked_up_has_an_answer_to_each_question(topic: str, country: str) -> None:
    assert rights_texts().find(topic, country, CHECKED)


@every("country", ["DK", "IE", "NO", "CH"])
@every("topic", sorted(TOPICS))
def test_a_state_that_the_directives_do_not_bind_is_not_told_what_they_say(topic: str, country: str) -> None:
    assert rights_texts().find(topic, country, CHECKED) == []


@pytest.mark.parametrize(("home", "kept"), [(True, ["utter_law_kw_home", "utter_law_gulf_home"]), (False, [])])
def test_work_in_a_home_has_texts_of_its_own(home: bool, kept: list[str]) -> None:
    found = rights_texts().find("ask_worker_rights", "KW", CHECKED, home)
    assert [text.phrase for text in found] == kept


def test_a_sum_that_sources_disagree_on_is_not_named() -> None:
    assert [text.phrase for text in TEXTS if "QAR" in ENGLISH[text.phrase] or "000" in ENGLISH[text.phrase]] == []


def test_a_table_is_read(tmp_path: Path) -> None:
    (tmp_path / "rights.yml").write_text(ENTRY, "utf-8")
    assert load(tmp_path / "rights.yml").find("ask_police", "US", CHECKED)


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ("[https://example.org]", "[]", "no source"),
        ("ask_police", "find_shelter", "topic"),
        ("2026-11-24", "null", "which day"),
    ],
)
def test_an_entry_that_cannot_be_trusted_is_refused(tmp_path: Path, good: str, bad: str, reason: str) -> None:
    (tmp_path / "rights.yml").write_text(ENTRY.replace(good, bad), "utf-8")
    with pytest.raises(BadRightsText, match=reason):
        load(tmp_path / "rights.yml")
