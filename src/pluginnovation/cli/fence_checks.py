"""The checks of `plug doctor` that ask whether the second fence stands, and whether the seals hold."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from .checks import Finding

# A night that did not come is a night without a seal.
LATE: Final = timedelta(days=2)
MOST_NAMED: Final = 5


def fence_stands(home: Path, env: Mapping[str, str]) -> Iterator[Finding]:
    """As the web's role, with nobody asking, no person is seen and every table holds back."""
    import psycopg

    from pluginnovation.web.config.fence.standing import look_over

    try:
        found = look_over(env, home)
    except psycopg.Error as error:
        said = (
            f"Webbens roll kom inte in: {type(error).__name__}.",
            f"The web's role got no in: {type(error).__name__}.",
        )
        yield Finding("fence", "wrong", said, ("Kör plug up.", "Run plug up."))
        return
    if found.stands:
        said = ("Stängslet står: utan frågare ser webbens roll ingen.", "The fence stands: the web's role sees nobody.")
        yield Finding("fence", "ok", said)
        yield from one_user(env)
        return
    names = ", ".join(found.open[:MOST_NAMED]) or "people_person"
    said = (
        f"Stängslet håller inte rollen {found.role}: {names}.",
        f"The fence does not hold the role {found.role}: {names}.",
    )
    todo = (
        "Kör plug up. Med DATABASE_URL: gör rollerna som plug roles skriver ut.",
        "Run plug up. With DATABASE_URL: make the roles that plug roles prints.",
    )
    yield Finding("fence", "wrong", said, todo)


def one_user(env: Mapping[str, str]) -> Iterator[Finding]:
    """Whoever runs code as the server reads every password that the server's user can read."""
    if env.get("DATABASE_URL", "").strip() and not env.get("PLUG_OWNER_DATABASE_URL", "").strip():
        return
    said = (
        "Webbserver och arbetare kör som samma systemanvändare: stängslet stoppar fel i frågor, inte främmande kod.",
        "Web server and worker run as one system user: the fence stops mistakes in queries, not foreign code.",
    )
    todo = (
        "I drift: var sin användare och var sitt lösenord, se dokumentationen om dataskydd.",
        "In production: a user and a password each, see the documentation on protecting data.",
    )
    yield Finding("one_user", "note", said, todo)


def seals_hold(home: Path, now: datetime) -> Iterator[Finding]:
    """Every sealed batch of visits and audit is as it was sealed."""
    from pluginnovation.web.people.seals import broken_batches, last_sealed, unsealed

    broken = broken_batches(home)
    why = {
        "rows": ("en rad är ändrad, borttagen eller inlagd", "a row was changed, taken away or put in"),
        "chain": ("kedjan är bruten", "the chain is cut"),
        "head": ("dagens fil säger annat eller saknas", "the day's file says otherwise or is gone"),
    }
    for one in broken:
        log = {"visits": ("besöken", "the visits"), "audit": ("åtgärderna", "the acts")}[one.log]
        rows, day = f"{one.first}-{one.last}", one.at.date()
        said = (
            f"Omgång {one.number} av {log[0]} ({day}, rad {rows}) håller inte: {why[one.why][0]}.",
            f"Batch {one.number} of {log[1]} ({day}, rows {rows}) does not hold: {why[one.why][1]}.",
        )
        todo = (
            "Jämför med säkerhetskopian från den dagen, och säg till dataskyddsombudet.",
            "Compare with that day's backup, and tell the data protection officer.",
        )
        yield Finding("seals", "wrong", said, todo)
    late = unsealed(now - LATE)
    if late:
        said = (f"{late} rader i loggarna är inte förseglade.", f"{late} rows of the logs are not sealed.")
        yield Finding("unsealed", "note", said, ("Går nattens arbete? Se timern.", "Does the night's work run?"))
    last = last_sealed()
    if not broken and last:
        said = (
            f"Förseglingarna håller; den senaste är från {last:%Y-%m-%d}.",
            f"The seals hold; last {last:%Y-%m-%d}.",
        )
        yield Finding("seals", "ok", said)


def keys_open() -> Iterator[Finding]:
    """Everything sealed has its key in the file, and nothing waits to be sealed with a newer one."""
    from pluginnovation.web.people.resealing import in_use, numbers

    known, used = numbers(), in_use()
    lost = sum(n for number, n in used.items() if number not in known)
    if lost:
        said = (
            f"{lost} förseglade värden har en nyckel som inte finns i identity.key.",
            f"{lost} sealed values have a key that is not in identity.key.",
        )
        yield Finding("sealed", "wrong", said, ("Återställ filen.", "Restore the file."))
    waiting = sum(used[number] for number in known[:-1])
    if waiting:
        said = (
            f"{waiting} värden är förseglade med en äldre nyckel.",
            f"{waiting} values are sealed with an older key.",
        )
        yield Finding("sealed", "note", said, ("Kör plug keys rotate.", "Run plug keys rotate."))
    elif len(known) > 1:
        said = (
            "Inget är förseglat med de äldre nycklarna i identity.key.",
            "Nothing is sealed with the older keys in identity.key.",
        )
        yield Finding("sealed", "note", said, ("Kör plug keys forget.", "Run plug keys forget."))
    elif not lost:
        yield Finding("sealed", "ok", ("Det förseglade går att öppna.", "What is sealed can be opened."))
