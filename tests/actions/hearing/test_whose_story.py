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
