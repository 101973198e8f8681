"""The secret that signs sessions and forms: given, or made once for a home with its own database."""

from collections.abc import Mapping
from pathlib import Path

from .environment import text
from .missing import ResourceMissing
from .postgres.passwords import write_secret

FILE = "secret.key"

MISSING_SV = (
    "Inställningen PLUG_SECRET_KEY saknas. Med den undertecknas inloggningar och formulär, och därför finns inget "
    "förvalt värde."
)
MISSING_EN = "The setting PLUG_SECRET_KEY is missing. It signs sessions and forms, so it has no default."
TODO_SV = (
    "Kör `plug up` en gång, som gör en nyckel åt en installation med egen databas. Med DATABASE_URL: ange en egen, "
    "till exempel från `openssl rand -base64 48`, i miljön och aldrig i projektet."
)
TODO_EN = (
    "Run `plug up` once, which makes a key for an installation with its own database. With DATABASE_URL: give your "
    "own, for example from `openssl rand -base64 48`, in the environment, never in the project."
)


def secret_key(env: Mapping[str, str], home: Path) -> str:
    """The secret key.

    Raises  ResourceMissing with a paragraph of help when there is none
    """
    given = text(env, "PLUG_SECRET_KEY")
    if given:
        return given
    try:
        return (home / "keys" / FILE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise ResourceMissing(
            "secret_key_missing",
            what=(MISSING_SV, MISSING_EN),
            todo=(TODO_SV, TODO_EN),
        ) from None


def make_secret_key(env: Mapping[str, str], home: Path) -> None:
    """Make the key file if the home keeps its own database and has none. With DATABASE_URL nothing is made."""
    path = home / "keys" / FILE
    if text(env, "DATABASE_URL") or text(env, "PLUG_SECRET_KEY") or path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_secret(path)
