"""How long a first start is said to take depends on what is there from the last one."""

from pathlib import Path

from bot.time_left import JobProgress
from commands.training.training_parts import parts_of_training, seconds_to_train


def test_a_first_start_is_said_to_take_less_than_two_minutes(tmp_path: Path) -> None:
    assert 5 <= seconds_to_train(tmp_path) <= 2 * 60


def test_with_the_reader_built_it_is_said_to_take_less(tmp_path: Path) -> None:
    first, kept = seconds_to_train(tmp_path), tmp_path / "encoder" / "0123456789abcdef"
    kept.mkdir(parents=True)
    (kept / "reader.onnx").touch()
    assert seconds_to_train(tmp_path) < first


def test_the_process_that_trains_tells_of_parts_that_are_known(tmp_path: Path) -> None:
    course = JobProgress([*parts_of_training(tmp_path)])
    for name in ("building the reader", "putting the model together"):
        course.tell(name, 1, 10)
        assert name in course.sentence()
