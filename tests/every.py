"""Many cases of one sentence in one test.

`@pytest.mark.parametrize` makes a test of each case, and pytest with its workers spends six milliseconds on a test.
For thousands of cases that need less than that themselves, it would be a third of the fast suite.
"""

import copy
import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any


def every(names: str | Sequence[str], cases: Iterable[Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Try every case, then fail with all that failed, each named. Written and stacked like `parametrize`.

    Each case gets a copy of what the fixtures made, so that none sees what another did: use it with fixtures that are
    values, and not with a hotline at work.
    """
    names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    whole = [dict(zip(names, case if len(names) > 1 else (case,), strict=True)) for case in cases]
    if not whole:
        raise ValueError(f"There is no case for {', '.join(names)}: nothing would be proved.")

    def decorated(test: Callable[..., Any]) -> Callable[..., Any]:
        async def all_awaited(**fixtures: Any) -> None:
            with _failures() as failures:
                for case in whole:
                    with _noted(case, failures):
                        await test(**copy.deepcopy(fixtures), **case)

        def all_called(**fixtures: Any) -> None:
            with _failures() as failures:
                for case in whole:
                    with _noted(case, failures):
                        test(**copy.deepcopy(fixtures), **case)

        tried = functools.wraps(test)(all_awaited if inspect.iscoroutinefunction(test) else all_called)
        signature = inspect.signature(test)
        fixtures = [one for one in signature.parameters.values() if one.name not in names]
        tried.__signature__ = signature.replace(parameters=fixtures)  # type: ignore[attr-defined]
        return tried

    return decorated


@contextmanager
def _failures() -> Iterator[list[Exception]]:
    failures: list[Exception] = []
    yield failures
    if failures:
        raise ExceptionGroup("cases that fail", failures)


@contextmanager
def _noted(case: Mapping[str, Any], failures: list[Exception]) -> Iterator[None]:
    try:
        yield
    except Exception as failure:  # whatever a case fails with, the others are tried too
        failure.add_note(f"with {', '.join(f'{name}={repr(value)[:200]}' for name, value in case.items())}")
        failures.append(failure)
