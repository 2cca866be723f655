"""The bench beside stock Rasa, as far as no Rasa is needed: the same data and talks for both, the tables, and what is refused."""

import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from commands.bench.bench import keep
from commands.bench.stock.held_back_reading import by_language, held_back
from commands.bench.stock.picture import draw
from commands.bench.stock.project import fewer, write_examples, write_project
from commands.bench.stock.report import report
from commands.bench.stock.sides import MeasuredSide
from commands.bench.stock.stock_environment import LOCKED, NoStock, environment
from commands.bench.virtual_users import RoundTimes
from commands.evaluation.scores import Scores
from commands.examples.label_examples import Example, examples
from quietline import app

ROOT = Path(__file__).parents[3]
PIPELINE = "pipeline:\n  - name: DIETClassifier\n    epochs: 100\npolicies:\n  - name: TEDPolicy\n    epochs: 100\n"


def measured(persons: int, seconds: float, *turns: float) -> RoundTimes:
    return RoundTimes(persons, seconds, list(turns))


def side(name: str, turn: float) -> MeasuredSide:
    """A side whose turns all take so many milliseconds, one after another, with one person and with eight."""
    made = MeasuredSide(
        name, lambda folder: pytest.fail("nothing is started"), lambda session, url: pytest.fail("nobody writes")
    )
    made.rounds = {number: [measured(number, turn / 100, *[turn] * 10)] * 2 for number in (1, 8)}
    made.cold, made.early, made.late, made.fresh, made.worked = [turn, turn + 1], turn, turn * 3, 500, 600
    return made


@pytest.fixture
def sides() -> list[MeasuredSide]:
    both = [side("Quietline", 10), side("stock Rasa", 40), side("stock Rasa, Redis", 50)]
    meant = ["self_harm", "greet", "greet", "thanks"]
    both[0].scores = {"all": Scores.of(meant, meant)}
    both[1].scores = {"all": Scores.of(meant, ["greet", "greet", "self_harm", "thanks"])}
    return both


def test_both_sides_read_the_same_examples(tmp_path: Path) -> None:
    given = list(fewer(examples(ROOT), 3))
    write_examples(given, tmp_path / "data" / "nlu")
    assert sorted(examples(tmp_path), key=repr) == sorted(given, key=repr)


def test_the_fewer_examples_are_of_every_label_in_every_language_and_from_all_of_its_parts() -> None:
    many = [Example(str(number), label, locale) for number in range(10) for label in "ab" for locale in ("es", "fr")]
    few = list(fewer([*many, Example("alone", "c", "es")], 5))
    kinds = [(one.label, one.locale) for one in few]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        ("a", "es"): 5, ("a", "fr"): 5, ("b", "es"): 5, ("b", "fr"): 5, ("c", "es"): 1,
    }  # fmt: skip
    assert [one.text for one in few if (one.label, one.locale) == ("a", "fr")] == ["0", "2", "4", "6", "8"]


@pytest.mark.long
def test_stock_knows_each_label_by_a_rule_a_story_and_an_answer(tmp_path: Path) -> None:
    (tmp_path / "default.yml").write_text(PIPELINE)
    given = list(examples(ROOT))
    write_project(tmp_path, given, tmp_path / "default.yml", None)
    read = {
        name: yaml.load((tmp_path / name).read_text("utf-8"), Loader=yaml.CSafeLoader)
        for name in ("domain.yml", "data/rules.yml")
    }
    labels = {one.label for one in given}
    assert set(read["domain.yml"]["intents"]) == labels
    for rule in read["data/rules.yml"]["rules"]:
        assert rule["steps"][1]["action"] in read["domain.yml"]["responses"]
    assert {rule["steps"][0]["intent"] for rule in read["data/rules.yml"]["rules"]} == labels | {"nlu_fallback"}
    stories = yaml.load((tmp_path / "data" / "stories.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)["stories"]
    assert {story["story"] for story in stories} == labels
    assert {step["intent"] for story in stories for step in story["steps"] if "intent" in step} == labels


@pytest.mark.parametrize(("epochs", "found"), [(None, {"100"}), (1, {"1"})])
def test_the_pipeline_is_stocks_own_but_for_a_trial(tmp_path: Path, epochs: int | None, found: set[str]) -> None:
    (tmp_path / "default.yml").write_text(PIPELINE)
    write_project(tmp_path, [Example("hola", "greet", "es")], tmp_path / "default.yml", epochs)
    written = (tmp_path / "config.yml").read_text("utf-8")
    assert set(re.findall(r"epochs: (\d+)", written)) == found
    assert (written == PIPELINE) is (epochs is None)


def test_every_requirement_of_stock_is_locked_by_hash_and_names_no_host() -> None:
    locked = [line for line in LOCKED.read_text("utf-8").splitlines() if not line.startswith("#")]
    packages = re.split(r"(?m)^(?=[a-z])", "\n".join(locked))[1:]
    assert [
        one for one in packages if not re.match(r"[\w.\[\]-]+==\S+ \\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n?)+\Z", one)
    ] == []
    assert {"rasa==3.6.21", "tensorflow==2.12.0"} <= {one.partition(" ")[0] for one in packages}
    assert "://" not in LOCKED.read_text("utf-8")


@pytest.fixture
def no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nobody listens there
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("half_made", [True, False])
def test_without_a_network_one_sentence_says_so(tmp_path: Path, half_made: bool) -> None:
    if half_made:
        (tmp_path / "stock" / "environment" / "bin").mkdir(parents=True)
        (tmp_path / "stock" / "environment" / ".made").write_text("of other requirements")
    with pytest.raises(NoStock, match=r"^Stock Rasa could not be fetched .* Is there a network\?$"):
        environment(tmp_path / "stock")


def test_a_figure_is_the_median_of_the_rounds() -> None:
    one = side("one", 10)
    one.rounds = {8: [measured(8, 1, *[5.0] * 10), measured(8, 2, *[7.0] * 10), measured(8, 10, *[90.0] * 10)]}
    assert one.rate(8) == 5
    assert one.times(8) == (7, 7, 7)


def test_the_tables_set_both_sides_beside_each_other(sides: list[MeasuredSide]) -> None:
    text = report(sides, 5, 1000, 4000)
    assert "| 8 | Quietline | 100 | 10.0 | 10.0 | 10.0 | 4.00 |" in text
    assert "| 8 | stock Rasa | 25 | 40.0 | 40.0 | 40.0 | 1.00 |" in text
    assert "| turn 1,000 of it, ms | 30.0 | 120.0 | 150.0 |" in text
    assert re.search(r"\| all \| 4 \| 1\.00 \| 0\.50 \| 1\.000 [^|]+\| 0\.000 [^|]+\| 0\.000 [^|]+\| 0\.333 ", text)
    assert "empty answers" not in text


def test_silence_of_a_side_is_told(sides: list[MeasuredSide]) -> None:
    sides[1].rounds[8][0].silent = 3
    assert "stock Rasa gave" in report(sides, 5, 1000, 4000)


@pytest.mark.long
def test_the_picture_is_drawn(tmp_path: Path, sides: list[MeasuredSide]) -> None:
    draw(sides, 1000, tmp_path / "images" / "beside.png")
    assert (tmp_path / "images" / "beside.png").read_bytes().startswith(b"\x89PNG")


def test_each_bench_writes_its_own_part_of_the_page(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    keep("# Performance\n\nold\n", page)
    keep("## Compared with stock Rasa\n\nfirst\n\n### What is understood\n\nthis\n", page)
    keep("# Performance\n\nnew\n", page)
    assert (
        page.read_text()
        == "# Performance\n\nnew\n\n## Compared with stock Rasa\n\nfirst\n\n### What is understood\n\nthis\n"
    )
    keep("## Compared with stock Rasa\n\nsecond\n", page)
    assert page.read_text() == "# Performance\n\nnew\n\n## Compared with stock Rasa\n\nsecond\n"


def test_the_held_back_messages_are_counted_by_language() -> None:
    messages = held_back()
    assert len(messages) > 4_000
    scores = by_language(messages, [one.label if one.locale == "es" else None for one in messages])
    assert len(scores) == 17
    assert scores["es"].right == scores["es"].messages == scores["all"].right
    assert scores["fr"].right == 0


@pytest.mark.parametrize("options", [["--quick"], ["--quick", "--stock", "--write"]])
def test_a_trial_is_nothing_to_write_down(options: list[str]) -> None:
    told = CliRunner().invoke(app, ["bench", *options])
    assert told.exit_code == 1
    assert "nothing to write down" in told.stderr
