"""The checks of `plug doctor` that need no database: folder, disk, keys."""

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NOTHING: Final = ("", "")
LEAST_FREE: Final = 2 * 1024**3
PUBLIC: Final = ".pub"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    check   what, a stable word
    state   ok, note (worth knowing) or wrong
    said    what was found, Swedish and English
    todo    what to do about it; empty when there is nothing to do
    """

    check: str
    state: str
    said: tuple[str, str]
    todo: tuple[str, str] = NOTHING


def disk_and_home(home: Path) -> Iterator[Finding]:
    """The folder is there, ours to write in, and has room."""
    if not home.is_dir():
        said = (f"{home} finns inte ännu.", f"{home} is not there yet.")
        yield Finding("home", "wrong", said, ("Kör plug up.", "Run plug up."))
        return
    if not os.access(home, os.W_OK | os.X_OK):
        said = (f"Det går inte att skriva i {home}.", f"Cannot write in {home}.")
        yield Finding("home", "wrong", said, ("Ge rättighet till mappen.", "Give permission to the folder."))
    else:
        yield Finding("home", "ok", (f"Hemmet är {home}.", f"The home is {home}."))
    free = shutil.disk_usage(home).free
    amount = f"{free / 1024**3:.1f} GiB"
    said = (f"{amount.replace('.', ',')} ledigt på disken.", f"{amount} free on the disk.")
    if free < LEAST_FREE:
        yield Finding(
            "disk", "wrong", said, ("Frigör plats före nästa inläsning.", "Free space before the next import.")
        )
    else:
        yield Finding("disk", "ok", said)


def keys_kept(home: Path, env: Mapping[str, str]) -> Iterator[Finding]:
    """Every key is there, and only its owner reads those that are secret."""
    keys = home / "keys"
    own_database = not env.get("DATABASE_URL", "").strip()
    # A key is missing only when there is something that was made with it.
    wanted = {"pseudonym.key": "facts/*", "identity.key": "facts/persons/**/*.parquet"}
    if own_database:
        wanted |= dict.fromkeys(
            ("plug-superuser.password", "plug-owner.password", "plug-web.password", "plug-worker.password"),
            "postgres.json",
        )
        if not env.get("PLUG_SECRET_KEY", "").strip():
            wanted["secret.key"] = "keys"
    lost = [name for name, since in wanted.items() if any(home.glob(since)) and not (keys / name).exists()]
    if lost:
        names = ", ".join(lost)
        said = (f"Nycklar saknas i {keys}: {names}.", f"Keys are missing in {keys}: {names}.")
        todo = (
            "Återställ dem från säkerhetskopia före nästa inläsning; nya nycklar öppnar inte det gamla.",
            "Restore them from a backup before the next import; new keys do not open what is old.",
        )
        yield Finding("keys", "wrong", said, todo)
    # What a signature is tried with is for everybody.
    secret = [path for path in sorted(keys.glob("*")) if path.suffix != PUBLIC]
    loose = [path.name for path in secret if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if loose:
        names = ", ".join(loose)
        said = (f"Andra kan läsa nycklar i {keys}: {names}.", f"Others can read keys in {keys}: {names}.")
        yield Finding("key_modes", "wrong", said, (f"Kör: chmod 600 {keys}/*", f"Run: chmod 600 {keys}/*"))
    if not lost and not loose:
        yield Finding("keys", "ok", ("Nycklarna är på plats.", "The keys are in place."))
