"""Lets Rasa 3.6 run on current libraries and without those that we never use, by answering some imports itself.

None of our components needs TensorFlow (2 GB, 350 MB of memory, no Python newer than 3.11), and nothing of ours calls
MongoDB, DynamoDB, event brokers or reminders. Nothing is faked: what is left out can be named and fails, saying so,
when it is used. docs/engine.md and docs/dependencies.md have the measurements.
"""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np

# The only modules on our paths that import TensorFlow, and what others want to import from them.
_NEED_TENSORFLOW = {
    "rasa.nlu.classifiers.diet_classifier": ["DIETClassifier"],
    "rasa.nlu.selectors.response_selector": ["ResponseSelector"],
    "rasa.core.policies.ted_policy": ["TEDPolicy"],
    "rasa.core.policies.unexpected_intent_policy": ["UnexpecTEDIntentPolicy"],
    "rasa.utils.tensorflow.callback": ["RasaTrainingLogger", "RasaModelCheckpoint"],
    "rasa.utils.tensorflow.data_generator": ["RasaBatchDataGenerator"],
}
# What Rasa imports at the start for parts that we do not run, and the names that it reads meanwhile.
_UNUSED: dict[str, list[str]] = {
    "rasa.core.jobs": [],  # reminders; imports apscheduler and pytz
    "aiormq": [],  # event brokers
    "boto3": [],  # trackers in DynamoDB
    "boto3.dynamodb": [],
    "boto3.dynamodb.conditions": ["Key"],
    "pymongo": [],  # trackers in MongoDB
    "pymongo.collection": ["Collection"],
    "randomname": [],  # names of models; ours has a fixed one
    "terminaltables": ["SingleTable"],  # the notice of telemetry, which is off
}
_COMPONENTS = "rasa.engine.recipes.default_components"
_CHANNELS = "rasa.core.channels"


def install() -> None:
    """Stand in front of Python's own finders; to be called before anything imports rasa."""
    if not hasattr(np, "VisibleDeprecationWarning"):
        # numpy 2 moved the name; Rasa uses it once, to silence it.
        np.VisibleDeprecationWarning = np.exceptions.VisibleDeprecationWarning  # type: ignore[attr-defined]
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name in _NEED_TENSORFLOW or name in _UNUSED or name == _COMPONENTS:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        if name == _CHANNELS:
            real = importlib.machinery.PathFinder.find_spec(name, path)
            assert real
            spec = importlib.machinery.ModuleSpec(name, self, origin=real.origin, is_package=True)
            spec.submodule_search_locations = real.submodule_search_locations
            return spec
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        if name == _CHANNELS:
            _fill_channels(module)
        elif name == _COMPONENTS:
            _fill_components(module)
        elif name in _NEED_TENSORFLOW:
            _fill(
                module, _NEED_TENSORFLOW[name], "needs TensorFlow, which this installation leaves out (docs/engine.md)"
            )
        else:
            _fill(module, _UNUSED[name], f"of {name} is left out of this installation (docs/dependencies.md)")


def _fill(module: ModuleType, names: Sequence[str], why: str) -> None:
    for name in names:
        setattr(module, name, _failing(name, module.__name__, why))


def _failing(name: str, module: str, why: str) -> type:
    def fail(_: object, *__: Any, **___: Any) -> Any:
        raise ImportError(f"{name} {why}.")

    methods = {"create": classmethod(fail), "load": classmethod(fail), "__init__": fail, "__module__": module}
    return type(name, (), methods)


def _fill_channels(module: ModuleType) -> None:
    """Stock Rasa imports fifteen channels and their libraries here; ours is served by bot.rasa.channel."""
    from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, OutputChannel, UserMessage

    module.InputChannel, module.OutputChannel = InputChannel, OutputChannel  # type: ignore[attr-defined]
    module.UserMessage = UserMessage  # type: ignore[attr-defined]
    module.CollectingOutputChannel = CollectingOutputChannel  # type: ignore[attr-defined]
    module.input_channel_classes, module.BUILTIN_CHANNELS = [], {}  # type: ignore[attr-defined]


def _fill_components(module: ModuleType) -> None:
    """Importing a component registers it; the recipe wants the list as well."""
    from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier

    module.DEFAULT_COMPONENTS = [FallbackClassifier]  # type: ignore[attr-defined]
