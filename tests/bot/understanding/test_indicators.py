"""From what was heard to a level: the published rule, what never counts, and that the past alone makes nothing urgent."""

from bot.understanding.indicators import Mark, assess, catalogue
from tests.every import every

CATALOGUE = catalogue()


def level(*indicators: str, **more: bool) -> str:
    return assess([Mark(name) for name in indicators], **more).level


def test_one_in_five_questions_is_turned_round_and_read_from_the_data() -> None:
    assert len(CATALOGUE.indicators) == 138
    assert sum(one.self_present_on == "no" for one in CATALOGUE.indicators.values()) == 26


@every(
    ("heard", "expected"),
    [
        ((), "none"),
        (("wages_low_none",), "some"),
        (("doc_confiscation",), "strong"),
        (("no_contract", "deceived_wages", "deceived_contract", "deceived_housing"), "strong"),
        (("confinement",), "urgent"),
        (("physical_violence",), "urgent"),
        (("vuln_economic", "vuln_past"), "none"),
        (("obs_fear", "obs_companion"), "none"),
        (("job_fee", "job_alone"), "none"),
        (("something older", "wages_low_none"), "some"),
    ],
)
def test_what_was_heard_adds_up_to_a_level(heard: tuple[str, ...], expected: str) -> None:
    assert level(*heard) == expected


def test_three_medium_items_of_one_dimension_make_it_positive() -> None:
    found = assess([Mark("deceived_wages"), Mark("deceived_contract"), Mark("deceived_housing")])
    assert found.dimensions == ("deceptive_recruitment",)


def test_two_signs_of_one_published_item_count_once() -> None:
    # "May not go out" and "watched" are both part of one item of the published list.
    assert assess([Mark("movement_restricted"), Mark("surveillance")]).dimensions == ()


@every("indicator", ["confinement", "doc_confiscation", "debt_bondage"])
def test_the_past_is_a_reason_but_makes_nothing_urgent_or_strong(indicator: str) -> None:
    found = assess([Mark(indicator, when="past")])
    assert found.level == "some"
    assert [reason.when for reason in found.reasons] == ["past"]


def test_any_sign_about_somebody_under_18_is_urgent() -> None:
    assert level("wages_low_none", minor=True) == "urgent"
    assert level(minor=True) == "none"


def test_a_crisis_is_urgent_whatever_was_heard() -> None:
    assert level(crisis=True) == "urgent"


def test_each_reason_names_the_sign_and_the_words() -> None:
    mark = Mark("doc_confiscation", "now", "said", "took my passport")
    assert assess([mark]).reasons == (mark,)
