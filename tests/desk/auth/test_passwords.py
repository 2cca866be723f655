"""Passwords: long, not the commonest, and kept so that they can not be read."""

import pytest

from desk.auth.passwords import LONGEST, Passwords
from desk.web.refusals import Refused
from tests.every import every


@pytest.mark.long
async def test_a_password_is_known_again_and_another_is_not() -> None:
    passwords = Passwords()
    kept = await passwords.hashed("seven quiet lamps")

    assert await passwords.match(kept, "seven quiet lamps")
    assert not await passwords.match(kept, "seven quiet lamp")
    assert not await passwords.match(kept, "")


async def test_a_password_is_kept_with_the_slow_parameters_that_we_state() -> None:
    assert (await Passwords().hashed("seven quiet lamps")).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@every(
    ("password", "why"),
    [
        ("Xk3$vq9!pzL", "too_short"),
        ("passwordpassword", "too_common"),
        ("Password1234!", "too_common"),
        ("qwertyuiopas", "too_common"),
        ("123456789012", "too_common"),
        ("aaaaaaaaaaaaaaaa", "too_common"),
        ("blueheron123", "too_common"),
        ("quietline2026", "too_common"),
        ("ab1 " * 40, "too_long"),
    ],
)
async def test_a_password_that_is_guessed_first_is_refused(password: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        await Passwords().hashed(password, ["Blue Heron"])


async def test_the_same_letters_from_another_keyboard_are_the_same_password() -> None:
    passwords = Passwords()
    kept = await passwords.hashed("caf\u00e9 lampe verte")

    assert await passwords.match(kept, "cafe\u0301 lampe verte")


@pytest.mark.long
@every("password", ["x" * (LONGEST + 1), "\ud800" * 20, "\x00" * 20])
async def test_strange_input_matches_nothing_and_breaks_nothing(password: str) -> None:
    passwords = Passwords()

    assert not await passwords.match(await passwords.hashed("seven quiet lamps"), password)


@every("kept", ["", "$argon2id$broken", "plain"])
async def test_nothing_matches_a_hash_that_is_none(kept: str) -> None:
    assert not await Passwords().match(kept, "seven quiet lamps")
