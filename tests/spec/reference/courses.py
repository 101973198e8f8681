"""Courses and levels written as text: `SVESVE01 E`, with points after a colon, a day after an at sign."""

from datetime import date

from pluginnovation.reference.effective_grades import CourseGrade
from tests.spec.reference.drawing import grade

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def course(cell: str) -> CourseGrade:
    """One row: `ENGE1000X F:100@2027-06-10`; points 100 unless drawn, no day unless drawn, `!` for programme-common."""
    code, rest = cell.split()
    rest, _, day = rest.partition("@")
    symbol, _, points = rest.partition(":")
    common = symbol.endswith("!")
    return CourseGrade(
        code,
        int(points or 100),
        grade(symbol.rstrip("!")),
        date.fromisoformat(day) if day else None,
        programme_common=True if common else None,
    )


def courses(cell: str) -> list[CourseGrade]:
    """Rows with commas between them."""
    return [course(part) for part in cell.split(",") if part.strip()]


def others(cell: str, *, programme_common: bool | None = None) -> list[CourseGrade]:
    """Rows in subjects of their own by their number and points: `20x100 E, 1x50 F`."""
    made = []
    for part in (part.split() for part in cell.split(",") if part.strip()):
        number, _, points = part[0].partition("x")
        for _ in range(int(number)):
            letter = LETTERS[len(made) % 26] + LETTERS[len(made) // 26]
            name = f"X{letter}" if programme_common is None else f"Y{letter}"
            made.append(CourseGrade(f"{name}{name}01", int(points), grade(part[1]), programme_common=programme_common))
    return made
