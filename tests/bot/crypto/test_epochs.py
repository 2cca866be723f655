"""The keys of the present: shared by gateways, dropped by all of them at once, and nobody else's."""

from pathlib import Path

import pytest

from bot.crypto.epochs import BadEpochFolder, Epochs
from bot.crypto.vault import KeyLost, SealBroken, Vault
from tests.hotline import MASTER


@pytest.fixture
def epochs(tmp_path: Path) -> Epochs:
    return Epochs(tmp_path / "memory")


def test_two_gateways_open_what_each_other_wrapped(epochs: Epochs, tmp_path: Path) -> None:
    one, two = Vault(MASTER, epochs), Vault(MASTER, Epochs(tmp_path / "memory"))
    wrapped, seal = one.new_key("a")
    assert two.unwrap("a", wrapped).open(seal.seal(b"text", "line"), "line") == b"text"


def test_what_one_gateway_drops_no_other_one_remembers(epochs: Epochs, tmp_path: Path) -> None:
    other = Vault(MASTER, Epochs(tmp_path / "memory"))
    wrapped, _ = other.new_key("a")
    epochs.begin()
    epochs.drop_older()
    with pytest.raises(KeyLost):
        other.unwrap("a", wrapped)


def test_a_key_is_carried_over_once(epochs: Epochs) -> None:
    vault = Vault(MASTER, epochs)
    wrapped, seal = vault.new_key("a")
    assert vault.wrapped_anew("a", wrapped) is None
    epochs.begin()
    after = vault.wrapped_anew("a", wrapped)
    assert after and vault.wrapped_anew("a", after) is None
    epochs.drop_older()
    assert vault.unwrap("a", after).open(seal.seal(b"text", "line"), "line") == b"text"


def test_the_folder_alone_opens_nothing(epochs: Epochs, tmp_path: Path) -> None:
    wrapped, _ = Vault(MASTER, epochs).new_key("a")
    with pytest.raises(Exception, match="key"):
        Vault(bytes(32), epochs).unwrap("a", wrapped)


def test_a_clock_that_was_set_back_makes_no_older_epoch_the_newest(
    epochs: Epochs, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = epochs.newest()[0]
    monkeypatch.setattr("bot.crypto.epochs.time.time_ns", lambda: 1)
    epochs.begin()
    assert epochs.newest()[0] > before


def test_a_folder_that_others_can_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "memory").mkdir(mode=0o755)
    (tmp_path / "memory").chmod(0o755)
    with pytest.raises(BadEpochFolder, match="chmod 700"):
        Epochs(tmp_path / "memory")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadEpochFolder, match="cannot be kept in"):
        Epochs(tmp_path / "file" / "memory")


def test_a_key_that_words_open_is_carried_over_without_them(epochs: Epochs) -> None:
    vault = Vault(MASTER, epochs)
    wrapped, seal = vault.new_key("a")
    closed = vault.closed_by("a", wrapped, "kite lemon river apple")
    epochs.begin()
    carried = vault.wrapped_anew("a", closed)
    assert carried
    epochs.drop_older()

    with pytest.raises(KeyLost):
        vault.opened_by("a", closed, "kite lemon river apple")
    for opens in (lambda: vault.unwrap("a", carried), lambda: vault.opened_by("a", carried, "kite lemon river pear")):
        with pytest.raises(SealBroken):
            opens()
    _, again = vault.opened_by("a", carried, "kite lemon river apple")
    assert again.open(seal.seal(b"text", "line"), "line") == b"text"
