"""Who could have been offered the help, and who was, from what the node itself has written down.

After a logged draw everybody who waited stands in it, drawn or not. Otherwise those stand here whose measure was
decided in the months before the index date, and the rest of the population is compared.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Min, Sum
from django.utils.timezone import localdate

from pluginnovation.evidence.plan import Plan
from pluginnovation.support.fidelity import Counted
from pluginnovation.support.lottery import METHOD
from pluginnovation.web.people.models import Organisation, Person
from pluginnovation.web.support.marking import followed_by
from pluginnovation.web.support.models import Draw, Measure

from . import refused
from .listing import tied_draws
from .models import StoredPlan
from .stored import plan_of
from .taking_over import draw_of, first_offered, first_taking_part, measures_taken_part, taking_part

if TYPE_CHECKING:
    import polars as pl

# A draw or a choice this long before the index date belongs to the plan: about a term's beginning.
WITHIN: Final = timedelta(days=92)
# How far the method's points were followed: how many there are, of how many somebody told, and what.
POINTS: Final = ("points", "points_known", "points_followed", "points_partly")


def decisions_of(row: StoredPlan, plan: Plan) -> "pl.DataFrame":
    """The decisions of a plan, as its design reads them.

    Gives   columns as `evidence.dataset.ASSIGNED`, times and planned (how often it was given, null: not said), and
            POINTS (null: it follows no method); for a roll-out or a mixture of others those of `evidence.panels.STARTS`
    Raises  Refusal 'decisions_missing'
    """
    import polars as pl

    from pluginnovation.evidence.dataset import ASSIGNED
    from pluginnovation.evidence.panels import PANELS, STARTS

    way, kind = plan.decided_in
    if plan.design in PANELS:
        found, schema = _starts(row, kind, plan.window.closes), dict(STARTS)
    else:
        schema = {**ASSIGNED, **dict.fromkeys(("times", "planned", *POINTS), pl.Int64)}
        found = {"draws": drawn, "measures": chosen}[way](kind, plan) if way else _without_a_word(row, plan)
    if not found:
        raise refused.nobody_assigned(kind)
    return pl.DataFrame(found, schema=schema, orient="row")


def drawn(kind: str, plan: Plan) -> list[dict[str, Any]]:
    """Everybody in the logged draws of a measure: each pupil's first draw, within its own strata."""
    day = plan.window.index_date
    draws = Draw.objects.filter(kind=kind, way=METHOD, at__date__lte=day, at__date__gt=day - WITHIN)
    return _in_draws(draws.order_by("at", "pk"), plan)


def _without_a_word(row: StoredPlan, plan: Plan) -> list[dict[str, Any]]:
    """A plan that doesn't say where its decisions are: its own list, or its sub-project's draw or participants."""
    if row.sub_project is None or row.assigned.exists():
        return handed_in(row)
    draw = draw_of(row)
    draws = [draw] if draw is not None else list(Draw.objects.filter(pk__in=tied_draws(row)).order_by("at", "pk"))
    if draws:
        return _in_draws(draws, plan)
    return _with_sources(taking_part(row, plan), plan.window.closes)


def _in_draws(draws: Iterable[Draw], plan: Plan) -> list[dict[str, Any]]:
    lots = [(row, lot) for row in draws for lot in row.lots]
    measures = Measure.objects.exclude(pupil="").in_bulk([int(lot[0]) for _, lot in lots])
    rows: dict[str, dict[str, Any]] = {}
    for row, (number, stratum, _places, _of, won) in lots:
        measure = measures.get(int(number))
        if measure is not None and measure.pupil not in rows:
            rows[measure.pupil] = {
                "pupil": measure.pupil, "offered": bool(won), "stratum": f"{row.pk} {stratum}",
                "decided_on": localdate(row.at), "measure": measure,
            }  # fmt: skip
    return _with_sources(rows.values(), plan.window.closes)


def chosen(kind: str, plan: Plan) -> list[dict[str, Any]]:
    """Those whose measure of a kind was decided by the index date and began around it."""
    day = plan.window.index_date
    rows: dict[str, dict[str, Any]] = {}
    found = Measure.objects.filter(kind=kind, at__date__lte=day, starts__gt=day - WITHIN, starts__lte=day + WITHIN)
    for measure in found.exclude(pupil="").exclude(state=Measure.QUEUED).order_by("at", "pk"):
        if measure.pupil not in rows:
            rows[measure.pupil] = {
                "pupil": measure.pupil, "offered": True, "stratum": None, "decided_on": localdate(measure.at),
                "measure": measure,
            }  # fmt: skip
    return _with_sources(rows.values(), plan.window.closes)


def handed_in(row: StoredPlan) -> list[dict[str, Any]]:
    """The list that came with the plan; of a sub-project's, with what those who took part had of their measures."""
    names = ("source", "pupil", "offered", "stratum", "decided_on", "taken_up", "hours", "score")
    listed = list(row.assigned.order_by("source", "pupil").values(*names))
    if row.sub_project is None:
        return listed
    closes = plan_of(row).window.closes
    had = measures_taken_part(row, closes)
    times = _times([measure.pk for measure in had.values()], closes)
    followed = followed_by([had[one["pupil"]].pk for one in listed if one["offered"] and one["pupil"] in had], closes)
    return [
        one | ({**_had({"offered": one["offered"], "measure": had[one["pupil"]]}, times, closes),
                **_kept_to(followed.get(had[one["pupil"]].pk))}
               if one["pupil"] in had else dict.fromkeys(("times", "planned", *POINTS)))
        for one in listed
    ]  # fmt: skip


def first_days(kind: str, until: date) -> dict[str, date]:
    """Each school's first day with a measure of the kind, up to a day: school, as the records name it -> day."""
    found = Measure.objects.filter(kind=kind, starts__lte=until).exclude(school="").exclude(state=Measure.QUEUED)
    return _by_record_name(dict(found.values("school").annotate(first=Min("starts")).values_list("school", "first")))


def _by_record_name(days: dict[str, date]) -> dict[str, date]:
    named = Organisation.objects.filter(code__in=days).order_by("source_id").values_list("code", "source_id")
    return {name: days[code] for code, name in named}


def _starts(row: StoredPlan, kind: str, closes: date) -> list[dict[str, Any]]:
    """Each school's first day: with a measure of the kind, in the plan's own list, or with somebody in its sub-project.

    A list tells who was decided on and when: a school has begun when somebody of it was first offered the help.
    """
    if kind:
        found = first_days(kind, closes)
    elif row.assigned.exists():
        found = _by_record_name(first_offered(row, closes))
    else:
        found = _by_record_name(first_taking_part(row, closes))
    return [{"organisation": school, "started_on": day} for school, day in found.items()]


def _with_sources(rows: Iterable[dict[str, Any]], closes: date) -> list[dict[str, Any]]:
    listed = list(rows)
    sources = dict(Person.objects.filter(code__in=[one["pupil"] for one in listed]).values_list("code", "source"))
    measures = [one["measure"].pk for one in listed if one["measure"] is not None]
    times = _times(measures, closes)
    offered = [one["measure"].pk for one in listed if one["measure"] is not None and one["offered"]]
    followed = followed_by(offered, closes)
    return [
        {
            **{name: one[name] for name in ("pupil", "offered", "stratum", "decided_on")},
            "source": sources[one["pupil"]], "hours": None, **_had(one, times, closes),
            **_kept_to(followed.get(one["measure"].pk) if one["measure"] is not None else None),
        }
        for one in listed
        if one["pupil"] in sources
    ]  # fmt: skip


def _times(measures: list[int], closes: date) -> dict[int, int]:
    given = Measure.objects.filter(pk__in=measures, doses__on__lte=closes)
    return dict(given.annotate(n=Sum("doses__times")).values_list("pk", "n"))


def _had(one: dict[str, Any], times: dict[int, int], closes: date) -> dict[str, Any]:
    """What of the help was had. Without a measure it isn't written down."""
    measure = one["measure"]
    if measure is None:
        return {"taken_up": None, "times": None, "planned": None}
    began = measure.starts <= closes and measure.state in (Measure.RUNNING, Measure.ENDED)
    return {
        "taken_up": began,
        "times": times.get(measure.pk, 0) if one["offered"] else None,
        "planned": measure.planned_dose if one["offered"] else None,
    }


def _kept_to(counted: Counted | None) -> dict[str, int | None]:
    """How far the method's points were followed; what doesn't follow a method has none."""
    if counted is None:
        return dict.fromkeys(POINTS)
    return dict(zip(POINTS, (counted.points, counted.known, counted.yes, counted.partly), strict=True))
