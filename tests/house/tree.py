"""The project as the house tests read it: its tracked files, and the functions and classes in its Python."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "pluginnovation"
PURE = (
    "privacy",
    "reference",
    "records",
    "signals",
    "support",
    "projects",
    "evidence",
    "knowledge",
    "outcomes",
    "simulation",
)


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the source: where it stands, and its node."""

    path: Path
    node: ast.FunctionDef | ast.AsyncFunctionDef

    @property
    def where(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.node.lineno} {self.node.name}"

    @property
    def lines(self) -> int:
        """Lines from `def` to the end, docstring and decorators not counted."""
        first, body = self.node.lineno, self.node.body
        whole = (self.node.end_lineno or first) - first + 1
        if ast.get_docstring(self.node) is None:
            return whole
        return whole - ((body[0].end_lineno or 0) - body[0].lineno + 1)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is in the repository or would be added to it."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(sorted({ROOT / name for name in names if name and (ROOT / name).is_file()}))


def texts(*suffixes: str) -> Iterator[tuple[Path, str]]:
    """Tracked text files with one of these endings (all of them, when none is given)."""
    for path in tracked():
        if suffixes and path.suffix not in suffixes:
            continue
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def sources() -> list[Path]:
    """The product's own Python, migrations left out: Django writes those."""
    return [p for p in tracked() if p.suffix == ".py" and p.is_relative_to(SRC) and "migrations" not in p.parts]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(path: Path) -> list[Function]:
    return [Function(path, n) for n in ast.walk(parsed(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def stage(path: Path) -> str:
    """The folder of the map that a source file stands in ('' for a file at the top)."""
    parts = path.relative_to(SRC).parts
    return parts[0] if len(parts) > 1 else ""
