"""What the node's records allow a question to be answered by. Counts of pupils and schools, and no outcome of anybody.

What is looked at lies before the index date: a plan is locked before outcomes are, so nothing here may show them.
"""

from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils.timezone import now

from pluginnovation.evidence.choose import Allowed
from pluginnovation.evidence.outcomes import LEFT_SCHOOL
from pluginnovation.evidence.plan import Plan, Population
from pluginnovation.evidence.plan_files import checksum
from pluginnovation.records.refusals import Refusal

from .decisions import chosen, decisions_of, drawn, handed_in
from .models import StoredPlan
from .stored import plan_of

if TYPE_CHECKING:
    from pluginnovation.evidence.power import Spread
    from pluginnovation.records.store import Store

NEAR: Final = 10.0  # points from a threshold within which pupils are of use to a comparison at it


def allowed_by(store: "Store", row: StoredPlan) -> dict[str, Any]:
    """What the records hold to answer a draft by: `evidence.choose.Allowed`, and a `rehearsal` of it.

    Gives   a dictionary of plain numbers; rehearsal: null for a draft without a design
    """
    import polars as pl

    from pluginnovation.evidence.dataset import belonging

    plan = plan_of(row)
    day, (_, kind) = plan.window.index_date, plan.decided_in
    lots = handed_in(row) if not kind else drawn(kind, plan)
    helped = sum(one["offered"] for one in lots) if not kind else len(chosen(kind, plan))
    facts, days = store.facts(), store.days()
    rows = belonging(facts.enrolments, plan.population)
    here = store.frame(
        rows.filter((rows.start_date <= day) & (rows.end_date.isnull() | (rows.end_date >= day)))
        .select("pupil", school=rows.organisation).distinct()
    )  # fmt: skip
    first = store.frame(days.aggregate(first=days.date.min()))["first"][0]
    graded = store.frame(facts.grades.aggregate(first=facts.grades.registered_date.min()))["first"][0]
    known = sum(one is not None and one < day for one in (first, graded))
    starts = _starts(kind, plan, here)
    pupils, values = _near_threshold(store, plan)
    allowed = Allowed(
        drawn_pupils=sum(one["offered"] for one in lots), waiting_pupils=sum(not one["offered"] for one in lots),
        rule_pupils=pupils, rule_values=values, starts=len({one for one in starts if one is not None}),
        never=starts.count(None), periods_before=_months(first, min((s for s in starts if s), default=day)),
        helped=helped, others=max(here["pupil"].n_unique() - helped, 0), known_before=known,
        timed=plan.outcome.name == LEFT_SCHOOL,
    )  # fmt: skip
    return {"allowed": asdict(allowed), "rehearsal": _rehearsal(store, row, plan), "schools": here["school"].n_unique(),
            "pupils": here.select(pl.col("pupil").n_unique()).item()}  # fmt: skip


def _starts(kind: str, plan: Plan, here: Any) -> list[date | None]:
    """Each school's first month with the help, as far as is known by the index date; none: not begun."""
    from .decisions import first_days

    began = first_days(kind, plan.window.index_date) if kind else {}
    firsts = [began.get(school) for school in here["school"].unique().to_list()]
    return [one.replace(day=1) if one else None for one in firsts]


def _months(first: date | None, until: date) -> int:
    return 0 if first is None else max((until.year - first.year) * 12 + until.month - first.month, 0)


def _near_threshold(store: "Store", plan: Plan) -> tuple[int, int]:
    """Pupils within reach of a draft's threshold, and how many different scores they have."""
    if not plan.score:
        return 0, 0
    from pluginnovation.evidence.measures import Seen, measured, named_span

    name, span = named_span(plan.score, plan.window.index_date, plan.window.before_days)
    found = measured(name, Seen(store.facts(), store.days(), None, store.frame), span)
    near = found.drop_nulls("value").filter((found.drop_nulls("value")["value"] - plan.cutoff).abs() <= NEAR)
    return near.height, near["value"].round(1).n_unique()


def _rehearsal(store: "Store", row: StoredPlan, plan: Plan) -> dict[str, Any] | None:
    """How small a change the draft would find, as it stands: tried on days before its index date.

    Gives   numbers of `evidence.rehearsal.Rehearsal` with the outcome's first and last day; or why: a code, and with
            the code of a refusal its text in both languages
    """
    from pluginnovation.evidence.power import WANTED
    from pluginnovation.evidence.rehearsing import REHEARSED, rehearsed

    if plan.design not in REHEARSED:
        return None
    made: dict[str, Any] = {"plan": checksum(plan)}
    try:
        found = rehearsed(plan, decisions_of(row, plan), store, at=now())
    except Refusal as refusal:
        return made | {"why": refusal.code, "said": [refusal.text("sv"), refusal.text("en")]}
    days = {"first": found.first.isoformat(), "last": found.last.isoformat()}
    told = found.rehearsal
    if told.why:
        return made | days | {"why": told.why}
    return (
        made | days | {"why": "", "least": told.least, "found": told.found, "n": told.n, "seldom": told.found < WANTED}
    )


def spread_in(store: "Store", asked: dict[str, Any]) -> "Spread":
    """How an outcome differed between pupils and schools in the records of some days.

    Takes   asked   outcome (a measure), years (of school; empty: all), first and last (days, as ISO dates)
    Raises  Refusal 'under_ten', 'too_few_schools', 'measure_unknown'
    """
    import numpy as np
    import polars as pl

    from pluginnovation.evidence.dataset import belonging
    from pluginnovation.evidence.measures import Seen, Span, measured
    from pluginnovation.evidence.power import spread_of

    first, last = date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"])
    seen = Seen(store.facts(), store.days(), None, store.frame)
    rows = belonging(seen.facts.enrolments, Population(years=tuple(asked["years"])))
    rows = rows.filter((rows.start_date <= last) & (rows.end_date.isnull() | (rows.end_date >= last)))
    here = store.frame(rows.select("source", "pupil", school=rows.organisation))
    here = here.sort("source", "pupil", "school").unique(["source", "pupil"], keep="first", maintain_order=True)
    span, before = Span(first, last), Span.ending(first - timedelta(days=1), (last - first).days + 1)
    values = measured(asked["outcome"], seen, span).select("source", "pupil", "value")
    absence = measured("absence_share", seen, before).select("source", "pupil", earlier="value")
    table = here.join(values, on=["source", "pupil"], how="inner").join(absence, on=["source", "pupil"], how="left")
    table = table.drop_nulls("value").sort("source", "pupil")
    known = table["earlier"].cast(pl.Float64)
    explains = known.fill_null(known.mean()).to_numpy()[:, None] if known.count() > 1 else None
    school = table["school"].rank("dense").to_numpy().astype(np.int64) - 1
    return spread_of(table["value"].cast(pl.Float64).to_numpy(), school, explains)
