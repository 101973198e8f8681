"""Why, for the signals about where a pupil is enrolled: at most two plain sentences, unknown with its cause."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from pluginnovation.signals.reasons_unknown import no_birth_date, no_lesson_since_enrolment
from pluginnovation.signals.rules import Season
from pluginnovation.signals.wording import Wording
from pluginnovation.signals.youths import DEGREE, ELSEWHERE, ENROLLED, NO_BIRTH_DATE, SOON

Row = Mapping[str, Any]


def _frequent_moves(row: Row, say: Wording) -> str:
    months, moves = say.rules.move_months, int(row["value"])
    if moves == 0:
        return say.pick(
            f"Inget byte av skolenhet de senaste {months} månaderna.",
            f"No change of school unit over the last {months} months.",
        )
    last = _full(row["rests_to"], say)
    times = say.pick(f"{moves} gång" if moves == 1 else f"{moves} gånger", "once" if moves == 1 else f"{moves} times")
    summer = _not_counted(say.rules.move_season, say)
    return say.pick(
        f"Bytt skolenhet {times} de senaste {months} månaderna, senast {last}. {summer}",
        f"Changed school unit {times} over the last {months} months, last on {last}. {summer}",
    )


def _no_show(row: Row, say: Wording) -> str:
    if row["value"] is None:
        return no_lesson_since_enrolment(say)
    if row["detail_1"] is None:
        return say.pick("Har varit på plats sedan inskrivningen.", "Has been there since the enrolment.")
    lessons, days = say.of(row["detail_2"], "lesson"), say.of(row["detail_1"], "day")
    text = say.pick(
        f"Ingen närvaro sedan inskrivningen ({lessons} rapporterade). Skolenheten har haft lektioner {days}",
        f"No presence since the enrolment ({lessons} reported). The school unit has had lessons on {days}",
    )
    if row["value"] > 0:
        return f"{text}."
    least = say.rules.show_up_days
    return text + say.pick(f", minst {least} behövs.", f", at least {least} are needed.")


def _left_without_enrolment(row: Row, say: Wording) -> str:
    status = row["detail_text"]
    if status is not None:
        return _has_a_school(status, row, say)
    days, last = say.of(int(row["value"]), "day"), _full(row["rests_to"], say)
    text = say.pick(
        f"Utan skola och utan gymnasieexamen i {days}, inskriven till och med {last}.",
        f"Without a school or an upper secondary degree for {days}, enrolled until {last}.",
    )
    if row["detail_1"] == row["value"]:
        return text
    return f"{text} {_not_counted(say.rules.left_season, say)}"


def _has_a_school(status: str, row: Row, say: Wording) -> str:
    """What somebody who hasn't left is told to be; for no date of birth, why nobody can tell."""
    ahead = row["detail_2"] or 0
    return {
        ENROLLED: say.pick("Inskriven i en skola.", "Enrolled at a school."),
        ELSEWHERE: say.pick(
            "Inskriven i en skola någon annanstans, enligt kommunens uppgifter.",
            "Enrolled at a school elsewhere, as the municipality has been told.",
        ),
        DEGREE: say.pick("Har gymnasieexamen.", "Has an upper secondary degree."),
        SOON: say.pick(
            f"Inte inskriven nu. Nästa inskrivning börjar om {say.of(ahead, 'day')}.",
            f"Not enrolled now. The next enrolment begins in {say.of(ahead, 'day')}.",
        ),
        NO_BIRTH_DATE: no_birth_date(say),
    }[status]


def _not_counted(season: Season, say: Wording) -> str:
    first, last = (say.day(date(2001, *day)) for day in (season.first, season.last))
    return say.pick(f"Dagarna {first}–{last} räknas inte.", f"The days from {first} to {last} don't count.")


def _full(day: date, say: Wording) -> str:
    return f"{say.day(day)} {day.year}"


ENROLMENT_REASONS: Final[dict[str, Callable[[Row, Wording], str]]] = {
    "frequent_moves": _frequent_moves,
    "no_show": _no_show,
    "left_without_enrolment": _left_without_enrolment,
}
