"""`quietline metrics`: prints the metrics of the hotline on this machine in the Prometheus format."""

import sys
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from bot.crypto.vault import Vault, read_key_file
from bot.settings import Settings
from channels.local_only import bearer


class NoCounts(Exception):
    """The metrics could not be read; the text says why."""


def scrape(settings: Settings) -> None:
    """Print the metrics. Raises BadKeyFile, or NoCounts with a sentence."""
    key = bearer(Vault(read_key_file(settings.key_file)))
    request = Request(f"http://127.0.0.1:{settings.port}/metrics", headers={"Authorization": key})
    try:
        # Never through a proxy from the environment: it could read the key.
        with build_opener(ProxyHandler({})).open(request, timeout=5) as answer:
            sys.stdout.write(answer.read().decode())
    except HTTPError:
        raise NoCounts(f"Port {settings.port} gives no counts: is that this hotline, with this master key?") from None
    except OSError:
        raise NoCounts(f"Nothing answers on port {settings.port} of this machine: is the hotline running?") from None
