"""Conversations for the tests of the actions."""

import pytest

from tests.actions.stage import Stage


@pytest.fixture
def stage() -> Stage:
    """A conversation in which nothing was said yet."""
    return Stage()


@pytest.fixture
async def talk(stage: Stage) -> Stage:
    """A conversation in which it was said to be safe."""
    await stage.hears("greet")
    await stage.hears("affirm")
    return stage
