"""The page of the security requirements: the matrix as a table, chapter by chapter, with what is not met first."""

import csv
from collections import Counter
from pathlib import Path

MATRIX = Path(__file__).parents[1] / "asvs.csv"
CHAPTERS = (
    "Encoding", "Validation and business logic", "Web front end", "API", "Files", "Authentication", "Sessions",
    "Authorization", "Self-contained tokens", "OAuth and OpenID Connect", "Cryptography", "Secure communication",
    "Configuration", "Data protection", "Coding and architecture", "Logging and errors", "WebRTC",
)  # fmt: skip
HEADS = "| number | level | what | status | shown by | reason |\n|---|---|---|---|---|---|\n"
OPENING = """\
# Security requirements

[OWASP ASVS](https://github.com/OWASP/ASVS) 5.0.0 by number: levels 1 and 2 throughout, and 1.2.10, 2.3.5, 8.3.2,
14.2.6, 14.2.7 and 14.2.8 of level 3. The words are ours; read the standard for its own. *Met* means that the tests
or papers beside it show it, or that the reason says why it can't be otherwise. The table is read from `asvs.csv`, and
a test sees that every test and paper it names exists. It is our own reading, reviewed by nobody else yet.

"""


def asvs_page() -> str:
    """The matrix as a page."""
    with MATRIX.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counts = Counter(row["status"] for row in rows)
    said = ", ".join(f"{counts[status]} {status}" for status in ("met", "partly", "not met", "not applicable"))
    parts = [OPENING, f"Of {len(rows)} requirements: {said}.\n"]
    for number, title in enumerate(CHAPTERS, start=1):
        parts += [f"\n## {number} {title}\n\n", HEADS]
        parts += [_line(row) for row in rows if row["number"].startswith(f"{number}.")]
    return "".join(parts)


def _line(row: dict[str, str]) -> str:
    shown = "<br>".join(f"`{each}`" for each in row["shown_by"].split())
    return f"| {row['number']} | {row['level']} | {row['what']} | {row['status']} | {shown} | {row['reason']} |\n"
