"""Checks that the ports of a hotline are free, and says what holds those that are not."""

import errno
import http.client
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress

from bot.settings import Settings
from commands.doctor.check_result import CheckResult, bad


class PortTaken(Exception):
    """A port that the start needs is taken; the text says which, and what to do."""


def demand_ports(settings: Settings) -> None:
    """Raise PortTaken unless every port is free: before minutes of training, not after."""
    asked = wanted(settings)
    found = list(twice(asked)) or [fault for one in asked for fault in taken(*one)]
    if found and is_alive(settings):
        raise PortTaken(
            f"Another hotline serves port {settings.port}: stop it first, or set PORT, DESK_PORT and ENGINE_PORTS to others."
        )
    if found:
        raise PortTaken("\n".join(f"{one.says} {one.do}" for one in found))


def wanted(settings: Settings) -> list[tuple[str, str, int]]:
    """Return setting, host and number of each port."""
    engines = [("ENGINE_PORTS", "127.0.0.1", port) for port in settings.engine_ports]
    web = ("PORT", settings.host, settings.port)
    return [web, ("DESK_PORT", settings.desk_host, settings.desk_port), *engines]


def twice(asked: Sequence[tuple[str, str, int]]) -> Iterator[CheckResult]:
    """Yield a finding if two servers would listen on the same port."""
    if len({port for _, _, port in asked}) < len(asked):
        yield bad("ports", "Two of PORT, DESK_PORT and ENGINE_PORTS are the same.", "Give each a number of its own.")


def taken(name: str, host: str, port: int) -> Iterator[CheckResult]:
    """Yield a finding if the port cannot be bound."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError:
        yield bad("ports", f"{name}: this user may not take port {port}.", "Take one above 1023, behind a front.")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            says, do = f"{name}: another program has port {port}.", f"Stop it (ss -ltnp), or set {name} to another."
        else:
            says, do = (
                f"{name}: this machine can not listen there.",
                "Set HOST to 127.0.0.1, or to an address of its own.",
            )
        yield bad("ports", says, do)


def is_alive(settings: Settings) -> bool:
    """Return whether a hotline serves the port. It may use another run-time folder, so our lock would not show it."""
    connection = http.client.HTTPConnection(near(settings.host), settings.port, timeout=2)
    with closing(connection), suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz")
        return connection.getresponse().read(8) == b"ok\n"
    return False


def near(host: str) -> str:
    """Return the host at which this machine reaches a server that listens on `host`."""
    return "127.0.0.1" if host in ("", "0.0.0.0") else host  # noqa: S104
