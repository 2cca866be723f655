"""Rasa runs without TensorFlow and what else we never use, and whoever uses it is told so."""

import sys
from importlib.machinery import PathFinder

import numpy as np
import pytest

from tests.every import every


def test_nothing_has_imported_or_faked_tensorflow() -> None:
    assert "tensorflow" not in sys.modules


def test_a_component_that_needs_tensorflow_fails_with_a_sentence() -> None:
    from rasa.nlu.classifiers.diet_classifier import DIETClassifier

    with pytest.raises(ImportError, match="DIETClassifier needs TensorFlow, which this installation leaves out"):
        DIETClassifier.create({}, None, None, None)


def test_rasas_own_channels_are_not_there() -> None:
    from rasa.core import channels

    assert channels.BUILTIN_CHANNELS == {}
    assert "rasa.core.channels.rest" not in sys.modules


def test_the_name_that_numpy_moved_is_back() -> None:
    assert issubclass(np.VisibleDeprecationWarning, Warning)  # type: ignore[attr-defined]  # to NumPy itself


def test_a_package_that_is_left_out_may_be_imported_and_fails_with_a_sentence_when_it_is_used() -> None:
    from rasa.core import tracker_store

    with pytest.raises(ImportError, match=r"Key of boto3\.dynamodb\.conditions is left out of this installation"):
        tracker_store.Key("sender_id")


@every("name", ["aiormq", "apscheduler", "boto3", "pymongo", "pytz", "randomname", "terminaltables"])
def test_a_package_that_is_left_out_is_not_installed(name: str) -> None:
    assert PathFinder.find_spec(name) is None
