"""`quietline key`: a new master key, or what engines get in its place."""

import secrets

from bot.crypto.vault import Vault, as_text, read_key_file
from bot.settings import Settings


def new_master_key() -> str:
    """Return a new master key, as its file holds it."""
    return as_text(secrets.token_bytes(32))


def engines_key(settings: Settings) -> str:
    """Return the key of the engines, as its file holds it. Raises BadKeyFile."""
    return as_text(Vault(read_key_file(settings.key_file)).for_engine())
