"""What the page of one question shows."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from pluginnovation.evidence.dots import MOST_LATE
from pluginnovation.evidence.labels import DESIGNS, ESTIMANDS
from pluginnovation.evidence.plan import Plan
from pluginnovation.evidence.plan_files import checksum
from pluginnovation.evidence.result import MIN_PUPILS, Result
from pluginnovation.web.people.clock import today
from pluginnovation.web.records.job_line import JobLine, job_line, watched
from pluginnovation.web.records.models import Job
from pluginnovation.web.signals.templatetags.spoken import spoken_day
from pluginnovation.web.signals.words import language, number

from .doing_names import ANSWER, DECISIONS, ESTIMATE, LOOK, TOGETHER
from .drafting import proposed
from .grades import locks_of
from .listing import draws_for
from .models import Estimate, HandedIn, StoredPlan
from .stored import departures_of, lowered_of, newest_of, plan_of
from .words import (
    assumptions,
    certainty,
    figure,
    here,
    interval,
    measure_word,
    method_word,
    named,
    outcome_word,
    result_from,
    signed,
    told,
    tried,
    unit_word,
    why_code,
    why_not,
)


def plan_page(request: HttpRequest, row: StoredPlan, *, writes: bool) -> HttpResponse:
    """The page of one question, reading itself anew while the worker is at it when its address asks for that."""
    plan, job = plan_of(row), last_job(row)
    estimate = newest_of(row)
    context: dict[str, Any] = {
        "row": row, "plan": plan, "writes": writes, "job": line_of(job), "method": method_word(plan),
        "design": named(DESIGNS, plan.design), "outcome": outcome_word(plan.outcome.name),
        "departures": departures_of(row),
        "explains": [measure_word(name) for name in plan.covariates],
        "placebos": [measure_word(name) for name in plan.placebos],
        "unit": unit_word(plan.outcome.unit), "ahead": row.locked_at is not None and ahead(row, plan),
        "looked": row.looked, **_proposed(row), "rehearsal": None if estimate else _rehearsal(row, plan),
        "observable": plan.window.closes <= today(),
        "handed": [_handed(one) for one in row.handed.select_related("by").order_by("at", "pk")],
        "may_tie": writes and draws_for(row).exists(),
    }  # fmt: skip
    if estimate is not None:
        context |= answer_of(estimate)
    return watched(request, job, render(request, "evidence/plan.html", context))


def _handed(one: HandedIn) -> dict[str, Any]:
    """That a list or a draw was handed in, and by whom."""
    listed = _("%(listed)s i listan, %(offered)s erbjöds hjälpen") % {
        "listed": _small(one.listed), "offered": _small(one.offered)
    }  # fmt: skip
    said = listed if one.drawn_at is None else drawn_line(one.drawn_at, one.seed, one.listed, one.offered)
    return {"said": said, "by": one.by.name if one.by else "", "at": one.at, "draw": one.draw}


def drawn_line(at: datetime, seed: int | None, listed: int, offered: int) -> str:
    """A draw's time, its seed and how many: all that is needed to draw the same lots again."""
    words = {"day": spoken_day(localdate(at)), "time": localtime(at).strftime("%H:%M"), "listed": _small(listed),
             "offered": _small(offered), "seed": seed}  # fmt: skip
    if seed is None:
        return _("lottad %(day)s kl. %(time)s, %(listed)s lottades, %(offered)s erbjöds hjälpen") % words
    return _("lottad %(day)s kl. %(time)s med frö %(seed)s, %(listed)s lottades, %(offered)s erbjöds hjälpen") % words


def _proposed(row: StoredPlan) -> dict[str, Any]:
    """The ways to answer a draft, in words, and what was counted when somebody looked."""
    if row.locked_at is not None or row.looked is None:
        return {"proposals": (), "counted": []}
    begun = plan_of(row).window.opens <= today()
    found = [
        {"name": named(DESIGNS, one.design), "allowed": one.allowed, "most": certainty(_most(one.cap, begun)),
         "why": here(one.why), "rests_on": _inside(here(one.rests_on)), "broken_by": _inside(here(one.broken_by))}
        for one in proposed(row)
    ]  # fmt: skip
    return {"proposals": found, "counted": _counted(row.looked)}


def _rehearsal(row: StoredPlan, plan: Plan) -> dict[str, Any] | None:
    """What the plan would see, as long as it stands as it was when that was tried."""
    told = (row.looked or {}).get("rehearsal")
    if not told or told["plan"] != checksum(plan):
        return None
    if told["why"]:
        return {"why": here(told["said"]) if "said" in told else why_code(told["why"])}
    first, last = (date.fromisoformat(told[name]) for name in ("first", "last"))
    worthwhile = plan.outcome.worthwhile
    return {"least": figure(told["least"]), "found": round(100 * told["found"]), "n": _small(told["n"]), "first": first,
            "last": last, "worthwhile": figure(worthwhile, 0 if worthwhile == int(worthwhile) else 1),
            "seldom": told["seldom"]}  # fmt: skip


def _most(cap: int, begun: bool) -> int:
    """What a design can earn when it is locked today."""
    return min(max(cap - 1, 0), MOST_LATE) if begun else cap


def _inside(sentence: str) -> str:
    """A sentence after a colon."""
    return sentence[:1].lower() + sentence[1:]


def _counted(looked: dict[str, Any]) -> list[str]:
    allowed = looked["allowed"]
    said = {
        "drawn_pupils": _("Lottade till hjälp: %(n)s."), "waiting_pupils": _("Lottade att vänta: %(n)s."),
        "helped": _("Fick insatsen kring indexdagen: %(n)s."), "others": _("Andra elever: %(n)s."),
        "periods_before": _("Månader före starten: %(n)s."),
    }  # fmt: skip
    return [
        text % {"n": number(allowed[name]) if name == "periods_before" else _small(allowed[name])}
        for name, text in said.items()
    ]


def _counts(estimate: Estimate, result: Result) -> dict[str, str]:
    """How many stood behind an answer; of pupils, one to nine are told as fewer than ten."""
    sizes = result.sizes
    pupils = {"treated": sizes.treated, "compared": sizes.compared, "missing_treated": sizes.missing_treated,
              "missing_compared": sizes.missing_compared, "not_enrolled": estimate.not_enrolled,
              "disposed": estimate.disposed}  # fmt: skip
    schools = {"schools_treated": sizes.schools_treated, "schools_compared": sizes.schools_compared}
    return {name: _small(n) for name, n in pupils.items()} | {name: number(n) for name, n in schools.items()}


def _small(n: int) -> str:
    """A count of pupils that gives nobody away."""
    return _("färre än tio") if 0 < n < MIN_PUPILS else number(n)


def ahead(row: StoredPlan, plan: Plan) -> bool:
    """Whether it was locked before its outcome's first day."""
    return row.locked_at is not None and row.locked_at.date() < plan.window.opens


def last_job(row: StoredPlan) -> Job | None:
    """The newest thing that the worker was asked to do for a plan."""
    return Job.objects.filter(kind__in=(LOOK, ANSWER), about=str(row.pk)).order_by("-pk").first()


def step_words() -> dict[str, str]:
    """What the worker does, as a sentence."""
    return {
        DECISIONS: _("Läser vilka som fick hjälp."),
        ESTIMATE: _("Läser uppgifterna och räknar."),
        TOGETHER: _("Väger samman."),
    }


def line_of(job: Job | None) -> JobLine | None:
    """A job of a plan as the page shows it; none when nothing was asked for."""
    if job is None:
        return None
    return replace(job_line(job), step=step_words().get(job.step, "") if job.state == "running" else "", rows=0)


def answer_of(estimate: Estimate) -> dict[str, Any]:
    """An answer as the page shows it."""
    result, low = result_from(estimate.result), lowered_of(estimate)
    locks = locks_of(estimate)
    shown = low or estimate
    said = shown.said_en if language() == "en" else shown.said_sv
    # The first sentence is the answer; the others say what it rests on.
    first, _dot, rest = said.partition(". ")
    warning = result_from(estimate.warning) if estimate.warning else None
    return {
        "estimate": estimate, "result": result, "counts": _counts(estimate, result), "lowered": low,
        "certainty": certainty(locks, estimate.grade["steps"]), "rule": certainty(estimate.grade["locks"]),
        "cap": certainty(estimate.grade["cap"]),
        "said": said, "first": f"{first}." if rest else first, "rest": rest,
        "shows": locks > 0 and result.estimate is not None,
        "headline": headline(result), "why_not": why_not(result), "estimand": named(ESTIMANDS, result.estimand),
        "assumptions": assumptions(result), "tried": [tried(one) for one in result.diagnostics],
        "placebo_rows": [told(one) for one in result.placebos],
        "opinion_rows": [told(one) for one in result.opinions],
        "sensitivity_rows": [told(one, sign=False) for one in result.sensitivity],
        "subgroup_rows": [told(one) for one in result.subgroups],
        "given_rows": [told(one, sign=False) for one in result.extra if one.name in GIVEN],
        "cost": next((_cost(one) for one in result.extra if one.name == "cost_per_unit"), None),
        "extra_rows": [told(one, sign=False) for one in result.extra if one.name not in (*GIVEN, "cost_per_unit")],
        "warning": warning, "warning_said": _warning(warning),
        "earlier": estimate.plan.estimates.exclude(pk=estimate.pk).order_by("-at")[:10],
    }  # fmt: skip


GIVEN = ("hours_of_help", "hours_known", "times_of_help", "share_of_planned", "points_known", "points_followed",
         "points_partly")  # fmt: skip


def headline(result: Result) -> dict[str, str]:
    """The number with its doubt, the level without the help and with it."""
    unit = unit_word(result.unit)
    without = result.compared_mean
    with_it = None if without is None or result.estimate is None else without + result.estimate
    return {
        "value": signed(result.estimate), "between": interval(result.low, result.high), "unit": unit,
        "without": figure(without), "with_it": figure(with_it), "p": figure(result.p, 3),
        "df": figure(result.df, 1) if result.df is not None else "",
    }  # fmt: skip


def _cost(one: Any) -> dict[str, str]:
    return {"value": figure(one.estimate, 0), "low": figure(one.low, 0), "high": figure(one.high, 0),
            "known": "yes" if one.estimate is not None else ""}  # fmt: skip


def _warning(result: Result | None) -> dict[str, str] | None:
    return headline(result) if result is not None and result.estimate is not None else None
