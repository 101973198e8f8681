"""The page of settings: env.example, as it is."""

import re
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "env.example"


def settings_page() -> str:
    """Every setting with its default and what it is for."""
    opening, *blocks = EXAMPLE.read_text(encoding="utf-8").split("\n\n")
    parts = ["# Settings", plain(opening)]
    for block in blocks:
        found = re.search(r"^#?([A-Z_]+)=(.*)$", block, re.MULTILINE)
        if found:
            said = plain(block[: found.start()])
            parts.append(f"## `{found[1]}`\n\n{said}\n\nDefault: {f'`{found[2]}`' if found[2] else 'none'}.")
    return "\n\n".join(parts) + "\n"


def plain(comment: str) -> str:
    return " ".join(line.removeprefix("#").strip() for line in comment.splitlines())
