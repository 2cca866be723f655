"""Rasa's own check of domain, rules and examples (`rasa data validate`), without its command line, which needs TensorFlow."""

import importlib
import re
import warnings
from pathlib import Path

# True of this project on purpose: phrases are said by our actions, two labels are never those of a text, and a
# slot has nothing to do with entities of any name.
_MEANT = re.compile(
    r"The utterance '\w+' is not used|The intent '(no_files|step)' is listed .* not found in the NLU|^Slot auto-fill has",
    re.S,
)


def problems(root: Path) -> list[str]:
    """Give what is wrong, each as a sentence of Rasa's; empty when all is clean."""
    from rasa.shared.importers.importer import TrainingDataImporter
    from rasa.validator import Validator

    importlib.import_module("pkg_resources")  # Rasa asks for it late, and it complains about itself
    files = [str(root / "data" / "nlu"), str(root / "data" / "rules")]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")  # of our files from here on; the imports above have warnings of their own
        importer = TrainingDataImporter.load_from_config(str(root / "config.yml"), str(root / "domain.yml"), files)
        validator = Validator.from_importer(importer)
        checks = {
            "domain": validator.verify_domain_validity,
            "examples and labels": lambda: validator.verify_nlu(ignore_warnings=True),
            "actions": validator.verify_actions_in_stories_rules,
            "rules": lambda: validator.verify_story_structure(ignore_warnings=False),
        }
        failed = [f"Rasa finds the {name} in conflict." for name, check in checks.items() if not check()]
    # Deprecations inside libraries are not about our files.
    said = [str(warning.message) for warning in caught if warning.category in (UserWarning, FutureWarning)]
    return failed + [text for text in dict.fromkeys(said) if not _MEANT.search(text)]
