"""How long a training is said to take depends on what is kept of the last time."""

from pathlib import Path

from bot.time_left import JobProgress
from commands.training.training_parts import parts_of_training, seconds_to_train


def test_a_first_training_is_said_to_take_minutes(tmp_path: Path) -> None:
    assert 5 * 60 <= seconds_to_train(tmp_path) <= 12 * 60


def test_with_the_texts_of_the_last_time_read_it_is_said_to_take_half_as_long(tmp_path: Path) -> None:
    first, kept = seconds_to_train(tmp_path), tmp_path / "encoder" / "0123456789abcdef"
    kept.mkdir(parents=True)
    (kept / "encoder.onnx").touch()
    (kept / "vectors.npz").touch()
    assert seconds_to_train(tmp_path) < 0.6 * first


def test_the_process_that_trains_tells_of_parts_that_are_known(tmp_path: Path) -> None:
    course = JobProgress([*parts_of_training(tmp_path)])
    for name in ("building the encoder", "loading the texts", "reading the examples", "learning"):
        course.tell(name, 1, 10)
        assert name in course.sentence()
