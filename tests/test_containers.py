"""docker-compose.yml as docker-compose reads it: who can be reached, who can go out, and what a broken-in part could do."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PARTS = ("front", "gateway", "engine-one", "engine-two", "directory", "redis", "memory")
LASTING = tuple(part for part in PARTS if part != "directory")


@pytest.fixture(scope="module")
def composed() -> dict[str, Any]:
    """The whole file, with what its short forms stand for."""
    assert shutil.which("docker-compose"), "apt-get install docker-compose"
    command = ["docker-compose", "--env-file", os.devnull, "config", "--format", "json"]
    done = subprocess.run(
        command, cwd=ROOT, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False
    )
    # A warning is a variable that nobody set, or a word that a newer version will refuse.
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def networks(composed: dict[str, Any], part: str) -> set[str]:
    return set(composed["services"][part].get("networks", {}))


def test_these_parts_are_run_and_no_other(composed: dict[str, Any]) -> None:
    assert set(composed["services"]) == set(PARTS)


def test_people_reach_the_front_only_and_the_desk_is_on_a_private_address(composed: dict[str, Any]) -> None:
    open_to = {
        (part, port.get("host_ip", "everybody"), port["published"])
        for part, service in composed["services"].items()
        for port in service.get("ports", [])
    }
    assert open_to == {
        ("front", "everybody", "80"),
        ("front", "everybody", "443"),
        ("gateway", "127.0.0.1", "8081"),
    }


def test_only_the_gateway_and_the_front_are_on_a_network_that_leads_out(composed: dict[str, Any]) -> None:
    outside = {name for name, network in composed["networks"].items() if not network.get("internal")}
    assert {part: networks(composed, part) & outside for part in PARTS if networks(composed, part) & outside} == {
        "front": {"world"},
        "gateway": {"out"},
    }
    assert composed["services"]["directory"]["network_mode"] == "none"


@pytest.mark.parametrize("engine", ["one", "two"])
def test_an_engine_listens_where_nobody_is_but_the_gateway(composed: dict[str, Any], engine: str) -> None:
    network, service = f"engine_{engine}", composed["services"][f"engine-{engine}"]
    assert {part for part in PARTS if network in networks(composed, part)} == {"gateway", f"engine-{engine}"}
    # The name that it listens on is one of that network alone.
    assert service["environment"]["ENGINE_HOST"] in service["networks"][network]["aliases"]
    assert [name for name, given in service["networks"].items() if name != network and given] == []
    assert f"http://{engine}:5005" in composed["services"]["gateway"]["environment"]["ENGINE_URLS"]


def test_the_desk_listens_where_no_other_part_is(composed: dict[str, Any]) -> None:
    gateway = composed["services"]["gateway"]
    assert gateway["environment"]["DESK_HOST"] in gateway["networks"]["out"]["aliases"]
    assert {part for part in PARTS if "out" in networks(composed, part)} == {"gateway"}


def test_the_front_meets_the_gateway_only(composed: dict[str, Any]) -> None:
    assert {part for part in PARTS if networks(composed, part) & networks(composed, "front")} == {"front", "gateway"}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_was_broken_into_has_little_to_work_with(composed: dict[str, Any], part: str) -> None:
    service = composed["services"][part]
    assert service["read_only"]
    assert service["user"] == "10001:10001"
    assert service["cap_drop"] == ["ALL"] and not service.get("cap_add") and not service.get("privileged")
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
    assert [mount for mount in service.get("volumes", []) if mount["type"] != "volume"] == []


@pytest.mark.parametrize("part", PARTS)
def test_a_thief_of_disks_finds_no_memory_of_a_part_in_a_core_dump_or_in_swap(
    composed: dict[str, Any], part: str
) -> None:
    service = composed["services"][part]
    assert service["ulimits"] == {"core": 1}
    assert service["memswap_limit"] == service["deploy"]["resources"]["limits"]["memory"]


@pytest.mark.parametrize("part", LASTING)
def test_a_part_that_ends_is_started_again_and_is_asked_how_it_is(composed: dict[str, Any], part: str) -> None:
    service = composed["services"][part]
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"]


@pytest.mark.parametrize("part", ["gateway", "engine-one", "engine-two"])
def test_a_part_that_starts_slowly_on_a_busy_machine_is_not_called_unhealthy(
    composed: dict[str, Any], part: str
) -> None:
    # Two minutes were too short for an engine on two cores with much other work.
    assert composed["services"][part]["healthcheck"]["start_period"] == "5m0s"


def test_secrets_come_as_files_and_only_to_those_who_need_them(composed: dict[str, Any]) -> None:
    given = {
        part: {secret["source"] for secret in service.get("secrets", [])}
        for part, service in composed["services"].items()
    }
    assert given["engine-one"] == given["engine-two"] == {"engine_key", "redis_engine_password"}
    assert (given["front"], given["directory"], given["memory"]) == (set(), set(), set())
    assert given["redis"] == {"redis_password", "redis_engine_password"}
    assert all(secret["file"].startswith(f"{ROOT}/secrets/") for secret in composed["secrets"].values())
    settings = [
        setting for service in composed["services"].values() for setting in service.get("environment", {}).items()
    ]
    assert [name for name, value in settings if value and re.search(r"(TOKEN|PASSWORD|SECRET|KEY)$", name)] == []


def test_weak_settings_are_refused_where_nobody_said_that_it_is_a_demonstration(composed: dict[str, Any]) -> None:
    assert composed["services"]["gateway"]["environment"]["QUIETLINE_ENV"] == "production"


def test_redis_writes_each_change_to_the_disk_and_keeps_no_snapshot() -> None:
    lines = (ROOT / "deploy" / "redis.conf").read_text().splitlines()
    assert {"appendonly yes", "appendfsync always", 'save ""', "dir /data"} <= set(lines)


def test_redis_refuses_what_is_new_long_before_it_is_killed_for_its_memory(composed: dict[str, Any]) -> None:
    lines = (ROOT / "deploy" / "redis.conf").read_text().splitlines()
    (most,) = [
        int(line.removeprefix("maxmemory ").removesuffix("mb")) << 20 for line in lines if line[:10] == "maxmemory "
    ]
    allowed = int(composed["services"]["redis"]["deploy"]["resources"]["limits"]["memory"])
    assert 0.5 < most / allowed <= 0.6
    assert "maxmemory-policy noeviction" in lines


def test_nothing_is_built_in_but_what_is_named() -> None:
    first, *others = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    assert first == "*"
    assert [line for line in others if re.search(r"secret|\.env|var|git|tests", line)] == []
