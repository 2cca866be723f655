"""Fetches a public page: bounded in time, size and redirects, and from no address that is not of the public internet.

The addresses come from files that anybody can have written a link into, and this machine reaches places that others do not.
"""

import asyncio
import codecs
import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import aiohttp

_AGENT = "directory-check/1.0"
_LARGEST = 2_000_000  # bytes, unpacked
_SECONDS = 20.0  # for one answer
_REDIRECTS = 3
_PAUSE = 2.0  # seconds between two requests to one host
_PORTS = (80, 443)
# Python knows others too, and takes minutes to read a large page that says it is "punycode".
_CHARSETS = re.compile(
    r"ascii|utf-(8|8-sig|16|16-le|16-be)|(iso8859|koi8|mac)-\w+|cp\d+|tis-620|(gb|big5|shift_jis|euc_|iso2022_)\w*"
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Global by their form, though each network has its own: what a host of Azure gives its machines, and the site-local addresses
# of before, which some networks still use.
_NOT_PUBLIC = (ipaddress.ip_network("168.63.129.16/32"), ipaddress.ip_network("fec0::/10"))


class NotPublic(OSError):
    """An address that leads to no public place; the text is a fixed word."""


@dataclass(frozen=True)
class FetchedPage:
    """What a server said in the end."""

    status: int
    text: str = ""
    readable: bool = True  # False: no text, or it wants no machine to read it


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet, whatever it is wrapped in."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        wrapped = ipaddress.IPv4Address(found.packed[-4:]) if found in _NAT64 else found.ipv4_mapped or found.sixtofour
        found = wrapped or found
    if any(found in network for network in _NOT_PUBLIC):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


@dataclass
class PageFetcher:
    """Fetches pages one after another. `allowed`, `ports` and `pause` differ only in tests."""

    allowed: Callable[[str], bool] = is_public
    ports: tuple[int, ...] = _PORTS
    pause: float = _PAUSE
    _last: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _refused: bool = False

    async def fetch(self, url: str) -> FetchedPage:
        """Return what stands at an address; raises NotPublic, OSError, TimeoutError, ValueError or aiohttp.ClientError."""
        self._refused = False
        # What is asked here is the address that the socket would go to: no name, redirect or spelling leads past it.
        connector = aiohttp.TCPConnector(socket_factory=self._socket, use_dns_cache=False, limit=1)
        limit = aiohttp.ClientTimeout(total=_SECONDS)
        async with aiohttp.ClientSession(
            connector=connector, timeout=limit, cookie_jar=aiohttp.DummyCookieJar(), headers={"User-Agent": _AGENT}
        ) as session:
            try:
                if not await self._may_read(session, self._checked(url)):
                    return FetchedPage(200, readable=False)
                return await self._follow(session, url, _REDIRECTS)
            except aiohttp.ClientConnectorError:
                if self._refused:
                    raise NotPublic("not_public") from None
                raise

    def _checked(self, url: str) -> str:
        """Return an address that may be asked; raises NotPublic, or ValueError where it is none."""
        parts = urlsplit(url)
        default = {"http": 80, "https": 443}.get(parts.scheme)
        if default is None or parts.username is not None or (parts.port or default) not in self.ports:
            raise NotPublic("not_public")
        return url

    def _socket(self, address: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, (host, port, *_) = address
        if port not in self.ports or not self.allowed(str(host)):
            self._refused = True
            raise NotPublic("not_public")
        return socket.socket(family, kind, protocol)

    async def _follow(self, session: aiohttp.ClientSession, url: str, most: int) -> FetchedPage:
        for _ in range(most + 1):
            await self._wait(urlsplit(self._checked(url)).netloc)
            async with session.get(url, allow_redirects=False) as response:
                onward = response.headers.get("Location", "")
                if not (300 <= response.status < 400 and onward):
                    return await _read(response)
            url = urljoin(url, onward)
        raise aiohttp.ClientError("redirects")

    async def _may_read(self, session: aiohttp.ClientSession, url: str) -> bool:
        site = urljoin(url, "/")
        if site not in self._robots:
            rules = RobotFileParser()
            rules.parse([])
            found = await self._follow(session, urljoin(url, "/robots.txt"), 1)
            if found.status == 200 and found.readable:
                rules.parse(found.text.splitlines())
            self._robots[site] = rules
        return self._robots[site].can_fetch(_AGENT, url)

    async def _wait(self, host: str) -> None:
        now = monotonic()
        await asyncio.sleep(max(0.0, self._last.get(host, now - self.pause) + self.pause - now))
        self._last[host] = monotonic()


async def _read(response: aiohttp.ClientResponse) -> FetchedPage:
    kind = response.content_type
    if not (kind.startswith("text/") or kind == "application/xhtml+xml"):
        return FetchedPage(response.status, readable=False)
    content = bytearray()
    async for part in response.content.iter_chunked(65_536):
        content += part
        if len(content) > _LARGEST:
            return FetchedPage(response.status, readable=False)
    return FetchedPage(response.status, content.decode(_charset(response.charset or "utf-8"), "replace"))


def _charset(named: str) -> str:
    """Return the charset to read a page by: the one that it names, if pages are written in it."""
    try:
        return named if _CHARSETS.fullmatch(codecs.lookup(named).name) else "utf-8"
    except LookupError:
        return "utf-8"
