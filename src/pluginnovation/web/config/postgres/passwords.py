"""One password per role, each in a 0600 file of its own under PLUG_HOME/keys."""

import os
import secrets
from pathlib import Path

SUPERUSER, OWNER, WEB, WORKER = "plug_superuser", "plug_owner", "plug_web", "plug_worker"
ROLES = (OWNER, WEB, WORKER)
# The hub's database has roles of its own: none of them may enter the node's, nor the other way round.
HUB_OWNER, HUB_WEB, HUB_WORKER = "hub_owner", "hub_web", "hub_worker"
HUB_ROLES = (HUB_OWNER, HUB_WEB, HUB_WORKER)


def password_file(keys: Path, role: str) -> Path:
    """Where the role's password is kept. The owner's is read by migrations only."""
    return keys / f"{role.replace('_', '-')}.password"


def read_password(keys: Path, role: str) -> str | None:
    """The role's password, or none before the server was first made."""
    try:
        return password_file(keys, role).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None


def make_password(keys: Path, role: str) -> str:
    """The role's password, made up and written down the first time."""
    return read_password(keys, role) or write_secret(password_file(keys, role))


def write_secret(path: Path) -> str:
    """A new secret in a new 0600 file, whole or not at all."""
    secret = secrets.token_urlsafe(48)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)  # never over another's: whoever was first decides
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    finally:
        os.unlink(fresh)
    return secret
