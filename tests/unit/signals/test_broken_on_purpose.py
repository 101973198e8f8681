"""Every fault that we plant in the definition of a signal is noticed by the spec test that should."""

import importlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from types import FunctionType, ModuleType

import duckdb
import pytest

from pluginnovation.signals.rules import RULE_SET_1
from tests.spec import drawn
from tests.spec.conftest import run_spec
from tests.unit.signals.faults import FAULTS, WRONG_NUMBERS, Fault, WrongNumber
from tests.unit.signals.faults_enrolments import ENROLMENT_FAULTS, ENROLMENT_NUMBERS
from tests.unit.signals.faults_grades import GRADE_FAULTS, GRADE_NUMBERS


def functions_of(names: dict[str, object], module: str) -> dict[str, FunctionType]:
    """A module's own functions, and those of its classes."""
    found = {}
    for name, value in names.items():
        if isinstance(value, FunctionType) and value.__module__ == module:
            found[name] = value
        elif inspect.isclass(value) and value.__module__ == module:
            inner = {key: getattr(item, "__func__", item) for key, item in vars(value).items()}
            found |= {f"{name}.{key}": item for key, item in inner.items() if isinstance(item, FunctionType)}
    return found


@contextmanager
def planted(fault: Fault) -> Iterator[None]:
    """The module with the fault in it. Others imported its functions by name, so their code is put into these."""
    module = importlib.import_module(f"pluginnovation.signals.{fault.module}")
    text = inspect.getsource(module)
    assert text.count(fault.right) == 1, f"{fault.module} no longer says {fault.right!r} once"
    broken = ModuleType(module.__name__)
    exec(compile(text.replace(fault.right, fault.wrong), "planted", "exec"), broken.__dict__)
    right, wrong = (functions_of(vars(each), module.__name__) for each in (module, broken))
    before = {name: function.__code__ for name, function in right.items()}
    words = {k: v for k, v in vars(broken).items() if k.isupper() and vars(module).get(k) != v}
    kept = {name: vars(module)[name] for name in words}
    drawn.statements.cache_clear()
    try:
        vars(module).update(words)
        for name, function in right.items():
            function.__code__ = wrong[name].__code__
        yield
    finally:
        vars(module).update(kept)
        for name, function in right.items():
            function.__code__ = before[name]
        drawn.statements.cache_clear()


def notices(spec: str) -> None:
    signal, _, test = spec.partition(".")
    module = importlib.import_module(f"tests.spec.signals.test_{signal}")
    with pytest.raises((AssertionError, duckdb.Error)):
        getattr(module, f"test_{test}")(run_spec)


@pytest.mark.parametrize(
    "fault",
    [*FAULTS, *ENROLMENT_FAULTS, *GRADE_FAULTS],
    ids=lambda fault: f"{fault.module}: {fault.wrong or 'left out'}",
)
def test_a_planted_fault_is_noticed(fault: Fault):
    with planted(fault):
        notices(fault.spec)


@pytest.mark.parametrize(
    "wrong", [*WRONG_NUMBERS, *ENROLMENT_NUMBERS, *GRADE_NUMBERS], ids=lambda wrong: f"{wrong.name} {wrong.wrong}"
)
def test_a_wrong_number_in_the_rules_is_noticed(wrong: WrongNumber, monkeypatch: pytest.MonkeyPatch):
    right = getattr(RULE_SET_1, wrong.name)
    drawn.statements.cache_clear()
    object.__setattr__(RULE_SET_1, wrong.name, wrong.wrong)
    try:
        notices(wrong.spec)
    finally:
        object.__setattr__(RULE_SET_1, wrong.name, right)
        drawn.statements.cache_clear()
