"""What is learned: the targets of each head, the split, the heads alone, and that what ships belongs to our examples."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from actions.hearing.particulars import table
from bot.encoder import context_words, numbers
from bot.understanding.crisis import LABELS
from commands.examples.example_lines import ExampleLine, parsed
from commands.learning import batches, bounds, corpus, heads
from commands.learning.batches import PAD, TokenIds
from commands.learning.bounds import HeldBackChances
from commands.learning.heads import HeadPlan, Heads
from commands.learning.named import learn_named
from commands.learning.slips import slipped
from commands.learning.targets import (
    ABOUT,
    ANSWERS,
    MARKS,
    MODES,
    QUESTIONS,
    UNKNOWN,
    Targets,
    all_labels,
    first_labels,
    head_sizes,
    implied_answers,
)  # fmt: skip

ROOT = Path(__file__).parents[3]
WHOLE = parsed(
    "find_shelter/men,disclose_threats,safe/few_minutes\tme danger:me:feared watched answer:none\tq=safe mode=gap\ta bed"
)
BARE = ExampleLine(("self_harm",), "none", "i want to die")


@pytest.fixture
def targets() -> Targets:
    return Targets.of([WHOLE, BARE], [True, False])


def said(row: np.ndarray, names: tuple[str, ...]) -> set[str]:
    return {name for name, value in zip(names, row, strict=True) if value}


def test_an_example_says_what_every_head_is_to_learn(targets: Targets) -> None:
    assert [first_labels()[number] for number in targets.first] == ["find_shelter", "self_harm"]
    assert [("", *LABELS)[number] for number in targets.crisis] == ["", "self_harm"]
    fine = {"find_shelter/men", "find_shelter", "disclose_threats", "safe/few_minutes"}
    assert said(targets.many[0], all_labels()) == fine
    assert said(targets.marks[0], MARKS) == {"danger:me:feared", "watched"}
    assert (ABOUT[targets.about[0]], ANSWERS[targets.answer[0]]) == ("me", "none")
    assert (QUESTIONS[targets.question[0]], MODES[targets.mode[0]]) == ("safe", "gap")


def test_of_an_example_with_a_label_alone_nothing_else_is_known(targets: Targets) -> None:
    assert (targets.about[1], targets.answer[1], targets.whole[1]) == (UNKNOWN, UNKNOWN, 0)


def test_what_is_held_back_is_never_learned_from() -> None:
    assert sum(corpus.is_held_back(f"text {number}") for number in range(2_400)) == pytest.approx(100, abs=40)
    assert corpus.is_held_back("Hola") == corpus.is_held_back("hola")


CONTEXT = [0, 9, 2]
CONTEXTS = {(question, mode): CONTEXT for question in range(len(QUESTIONS)) for mode in range(len(MODES))}


def token_ids(rows: list[list[int]]) -> TokenIds:
    return TokenIds(rows, rows, rows, {**CONTEXTS, (0, 0): []})


def test_an_epoch_shows_every_example_once_in_batches_of_similar_length() -> None:
    rows = [[0, *[7] * (number % 40), 2] for number in range(300)]
    examples = [ExampleLine(("disclose_threats",), "me", str(number)) for number in range(300)]
    shown = list(batches.epoch(token_ids(rows), Targets.of(examples, [True] * 300), seed=1))
    assert sum(len(batch.ids) for batch in shown) == 300
    padded = [(batch.ids == PAD).mean() for batch in shown]
    assert max(padded) < 0.5
    asked = np.concatenate([batch.targets.question for batch in shown])
    assert 0 < (asked > 0).mean() < 0.4
    moded = np.concatenate([batch.targets.mode for batch in shown])
    begins = np.concatenate([batch.ids[:, 1] for batch in shown])
    assert ((begins == CONTEXT[1]) == (asked + moded > 0)).all()


def test_ordinary_talk_is_shown_twice() -> None:
    examples = [ExampleLine((label,), "none", "some text") for label in ("out_of_scope", "thanks")]
    shown = list(batches.epoch(token_ids([[0, 7, 2]] * 2), Targets.of(examples, [True] * 2), seed=1))
    labels = [first_labels()[number] for batch in shown for number in batch.targets.first]
    assert sorted(labels) == ["out_of_scope", "out_of_scope", "thanks"]


def test_whole_chats_are_shown_again_and_of_the_rest_a_share() -> None:
    examples = [ExampleLine(("thanks",), "none", str(number)) for number in range(400)]
    rows = [[0, 410 + number, 2] for number in range(400)]
    shown = list(batches.epoch(token_ids(rows), Targets.of(examples, [True] * 400), 1, again=[0, 0], share=0.25))
    assert sum((batch.ids == 410).sum() for batch in shown) in (2, 3)
    assert 60 < sum(len(batch.ids) for batch in shown) < 140


def test_an_answer_is_known_where_the_label_says_it() -> None:
    def answer(question: str, label: str) -> str:
        number = implied_answers()[QUESTIONS.index(question), first_labels().index(label)]
        return "" if number == UNKNOWN else ANSWERS[number]

    assert (answer("more", "find_shelter"), answer("more", "goodbye")) == ("yes", "no")
    assert (answer("need", "disclose_threats"), answer("safe", "out_of_scope")) == ("value", "none")
    assert (answer("safe", "disclose_threats"), answer("town", "out_of_scope"), answer("", "greet")) == ("", "", "")


def test_fingers_slip_in_letters_and_never_in_digits_or_in_chinese() -> None:
    drawn = np.random.default_rng(0)
    text = "they took my passport " * 10
    assert slipped(text, drawn) != text
    assert abs(len(slipped(text, drawn)) - len(text)) < 10
    assert [slipped(same, drawn) for same in ("15 " * 300, "帮我" * 300)] == ["15 " * 300, "帮我" * 300]


def test_every_question_and_mode_of_the_examples_has_few_words_of_its_own() -> None:
    assert (list(context_words.QUESTIONS), list(context_words.MODES)) == (list(QUESTIONS[1:]), list(MODES[1:]))
    told = [*context_words.QUESTIONS.values(), *context_words.MODES.values()]
    assert len(set(told)) == len(told)
    assert max(len(words.split()) for words in told) <= 3


def test_a_label_counts_as_said_from_where_least_is_missed_and_made_up() -> None:
    chances = np.array([[0.9, 0.5, 0.2], [0.6, 0.3, 0.1]], np.float32)
    said = np.array([[True, True, False], [True, False, False]])
    assert 0.3 < bounds.said_from(chances, said) <= 0.5


def test_heads_learn_what_they_are_shown(targets: Targets) -> None:
    vectors = np.eye(2, 8, dtype=np.float32)
    count = sum(head_sizes().values())
    begun = Heads(np.zeros((count, 8), np.float32), np.zeros(count, np.float32))
    plan = HeadPlan(epochs=150, rate=0.1, dropped=0.0, warm=1)
    found = heads.learn(begun, vectors, targets, plan).scores(vectors)
    assert found[:, : len(first_labels())].argmax(axis=1).tolist() == targets.first.tolist()
    start = len(first_labels()) + 1 + len(LABELS)
    assert ((found[0, start : start + len(all_labels())] > 0) == (targets.many[0] > 0)).all()
    assert not begun.weight.any()


def test_a_head_is_drawn_towards_what_is_known_and_nowhere_else(targets: Targets) -> None:
    """Where nothing is known there is no slope; of heads with one name that holds, the others lose what it gains."""
    drawn = np.random.default_rng(0)
    scores = drawn.standard_normal((2, sum(head_sizes().values()))).astype(np.float32)
    found = heads.slopes(scores, targets)
    parts = dict(_parts(found))
    assert np.abs(parts["about"][1]).max() == np.abs(parts["answer"][1]).max() == 0
    assert np.abs(parts["first"].sum(axis=1)).max() < 1e-6
    unsaid = targets.many[1] == 0
    assert not parts["many"][1][unsaid].any()
    assert (parts["many"][1][~unsaid] < 0).all()


def _parts(table: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    start = 0
    for head, size in head_sizes().items():
        yield head, table[:, start : start + size]
        start += size


def test_bounds_are_those_whose_mistakes_cost_least() -> None:
    chance = np.array([0.9, 0.8, 0.3, 0.7, 0.6, 0.5, 0.2, *[0.01] * 50], np.float32)
    meant = np.array([True] * 3 + [False] * 54)
    named = np.zeros(57, bool)
    found = bounds.chosen(HeldBackChances(chance, named, meant))
    assert 0.2 < found.maybe <= 0.3
    assert 0.7 < found.sure <= 0.8
    assert found.maybe_named <= found.maybe
    assert found.sure_named <= found.sure


def test_every_row_of_targets_can_be_taken(targets: Targets) -> None:
    assert all(len(getattr(targets.only([1]), each.name)) == 1 for each in fields(Targets))


def test_what_ships_was_learned_from_our_examples_and_knows_our_names() -> None:
    """Fails where an example changed and nothing was learned anew: `quietline train --heads`."""
    shipped = numbers.names()
    assert shipped["examples"] == corpus.examples_hash(ROOT)
    assert {head: len(names) for head, names in shipped["heads"].items()} == head_sizes()
    assert shipped["heads"]["many"] == list(all_labels())
    assert (shipped["questions"], shipped["modes"]) == (dict(context_words.QUESTIONS), dict(context_words.MODES))


def test_what_names_particulars_was_learned_from_our_examples_and_knows_every_row() -> None:
    shipped = numbers.names()
    assert shipped["named_examples"] == learn_named.examples_hash()
    assert shipped["named"] == [*(row.name for row in table()), learn_named.NOTHING]
    assert {name for name, _ in learn_named.examples()} == {row.name for row in table()}


def test_a_head_of_particulars_tells_messages_apart_and_knows_those_that_name_nothing() -> None:
    drawn = np.random.default_rng(3)
    middles = drawn.normal(size=(4, 32)).astype(np.float32) * 3
    goals = np.repeat(np.arange(4), 30)
    vectors = middles[goals] + drawn.normal(size=(120, 32)).astype(np.float32)
    head = learn_named.learn(vectors, goals, 4)
    chances = head.chances(middles)
    assert chances.shape == (4, 3)
    assert chances[:3].argmax(axis=1).tolist() == [0, 1, 2]
    assert chances[3].max() < 0.3
    assert "1.00" in learn_named.measured(head, vectors[:90], goals[:90], vectors[90:])


def test_no_example_can_be_read_in_what_ships() -> None:
    raw = b"".join((numbers.FOLDER / name).read_bytes() for name in (numbers.NUMBERS, numbers.HEADS, numbers.NAMES))
    learnt, _ = corpus.load(ROOT)
    told = [each.text.encode() for each in learnt.examples if len(each.text) > 12]
    assert [text for text in told[:: len(told) // 500] if text in raw] == []


def test_a_label_that_is_new_since_then_begins_as_hardly_ever_said() -> None:
    had = [label for label in all_labels() if label != "decide/wait"]
    sizes = {**head_sizes(), "many": len(had)}
    names = {head: had if head == "many" else [""] * size for head, size in sizes.items()}
    arrays = {
        "heads.weight": np.ones((sum(sizes.values()), 4), np.float32),
        "heads.bias": np.ones(sum(sizes.values()), np.float32),
    }
    found = heads.shipped(numbers.Learned(arrays, {}, {"heads": names}))
    place = sum(size for head, size in head_sizes().items() if head in ("first", "crisis")) + all_labels().index(
        "decide/wait"
    )
    assert len(found.bias) == sum(head_sizes().values())
    assert (found.weight[place].any(), found.bias[place] < -4) == (False, True)
    assert (np.delete(found.bias, place) == 1).all()
