"""Sealed pieces open for one conversation and one purpose, and for nothing else."""

import base64
import json
import os
from pathlib import Path

import pytest

from bot.crypto.vault import BadKeyFile, Seal, SealBroken, Vault, make_key_file, read_key_file
from tests.every import every

MASTER = bytes(range(32))


@pytest.fixture
def vault() -> Vault:
    return Vault(MASTER)


def test_what_was_sealed_opens(vault: Vault) -> None:
    wrapped, seal = vault.new_key("a")
    assert vault.unwrap("a", wrapped).open(seal.seal(b"text", "line"), "line") == b"text"


def test_a_sealed_piece_cannot_be_moved_to_another_purpose(vault: Vault) -> None:
    _, seal = vault.new_key("a")
    with pytest.raises(SealBroken):
        seal.open(seal.seal(b"text", "line"), "address")


def test_a_sealed_piece_cannot_be_moved_to_another_conversation(vault: Vault) -> None:
    key = os.urandom(32)
    with pytest.raises(SealBroken):
        Seal(key, "b").open(Seal(key, "a").seal(b"text", "line"), "line")


def test_a_wrapped_key_cannot_be_moved_to_another_conversation(vault: Vault) -> None:
    wrapped, _ = vault.new_key("a")
    with pytest.raises(SealBroken):
        vault.unwrap("b", wrapped)


def test_another_master_key_opens_nothing(vault: Vault) -> None:
    wrapped, _ = vault.new_key("a")
    with pytest.raises(SealBroken):
        Vault(bytes(32)).unwrap("a", wrapped)


@pytest.mark.parametrize("sealed", [b"", b"short", b"0" * 12, b"0" * 28, b"0" * 100])
def test_bytes_that_were_never_sealed_do_not_open(vault: Vault, sealed: bytes) -> None:
    _, seal = vault.new_key("a")
    with pytest.raises(SealBroken):
        seal.open(sealed, "line")
    with pytest.raises(SealBroken):
        vault.unwrap("a", sealed)


@pytest.mark.parametrize("at", [0, 11, 12, 20, -1])
def test_one_changed_byte_is_noticed(vault: Vault, at: int) -> None:
    _, seal = vault.new_key("a")
    sealed = bytearray(seal.seal(b"some longer text", "line"))
    sealed[at] ^= 1
    with pytest.raises(SealBroken):
        seal.open(bytes(sealed), "line")


def test_the_same_text_sealed_twice_looks_different(vault: Vault) -> None:
    _, seal = vault.new_key("a")
    assert seal.seal(b"text", "line") != seal.seal(b"text", "line")


def test_who_sees_what_is_sealed_does_not_tell_a_yes_from_a_sentence(vault: Vault) -> None:
    _, seal = vault.new_key("a")
    said = [
        seal.seal_words({"text": text}, "line")
        for text in ("yes", "no", "he has my passport and he is in the next room")
    ]
    assert len({len(sealed) for sealed in said}) == 1
    assert json.loads(seal.open(said[0], "line")) == {"text": "yes"}


def test_each_conversation_has_a_key_of_its_own(vault: Vault) -> None:
    (first, _), (second, _) = vault.new_key("a"), vault.new_key("a")
    assert first[12:] != second[12:]


def test_tokens_of_different_purposes_differ_and_are_the_same_in_every_process(vault: Vault) -> None:
    assert vault.token("engine") == Vault(MASTER).token("engine")
    assert vault.token("engine") != vault.token("desk")
    assert vault.token("engine") != Vault(bytes(32)).token("engine")
    assert MASTER.hex() not in vault.token("engine")


def test_an_error_of_a_seal_tells_nothing_of_the_text(vault: Vault) -> None:
    _, seal = vault.new_key("a")
    with pytest.raises(SealBroken) as broken:
        seal.open(seal.seal(b"marked text", "line"), "address")
    assert "marked" not in repr(broken.value)


@every("size", [0, 16, 31, 33])
def test_a_master_key_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(BadKeyFile):
        Vault(bytes(size))


def test_a_key_file_is_made_for_its_owner_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "var" / "master.key"
    make_key_file(path)
    first = read_key_file(path)
    make_key_file(path)
    assert read_key_file(path) == first
    assert len(first) == 32
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    make_key_file(path)
    path.chmod(0o640)
    with pytest.raises(BadKeyFile, match="chmod 600"):
        read_key_file(path)


@pytest.mark.parametrize("content", [b"", b"not a key", base64.b64encode(bytes(16)), b"\xff\xfe" * 20])
def test_a_key_file_without_a_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(BadKeyFile, match="32 bytes in base64"):
        read_key_file(path)


def test_a_missing_key_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadKeyFile, match="HOTLINE_KEY_FILE"):
        read_key_file(tmp_path / "nowhere")
