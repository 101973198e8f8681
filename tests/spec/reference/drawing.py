"""Grades written as text, so that a rule of law can be read, run and checked against the law's own words."""

from pluginnovation.reference.compulsory_grades import SubjectGrade
from tests.spec.drawn import rows

__all__ = ["counted", "grade", "graded", "rows"]

OTHER_SUBJECTS = (
    "BL", "HKK", "IDH", "MU", "SL", "TK", "BI", "FY", "KE", "GE", "HI", "RE", "SH", "SV", "EN", "MA", "ML", "DA",
)  # fmt: skip


def grade(cell: str) -> str | None:
    """A drawn grade: `?` when none is given yet."""
    return None if cell == "?" else cell


def counted(cell: str, subjects: tuple[str, ...] = OTHER_SUBJECTS) -> list[SubjectGrade]:
    """Grades by their number, `10 C, 2 F, 4 -`, in as many subjects."""
    many = [part.split() for part in cell.split(",") if part.strip()]
    symbols = [symbol for number, symbol in many for _ in range(int(number))]
    assert len(symbols) <= len(subjects)
    return [SubjectGrade(subject, grade(symbol)) for subject, symbol in zip(subjects, symbols, strict=False)]


def graded(cell: str) -> list[SubjectGrade]:
    """Grades by subject, `SV E, EN F, MA -`."""
    pairs = [part.split() for part in cell.split(",") if part.strip()]
    return [SubjectGrade(subject, grade(symbol)) for subject, symbol in pairs]
