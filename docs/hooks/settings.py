"""The page of settings: env.example, as it is."""

import re
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "env.example"


def settings_page() -> str:
    """Every setting with its default and what it is for."""
    opening, *blocks = EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")
    return "\n\n".join(["# Settings", plain(opening), *map(one_block, blocks)]) + "\n"


def one_block(block: str) -> str:
    """One setting, or two that belong together."""
    found = re.findall(r"^#?([A-Z_]+)=(.*)$", block, re.MULTILINE)
    names = " and ".join(f"`{name}`" for name, _ in found)
    said = plain("\n".join(line for line in block.splitlines() if not re.match(r"#?[A-Z_]+=", line)))
    defaults = ", ".join(f"`{value}`" if value else "none" for _, value in found)
    return f"## {names}\n\n{said}\n\nWhen nothing is said: {defaults}."


def plain(comment: str) -> str:
    """A comment's words without its marks and line breaks."""
    return " ".join(line.removeprefix("#").strip() for line in comment.splitlines())
