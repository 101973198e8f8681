"""The promised speeds, each measured against a rival in the same run: `plug bench NAME`.

A benchmark gives {"bench", "machine", "rows": [{"name", "ours", "rival", "ratio", "limit", "holds"}, …]}.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

# What a benchmark is told: how to say what it is doing, how many pupils (none: as many as promised), and for spark
# how many rows.
Note = Callable[[str, str], None]
Bench = Callable[..., Mapping[str, Any]]

NAMES = (
    "signals", "snapshots", "import", "pages", "access", "refused", "rules", "feed", "simulate", "evidence",
    "support", "projects", "hub", "start", "spark",
)  # fmt: skip


def _late(name: str) -> Bench:
    """The benchmark, imported when it is run: its rival needs packages that an installation hasn't got."""

    def run(note: Note, pupils: int | None, **more: Any) -> Mapping[str, Any]:
        result: Mapping[str, Any] = import_module(f"benchmarks.{name}_bench").run(note, pupils, **more)
        return result

    return run


REGISTRY: Mapping[str, Bench] = {name: _late(name) for name in NAMES}
