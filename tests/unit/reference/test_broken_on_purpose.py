"""Every fault that we plant in a rule of law is noticed by the spec tests that should."""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from tests.unit.reference.faults import FAULTS, Fault

ROOT = Path(__file__).parents[3]
PACKAGE = "pluginnovation.reference"
SOURCES = ROOT / "src" / "pluginnovation" / "reference"
SPECS = ROOT / "tests" / "spec" / "reference"
DRAWN = ("tests.spec.reference.drawing", "tests.spec.reference.courses")


@contextmanager
def planted(fault: Fault) -> Iterator[None]:
    """The rules read anew, with the fault in one of their files; afterwards everything is as it was."""
    text = (SOURCES / f"{fault.module}.py").read_text(encoding="utf-8")
    assert text.count(fault.right) == 1, f"{fault.module} no longer says {fault.right!r} once"
    kept = {name: module for name, module in sys.modules.items() if name.startswith(PACKAGE) or name in DRAWN}
    for name in kept:
        if name != PACKAGE:
            del sys.modules[name]
    finder = Broken(f"{PACKAGE}.{fault.module}", text.replace(fault.right, fault.wrong))
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.startswith(PACKAGE) or name in DRAWN]:
            del sys.modules[name]
        sys.modules.update(kept)


class Broken:
    """Gives one module another text than its file has."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    def find_spec(self, name: str, path: object = None, target: object = None):
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def create_module(self, spec: object) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.text, self.name, "exec"), module.__dict__)


def failing(spec: str) -> list[str]:
    """The tests of a spec file that fail, read and run anew. Parametrised ones aren't run: drawn tables have none."""
    found = importlib.util.spec_from_file_location(f"planted_{spec}", SPECS / f"test_{spec}.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    failed = []
    for name, test in vars(module).items():
        if not name.startswith("test_") or hasattr(test, "pytestmark"):
            continue
        try:
            test()
        except (Exception, pytest.fail.Exception):
            failed.append(name)
    return failed


@pytest.mark.parametrize("spec", sorted({fault.spec for fault in FAULTS}))
def test_without_a_fault_nothing_fails(spec: str):
    assert not failing(spec)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.module}: {fault.wrong.strip() or 'left out'}")
def test_a_planted_fault_is_noticed(fault: Fault):
    with planted(fault):
        assert failing(fault.spec)
