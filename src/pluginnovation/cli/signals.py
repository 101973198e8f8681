"""`plug signals`: compute the signals of a day, and list them."""

from datetime import UTC, date, datetime

import click

from pluginnovation.records.engine import DUCKDB, ENGINES

from .answers import Answer, Command, words
from .home import opened
from .moments import Day, Moment
from .rules import rules


@click.group("signals", help=words("Räkna signaler, och lista dem.", "Compute signals, and list them."))
def signals() -> None:
    """The group: does nothing by itself."""


signals.add_command(rules)


@signals.command(
    "run",
    cls=Command,
    help=words(
        "Räkna alla signaler för en dag och låt sidorna visa dem.",
        "Compute every signal of a day, and let the pages show them.",
    ),
)
@click.option("--as-of", type=Day(), required=True, help=words("Sista dagen som räknas.", "The last day that counts."))
@click.option("--known-at", type=Moment(), help=words("Bara det som var känt då.", "Only what was known by then."))
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=DUCKDB,
    show_default=True,
    help=words("Spark när en dator inte räcker till.", "Spark when one process is too small."),
)
@click.pass_obj
def run(answer: Answer, as_of: date, known_at: datetime | None, engine: str) -> None:
    """One run, and what it did."""
    with opened(answer):
        from pluginnovation.web.signals.actions import run_signals

        from .listing import one_number

        answer.note(f"Räknar signaler för {as_of} …", f"Computing the signals of {as_of} …")
        done = run_signals(as_of=as_of, known_at=known_at, engine=engine, by=None, at=datetime.now(UTC))
    document = {
        "as_of": done.as_of,
        "rule_set": one_number(done.rules.values()),
        "rule_sets": dict(done.rules),
        "engine": engine,
        "sources": done.sources,
        "rows": done.rows,
        "raised": done.raised,
        "shown": done.shown,
        "snapshots": dict(done.counts),
        "snapshot_seconds": round(done.seconds, 2),
    }
    answer.give(
        document, [words(f"{done.rows} resultat, {done.raised} lyfta.", f"{done.rows} results, {done.raised} raised.")]
    )


@signals.command(
    "list",
    cls=Command,
    help=words("Lista signalerna för en dag som är räknad.", "List the signals of a day that was computed."),
)
@click.option("--as-of", type=Day(), help=words("Dagen; förvalt den senaste.", "The day; the newest unless said."))
@click.option("--raised", is_flag=True, help=words("Bara lyfta.", "Raised ones only."))
@click.option("--signal", default=None, help=words("Bara denna signal.", "This signal only."))
@click.option("--school", default=None, help=words("Skolans id eller skolenhetskod.", "The school's id or unit code."))
@click.option("--groups", is_flag=True, help=words("Klasser och skolor i stället.", "Classes and schools instead."))
@click.pass_obj
def list_(
    answer: Answer, as_of: date | None, raised: bool, signal: str | None, school: str | None, groups: bool
) -> None:
    """Each result with its reason."""
    from .listing import Wanted, group_list, signal_list

    with opened(answer) as home:
        from pluginnovation.web.records.actions import opened_store

        with opened_store(home) as store:
            wanted = Wanted(as_of, raised, signal, school)
            found = (group_list if groups else signal_list)(store, wanted)
            for text in () if answer.as_json else found.first:
                click.echo(text)
            answer.stream(found.head, found.name, found.rows, found.line)
