"""The page of signals: words from each signal's file, limits from the rule set, tables from its tests."""

import ast
import inspect
import re
from datetime import date
from importlib import import_module
from pathlib import Path
from textwrap import dedent

from pluginnovation.signals.catalogue import CATALOGUE
from pluginnovation.signals.rules import RULE_SET_1

SPECS = Path(__file__).parents[2] / "tests" / "spec" / "signals"


def signals_page() -> str:
    """Every signal, in the order of the catalogue."""
    opening = dedent(
        f"""\
        # Signals

        Rule set {RULE_SET_1.number}, since {RULE_SET_1.since}. A level tells how many limits the value reaches:
        1 *Fråga*, 2 *Följ upp*, 3 *Utred*. No limit is law; the school authority sets its own. A signal is raised at
        level 1 or more, and unknown when its value is. The drawn tables are the tests: a date `a..b` is every weekday
        from a to b, an empty cell in a result is unknown.
        """
    )
    return "\n".join([opening, *(one_signal(name) for name in CATALOGUE)])


def one_signal(name: str) -> str:
    """One signal: title, definition, limits, source, what its code takes and gives, tested tables."""
    entry = CATALOGUE[name]
    module = import_module(f"pluginnovation.signals.{name}")
    steps = " / ".join(str(limit) for limit in entry.limits)
    parts = [
        f"## `{name}`",
        f"**{entry.title_en}**. {entry.text_en}",
        f"**{entry.title_sv}**. {entry.text_sv}",
        f"Limits 1 / 2 / 3: {steps}. Unit: {entry.unit.replace('_', ' ')}. Source: {entry.source}",
        fenced(inspect.getdoc(module)),
        fenced(inspect.getdoc(getattr(module, name))),
        *drawn_tables(name),
    ]
    return "\n\n".join(parts) + "\n"


def fenced(text: str | None) -> str:
    """A text whose columns stay where they are."""
    return f"```text\n{text}\n```"


def drawn_tables(name: str) -> list[str]:
    """The spec tests of a signal: the claim, the story, and the tables as they are drawn."""
    tree = ast.parse((SPECS / f"test_{name}.py").read_text(encoding="utf-8"))
    tests = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")]
    return [part for test in tests for part in one_test(test)]


def one_test(test: ast.FunctionDef) -> list[str]:
    """One test as a reader meets it."""
    claim = test.name.removeprefix("test_").replace("_", " ").capitalize()
    parts = [f"### {claim}", " ".join((ast.get_docstring(test) or "").split())]
    for call in (n for n in ast.walk(test) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "spec"):
        for word in call.keywords:
            drawn = isinstance(word.value, ast.Constant) and isinstance(word.value.value, str)
            shown = dedent(word.value.value).strip() if drawn else plain(ast.unparse(word.value))
            parts.append(f"*{word.arg}*\n\n{fenced(shown)}" if drawn else f"*{word.arg}*: `{shown}`")
    return [part for part in parts if part]


def plain(code: str) -> str:
    """A date as people write it; other code as it is."""
    return re.sub(r"date\((\d+), (\d+), (\d+)\)", lambda d: date(*map(int, d.groups())).isoformat(), code)
