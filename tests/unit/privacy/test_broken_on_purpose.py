"""Every fault that we plant in the rules about who sees whom is noticed by a test of that rule."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain, product
from types import FunctionType, ModuleType
from typing import Any

import pytest

from tests.unit.privacy import test_grounds, test_youths
from tests.unit.privacy.faults import FAULTS


@contextmanager
def planted(module_name: str, right: str, wrong: str) -> Iterator[None]:
    """The module with the fault in it. Others imported its functions by name, so their code is put into these."""
    module = importlib.import_module(f"pluginnovation.privacy.{module_name}")
    text = inspect.getsource(module)
    assert text.count(right) == 1, f"{module_name} no longer says {right!r} once"
    broken = ModuleType(module.__name__)
    broken.__package__ = module.__package__
    exec(compile(text.replace(right, wrong), "planted", "exec"), broken.__dict__)
    own = {k: v for k, v in vars(module).items() if isinstance(v, FunctionType) and v.__module__ == module.__name__}
    before = {name: function.__code__ for name, function in own.items()}
    words = {k: v for k, v in vars(broken).items() if k.isupper() and vars(module).get(k) != v}
    kept = {name: vars(module)[name] for name in words}
    try:
        vars(module).update(words)
        for name, function in own.items():
            function.__code__ = vars(broken)[name].__code__
        yield
    finally:
        vars(module).update(kept)
        for name, function in own.items():
            function.__code__ = before[name]


def told() -> Iterator[Callable[[], Any]]:
    """Every test of the rules, once for each of its examples; what is drawn at random is left out."""
    for name, test in chain(vars(test_youths).items(), vars(test_grounds).items()):
        if not name.startswith("test_") or hasattr(test, "hypothesis"):
            continue
        marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
        for example in product(*(list(_examples(*mark.args)) for mark in marks)):
            given = {name: value for one in example for name, value in one.items()}
            yield partial(test, **given)


def _examples(names: str | tuple[str, ...], examples: list[Any]) -> Iterator[dict[str, Any]]:
    for example in examples:
        yield {names: example} if isinstance(names, str) else dict(zip(names, example, strict=True))


def test_the_tests_of_the_rule_pass_when_nothing_is_planted():
    for test in told():
        test()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[2][:60] or "nothing")
def test_a_planted_fault_is_noticed(fault):
    with planted(*fault):
        noticed = 0
        for test in told():
            try:
                test()
            except (AssertionError, TypeError, ValueError):
                noticed += 1
    assert noticed, fault
