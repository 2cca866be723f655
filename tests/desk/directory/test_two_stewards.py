"""Two people for a shelter, and two at once who lose nothing of each other."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

from resources_directory.files import change_log
from tests.desk.desk_page import DeskSite, Seat
from tests.desk.directory.steps import CASA, LEY, MADRID_BED, NEW, NUMBER, done, given, seen
from tests.desk.directory_folder import SPAIN, filled, service


async def test_a_shelter_is_given_after_two_people_and_not_after_one_twice(
    site: DeskSite, heron: Seat, owl: Seat
) -> None:
    assert await done(heron, f"{CASA}/checked") == "one_more_look"
    assert await done(heron, f"{CASA}/checked") == "one_more_look"
    assert "somebody else has to check it" in (await heron.opens(CASA))[1]
    assert given(site, MADRID_BED) == []
    assert "Once you check it too, it will be given out" in (await owl.opens(CASA))[1]
    assert await done(owl, f"{CASA}/checked") == "saved"
    assert given(site, MADRID_BED) == ["es-casa"]


async def test_one_person_who_got_another_name_is_still_one_person(
    site: DeskSite, heron: Seat, seats: AsyncExitStack
) -> None:
    await done(heron, f"{CASA}/checked")
    await site.services.accounts.disable("Blue Heron")
    again = await site.hires("Blue Heron", "steward")
    account = await again.account()
    await site.services.accounts.people.change(account.id, lambda before: before.with_(name="Red Kite"))
    again.name = "Red Kite"
    kite = await seats.enter_async_context(site.seat(again))
    assert await done(kite, f"{CASA}/checked") == "one_more_look"
    assert given(site, MADRID_BED) == []


async def test_another_number_of_a_shelter_needs_two_people_again(
    site: DeskSite, heron: Seat, owl: Seat, folder: Path
) -> None:
    await done(heron, f"{CASA}/checked")
    await done(owl, f"{CASA}/checked")
    fields = filled(service(folder, "es-casa"), looked="yes", **NUMBER)
    assert await done(owl, f"{CASA}/edit", **fields) == "one_more_look"
    assert given(site, MADRID_BED) == []
    assert await done(heron, f"{CASA}/checked") == "saved"
    assert given(site, MADRID_BED) == ["es-casa"]


async def test_a_service_does_not_become_a_shelter_by_a_tick_of_one(site: DeskSite, heron: Seat, folder: Path) -> None:
    fields = filled(service(folder, "es-ley"), looked="yes", **{"kinds.shelter": "yes"})
    assert await done(heron, f"{LEY}/edit", **fields) == "one_more_look"
    assert given(site, MADRID_BED) == []


async def test_a_new_shelter_is_added_by_one_and_given_after_the_other(
    site: DeskSite, heron: Seat, owl: Seat, folder: Path
) -> None:
    fields = {**filled(None, name="Nido", **{"kinds.shelter": "yes"}, **NUMBER), **NEW, "confidential": "yes"}
    status, where = await heron.sends("/directory/new", **fields)
    assert (status, where) == (303, "/directory/entry/es-madrid-nido?done=one_more_look")
    new = service(folder, "es-madrid-nido")
    assert new.locations[0].model_dump(exclude_none=True) == {
        "location_type": "virtual", "city": "Madrid", "region": "Madrid, Comunidad de", "latitude": 40.42, "longitude": -3.7,
        "confidential": True,
    }  # fmt: skip
    assert given(site, MADRID_BED) == []
    assert await done(owl, "/directory/entry/es-madrid-nido/checked") == "saved"
    assert given(site, MADRID_BED) == ["es-madrid-nido"]
    assert (folder / "es.yml").read_text("utf-8").startswith(SPAIN)
    assert [(line.what, line.who) for line in change_log.history("es-madrid-nido", folder)] == [
        ("added", "Blue Heron"),
        ("checked", "Owl"),
    ]


# Two at once


async def test_of_two_stewards_at_one_entry_the_second_is_told_and_overwrites_nothing(
    heron: Seat, owl: Seat, folder: Path
) -> None:
    old = await seen(owl, f"{LEY}/edit")
    fields = filled(service(folder, "es-ley"), name="Ley y Paz", seen=old)
    await done(heron, f"{LEY}/checked")
    status, source = await owl.sends(f"{LEY}/edit", **fields)
    assert (status, "Somebody changed this entry" in source) == (409, True)
    assert "Ley y Paz" in source
    assert service(folder, "es-ley").name == "Ley"
    again = source.partition('name="seen" value="')[2].partition('"')[0]
    assert (await owl.sends(f"{LEY}/edit", **{**fields, "seen": again}))[0] == 303
    assert (service(folder, "es-ley").name, service(folder, "es-ley").checked_by) == ("Ley y Paz", "Blue Heron")


async def test_two_stewards_in_the_same_moment_lose_nothing_of_each_other(heron: Seat, owl: Seat, folder: Path) -> None:
    marks = [await seen(heron, CASA), await seen(owl, LEY)]
    answers = await asyncio.gather(
        heron.sends(f"{CASA}/checked", seen=marks[0]), owl.sends(f"{LEY}/checked", seen=marks[1])
    )
    assert [status for status, _ in answers] == [303, 303]
    assert (service(folder, "es-casa").checked_by, service(folder, "es-ley").checked_by) == ("Blue Heron", "Owl")
    assert {line.who for line in change_log.read(folder)} == {"Blue Heron", "Owl"}
