"""When a source is too broken to take, and when it has changed too much to be believed without a person."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from .gathered import Gathered
from .refusals import Refusal
from .rules import RULES

# Per resource, what an import counted of it.
Counted = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What an authority lets through without asking; its own stand in a file: see `own_limits.py`.

    few_rows          in resources of at most this many rows, single rows are not a share
    changed_pct       a whole resource may shrink or grow by so many per cent
    absence_factor    mean absence may become this many times larger or smaller
    enough_minutes    with fewer reported minutes (some fifty lessons) on either side, mean absence says nothing
    """

    few_rows: int = 20
    changed_pct: int = 30
    absence_factor: int = 2
    enough_minutes: int = 3_000


LIMITS: Final = Limits()


def own_ones(limits: Limits) -> dict[str, int]:
    """Those that differ from the defaults, by name."""
    return {name: value for name, value in asdict(limits).items() if value != getattr(LIMITS, name)}


def refuse_broken(
    gathered: Mapping[str, Gathered], *, strict: bool, max_quarantine: float, limits: Limits = LIMITS
) -> None:
    """Refuse a source of which too many rows break a rule.

    Raises  Refusal 'rows_break_rules' (strict) or 'too_many_rows_break_rules', naming resource, rule and first place
    """
    for resource in gathered.values():
        broken, counted = resource.turned_away, resource.read - resource.refused
        if strict and broken:
            raise _broken("rows_break_rules", resource, "utan --strict", "without --strict")
        if counted > limits.few_rows and broken * 100 > max_quarantine * counted:
            raise _broken(
                "too_many_rows_break_rules",
                resource,
                f"eller höj gränsen {max_quarantine:g} % med --max-quarantine",
                f"or raise the limit of {max_quarantine:g} % with --max-quarantine",
            )


def _broken(code: str, resource: Gathered, swedish: str, english: str) -> Refusal:
    rule = max(resource.broken, key=lambda name: resource.broken[name])
    first = resource.quarantine().filter(rule=rule).row(0, named=True)
    counts = f"{resource.turned_away} / {resource.read - resource.refused}"
    return Refusal(
        code,
        where=f"{first['file']}, {first['line']}",
        what=(
            f"{counts} rader i {resource.table.name} bryter mot en regel, flest mot {rule}: {RULES[rule][0]}",
            f"{counts} rows of {resource.table.name} break a rule, most of them {rule}: {RULES[rule][1]}",
        ),
        todo=(f"Rätta källan {swedish}.", f"Correct the source {english}."),
    )


def reasons_to_hold(
    earlier: Sequence[Counted],
    now: Counted,
    whole: Mapping[str, bool],
    limits: Limits = LIMITS,
) -> tuple[str, ...]:
    """Why an import should wait for a person; empty when it need not.

    Each resource is compared with the newest import that says something of it: one that came without it, or
    with too few lessons, in between is no reason to believe whatever comes next.

    Takes   earlier   what the source's imports that count have counted, the newest last
            now       per resource: `rows` that count, `reported` and `absent` minutes
            whole     which resources the source gives whole
    Gives   codes such as 'shrinks:persons', 'grows:groups', 'absence_doubles:lessons', 'absence_halves:lessons'
    """
    reasons = []
    for resource, counts in now.items():
        before = [one[resource] for one in reversed(earlier) if resource in one]
        before = [one[resource] for one in reversed(earlier) if resource in one]
        if whole.get(resource):
            reasons += _size(resource, before[0].get("rows", 0) if before else 0, counts.get("rows", 0), limits)
        enough = next((one for one in before if one.get("reported", 0) >= limits.enough_minutes), {})
        reasons += _absence(resource, enough, counts, limits)
    return tuple(reasons)


def _size(resource: str, before: int, now: int, limits: Limits) -> list[str]:
    if max(before, now) <= limits.few_rows or not before:
        return []
    if now * 100 < before * (100 - limits.changed_pct):
        return [f"shrinks:{resource}"]
    return [f"grows:{resource}"] if now * 100 > before * (100 + limits.changed_pct) else []


def _absence(resource: str, before: Mapping[str, int], now: Mapping[str, int], limits: Limits) -> list[str]:
    """Means compared as fractions of whole numbers, so that exactly double is not more than double."""
    was, of = before.get("absent", 0), before.get("reported", 0)
    absent, reported = now.get("absent", 0), now.get("reported", 0)
    if min(of, reported) < limits.enough_minutes:
        return []
    if absent * of > limits.absence_factor * was * reported:
        return [f"absence_doubles:{resource}"]
    return [f"absence_halves:{resource}"] if limits.absence_factor * absent * of < was * reported else []
