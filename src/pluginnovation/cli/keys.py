"""`plug keys`: the keys that sealed fields are sealed with, and a new one."""

from datetime import UTC, datetime

import click

from .answers import Answer, Command, words
from .home import opened


@click.group(
    "keys",
    help=words(
        "Nycklarna till det som är förseglat i databasen: personnummer, e-post, utdrag, andra faktorer, anteckningar.",
        "The keys to what is sealed in the database: civic numbers, mail, extracts, second factors, notes.",
    ),
)
def keys() -> None:
    """The group: does nothing by itself."""


@keys.command("list", cls=Command, help=words("Nycklarna, och hur mycket var och en har förseglat.",
                                              "The keys, and how much each has sealed."))  # fmt: skip
@click.pass_obj
def list_(answer: Answer) -> None:
    """Numbers and counts; never a key."""
    with opened(answer):
        from pluginnovation.web.people.resealing import in_use

        used = in_use()
    said = [words(f"Nyckel {key}: {n} värden", f"Key {key}: {n} values") for key, n in used.items()]
    answer.give({"keys": used, "newest": list(used)[-1]}, said)


@keys.command(
    "rotate",
    cls=Command,
    help=words(
        "Gör en ny nyckel och försegla allt med den. Den gamla står kvar; avbryts arbetet tar nästa gång vid.",
        "Make a new key and seal everything with it. The old one stays for reading; if cut short, the next goes on.",
    ),
)
@click.pass_obj
def rotate(answer: Answer) -> None:
    """A new key, and every sealed value sealed with it."""
    with opened(answer):
        from pluginnovation.web.people.resealing import add_key, in_use, reseal

        at = datetime.now(UTC)
        number = add_key(at=at)
        answer.note(f"Förseglar med nyckel {number} …", f"Sealing with key {number} …")
        rows = dict(reseal(at=at))
        left = sum(n for key, n in in_use().items() if key != number)
    said = [words(f"Nyckel {number} har förseglat {sum(rows.values())} rader.",
                  f"Key {number} has sealed {sum(rows.values())} rows.")]  # fmt: skip
    if left:
        said.append(words(f"{left} värden ändrades under tiden. Kör samma kommando igen.",
                          f"{left} values were changed meanwhile. Run the same command again."))  # fmt: skip
    else:
        said.append(words("Säkerhetskopiera PLUG_HOME/keys nu. Efter ett dygn: plug keys forget.",
                          "Back up PLUG_HOME/keys now. After a day: plug keys forget."))  # fmt: skip
    answer.give({"key": number, "rows": rows, "left": left}, said)


@keys.command(
    "forget",
    cls=Command,
    help=words(
        "Ta bort gamla nycklar som inget är förseglat med. Äldre säkerhetskopior av databasen behöver dem ännu.",
        "Remove old keys that nothing is sealed with any more. Older backups of the database still need them.",
    ),
)
@click.pass_obj
def forget(answer: Answer) -> None:
    """The file without the keys that nothing needs."""
    with opened(answer):
        from pluginnovation.web.people.resealing import forget_keys

        gone = forget_keys(at=datetime.now(UTC))
    said = words(f"Borttagna: {', '.join(gone)}.", f"Removed: {', '.join(gone)}.") if gone else words(
        "Ingen gammal nyckel går att ta bort.", "No old key can be removed.")  # fmt: skip
    answer.give({"forgotten": list(gone)}, [said])
