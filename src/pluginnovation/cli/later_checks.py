"""The checks of `plug doctor` that ask the database and the store."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from pluginnovation.web.config.migrate import is_migrated
from pluginnovation.web.config.postgres import places_of

from .checks import Finding

OLD = timedelta(days=3)
SHOWN_CODES = 12


def database_shape(home: Path, env: Mapping[str, str]) -> Iterator[Finding]:
    """The database answers, and has this version's tables and rights."""
    if env.get("DATABASE_URL", "").strip():
        said = ("Databasen är den som DATABASE_URL anger.", "The database is the one that DATABASE_URL names.")
    else:
        root = places_of(home).root
        said = (f"Databasen svarar; dess mapp är {root}.", f"The database answers; its folder is {root}.")
    yield Finding("database", "ok", said)
    if not is_migrated():
        said = ("Databasens tabeller är från en tidigare version.", "The database's tables are of an earlier version.")
        yield Finding("tables", "wrong", said, ("Kör plug up.", "Run plug up."))


def store_whole(home: Path) -> Iterator[Finding]:
    """Every version that counts is on the disk, with all its files."""
    from pluginnovation.web.records.actions import opened_store

    with opened_store(home) as store:
        head, lost = store.ledger.head(), []
        for table, version in head.items():
            folder = store.folders[table]
            try:
                files = folder.files(version)
            except Exception:
                lost.append(f"{table} {version}")
                continue
            lost += [f"{table}/{one.path}" for one in files if not (folder.folder / one.path).exists()]
    if not lost:
        said = (f"Alla {len(head)} tabeller är hela.", f"All {len(head)} tables are whole.")
        yield Finding("store", "ok", said)
        return
    said = (
        f"{len(lost)} filer eller versioner saknas, först {lost[0]}.",
        f"{len(lost)} files or versions are missing, first {lost[0]}.",
    )
    todo = (
        "Återställ facts/, derived/ och databasen från samma säkerhetskopia.",
        "Restore facts/, derived/ and the database from the same backup.",
    )
    yield Finding("store", "wrong", said, todo)


def subjects_known(home: Path) -> Iterator[Finding]:
    """Subject and course codes that nobody knows. They count, each as a subject of its own."""
    from pluginnovation.reference.subject_codes import course_is_known, subject_is_known
    from pluginnovation.web.records.actions import opened_store

    with opened_store(home) as store:
        facts = store.facts()
        subjects: set[str] = set()
        courses: set[tuple[str, str]] = set()
        for table in (facts.grades, facts.study_plans):
            pairs = table.select(course=table.course.fill_null(""), subject=table.subject.fill_null("")).distinct()
            courses |= set(store.frame(pairs).iter_rows())
        for table in (facts.grades, facts.activities):
            subjects |= set(store.frame(table.select("subject").distinct())["subject"].drop_nulls().to_list())
    unknown = {code for code in subjects if code and not subject_is_known(code)}
    unknown |= {course for course, subject in courses if not course_is_known(course, subject)}
    if not unknown:
        return
    shown = ", ".join(sorted(unknown)[:SHOWN_CODES]) + (" …" if len(unknown) > SHOWN_CODES else "")
    said = (
        f"{len(unknown)} ämnes- och kurskoder är okända: {shown}.",
        f"{len(unknown)} subject and course codes are unknown: {shown}.",
    )
    todo = (
        "Varje sådan räknas som ett ämne för sig. Rätta dem i källan om de hör till ett ämne som finns.",
        "Each counts as a subject of its own. Put them right in the source if they belong to a known subject.",
    )
    yield Finding("subject_codes", "note", said, todo)


def rules_taken() -> Iterator[Finding]:
    """Saved rules of which this version of the platform doesn't take everything: the default holds there."""
    from pluginnovation.web.people.clock import today
    from pluginnovation.web.signals.rule_sets import not_taken_today

    for version, wrong in not_taken_today(today()):
        named = ", ".join(dict.fromkeys(one.field for one in wrong))
        said = (
            f"Regelversion {version.number} säger det som inte går att ställa in längre; förvalt gäller där: {named}.",
            f"Version {version.number} of the rules says what can't be set any more; there the default holds: {named}.",
        )
        todo = ("Spara en ny version under Regler.", "Save a new version under Rules.")
        yield Finding("rules", "wrong", said, todo)


def freshness(now: datetime) -> Iterator[Finding]:
    """How old the newest import is, and what waits for a person."""
    from pluginnovation.web.records.actions import known_imports

    imports = known_imports()
    if not imports:
        said = ("Inget är inläst.", "Nothing has been read in.")
        yield Finding("imports", "note", said, ("Läs in: plug records import.", "Read in: plug records import."))
        return
    for held in (one for one in imports if one.status == "held"):
        said = (f"Inläsning {held.id} ({held.source}) väntar.", f"Import {held.id} ({held.source}) is held.")
        command = f"plug records release {held.id} | discard {held.id}"
        yield Finding("held", "note", said, (f"Avgör: {command}", f"Decide: {command}"))
    last = max(one.finished_at for one in imports)
    days = (now - last).days
    said = (f"Senaste inläsningen är {days} dygn gammal.", f"The newest import is {days} days old.")
    todo = ("Går nattens arbete? Se timern.", "Does the night's work run? See the timer.")
    yield Finding("imports", "note", said, todo) if now - last > OLD else Finding("imports", "ok", said)


def demo_state() -> Iterator[Finding]:
    """Whether the demo's one-click roles live."""
    from pluginnovation.web.people.demo import demo_is_open

    if demo_is_open():
        said = (
            "Demons roller är öppna: alla uppgifter är påhittade och servern nås bara härifrån.",
            "The demo's roles are open: every record is made up and the server is reached from here only.",
        )
        yield Finding("demo", "note", said)
