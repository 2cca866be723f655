"""Examples say only what can be learned from them, and a line that does not is named."""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from commands.examples.example_lines import BadExample, ExampleLine, known_labels, parsed, read
from tests.every import every

ROOT = Path(__file__).parents[3]
EVALUATION = ROOT / "tests" / "evaluation"


def test_a_line_says_all_that_is_to_be_heard() -> None:
    marks = "other danger:other:feared age:19:other answer:none"
    line = f"report_missing_person/abroad,decide/pay_ransom\t{marks}\tq=safe mode=gap\tdo we pay"
    assert parsed(line) == ExampleLine(
        ("report_missing_person/abroad", "decide/pay_ransom"),
        "other",
        "do we pay",
        crises=(("danger", "other", "feared"),),
        ages=((19, "other"),),
        question="safe",
        mode="gap",
        answer="none",
    )
    assert parsed(line).label == "report_missing_person"


@every(
    ("line", "why"),
    [
        ("greet\tnone\thi", "3 columns"),
        ("greet\tnone\t-\t", "empty"),
        ("greet\tnone\t-\thi ", "spaces"),
        ("greet\tnone\t-\t" + "a" * 1_201, "longer than"),
        ("hello\tnone\t-\thi", "unknown label 'hello'"),
        ("greet,decide/fly\tnone\t-\thi", "unknown label 'decide/fly'"),
        ("find/men\tme\t-\ta bed", "unknown label 'find/men'"),
        ("decide/go_back\tme\t-\tshall i", "cannot stand first"),
        ("greet\t-\t-\thi", "is none"),
        ("greet\tme other\t-\thi", "exactly once"),
        ("greet\tnone danger:him:now\t-\thi", "is none"),
        ("greet\tnone\tq=colour\thi", "no open question"),
        ("greet\tnone\tmood=gap\thi", "no open question"),
        ("affirm\tme\tq=safe\tyes", "an answer is marked"),
        ("affirm\tme answer:yes\t-\tyes", "an answer is marked"),
        ("self_harm\tme\t-\ti want to die", "needs the mark 'selfharm:'"),
        ("cannot_talk_safely\tme\t-\the is here", "needs the mark 'watched'"),
    ],
)
def test_a_line_that_cannot_be_learned_from_is_refused(line: str, why: str) -> None:
    with pytest.raises(BadExample, match=why):
        parsed(line)


def test_a_bad_line_is_named_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "talk.tsv").write_text("greet\tnone\t-\thi\n\ngreet\t-\t-\thi\n")
    with pytest.raises(BadExample, match=r"^en/talk\.tsv, line 3: "):
        read(tmp_path)


def test_every_example_can_be_learned_from_and_stands_once_in_its_context() -> None:
    for locale, examples in read().items():
        times = Counter((folded(each.text), each.question, each.mode) for each in examples)
        assert [f"{locale}: {text}" for (text, *_), count in times.items() if count > 1] == []


def test_no_message_by_which_others_judge_is_learned_from() -> None:
    """Short ones, like "yes", are everybody's."""
    for locale, examples in read().items():
        lines = (EVALUATION / f"{locale}.tsv").read_text("utf-8").splitlines()
        judged = {folded(line.partition("\t")[2]) for line in lines}
        assert [each.text for each in examples if len(each.text) > 24 and folded(each.text) in judged] == []


def test_fine_labels_stand_below_labels_of_the_domain_or_beside_them() -> None:
    assert {"find_shelter/men", "ask_anonymity/police", "decide/go_back"} <= known_labels()


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
