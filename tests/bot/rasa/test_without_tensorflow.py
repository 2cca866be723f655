"""Rasa runs without TensorFlow, and whoever configures a component that needs it is told so."""

import sys

import numpy as np
import pytest


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
