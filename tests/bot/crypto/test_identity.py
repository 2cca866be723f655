"""Look-up keys find a person without naming one."""

import hashlib

from bot.crypto.identity import address_key, message_key, new_id
from tests.every import every

PEPPER = b"p" * 32


def test_ids_are_128_random_bits() -> None:
    ids = {new_id() for _ in range(1_000)}
    assert len(ids) == 1_000
    assert {len(id_) for id_ in ids} == {32}


def test_the_same_address_has_the_same_key_and_another_pepper_another() -> None:
    assert address_key("sms", "+1", PEPPER) == address_key("sms", "+1", PEPPER)
    assert address_key("sms", "+1", PEPPER) != address_key("sms", "+1", b"q" * 32)


@every(
    ("one", "other"),
    [
        (("sms", "+1"), ("telegram", "+1")),
        (("sms", "+1"), ("sms", "+2")),
        (("a", "bc"), ("ab", "c")),
        (("", "a"), ("a", "")),
    ],
)
def test_different_people_have_different_keys(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert address_key(*one, PEPPER) != address_key(*other, PEPPER)


def test_an_address_and_a_message_id_that_read_the_same_do_not_meet() -> None:
    assert address_key("sms", "1", PEPPER) != message_key("sms", "1", PEPPER)


def test_a_key_is_no_plain_hash_of_the_address() -> None:
    plain = {hashlib.new(name, b"+15551234567").hexdigest()[:32] for name in ("md5", "sha1", "sha256", "sha512")}
    assert address_key("sms", "+15551234567", PEPPER) not in plain


def test_an_address_of_broken_letters_has_a_key_too() -> None:
    assert len(address_key("web", "\ud800\0", PEPPER)) == 32
