"""One test over a table of many small cases, where a failure still names the case."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

Test = Callable[..., None]


def over(parameter: str, cases: Iterable[Any], name: Callable[[Any], str] = str) -> Any:
    """Run the test for each case, as `parametrize` does, but counted and started once.

    Thousands of cases that take microseconds each cost a test runner milliseconds each. Fixtures
    are the same for all cases, so a case must leave them as it found them.
    """
    table = list(cases)
    assert table, f"no case for {parameter}"

    def decorate(test: Test) -> Test:
        signature = inspect.signature(test)
        others = [one for key, one in signature.parameters.items() if key != parameter]

        @functools.wraps(test)
        def all_cases(**fixtures: Any) -> None:
            wrong = [
                f"{name(case)}: {error}"
                for case in table
                if (error := _failure(test, {**fixtures, parameter: case}))
            ]
            assert not wrong, "\n".join(wrong)

        all_cases.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return all_cases

    return decorate


def _failure(test: Test, values: dict[str, Any]) -> str:
    try:
        test(**values)
    except Exception as error:  # any exception is the case's failure, as in a test of its own
        return f"{type(error).__name__} {error}"
    return ""
