"""Whether the ports that a hotline listens on can be had, and by whom they are taken."""

import errno
import http.client
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress

from bot.settings import Settings
from commands.doctor.check_result import CheckResult, bad


class PortTaken(Exception):
    """A start would end for want of a port; the text says of which, and what to do."""


def demand_ports(settings: Settings) -> None:
    """Let a start go on only where each port is free: raises PortTaken at once, not after minutes of training."""
    asked = wanted(settings)
    found = list(twice(asked)) or [fault for one in asked for fault in taken(*one)]
    if found and is_alive(settings):
        raise PortTaken(
            f"Another hotline serves port {settings.port}: stop it first, or set PORT, DESK_PORT and ENGINE_PORTS to others."
        )
    if found:
        raise PortTaken("\n".join(f"{one.says} {one.do}" for one in found))


def wanted(settings: Settings) -> list[tuple[str, str, int]]:
    """Name of the setting, host and number of each port."""
    engines = [("ENGINE_PORTS", "127.0.0.1", port) for port in settings.engine_ports]
    web = ("PORT", settings.host, settings.port)
    return [web, ("DESK_PORT", settings.desk_host, settings.desk_port), *engines]


def twice(asked: Sequence[tuple[str, str, int]]) -> Iterator[CheckResult]:
    """Yield a finding where two parts would listen on one port."""
    if len({port for _, _, port in asked}) < len(asked):
        yield bad("ports", "Two of PORT, DESK_PORT and ENGINE_PORTS are the same.", "Give each a number of its own.")


def taken(name: str, host: str, port: int) -> Iterator[CheckResult]:
    """Yield a finding where the port can not be had."""
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
    """Ask the port itself: a hotline that runs with other run-time files holds no folder of ours."""
    connection = http.client.HTTPConnection(near(settings.host), settings.port, timeout=2)
    with closing(connection), suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz")
        return connection.getresponse().read(8) == b"ok\n"
    return False


def near(host: str) -> str:
    """Where a server that listens on this host is reached from this machine."""
    return "127.0.0.1" if host in ("", "0.0.0.0") else host  # noqa: S104
