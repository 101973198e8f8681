"""SQL that was written once isn't written again: the records give the same text for the same expression.

Writing it is half of what a day's signals cost over the few rows of a test. The workers of a session share what they
wrote, in a folder of the session's home.
"""

import os
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import ibis
from ibis.common.graph import Graph, Node

from pluginnovation.records.engine import duck_sql
from pluginnovation.records.store import DuckEngine
from tests.settings import HOME

SHELF = HOME / "written-sql"
_written: dict[str, str] = {}


def written(expression: ibis.Table) -> str:
    """The engine's SQL for an expression; asked for again, it is taken from where it was put."""
    key = digest(expression)
    if key not in _written:
        place = SHELF / key
        if not place.exists():
            SHELF.mkdir(parents=True, exist_ok=True)
            new = SHELF / f"{key}.{os.getpid()}"
            new.write_text(duck_sql(expression), encoding="utf-8")
            new.replace(place)
        _written[key] = place.read_text(encoding="utf-8")
    return _written[key]


def sql_of(engine: DuckEngine, expression: ibis.Table) -> str:
    """In the place of the store's `sql_of`."""
    return written(expression)


def digest(expression: ibis.Table) -> str:
    """Tells expressions apart by all they are made of: every operation, its types, names and literals."""
    numbers: dict[Node, int] = {}
    made = blake2b(digest_size=16)
    for node in Graph.from_bfs(expression.op()).toposort()[0]:
        made.update(f"{type(node).__name__} {_told(node.__args__, numbers)}\n".encode())
        numbers[node] = len(numbers)
    return made.hexdigest()


def _told(part: Any, numbers: dict[Node, int]) -> str:
    if isinstance(part, Node):
        return f"#{numbers[part]}"
    if isinstance(part, tuple | list):
        return "(" + ",".join(_told(each, numbers) for each in part) + ")"
    if isinstance(part, Mapping):
        return "{" + ",".join(f"{_told(key, numbers)}:{_told(value, numbers)}" for key, value in part.items()) + "}"
    return repr(part)
