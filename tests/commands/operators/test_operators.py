"""`quietline operators`, as an administrator types it."""

import asyncio
from collections.abc import Awaitable, Callable

import pyotp
import pytest
from typer.testing import CliRunner, Result

from bot.settings import Settings
from bot.storage.store import Store
from commands.runtime.composition import open_vault
from desk.accounts import Accounts
from desk.admin.audit_log import CONSOLE
from desk.auth.invitations import Acceptance
from quietline import app

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings) -> Run:
    env = {"QUIETLINE_VAR": str(settings.var), "REDIS_URL": settings.redis_url, "DESK_URL": "https://desk.example"}

    def run(*words: str, **more: str) -> Result:
        return CliRunner().invoke(app, ["operators", *words], env=env | more)

    return run


def at_desk(settings: Settings, act: Callable[[Accounts], Awaitable[object]]) -> None:
    async def body() -> None:
        store = Store.connect(settings.redis_url, open_vault(settings))
        await act(Accounts.build(store))
        await store.close()

    asyncio.run(body())


def test_an_invitation_prints_the_link_alone_and_the_link_is_good(run: Run, settings: Settings) -> None:
    added = run("add", "Blue Heron", "--role", "supervisor", "--role", "operator")
    link = added.stdout.strip()

    async def accepts(desk: Accounts) -> None:
        token = link.removeprefix("https://desk.example/invitation/")
        secret = (await desk.invitations.look(token)).secret
        await desk.invitations.accept(token, Acceptance("Blue Heron", "seven quiet lamps", pyotp.TOTP(secret).now()))

    at_desk(settings, accepts)
    assert added.exit_code == 0
    assert "24 hours" in added.stderr
    assert run("list").stdout == "Blue Heron  active    supervisor, operator  never signed in\n"


def test_without_a_role_it_is_an_operator(run: Run) -> None:
    run("add", "Blue Heron")

    assert run("list").stdout == "Blue Heron  invited   operator  never signed in\n"


def test_who_is_disabled_is_shown_so(run: Run) -> None:
    run("add", "Blue Heron")

    assert run("disable", "blue heron").stdout == "Blue Heron is shut out, and signed out everywhere.\n"
    assert "disabled" in run("list").stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "me@home.example"], "is not an e-mail address"),
        (["add", "Blue Heron", "--role", "boss"], "There is no role boss: choose of administrator"),
        (["audit", "--noted", "seven"], "its number and sixteen letters"),
        (["disable", "Nobody"], "Nobody at the desk has this name"),
    ],
)
def test_what_is_refused_is_said_in_one_sentence(run: Run, words: list[str], sentence: str) -> None:
    result = run(*words)

    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert sentence in result.stderr


def test_under_another_master_key_the_log_is_not_believed(run: Run, settings: Settings) -> None:
    run("add", "Blue Heron")
    settings.key_file.unlink()

    result = run("audit")
    assert result.exit_code == 1
    assert "BROKEN" in result.stderr


def test_the_log_names_who_did_what_and_is_whole(run: Run) -> None:
    run("add", "Blue Heron")
    run("disable", "Blue Heron")
    result = run("audit")

    assert result.exit_code == 0
    assert [line.split()[3:] for line in result.stdout.splitlines()] == [
        [CONSOLE, "invited", "Blue", "Heron"],
        [CONSOLE, "disabled", "Blue", "Heron"],
    ]
    end = result.stderr.partition("elsewhere: ")[2].strip()
    assert run("audit", "--noted", end).exit_code == 0


def test_a_log_without_the_line_that_was_noted_is_broken(run: Run) -> None:
    run("add", "Blue Heron")
    result = run("audit", "--noted", "7 0123456789abcdef")

    assert result.exit_code == 1
    assert "line 7" in result.stderr


def test_without_redis_a_sentence_says_so(run: Run) -> None:
    result = run("list", REDIS_URL="unix:///nowhere.sock")

    assert result.exit_code == 1
    assert "Redis does not answer" in result.stderr
