"""The page of applications and sub-projects: states, moves, budget and reviews, drawn from their tables."""

from textwrap import dedent

from cases import row, table
from pluginnovation.projects.calls import GOAL_KINDS, TIMES
from pluginnovation.projects.diagrams import as_rows, diagram
from pluginnovation.projects.ledger import CATEGORIES, PAID_BY
from pluginnovation.projects.lifecycle import KINDS, STATES
from pluginnovation.projects.reviews import ADVICE, FAR_APART, LEAST_REVIEWS, POINTS

ENGLISH = 1
OPENING = dedent(
    """\
    # Applications and sub-projects

    They go as these tables say, and the pages read the same tables. A draft is the applicant's own: the region reads an
    application from the moment it is sent in. When a call closes while a form is open, what was written is kept as a
    draft, and only the sending is refused. Of two who decide at once, the first decision stands and the second is told.
    """
)


def one_kind(kind: str) -> str:
    """A life cycle: its drawing and its moves."""
    sv, en = KINDS[kind]
    rows = [*table("from", "to", "move", "who", "needs"), *(row(*cells) for cells in as_rows(kind, ENGLISH))]
    return "\n".join(
        [f"## {en}", "", f"*{sv}*, `{kind}`: {len(STATES[kind])} states.", "", diagram(kind, ENGLISH), "", *rows]
    )


def lifecycles_page() -> str:
    """The whole page."""
    points = "; ".join(f"{point} {words[ENGLISH].lower()}" for point, words in POINTS.items())
    parts = [
        OPENING, *(one_kind(kind) for kind in KINDS),
        "## Programmes and calls",
        "A programme has goals of four kinds: " + ", ".join(words[ENGLISH].lower() for words in GOAL_KINDS.values())
        + ". A call is " + ", ".join(words[ENGLISH].lower() for words in TIMES.values())
        + "; it is open from its first moment and closed at its last.",
        "## Reviews",
        f"At least {LEAST_REVIEWS} reviewers without a conflict of interest give points on each criterion ({points})"
        " and advise: " + ", ".join(words[ENGLISH].lower() for words in ADVICE.values()) + ". Each says first whether"
        " there is a conflict; whoever has one reads nothing more of the application. Nobody reads another's review"
        f" until the last one is in. Two who are {FAR_APART} points or more apart on a criterion are pointed out.",
        "## Money",
        "Amounts are whole öre. A budget adds up when its costs equal grant and own co-financing, the own part is at"
        " least the programme's share of the whole cost, rounded up to the öre, and the grant is at most what the call"
        " gives. Costs are " + ", ".join(words[ENGLISH].lower() for words in CATEGORIES.values()) + "; each is paid by "
        + " or ".join(words[ENGLISH].lower() for words in PAID_BY.values())
        + ". Hours are worth minutes times the rate. A line is never changed: a mistake is taken back by one with the"
        " other sign.",
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"
