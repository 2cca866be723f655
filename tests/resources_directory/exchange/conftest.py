"""What tests of an import share."""

from pathlib import Path

import pytest

from tests.resources_directory.exchange.norway import FIRST


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "no.yml").write_text(FIRST)
    return tmp_path
