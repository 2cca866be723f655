"""The key check of `quietline doctor`: how far a change of the master key has come."""

from collections.abc import AsyncIterator

from bot.settings import Settings
from bot.storage.store import Store, StoreAway
from commands.doctor.check_result import CheckResult, ok, warn
from commands.runtime.composition import open_vault
from commands.runtime.redis_server import url_of
from desk import key_rotation


async def change_of_key(settings: Settings) -> list[CheckResult]:
    """Check whether anything still needs the master key of before, if one is named."""
    return [found async for found in _change(settings)] if settings.old_key_file else []


async def _change(settings: Settings) -> AsyncIterator[CheckResult]:
    store = Store.connect(url_of(settings), open_vault(settings))
    try:
        left = await key_rotation.left(store)
    except StoreAway:
        return  # the Redis check reports it
    finally:
        await store.close()
    if left:
        says = f"Accounts, shifts, settings and duties that only the master key of before opens: {left}."
        do = "The gateway seals the first three anew within a minute of its start; duties to delete a copy end in two days."
        yield warn("change of key", says, do)
    else:
        says = "Nothing needs the master key of before any more but what lives, for two days after the change."
        yield ok("change of key", f"{says} Then take HOTLINE_OLD_KEY_FILE away, and destroy that file.")
