"""Why: each result in at most two plain sentences, with its figures. An unknown value says why it is unknown.

A text is about lessons and minutes, never about what a pupil is like.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from pluginnovation.signals.reasons_enrolments import ENROLMENT_REASONS
from pluginnovation.signals.reasons_grades import GRADE_REASONS
from pluginnovation.signals.reasons_unknown import not_comparable, not_counted, share_unknown, subject_unknown
from pluginnovation.signals.rules import RULE_SET_1, RuleSet
from pluginnovation.signals.wording import EN, SV, Wording

Row = Mapping[str, Any]
# From so many hours in a month the board of student finance may look at it, whatever an authority's own limits are.
STUDY_GRANT_HOURS: Final = 4


def reason(row: Row, language: str, rules: RuleSet = RULE_SET_1) -> str:
    """One result in words.

    Takes   row        the columns of `result.COLUMNS` and as_of; activity_name beside an activity's id, where known
            language   sv or en
            rules      the rule set that it was made with: its limits are named
    Gives   at most two sentences; for an unknown value, why it is unknown
    Raises  KeyError for a signal that isn't one
    """
    return teller(language, rules)(row)


def teller(language: str, rules: RuleSet = RULE_SET_1) -> Callable[[Row], str]:
    """What tells results in words, as `reason` does: made once for many results of the same rule set."""
    say = Wording(EN if language == EN else SV, rules)
    return lambda row: _REASONS[row["signal"]](row, say)


def _absence(row: Row, say: Wording, *, since: str, fewest: int) -> str:
    if row["value"] is None:
        return share_unknown(row, say, fewest)
    part, whole, unexcused = row["numerator"], row["denominator"], row["detail_1"]
    figures = _minutes(part, whole, say)
    if part == 0:
        return say.pick(f"Ingen frånvaro {since} {figures}.", f"No absence {since} {figures}.")
    share = say.percent(part, whole)
    if unexcused == 0:
        rest = say.pick("Inget av det är ogiltig frånvaro.", "None of it is unexcused.")
    else:
        minutes = say.of(unexcused, "minute")
        rest = say.pick(f"Av det är {minutes} ogiltig frånvaro.", f"Of that, {minutes} are unexcused.")
    # The reason that most pupils have: the other language's text isn't put together for nothing.
    if say.language == SV:
        return f"Borta {share} av den rapporterade tiden {since} {figures}. {rest}"
    return f"Away {share} of the reported time {since} {figures}. {rest}"


def _absence_28d(row: Row, say: Wording) -> str:
    return _absence(row, say, since=_since_window(say), fewest=say.rules.min_days)


def _absence_term(row: Row, say: Wording) -> str:
    since = say.pick(f"sedan {say.day(row['rests_from'])}", f"since {say.day(row['rests_from'])}")
    return _absence(row, say, since=since, fewest=say.rules.min_term_days)


def _unexcused_28d(row: Row, say: Wording) -> str:
    if row["value"] is None:
        return share_unknown(row, say, say.rules.min_days)
    part, whole, since = row["numerator"], row["denominator"], _since_window(say)
    figures = _minutes(part, whole, say)
    if part == 0:
        return say.pick(f"Ingen ogiltig frånvaro {since} {figures}.", f"No unexcused absence {since} {figures}.")
    share, minutes = say.percent(part, whole), say.of(row["detail_1"], "minute")
    return say.pick(
        f"Ogiltigt borta {share} av den rapporterade tiden {since} {figures}. All frånvaro är {minutes}.",
        f"Away without a valid reason {share} of the reported time {since} {figures}. All absence is {minutes}.",
    )


def _unexcused_month(row: Row, say: Wording) -> str:
    if row["value"] is None:
        return not_counted(say)
    if row["detail_1"] == 0:
        return say.pick(
            "Ingen lektion är rapporterad den här månaden än.", "No lesson has been reported this month yet."
        )
    minutes, until = say.of(int(row["value"]), "minute"), say.day(row["as_of"])
    text = say.pick(
        f"Ogiltig frånvaro {minutes} från den 1 till den {until}.",
        f"Unexcused absence {minutes} from the 1st to {until}.",
    )
    if not row["raised"]:
        return text
    hours = STUDY_GRANT_HOURS
    return text + say.pick(
        f" Från {hours} timmar på en månad kan upprepad ogiltig frånvaro påverka studiebidraget.",
        f" From {hours} hours in a month, repeated unexcused absence may affect the study grant.",
    )


def _repeated_absence_28d(row: Row, say: Wording) -> str:
    if row["value"] is None:
        return not_counted(say)
    if row["detail_2"] == 0:
        return _nothing_reported(say)
    away, days, since = say.number(int(row["value"])), say.of(row["school_days"], "school_day"), _since_window(say)
    return say.pick(
        f"Borta någon del av dagen {away} av {days} {since}. Sena ankomster räknas inte.",
        f"Away for some part of the day on {away} of {days} {since}. Lateness doesn't count.",
    )


def _rising_absence(row: Row, say: Wording) -> str:
    if row["value"] is None:
        return not_comparable(row, say)
    before, now, since = say.decimal_percent(row["detail_1"]), say.decimal_percent(row["detail_2"]), _since_window(say)
    if row["value"] == 0:
        return say.pick(
            f"Frånvaron är {now} {since}, lika stor som de {say.rules.window_days} dagarna innan.",
            f"Absence is {now} {since}, the same as in the {say.rules.window_days} days before.",
        )
    word = say.pick("upp", "up") if row["value"] > 0 else say.pick("ner", "down")
    return say.pick(
        f"Frånvaron är {now} {since}, {word} från {before} de {say.rules.window_days} dagarna innan.",
        f"Absence is {now} {since}, {word} from {before} in the {say.rules.window_days} days before.",
    )


def _absence_streak(row: Row, say: Wording) -> str:
    if row["value"] is None:
        return not_counted(say)
    last = say.weekday(row["rests_to"])
    if row["value"] == 0:
        return say.pick(
            f"På plats någon del av den senaste rapporterade skoldagen, {last}.",
            f"There for some part of the last reported school day, {last}.",
        )
    days, first = say.of(int(row["value"]), "school_day"), say.weekday(row["rests_from"])
    return say.pick(
        f"Borta all rapporterad tid {days} i rad, från {first} till {last}.",
        f"Away all reported time for {days} in a row, from {first} to {last}.",
    )


def _subject_avoidance(row: Row, say: Wording) -> str:
    if row["value"] is None:
        return subject_unknown(row, say)
    if row["detail_text"] is None:
        least = say.rules.avoided_min_minutes
        return say.pick(
            f"Inget ämne har {least} rapporterade minuter med känd frånvaro {_since_window(say)}.",
            f"No subject has {least} reported minutes with known absence {_since_window(say)}.",
        )
    part, whole = row["detail_1"], row["detail_2"]
    name, share = row.get("activity_name") or row["detail_text"], say.percent(part, whole)
    figures = _minutes(part, whole, say)
    if row["value"] > 0:
        rest, since = say.decimal_percent(row["detail_3"]), _since_window(say)
        return say.pick(
            f"Borta {share} i {name} {figures} {since}. I allt annat är frånvaron {rest}.",
            f"Away {share} in {name} {figures} {since}. Absence in everything else is {rest}.",
        )
    if part == 0:
        return say.pick("Ingen frånvaro i något ämne.", "No absence in any subject.")
    return say.pick(
        f"Inget ämne sticker ut. Störst är frånvaron i {name}, {share} {figures}.",
        f"No subject stands out. Absence is largest in {name}, {share} {figures}.",
    )


def _lateness_28d(row: Row, say: Wording) -> str:
    if row["value"] is None:
        return not_counted(say)
    if row["detail_2"] == 0:
        return _nothing_reported(say)
    late, lessons, since = say.number(int(row["value"])), say.of(row["detail_2"], "lesson"), _since_window(say)
    return say.pick(f"Sen till {late} av {lessons} {since}.", f"Late to {late} of {lessons} {since}.")


def _coverage_28d(row: Row, say: Wording) -> str:
    if row["value"] is None:
        return share_unknown(row, say, say.rules.min_days)
    part, whole, since = row["numerator"], row["denominator"], _since_window(say)
    share = say.percent(part, whole)
    text = say.pick(
        f"{share} av lektionerna är rapporterade {since} ({say.number(part)} av {say.of(whole, 'minute')}).",
        f"{share} of the lessons are reported {since} ({say.number(part)} of {say.of(whole, 'minute')}).",
    )
    if not row["raised"]:
        return text
    least = say.whole_percent(say.rules.min_reported_pct)
    return text + say.pick(
        f" Under {least} går det inte att säga hur stor frånvaron är.",
        f" Under {least}, nobody can tell how large the absence is.",
    )


def _since_window(say: Wording) -> str:
    return _last_days(say.language, say.rules.window_days)


@cache
def _last_days(language: str, days: int) -> str:
    return f"de senaste {days} dagarna" if language == SV else f"over the last {days} days"


def _minutes(part: int, whole: int, say: Wording) -> str:
    among = "av" if say.language == SV else "of"
    return f"({say.number(part)} {among} {say.of(whole, 'minute')})"


def _nothing_reported(say: Wording) -> str:
    since = _since_window(say)
    return say.pick(f"Ingen lektion är rapporterad {since}.", f"No lesson has been reported {since}.")


_REASONS: Final[dict[str, Callable[[Row, Wording], str]]] = {
    "absence_28d": _absence_28d,
    "absence_term": _absence_term,
    "unexcused_28d": _unexcused_28d,
    "unexcused_month": _unexcused_month,
    "repeated_absence_28d": _repeated_absence_28d,
    "rising_absence": _rising_absence,
    "absence_streak": _absence_streak,
    "subject_avoidance": _subject_avoidance,
    "lateness_28d": _lateness_28d,
    "coverage_28d": _coverage_28d,
    **GRADE_REASONS,
    **ENROLMENT_REASONS,
}
