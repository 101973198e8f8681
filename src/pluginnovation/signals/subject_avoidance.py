"""Subject avoidance: one activity that a pupil stays away from, while the rest goes well.

Why it matters   The cause is then likely to be found in that room, group or subject, and so is the help.
Author           the signals' owner (role). Checked by: not yet reviewed.
"""

from typing import Final

import ibis
from ibis.expr.types import Table

from pluginnovation.signals.known import FEW_DAYS, enough_reported
from pluginnovation.signals.result import Figures, enough_days, level_of, shaped
from pluginnovation.signals.rules import RuleSet

UNIT: Final = "percentage_points"
ONE_ACTIVITY, REST_UNKNOWN = "one_activity", "rest_unknown"


def subject_avoidance(short: Table, activities: Table, *, rules: RuleSet) -> Table:
    """How much larger the absence share of the most missed activity is than that of everything else.

    Takes   short        one row per pupil (see `windows.Windows`)
            activities   pupil, activity, offered, reported, absence (see `activities.activity_windows`)
    Gives   one result per pupil with a row in the window (see `result.COLUMNS`)
              value          100 * (highest share - share of the other rows), when the first is at least 30 % and the
                             second under 10 %, else 0. An activity is looked at from 120 reported minutes with
                             80 % of it reported; the lowest id decides a tie. Unknown with fewer than two
                             activities, when the share of the other rows is unknown, or with fewer than five
                             school days
              detail_1       minutes missed in the activity
              detail_2       reported minutes in the activity
              detail_3       the share of the other rows in thousandths, rounded down; null without an activity
              detail_text    the activity, also when the value is 0; when it is unknown, why (ONE_ACTIVITY, FEW_DAYS or
                             REST_UNKNOWN) with its figure in detail_3
              rests_activity the activity when the value is over 0
    Raises  nothing: minutes were checked when they were read in
    Source  limits are ours.
    """
    rows = _beside_the_rest(short, activities, rules)
    gap = rows.absence_top * rows.rest_reported - rows.rest_absence * rows.reported_top
    base = rows.reported_top * rows.rest_reported
    avoided = (100 * rows.absence_top >= rules.avoided_pct * rows.reported_top) & (
        100 * rows.rest_absence < rules.elsewhere_pct * rows.rest_reported
    )
    none = rows.activity.isnull()
    known = (rows.how_many >= 2) & enough_days(rows, rules.min_days) & (none | rows.rest_is_known)
    few = ~enough_days(rows, rules.min_days)
    why = ibis.cases((rows.how_many < 2, ONE_ACTIVITY), (few, FEW_DAYS), else_=REST_UNKNOWN)
    rest = 1000 * rows.rest_absence // rows.rest_reported.nullif(0)
    reported_pct = ibis.ifelse(
        rows.rest_absence.notnull(), 100 * rows.rest_reported // rows.rest_offered.nullif(0), None
    )
    why_figure = ibis.cases((rows.how_many < 2, rows.how_many), (few, rows.school_days), else_=reported_pct)
    gap = ibis.ifelse(avoided, gap, 0).fill_null(0)
    base = base.nullif(0).fill_null(1)
    figures = Figures(
        value=ibis.ifelse(known, 100 * gap / base, None),
        level=ibis.ifelse(known, level_of(100 * gap >= limit * base for limit in rules.subject_avoidance), None),
        details=(rows.absence_top, rows.reported_top, ibis.ifelse(known, rest, why_figure)),
        detail_text=ibis.ifelse(known, rows.activity, why),
        rests_activity=ibis.ifelse(known & avoided, rows.activity, None),
    )
    return shaped(rows, figures, signal="subject_avoidance", unit=UNIT)


def _beside_the_rest(rows: Table, activities: Table, rules: RuleSet) -> Table:
    """The rows with the pupil's most missed activity, what is left without it, and how many activities there are."""
    rows = rows.left_join(_most_missed(activities, rules), "pupil", rname="{name}_top").drop("pupil_top")
    rest_offered, rest_reported = rows.offered - rows.offered_top, rows.reported - rows.reported_top
    rest_absence = rows.absence - rows.absence_top
    # A source of sums may tell the absence of one activity and not of another.
    told = rest_absence.notnull()
    return rows.mutate(
        rest_absence=rest_absence,
        rest_reported=rest_reported,
        rest_offered=rest_offered,
        rest_is_known=told & enough_reported(rest_reported, rest_offered, rules).fill_null(False),
    )


def _most_missed(activities: Table, rules: RuleSet) -> Table:
    """Each pupil's activity with the highest known share, the lowest id first.

    Gives   pupil, how_many (activities), activity, offered_top, reported_top, absence_top (null: none is looked at)
    """
    looked_at = (
        (activities.reported >= rules.avoided_min_minutes)
        & enough_reported(activities.reported, activities.offered, rules)
        & activities.absence.notnull()
    )
    # Minutes of four weeks are far too few for two different shares to meet in one float.
    ranked = ibis.struct(
        {
            "away": -(activities.absence / activities.reported.nullif(0)),
            "activity": activities.activity,
            "offered_top": activities.offered,
            "reported_top": activities.reported,
            "absence_top": activities.absence,
        }
    )
    most = activities.group_by("pupil").aggregate(how_many=activities.count(), top=ranked.min(where=looked_at))
    names = ("activity", "offered_top", "reported_top", "absence_top")
    return most.select("pupil", "how_many", **{name: most.top[name] for name in names})
