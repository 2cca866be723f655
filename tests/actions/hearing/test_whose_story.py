"""Whose story it is, and whom somebody fears, as far as a message says."""

from tests.actions.stage import Stage


async def test_not_somebody_else_but_me_is_no_worry_about_another(talk: Stage) -> None:
    await talk.hears("report_concern", "they take his pay", heard={"about": {"other": 0.9}})
    await talk.hears("report_concern", "no not another person it is me", heard={"about": {"me": 0.9}})
    assert talk.record.about == "self"


async def test_who_asks_whether_they_are_deported_is_sent_to_no_police(talk: Stage) -> None:
    heard = {"many": {"ask_immigration_rights/deported": 0.7}}
    await talk.hears("ask_immigration_rights", "will they send me back", country="US", heard=heard)
    assert "no_police" in talk.record.holds


async def test_a_correction_at_our_question_about_somebody_else_is_heard(talk: Stage) -> None:
    await talk.hears("report_concern", country="US", heard={"about": {"other": 0.9}})
    heard = {"about": {"me": 0.97}, "many": {"talk/correction": 0.8}}
    await talk.hears("nlu_fallback", "no its me, my photos", confidence=0.3, heard=heard)
    assert talk.record.about == "self"


async def test_a_child_who_corrects_it_stays_one(talk: Stage) -> None:
    talk.record.about, talk.record.minor = "other", True
    heard = {"about": {"me": 0.95}, "many": {"talk/correction": 0.6}}
    await talk.hears("disclose_image_abuse", "no its me, my photos", country="US", heard=heard)
    assert (talk.record.about, talk.record.minor) == ("self", True)


async def test_a_neighbour_who_says_no_is_not_the_one_it_is_about(talk: Stage) -> None:
    talk.record.about, talk.record.minor = "other", True
    heard = {"about": {"me": 0.65}, "many": {"talk/correction": 0.6}}
    await talk.hears("nlu_fallback", "no i dont think she is hurt, i only see her", confidence=0.3, heard=heard)
    assert talk.record.about == "other"
