"""Why, for the signals about grades: at most two plain sentences, unknown with what is missing."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pluginnovation.signals.reasons_unknown import merit_unknown, no_core_grade, no_grade, no_plan
from pluginnovation.signals.wording import EN, SV, Wording

Row = Mapping[str, Any]
_SUBJECTS: Final = {SV: ("svenska", "engelska", "matematik"), EN: ("Swedish", "English", "mathematics")}
_FAILED, _NO_BASIS, _NO_GRADE = "F", "-", "."


def _core_subject_failing(row: Row, say: Wording) -> str:
    marks = row["detail_text"]
    if row["value"] is None:
        return no_core_grade(say)
    failed, dashes = _named(marks, _FAILED, say), _named(marks, _NO_BASIS, say)
    missing = _and(_named(marks, _NO_GRADE, say), say)
    rest = say.pick(f" Betyg saknas i {missing}.", f" There is no grade in {missing}.") if missing else ""
    if row["value"] == 0:
        passed = _and(_named(marks, "P", say), say)
        return say.pick(f"Godkänt i {passed}.", f"Passed in {passed}.") + rest
    parts = []
    if failed:
        parts.append(say.pick(f"F i {_and(failed, say)}", f"F in {_and(failed, say)}"))
    if dashes:
        parts.append(say.pick(f"streck i {_and(dashes, say)}", f"a dash in {_and(dashes, say)}"))
    text = _and(parts, say)
    return f"{text[0].upper()}{text[1:]}.{rest}"


def _passes_needed(row: Row, say: Wording) -> str:
    if row["value"] is None:
        return no_grade(say)
    needed, passed = int(row["value"]), row["detail_2"]
    now = say.pick(f"Nu finns {_passes(passed, say)}.", f"Passes today: {passed}.")
    if needed == 0:
        text = say.pick(
            "De godkända betygen räcker för ett yrkesprogram.", "The passes are enough for a vocational programme."
        )
        return f"{text} {now}"
    core = [name for name, mark in zip(_SUBJECTS[say.language], row["detail_text"], strict=True) if mark != "P"]
    further = row["detail_1"]
    if further:
        others = say.pick(f"{further} ämne" if further == 1 else f"{further} ämnen", f"{further} subject")
        others += say.pick("", "" if further == 1 else "s")
        core = [*core, say.pick(f"{others} till", f"{others} more")]
    where = _and(core, say)
    return say.pick(
        f"{_passes(needed, say)} till behövs för ett yrkesprogram: {where}. {now}",
        f"{_passes(needed, say)} more needed for a vocational programme: {where}. {now}",
    )


def _merit_drop(row: Row, say: Wording) -> str:
    if row["value"] is None:
        return merit_unknown(row, say)
    now, before, term = _halves(row["detail_1"], say), _halves(row["detail_2"], say), say.term(row["detail_3"])
    if row["value"] == 0:
        return say.pick(
            f"Meritvärdet {term} är {now}, samma som terminen innan.",
            f"The merit value of {term} is {now}, the same as the term before.",
        )
    word = say.pick("ner", "down") if row["value"] > 0 else say.pick("upp", "up")
    return say.pick(
        f"Meritvärdet {term} är {now}, {word} från {before} terminen innan.",
        f"The merit value of {term} is {now}, {word} from {before} the term before.",
    )


def _points_behind(row: Row, say: Wording) -> str:
    if row["value"] is None:
        return no_plan(say)
    due, passed, failed = row["detail_1"], row["detail_2"], row["detail_3"]
    if due == 0:
        return say.pick(
            "Studieplanen har inga poäng i terminer som är slut.",
            "The study plan has no points in terms that have ended.",
        )
    text = say.pick(
        f"{say.number(passed)} av {say.number(due)} poäng som skulle vara klara är godkända.",
        f"{say.number(passed)} of {say.number(due)} points that should be done are passed.",
    )
    if passed == due:
        return text
    rest = due - passed - failed
    parts = [say.pick(f"{say.number(failed)} har F eller streck", f"{say.number(failed)} have F or a dash")] * (
        failed > 0
    )
    parts += [say.pick(f"{say.number(rest)} saknar betyg", f"{say.number(rest)} have no grade")] * (rest > 0)
    return f"{text} {_and(parts, say)}."


def _named(marks: str, mark: str, say: Wording) -> list[str]:
    """The core subjects that stand with a mark."""
    if mark not in marks:
        return []
    return [name for name, own in zip(_SUBJECTS[say.language], marks, strict=True) if own == mark]


def _and(names: list[str], say: Wording) -> str:
    """Names in a row: a, b och c."""
    *first, last = names or [""]
    return say.pick(" och ", " and ").join([", ".join(first), last]) if first else last


def _passes(number: int, say: Wording) -> str:
    return say.pick(
        f"{number} godkänt betyg" if number == 1 else f"{number} godkända betyg",
        f"{number} pass" if number == 1 else f"{number} passes",
    )


def _halves(halves: int, say: Wording) -> str:
    """Merit points from their double: 212,5."""
    return say.decimal(5 * halves)


GRADE_REASONS: Final[dict[str, Callable[[Row, Wording], str]]] = {
    "core_subject_failing": _core_subject_failing,
    "passes_needed": _passes_needed,
    "merit_drop": _merit_drop,
    "points_behind": _points_behind,
}
