"""What an operator finds and gives is what the bot would have found and given."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.policy.scene import Scene
from actions.referral import directory_client
from actions.referral.directory_client import Source
from actions.referral.service_replies import service as as_the_bot_says
from bot.conversation.record import Record
from bot.engine.turn import Turn
from bot.phrases.phrases import Phrasebook
from bot.reporting import complaints
from bot.settings import Settings
from bot.storage.store import Store
from desk.console.directory_results import ResultReader
from desk.console.directory_search import CHOICES, SearchWishes, place_of, search
from desk.web.page_templates import rendering
from resources_directory.search.finder import Finder
from tests.actions.stage import BOOK
from tests.every import every
from tests.resources_directory import small
from tests.resources_directory.small import HOUSTON, NOW, query, service

LAWYER = "find_legal_aid"
TEXAN = ResultReader("es", "web", "US")


@dataclass(frozen=True)
class Searched:
    store: Store
    settings: Settings
    directory_file: Path
    book: Phrasebook = BOOK
    clock: Callable[[], float] = NOW.timestamp


@pytest.fixture
def services(store: Store, settings: Settings, tmp_path: Path) -> Searched:
    return Searched(store, settings, tmp_path / "directory.sqlite")


@pytest.fixture(autouse=True)
def bot_looks_nowhere() -> Iterator[None]:
    yield
    directory_client.use(None)


def compiled(services: Searched, *entries: dict[str, Any]) -> None:
    small.compiled(services.directory_file, small.entries(*entries))


@pytest.mark.parametrize(("locale", "channel"), [("es", "web"), ("ar", "telegram"), ("tl", "sms"), ("en", "sms")])
async def test_a_service_is_given_word_for_word_as_the_bot_gives_it(
    services: Searched, locale: str, channel: str
) -> None:
    compiled(services, service("Lamp Law", before_you_call=["know_appointment"], languages=["es", "vi"], cost="free"))
    bots = Finder(services.directory_file)
    directory_client.use(Source(bots, now=lambda: NOW))
    scene = Scene(Turn("c", "t", "", locale, channel), LAWYER, (), (), CollectingDispatcher())

    found = await search(services, LAWYER, "Houston", ResultReader(locale, channel))

    (given,) = bots.find(query(locale=locale), NOW).services
    assert found.services[0].reply.arguments == as_the_bot_says(scene, given, [])
    assert found.services[0].reply.say == "utter_service"
    assert found.services[0].said == BOOK.render("utter_service", as_the_bot_says(scene, given, []), locale, channel)


async def test_the_operator_reads_in_english_what_the_person_reads_in_theirs(services: Searched) -> None:
    compiled(services, service("Lamp Law", cost="free"))
    (found,) = (await search(services, LAWYER, "Houston", TEXAN)).services
    assert "The help is free." in found.english
    assert "The help is free." not in found.said


async def test_lines_of_the_country_stand_below_and_are_given_as_the_bot_gives_them(services: Searched) -> None:
    compiled(services, service("Lamp Law"), service("Night Line", kinds=["trafficking"], locations=[], service_area={}))
    answer = await search(services, LAWYER, "Houston", TEXAN)
    (line,) = Finder(services.directory_file).directory().lines("US")
    assert [(found.national, found.reply.arguments) for found in answer.lines] == [
        (True, {"line": line.reply("es", "US")})
    ]
    assert answer.one(line.id) == answer.lines[0]
    assert answer.one("us-nobody") is None


async def test_who_is_afraid_of_the_police_is_not_sent_there_by_an_operator_either(services: Searched) -> None:
    compiled(services, service("Station", before_you_call=["line_warn_police"]), service("Lamp Law"))
    afraid = Record(
        marks=[{"indicator": "threat_authorities", "who": "self", "when": "now", "how": "said", "quote": ""}]
    )
    found = await search(services, LAWYER, "Houston", TEXAN, SearchWishes.of(afraid))
    assert [one.name for one in found.services] == ["Lamp Law"]


async def test_what_does_not_fit_the_person_is_not_offered(services: Searched) -> None:
    compiled(services, service("Women Only", eligibility={"genders": ["female"]}), service("Lamp Law"))
    found = await search(services, LAWYER, "Houston", TEXAN, SearchWishes.of(Record(holds=["men"])))
    assert [one.name for one in found.services] == ["Lamp Law"]


async def test_what_did_not_work_for_this_person_or_for_others_is_not_offered(services: Searched) -> None:
    compiled(services, service("Mine"), service("Theirs"), service("Lamp Law"))
    await complaints.suspend(services.store, "us-theirs", NOW.timestamp())
    found = await search(services, LAWYER, "Houston", TEXAN, SearchWishes.of(Record(complained=["us-mine"])))
    assert [one.name for one in found.services] == ["Lamp Law"]


async def test_a_child_is_looked_for_as_a_child() -> None:
    assert SearchWishes.of(Record(minor=True)).ages == (0, 17)
    assert SearchWishes.of(Record(minor=False)).ages == (18, 120)
    assert SearchWishes.of(Record(minor=False, about="other")).ages is None


async def test_of_two_towns_of_one_name_it_says_which_and_names_the_other(services: Searched) -> None:
    compiled(services, service("Lamp Law"))
    assert (await search(services, LAWYER, "Paris, Texas", TEXAN)).near == "Paris, Texas"
    answer = await search(services, LAWYER, "Springfield", ResultReader())
    assert answer.near.startswith("Springfield, ")
    assert all(other.startswith("Springfield, ") for other in answer.others)
    assert answer.others


async def test_an_unknown_place_finds_nothing_and_says_so_by_naming_none(services: Searched) -> None:
    compiled(services, service("Lamp Law"))
    answer = await search(services, LAWYER, "qqqqqq xxxxxx", TEXAN)
    assert (answer.near, answer.services, answer.lines) == ("", (), ())


async def test_without_a_place_it_looks_in_the_country_of_the_person(services: Searched) -> None:
    compiled(services, service("Night Line", kinds=["crisis"], locations=[], service_area={}))
    answer = await search(services, "find_hotline", "", TEXAN)
    assert (answer.near, [one.name for one in answer.lines]) == ("United States", ["Night Line"])


@pytest.mark.long
async def test_without_a_compiled_directory_the_national_lines_are_still_there(services: Searched) -> None:
    answer = await search(services, LAWYER, "Houston", TEXAN)
    assert answer.services == ()
    assert {line.national for line in answer.lines} == {True}


async def test_the_place_that_the_person_named_is_filled_in(services: Searched) -> None:
    compiled(services, service("Lamp Law"))
    assert place_of(services, Record(place=HOUSTON.id)) == "Houston, Texas"
    assert place_of(services, Record()) == ""


@every("page", ["console/words.html", "directory_words.html"])
@every("need", CHOICES)
def test_every_need_that_can_be_chosen_has_words(page: str, need: str) -> None:
    assert rendering().get_template(page).make_module().__dict__["need"](need).strip() not in ("", need)
