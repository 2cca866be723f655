"""The organisation's settings as a page: what is wrong is said at its field, what people will read is looked at first."""

import html
import re
from dataclasses import replace
from datetime import datetime

import pytest

from bot import organisation
from bot.crypto.vault import Vault
from bot.handoff import duty_hours
from bot.organisation import Organisation, OwnNumber, limits, text_help
from bot.phrases.phrases import Phrasebook
from bot.reporting import complaints
from bot.storage.store import Store
from bot.text.text_messages import fits
from channels.web.page import Page
from desk.admin.organisation_form import LONGEST
from desk.duty.duty_calendar import by_the_clocks
from tests.desk.desk_page import DeskSite, Seat, readable
from tests.every import every
from tests.hotline import ROOT

BOOK = Phrasebook.load(ROOT)
OWN = "+44 20 7946 0018"
HAVEN = {"name": "Haven", "home_country": "GB", "number_0": OWN, "hours_0": "24/7"}


def fields_of(source: str) -> dict[str, str]:
    """What a browser would send of the form that is shown."""
    form = next(
        one for one in re.findall(r"<form.*?</form>", source, re.DOTALL) if 'action="/organisation"' in one[:200]
    )
    inputs = re.findall(r'<input (?!type="checkbox")[^>]*?name="(\w+)"[^>]*?value="([^"]*)"', form)
    found = {name: html.unescape(value) for name, value in inputs}
    chosen = re.findall(r'<option value="([^"]*)" selected', form)
    return found | ({"home_country": chosen[0] if chosen else ""} if "<select" in form else {})


async def fills(seat: Seat, source: str = "", **typed: str) -> tuple[int, str]:
    """Open the page, or take the one that was opened before, type into it and send it."""
    source = source or (await seat.opens("/organisation"))[1]
    return await seat.sends("/organisation", **fields_of(source) | typed)


async def saves(seat: Seat, **typed: str) -> tuple[int, str]:
    """Type, look at what changes, say that the numbers were rung, and save."""
    status, source = await fills(seat, **typed)
    assert status == 200, source
    return await seat.sends("/organisation", **fields_of(source) | {"step": "save", "rung": "yes"})


async def saved(site: DeskSite) -> Organisation:
    return (await organisation.read(site.services.store)).organisation


async def test_what_is_saved_is_in_force_and_says_who_and_when(desk_site: DeskSite) -> None:
    boss = await desk_site.hires("Grey Otter", "administrator")
    async with desk_site.seat(boss) as seat:
        assert await saves(seat, **HAVEN, most_talks="2") == (303, "/organisation?done=organisation_saved")
        page = readable((await seat.opens("/organisation"))[1])
        _, log = await seat.opens("/log")

    kept = await saved(desk_site)
    assert (kept.name, kept.home_country) == ("Haven", "GB")
    assert kept.own_numbers == (OwnNumber(number="+442079460018", hours="24/7"),)
    assert "In force: United Kingdom, saved by Grey Otter, 2027-01-15 08:01 UTC." in page
    assert await limits(desk_site.services.store, desk_site.services.settings)() == (2, 6)
    acts = (
        "the name of the organisation",
        "the home country",
        "or re-checked our own numbers",
        "limit of conversations at once",
    )
    assert [act for act in acts if act not in log] == []
    assert OWN not in log and "Haven" not in log


async def test_nothing_is_saved_before_somebody_has_seen_what_people_will_read_and_rung_the_number(
    desk_site: DeskSite,
) -> None:
    async with desk_site.seat(await desk_site.hires("Grey Otter", "administrator")) as seat:
        status, looked = await fills(seat, **HAVEN)
        assert status == 200
        assert f"Haven: {OWN}. Open day and night. Checked: January 2027." in readable(looked)
        assert f"Haven (United Kingdom): {OWN}." in readable(looked)
        assert "المملكة المتحدة" in looked
        status, asked = await seat.sends("/organisation", **fields_of(looked) | {"step": "save"})
        assert (status, "Call each number first" in asked) == (422, True)
        assert await saved(desk_site) == Organisation()
        status, form = await seat.sends("/organisation", **fields_of(asked) | {"step": "back"})
        assert status == 200
        assert fields_of(form)["number_0"] == OWN


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"number_0": "+44 20 7946 001"}, "number_0", "number cannot be dialled"),
        ({"number_0": "020 7946 0018"}, "number_0", "Start with +"),
        ({"number_0": "+44 20 7946 HELP"}, "number_0", "number cannot be dialled"),
        ({"number_0": "+44 909 879 0000"}, "number_0", "costs callers more"),
        ({"number_1": "+442079460018"}, "number_1", "is already listed"),
        ({"hours_0": "weekdays 9 to 5"}, "hours_0", "Mo-Fr 09:00-17:00"),
        ({"hours_2": "24/7"}, "hours_2", "hours but no number"),
        ({"name": ""}, "name", "Fill it in"),
        ({"name": "x" * 41}, "name", "too long"),
        ({"name": "Hav\u202een"}, "name", "invisible character"),
        ({"home_country": ""}, "home_country", "Choose one"),
        ({"home_country": "ZZ"}, "home_country", "Choose a country from the list"),
        ({"text_contact": "haven.example/help"}, "text_contact", "No link"),
        ({"text_contact": "x" * 61}, "text_contact", "too long"),
        ({"time_zone": "../../etc/passwd"}, "time_zone", "no such time zone here"),
        ({"most_talks": "4"}, "most_talks", "2 or 3"),
        ({"most_talks": "२"}, "most_talks", "2 or 3"),
        ({"most_severe": "7"}, "most_severe", "1 to 6"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_all_that_was_typed_is_still_there(
    desk_site: DeskSite, typed: dict[str, str], field: str, sentence: str
) -> None:
    form = {**HAVEN, "privacy_contact": "hello@haven.example", **typed}
    async with desk_site.seat(await desk_site.hires("Grey Otter", "administrator")) as seat:
        status, source = await fills(seat, **form)
        told = re.findall(rf'<span class="wrong" id="wrong-{field}">(.*?)</span>', source)
        assert (status, len(told)) == (422, 1), source
        assert sentence in html.unescape(told[0])
        assert re.search(rf'name="{field}"[^>]*aria-describedby="wrong-{field} [^>]*aria-invalid="true"', source)
        # A choice that is none of the list can not stand in it.
        kept = {name: value for name, value in form.items() if value != "ZZ"}
        assert {name: fields_of(source)[name] for name in kept} == kept
    assert await saved(desk_site) == Organisation()


@every("locale", BOOK.locales)
def test_the_longest_contact_and_the_answer_to_help_are_one_text_message(locale: str) -> None:
    told = text_help("я" * LONGEST["text_contact"], locale)
    assert fits(BOOK.render(told["say"], told["arguments"], locale, "sms"))


async def test_the_second_of_two_is_told_and_keeps_what_they_typed(desk_site: DeskSite) -> None:
    first, second = await desk_site.hires("Grey Otter", "administrator"), await desk_site.hires("Owl", "administrator")
    async with desk_site.seat(first) as one, desk_site.seat(second) as two:
        _, opened = await two.opens("/organisation")
        await saves(one, home_country="GB", most_talks="2", name="Haven", number_0=OWN)
        status, told = await fills(two, opened, name="Harbour", most_talks="3")
        assert (status, "Somebody else saved while you were typing" in told) == (409, True)
        assert told.count("Changed by somebody else") == 4
        kept = fields_of(told)
        # Their own words stay, and what they left alone is as the other one set it.
        assert (kept["name"], kept["most_talks"]) == ("Harbour", "3")
        assert (kept["home_country"], kept["number_0"]) == ("GB", OWN)
        assert "In force: 2, saved by Grey Otter" in readable(told)
        assert (await saved(desk_site)).name == "Haven"
        _, looked = await fills(two, told)
        assert (await two.sends("/organisation", **fields_of(looked) | {"step": "save"}))[0] == 303
    now = await saved(desk_site)
    assert (now.name, now.most_talks, now.home_country) == ("Harbour", 3, "GB")


async def test_of_two_who_look_at_their_changes_the_second_is_told_at_the_last_click(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Grey Otter", "administrator")) as seat:
        _, looked = await fills(seat, name="Haven")
        await saves(seat, name="Harbour")
        status, told = await seat.sends("/organisation", **fields_of(looked) | {"step": "save"})
        assert (status, fields_of(told)["name"]) == (409, "Haven")
    assert (await saved(desk_site)).name == "Harbour"


@pytest.mark.parametrize("stamp", ["", "[]", "no json", '["a"]', "[1,2,3,4,5,6,7,8,9,10,11,12,13]"])
async def test_a_form_that_was_cut_off_empties_nothing(desk_site: DeskSite, stamp: str) -> None:
    async with desk_site.seat(await desk_site.hires("Grey Otter", "administrator")) as seat:
        await saves(seat, name="Haven")
        for form in ({"seen": stamp, "end": "1", "step": "save"}, {"step": "save", "most_talks": "2"}):
            status, source = await seat.sends("/organisation", **form)
            assert (status, "Not all of the form arrived" in source) == (409, True)
    assert (await saved(desk_site)).name == "Haven"


async def test_an_emptied_field_is_as_the_environment_says_and_the_page_says_which(desk_site: DeskSite) -> None:
    site = DeskSite(
        replace(
            desk_site.services, settings=replace(desk_site.services.settings, most_severe=4, privacy_contact="a@ngo")
        ),
        desk_site.clock,
    )
    async with site.open(), site.seat(await site.hires("Grey Otter", "administrator")) as seat:
        page = readable((await seat.opens("/organisation"))[1])
        assert "In force: 4, from the server settings (MOST_SEVERE_TALKS)." in page
        assert "In force: 3, the default; MOST_TALKS is not set." in page
        await saves(seat, most_severe="3")
        assert await limits(site.services.store, site.services.settings)() == (3, 3)
        await saves(seat, most_severe="")
        assert await limits(site.services.store, site.services.settings)() == (3, 4)


async def test_numbers_that_were_rung_again_have_a_new_day_and_no_complaints(desk_site: DeskSite) -> None:
    store = desk_site.services.store
    async with desk_site.seat(await desk_site.hires("Grey Otter", "administrator")) as seat:
        await saves(seat, **HAVEN)
        await complaints.complain(store, "gb-own-number-1", desk_site.clock())
        assert "does not work: 1 time." in readable((await seat.opens("/organisation"))[1])
        _, unchanged = await fills(seat)
        assert "Nothing has changed" in unchanged
        desk_site.clock.now += 600
        assert (await saves(seat, rung_again="yes"))[0] == 303
    assert (await saved(desk_site)).changes["own_numbers"].when == desk_site.clock()
    assert await complaints.counts(store, desk_site.clock()) == {}


async def test_shifts_keep_their_hours_by_new_clocks_and_persons_are_told_at_once(desk_site: DeskSite) -> None:
    services = desk_site.services
    ana = await (await desk_site.hires("Ana")).account()
    duty = await by_the_clocks(services.store, services.clock, services.settings)
    await duty.add(ana.id, datetime(2027, 1, 15, 20), 60)
    assert await duty_hours.next_in_hours(services.store, desk_site.clock()) == 12
    boss, lead = await desk_site.hires("Grey Otter", "administrator"), await desk_site.hires("Cam", "supervisor")
    async with desk_site.seat(boss) as seat, desk_site.seat(lead) as looks:
        await saves(seat, time_zone="Asia/Manila")
        assert await duty_hours.next_in_hours(services.store, desk_site.clock()) == 4
        page = readable((await seat.opens("/organisation"))[1])
        assert "somebody is planned for 1 of the next 168 hours. Supervisors plan it" in page
        assert "Times are in Asia/Manila" in readable((await looks.opens("/duty"))[1])


async def test_the_notice_of_the_page_says_who_runs_it(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Grey Otter", "administrator")) as seat:
        await saves(seat, name="Haven", privacy_contact="hello@haven.example")
    followed = organisation.OrganisationCache(desk_site.services.store)
    await followed.look()
    page = Page(BOOK, desk_site.services.settings, [], followed)
    assert "whose page this is. \u2068Haven, hello@haven.example\u2069" in page.text("notice_text", "en")


async def test_what_was_sealed_by_another_key_is_said_not_to_open_and_can_be_saved_anew(
    desk_site: DeskSite, store: Store
) -> None:
    strange = Store(store.redis, Vault(b"another key of thirty-two bytes!"))
    await organisation.save(strange, await organisation.read(strange), Organisation(name="Trap"))
    async with desk_site.seat(await desk_site.hires("Grey Otter", "administrator")) as seat:
        _, source = await seat.opens("/organisation")
        assert "cannot be read" in source and "Trap" not in source
        await saves(seat, name="Haven")
    assert (await saved(desk_site)).name == "Haven"


async def test_a_supervisor_and_an_operator_neither_see_nor_set_it(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Cam", "supervisor", "operator", "steward")) as seat:
        assert (await seat.opens("/organisation"))[0] == 403
        assert (await seat.sends("/organisation", name="Haven", step="save"))[0] == 403


async def test_languages_say_whether_somebody_has_read_them(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Grey Otter", "administrator")) as seat:
        page = readable((await seat.opens("/organisation"))[1])
    assert "English source" in page
    assert "Vietnamese drafted" in page
