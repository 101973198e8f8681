"""`plug signals rules`: each authority's limits, windows and calendar, in dated versions."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pluginnovation.records.refusals import Refusal

from .answers import Answer, Command, words
from .home import opened
from .moments import Day

if TYPE_CHECKING:
    from pluginnovation.signals.rule_checks import Wrong
    from pluginnovation.signals.rules import RuleSet
    from pluginnovation.web.signals.rule_comparison import Comparison
    from pluginnovation.web.signals.rule_sets import Version


@click.group(
    "rules",
    help=words(
        "Regler: gränser, fönster och kalender för varje källa.", "Rules: limits, windows, calendar, by source."
    ),
)
def rules() -> None:
    """The group: does nothing by itself."""


_source = click.option("--source", default="", help=words("Källan; annars de utan egna.", "The source; else the rest."))
_set = click.option(
    "--set",
    "settings",
    multiple=True,
    help=words("Till exempel absence_28d=8,15,20.", "For example absence_28d=8,15,20."),
)
_calendar = click.option(
    "--calendar",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=words("CSV: kind, name, start_date, end_date.", "CSV: kind, name, start_date, end_date."),
)
_since = click.option("--since", type=Day(), help=words("Från dag; förvalt i dag.", "From day; today unless said."))
_why = click.option("--why", required=True, help=words("Varför, i en rad.", "Why, in one line."))


@rules.command("list", cls=Command, help=words("Alla versioner, den senaste först.", "Every version, newest first."))
@click.pass_obj
def list_(answer: Answer) -> None:
    """Every saved version of every authority."""
    with opened(answer):
        from pluginnovation.web.signals.rule_sets import versions_of

        rows = [_row(one) for one in versions_of()]
    default = words("1  förvalt, för alla utan egna regler", "1  the default, for all without rules of their own")
    answer.give({"rules": rows}, [*map(_listed, rows), default])


@rules.command("show", cls=Command, help=words("Vad en version säger.", "What a version says."))
@click.argument("number", type=click.IntRange(1))
@click.pass_obj
def show(answer: Answer, number: int) -> None:
    """Every value, and which differ from the default."""
    with opened(answer):
        from pluginnovation.signals.rule_changes import differences, plain
        from pluginnovation.signals.rule_fields import BY_NAME
        from pluginnovation.web.signals.rule_sets import rules_numbered

        found = rules_numbered(number)
    changes = differences(found)
    values = {name: plain(getattr(found, name)) for name in BY_NAME}
    lines = [f"{'*' if name in changes else ' '} {name} = {_said(value)}" for name, value in values.items()]
    answer.give({"number": number, "since": found.since, "changes": changes, "values": values}, lines)


@rules.command(
    "compare",
    cls=Command,
    help=words(
        "Hur många skulle lyftas med BEFORE och med AFTER (eller BEFORE med --set), skola för skola?",
        "How many would be raised by BEFORE and by AFTER (or BEFORE with --set), school by school?",
    ),
)
@click.argument("before", type=click.IntRange(1))
@click.argument("after", type=click.IntRange(1), required=False)
@_source
@_set
@_calendar
@click.pass_obj
def compare(
    answer: Answer, before: int, after: int | None, source: str, settings: tuple[str, ...], calendar: Path | None
) -> None:
    """Both rule sets on the pupils of the day that the pages show."""
    with opened(answer) as home:
        from pluginnovation.signals.rule_changes import differences
        from pluginnovation.web.records.actions import opened_store
        from pluginnovation.web.signals.rule_comparison import compare_rules
        from pluginnovation.web.signals.rule_sets import rules_numbered

        first, base = rules_numbered(before), rules_numbered(after or before)
        second = _rule_set(differences(base) | read_settings(settings, calendar), base)
        with opened_store(home) as store:
            found = compare_rules(store, source, first, second)
    document = {
        "as_of": found.as_of, "before": before, "after": after or before, "source": source, "counted": found.counted,
        "seconds": round(found.seconds, 2), "rows": found.rows,
    }  # fmt: skip
    answer.give(document, [*_totals(found), words(f"{found.seconds:.2f} s", f"{found.seconds:.2f} s")])


@rules.command("save", cls=Command, help=words("Spara en ny version.", "Save a new version."))
@_source
@_set
@_calendar
@_since
@_why
@click.pass_obj
def save(
    answer: Answer, source: str, settings: tuple[str, ...], calendar: Path | None, since: date | None, why: str
) -> None:
    """Add a version: what holds on its first day, with the changes that are said."""
    with opened(answer):
        from pluginnovation.signals.rule_changes import differences
        from pluginnovation.web.people.clock import today
        from pluginnovation.web.signals.rule_sets import rules_for

        first = since or today()
        changes = differences(rules_for(source, first)) | read_settings(settings, calendar)
        saved = _saved(source, changes, first, why)
    _give_saved(answer, saved)


@rules.command("reset", cls=Command, help=words("Gå tillbaka till det förvalda.", "Go back to the default."))
@_source
@_since
@_why
@click.pass_obj
def reset(answer: Answer, source: str, since: date | None, why: str) -> None:
    """Add a version that is the default."""
    with opened(answer):
        from pluginnovation.web.people.clock import today

        saved = _saved(source, {}, since or today(), why)
    _give_saved(answer, saved)


def read_settings(settings: Iterable[str], calendar: Path | None) -> dict[str, Any]:
    """The values that are said on the command line.

    Raises  Refusal 'rules_wrong' for the first that can't be read
    """
    from pluginnovation.signals.rule_checks import Wrong
    from pluginnovation.signals.rule_texts import calendar_of, setting

    found: dict[str, Any] = {}
    for said in settings:
        one = setting(said)
        if isinstance(one, Wrong):
            raise _refused([one])
        found[one[0]] = one[1]
    if calendar is not None:
        rows = calendar_of(calendar.read_text("utf-8-sig", errors="replace").splitlines())
        if isinstance(rows, Wrong):
            raise _refused([rows])
        found["calendar"] = rows
    return found


def _rule_set(changes: Mapping[str, Any], base: "RuleSet") -> "RuleSet":
    from pluginnovation.signals.rule_changes import WrongRules, rule_set_of

    try:
        return rule_set_of(changes, number=base.number, since=base.since)
    except WrongRules as error:
        raise _refused(error.wrong) from None


def _saved(source: str, changes: Mapping[str, Any], since: date, why: str) -> "Version":
    from pluginnovation.signals.rule_changes import WrongRules
    from pluginnovation.web.signals.rule_sets import Draft, newest, save_rules

    try:
        draft = Draft(source, changes, since, why, newest(source))
        return save_rules(draft=draft, by=None, at=datetime.now(UTC))
    except WrongRules as error:
        raise _refused(error.wrong) from None


def _refused(wrong: "list[Wrong]") -> Refusal:
    first = wrong[0]
    return Refusal(
        "rules_wrong",
        what=("Det kan inte vara en regel.", "That can't be a rule."),
        todo=(first.sv, first.en),
        where=first.field,
    )


def _row(version: "Version") -> dict[str, Any]:
    from pluginnovation.web.signals.rule_sets import not_taken

    return {
        "number": version.number, "source": version.authority, "since": version.since, "changes": version.changes,
        "not_taken": [one.field for one in not_taken(version)],
        "by": version.by.name if version.by else None, "at": version.at, "why": version.why,
    }  # fmt: skip


def _listed(row: Mapping[str, Any]) -> str:
    source = row["source"] or words("källor utan egna", "sources without their own")
    vain = words("gäller inte längre", "no longer taken")
    fallen = f"  ({vain}: {', '.join(row['not_taken'])})" if row["not_taken"] else ""
    return f"{row['number']}  {row['since']}  {source}  {', '.join(row['changes']) or '–'}{fallen}  {row['why']}"


def _said(value: Any) -> str:
    return (
        ",".join(map(str, value))
        if isinstance(value, list) and value and not isinstance(value[0], dict)
        else str(value)
    )


def _totals(found: "Comparison") -> list[str]:
    """One line for each signal: all schools together."""
    from pluginnovation.signals.catalogue import CATALOGUE
    from pluginnovation.signals.comparison import ANY

    there = {row["signal"] for row in found.rows}
    sums = {name: [0] * 5 for name in (ANY, *CATALOGUE) if name in there}
    for row in found.rows:
        so_far = sums[row["signal"]]
        for place, name in enumerate(("n", "before", "after", "newly", "no_longer")):
            so_far[place] += row[name]
    return [
        words(
            f"{name:22} {before:>7} → {after:<7} av {n}; nya {newly}, inte längre {gone}",
            f"{name:22} {before:>7} → {after:<7} of {n}; new {newly}, no longer {gone}",
        )
        for name, (n, before, after, newly, gone) in sums.items()
    ]


def _give_saved(answer: Answer, saved: "Version") -> None:
    row = _row(saved)
    line = words(
        f"Version {saved.number} gäller från {saved.since}.", f"Version {saved.number} holds from {saved.since}."
    )
    answer.give(row, [line])
