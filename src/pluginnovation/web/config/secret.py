"""The secret that signs sessions and forms: given, or made once for a home with its own database."""

from collections.abc import Mapping
from pathlib import Path

from .environment import text
from .missing import ResourceMissing
from .postgres.passwords import write_secret

FILE, HUB_FILE = "secret.key", "hub-secret.key"

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


def secret_key(env: Mapping[str, str], home: Path, *, hub: bool = False) -> str:
    """The secret key, the node's or the hub's: what one signs means nothing to the other.

    Raises  ResourceMissing with a paragraph of help when there is none
    """
    given = text(env, "HUB_SECRET_KEY" if hub else "PLUG_SECRET_KEY")
    if given:
        return given
    try:
        return (home / "keys" / (HUB_FILE if hub else FILE)).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise ResourceMissing(
            "secret_key_missing",
            what=_of_hub(MISSING_SV, MISSING_EN) if hub else (MISSING_SV, MISSING_EN),
            todo=_of_hub(TODO_SV, TODO_EN) if hub else (TODO_SV, TODO_EN),
        ) from None


def _of_hub(sv: str, en: str) -> tuple[str, str]:
    def told(said: str) -> str:
        return (
            said.replace("PLUG_", "HUB_")
            .replace("DATABASE_URL", "HUB_DATABASE_URL")
            .replace("`plug up`", "`plug hub prepare`")
        )

    return told(sv), told(en)


def make_secret_key(env: Mapping[str, str], home: Path) -> None:
    """Make the key file if the home keeps its own database and has none. With DATABASE_URL nothing is made."""
    path = home / "keys" / FILE
    if text(env, "DATABASE_URL") or text(env, "PLUG_SECRET_KEY") or path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_secret(path)


def make_hub_secret_key(env: Mapping[str, str], home: Path) -> None:
    """The same for a hub, whose key is its own."""
    path = home / "keys" / HUB_FILE
    if text(env, "HUB_DATABASE_URL") or text(env, "HUB_SECRET_KEY") or path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_secret(path)
