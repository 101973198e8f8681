"""The page of cases: states, moves, the law's steps, sections, obstacles and the catalogue, drawn from their tables."""

from textwrap import dedent

from pluginnovation.privacy.secrecy import READ_BY
from pluginnovation.support.case_clocks import STEPS, TIMES
from pluginnovation.support.case_states import KINDS, OUTCOMES
from pluginnovation.support.case_texts import SECTIONS
from pluginnovation.support.catalogue import INTENTS, LEVELS, MEASURES, REACHES
from pluginnovation.support.diagrams import ROLE_WORDS, as_rows, diagram
from pluginnovation.support.ends import REASONS
from pluginnovation.support.obstacles import AREAS, BY_KEY

ENGLISH = 1
OPENING = dedent(
    """\
    # Cases, steps and measures

    A case goes as these tables say, and the pages read the same tables. No share of absence opens a case, and no number
    of days is set for what the law wants done promptly: a step has a day only when somebody at the school has set one.
    The one length that stands here is the time to appeal, three weeks.

    An open case has a version. Whoever moves, decides or gives it away must have seen the last one; of two decisions on
    one point the first stands. A text that was written on top of an older one than the one that stands is kept beside
    it, and both are shown.
    """
)


def row(*cells: str) -> str:
    """A line of a table."""
    return "| " + " | ".join(cell or " " for cell in cells) + " |"


def table(*heads: str) -> list[str]:
    """A table's head."""
    return [row(*heads), "|" + "---|" * len(heads)]


def one_kind(kind: str) -> str:
    """A kind of case: its drawing, its moves, the law's steps and its sections."""
    sv, en = KINDS[kind]
    steps = [step for step in STEPS if kind in step.kinds]
    lines = [f"## {en}", "", f"*{sv}*, `{kind}`", "", diagram(kind, ENGLISH), ""]
    lines += [*table("from", "to", "move", "who", "needs"), *(row(*cells) for cells in as_rows(kind, ENGLISH)), ""]
    if steps:
        lines += table("the law's step", "schools", "who", "time", "Education Act")
        lines += [
            row(step.label[1], ", ".join(step.schools), ROLE_WORDS[step.role][1], TIMES[step.time][1], step.law)
            for step in steps
        ]
        lines.append("")
    titles = ", ".join(section.title[1] + (" (printed)" if section.printed else "") for section in SECTIONS[kind])
    return "\n".join([*lines, f"Sections: {titles}.", ""])


def cases_page() -> str:
    """The whole page."""
    measures = table("measure", "intent", "reach", "level", "times a term", "may answer")
    measures += [
        row(kind.en, INTENTS[kind.intent][1], REACHES[kind.reach][1], LEVELS[kind.level][1], str(kind.dose),
            ", ".join(BY_KEY[key].en for key in kind.obstacles))
        for kind in MEASURES
    ]  # fmt: skip
    obstacles = [
        f"* **{title[1]}**: " + "; ".join(one.en for one in BY_KEY.values() if one.area == area)
        for area, title in AREAS.items()
    ]
    secrecy = [*table("class", "read by"), *(row(name, ", ".join(roles)) for name, roles in READ_BY.items())]
    parts = [
        OPENING, *(one_kind(kind) for kind in KINDS),
        "## How a case ends", ", ".join(en for _, en in OUTCOMES.values()) + ".",
        "Follow-ups are set for 3, 6 and 12 months after, unless no investigation was needed.",
        "## Obstacles", "\n".join(obstacles),
        "## Measures", "Intent, reach and level are three axes; a measure may be set otherwise than is usual.",
        "\n".join(measures), "A measure ends with a reason: " + ", ".join(en for _, en in REASONS.values()) + ".",
        "## Notes", "Everyone with a ground sees that a note exists; its words are for these roles and the writer.",
        "\n".join(secrecy),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"
