"""`quietline doctor` says what is wrong on this machine and in its Redis, and what to do next."""

import asyncio
import gzip
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import redis
from typer.testing import CliRunner

from bot.crypto.vault import make_key_file
from bot.settings import Settings
from commands.doctor import doctor_machine
from commands.doctor.check_result import CheckResult, ok
from commands.doctor.doctor import looked
from commands.doctor.doctor_redis import judged, redis_server
from commands.languages.language_table import drafted
from commands.runtime.free_ports import free_port
from commands.runtime.redis_server import OwnRedis
from commands.runtime.run import only_one
from commands.training.train import fingerprint
from quietline import app
from tests.hotline import Hotline

A_MODEL = gzip.compress(b"all that was learned")


@pytest.fixture
def machine(tmp_path: Path) -> Settings:
    """A machine on which nothing was started yet."""
    ports = {"PORT": str(free_port()), "DESK_PORT": str(free_port()), "ENGINE_PORTS": str(free_port())}
    return Settings.from_env({"QUIETLINE_VAR": str(tmp_path / "var"), **ports})


@pytest.fixture
def admin(own_redis: OwnRedis) -> Iterator["redis.Redis"]:
    with closing(redis.Redis.from_url(own_redis.url)) as client:
        yield client


def said(found: Iterator[CheckResult]) -> list[tuple[str, str]]:
    return [(one.state, one.says) for one in found]


async def test_a_look_that_fails_or_hangs_does_not_stop_the_next(machine: Settings) -> None:
    def fails(_: Settings) -> list[CheckResult]:
        raise RuntimeError("a token: 123:abc")

    async def hangs(_: Settings) -> list[CheckResult]:
        await asyncio.Event().wait()
        return []

    async def works(_: Settings) -> list[CheckResult]:
        return [ok("third", "Well.")]

    found = await looked(machine, [("first", fails), ("second", hangs), ("third", works)], limit=0.1)
    assert [(one.name, one.state) for one in found] == [("first", "bad"), ("second", "bad"), ("third", "ok")]
    assert "RuntimeError" in found[0].says
    assert "123:abc" not in str(found)


def test_free_ports_are_free(machine: Settings) -> None:
    assert said(doctor_machine.ports(machine)) == [
        ("ok", f"Free: {machine.port}, {machine.desk_port}, {machine.engine_ports[0]}.")
    ]


def test_a_port_that_another_program_has_is_named(machine: Settings) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        taken = replace(machine, desk_port=other.getsockname()[1])
        (found,) = doctor_machine.ports(taken)
    assert (found.state, found.says) == ("bad", f"DESK_PORT: another program has port {taken.desk_port}.")
    assert "set DESK_PORT to another" in found.do


def test_an_address_that_is_none_of_this_machine_is_named(machine: Settings) -> None:
    (found,) = doctor_machine.ports(replace(machine, host="192.0.2.1"))
    assert found.says == "PORT: this machine can not listen there."


def test_a_port_that_is_to_serve_twice_is_seen(machine: Settings) -> None:
    (found,) = doctor_machine.ports(replace(machine, desk_port=machine.port))
    assert (found.state, "are the same" in found.says) == ("bad", True)


def test_a_hotline_that_runs_and_does_not_listen_is_seen(machine: Settings) -> None:
    alone = only_one(machine.var)
    with (
        closing(alone),
        closing(socket.create_server(("127.0.0.1", machine.port))),
        closing(socket.create_server(("127.0.0.1", machine.desk_port))),
    ):
        (found,) = doctor_machine.ports(machine)
    assert (found.state, f"nothing listens on port {machine.engine_ports[0]}" in found.says) == ("bad", True)
    assert not doctor_machine.is_running(machine.var)


async def test_engines_that_run_elsewhere_are_asked_and_their_ports_are_not_looked_for_here(
    hotline: Hotline, machine: Settings
) -> None:
    there = replace(machine, port=int(hotline.url.rpartition(":")[2]), engine_urls=("http://127.0.0.1:1",))
    found = await looked(there, [("ports", doctor_machine.ports), ("engines", doctor_machine.engines)])
    assert [one.says for one in found if "ENGINE_PORTS" in one.says] == []
    assert [(one.state, one.says) for one in found if one.name == "engines"] == [
        ("bad", "None answers at http://127.0.0.1:1.")
    ]


async def test_engines_are_not_asked_before_there_is_a_hotline_that_asks_them(machine: Settings) -> None:
    assert await doctor_machine.engines(replace(machine, engine_urls=("http://127.0.0.1:1",))) == []


async def test_a_hotline_is_known_by_its_answer_where_it_runs_from_another_folder(
    hotline: Hotline, machine: Settings
) -> None:
    there = replace(machine, port=int(hotline.url.rpartition(":")[2]))
    found = await looked(there, [("ports", doctor_machine.ports)])
    assert {one.says.partition(": ")[2].partition(", and")[0] for one in found} == {"a hotline runs here"}


@pytest.mark.parametrize(
    ("there", "state", "words"),
    [
        ([], "bad", "There is no model"),
        (["0123456789abcdef"], "warn", "older than the texts"),
        (["0123456789abcdef", "as they are"], "ok", "from the texts as they are now"),
    ],
)
def test_a_model_is_missing_old_or_right(machine: Settings, there: list[str], state: str, words: str) -> None:
    (machine.var / "models").mkdir(parents=True)
    for name in there:
        named = fingerprint() if name == "as they are" else name
        (machine.var / "models" / f"{named}.tar.gz").write_bytes(A_MODEL)
    (found,) = doctor_machine.model(machine)
    assert (found.state, words in found.says) == (state, True)


def test_half_of_a_model_is_seen(machine: Settings) -> None:
    (machine.var / "models").mkdir(parents=True)
    (machine.var / "models" / f"{fingerprint()}.tar.gz").write_bytes(A_MODEL[:-1])
    (found,) = doctor_machine.model(machine)
    assert (found.state, found.says) == ("bad", "The file of the model is damaged.")


def test_what_stewards_have_to_check_is_counted_for_the_country_that_is_served(machine: Settings) -> None:
    compiled, due = doctor_machine.directory(replace(machine, home_country="MX"))
    assert compiled.says == "It is not compiled yet."
    assert due.says.startswith("Services in MX that wait for a steward: ")
    assert due.do == "quietline directory due --country MX"


def test_a_directory_of_older_entries_is_seen(machine: Settings) -> None:
    machine.var.mkdir()
    machine.directory_file.write_bytes(b"")
    assert next(doctor_machine.directory(machine)).do == "quietline directory build"


def test_a_key_of_a_demonstration_that_others_can_read_is_seen(machine: Settings) -> None:
    make_key_file(machine.key_file)
    assert list(doctor_machine.own_key(machine)) == []
    machine.key_file.chmod(0o644)
    assert said(doctor_machine.own_key(machine))[0][0] == "bad"


@pytest.mark.parametrize(
    ("url", "front", "state"),
    [
        ("", "", "warn"),
        ("http://desk.example", "127.0.0.1", "bad"),
        ("https://desk.example", "", "warn"),
        ("https://desk.example", "127.0.0.1", "ok"),
    ],
)
def test_the_way_to_the_desk_has_to_be_private(machine: Settings, url: str, front: str, state: str) -> None:
    named = replace(machine, desk_url=url, desk_front=front)
    assert [one.state for one in doctor_machine.desk(named)] == [state]


def test_a_redis_of_our_own_is_well_before_and_while_it_runs(machine: Settings) -> None:
    assert said(redis_server(machine)) == [("ok", "One of our own starts with the hotline.")]
    own = OwnRedis(machine.var / "redis")
    own.start()
    ((state, says),) = said(redis_server(machine))
    own.stop()
    assert (state, says.startswith("It answers, version ")) == ("ok", True)


def test_a_redis_that_is_away_is_bad(machine: Settings) -> None:
    away = replace(machine, redis_url=f"redis://127.0.0.1:{free_port()}")
    assert said(redis_server(away)) == [("bad", "Redis does not answer.")]


def test_a_redis_that_refuses_our_password_is_bad(machine: Settings, own_redis: OwnRedis, admin: "redis.Redis") -> None:
    admin.config_set("requirepass", "a-word")
    assert said(redis_server(replace(machine, redis_url=own_redis.url))) == [("bad", "Redis refuses our password.")]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("appendonly", "no", "is gone when Redis starts again"),
        ("save", "60 1", "lives on in the snapshot"),
        ("maxmemory", "0", "killed for its memory"),
        ("maxmemory-policy", "allkeys-lru", "drops talks when memory is short"),
    ],
)
def test_a_redis_that_forgets_or_copies_is_seen(
    machine: Settings, own_redis: OwnRedis, admin: "redis.Redis", name: str, value: str, words: str
) -> None:
    admin.config_set(name, value)
    there = replace(machine, redis_url=own_redis.url)
    ((state, says),) = said(redis_server(there))
    assert (state, says.startswith(f"{name} is '{value}'"), words in says) == ("warn", True, True)
    assert {one.state for one in redis_server(replace(there, production=True))} == {"bad"}


def test_only_in_production_a_second_must_not_be_lost(machine: Settings, own_redis: OwnRedis) -> None:
    there = replace(machine, redis_url=own_redis.url)
    assert [one.state for one in redis_server(there)] == ["ok"]
    ((state, says),) = said(redis_server(replace(there, production=True)))
    assert (state, "a power cut loses a second" in says) == ("bad", True)


def test_a_redis_that_does_not_let_us_look_is_said_to(
    machine: Settings, own_redis: OwnRedis, admin: "redis.Redis"
) -> None:
    admin.acl_setuser("doctor", enabled=True, passwords=["+a-word"], keys=["*"], commands=["+@all", "-config"])
    url = own_redis.url.replace("unix://", "unix://doctor:a-word@")
    assert said(redis_server(replace(machine, redis_url=url))) == [
        ("warn", "Redis does not let us see how it is set up.")
    ]


@pytest.mark.parametrize(
    ("about", "state", "words"),
    [
        ({"redis_version": "6.0.16"}, "bad", "Redis 6.0.16 is too old"),
        ({"redis_version": "7.2", "aof_last_write_status": "err"}, "bad", "can not write"),
        ({"redis_version": "7.2", "aof_last_bgrewrite_status": "err"}, "bad", "could not rewrite"),
        ({"redis_version": "10.0", "maxmemory": 100, "used_memory": 90}, "warn", "most of its memory"),
        ({"redis_version": "6.2.19", "maxmemory": 100, "used_memory": 50}, "ok", "version 6.2.19"),
    ],
)
def test_what_redis_says_of_itself_is_judged(
    machine: Settings, about: dict[str, object], state: str, words: str
) -> None:
    (found,) = judged(machine, about, {})
    assert (found.state, words in found.says) == (state, True)


@pytest.mark.long
def test_the_command_shows_all_and_ends_with_one_while_something_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    env = {"ACCEPT_DRAFTED": "", "PORT": str(free_port()), "DESK_PORT": str(free_port())}
    env |= {"ENGINE_PORTS": str(free_port())}
    (tmp_path / "var" / "models").mkdir(parents=True)
    (tmp_path / "var" / "models" / f"{fingerprint()}.tar.gz").write_bytes(A_MODEL)
    wrong = CliRunner().invoke(app, ["doctor"], env=env)
    right = CliRunner().invoke(app, ["doctor"], env=env | {"ACCEPT_DRAFTED": ",".join(drafted())})
    assert (wrong.exit_code, right.exit_code) == (1, 0)
    assert "bad   languages" in wrong.stdout
    assert "1 wrong, " in wrong.stdout
    assert "Nothing is wrong; " in right.stdout
