"""Does the fence stand? Asked as the web's role itself, with nobody said to ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from ..database import database
from ..postgres import WEB
from .rows import FENCED


@dataclass(frozen=True, slots=True)
class Standing:
    """What the web's role came upon.

    role     the role that the web's connections have
    persons  whether it saw a person though nobody asked
    open     fenced tables whose fence doesn't hold this role, by name
    """

    role: str
    persons: bool
    open: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether nothing was seen, and every table is fenced."""
        return not self.persons and not self.open


def look_over(env: Mapping[str, str], home: Path) -> Standing:
    """Try to see somebody as the web does, past every page.

    Raises  psycopg.OperationalError when the web's role can't come in
    """
    found = database({**env, "PLUG_DATABASE_ROLE": WEB}, home)
    reach: dict[str, Any] = {
        "dbname": found["NAME"], "user": found["USER"], "password": found["PASSWORD"], "host": found["HOST"],
        "port": found["PORT"], **found.get("OPTIONS", {}),
    }  # fmt: skip
    return looked_over(psycopg.connect(**{name: value for name, value in reach.items() if value}))


def looked_over(session: psycopg.Connection[Any]) -> Standing:
    """The same, over a connection that is closed afterwards."""
    with session:
        role = session.execute("SELECT current_user").fetchone()
        fenced = session.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'"
            " AND c.relname = ANY (%s) AND NOT row_security_active(c.oid) ORDER BY 1",
            [list(FENCED)],
        ).fetchall()
        person = session.execute("SELECT EXISTS (SELECT 1 FROM people_person)").fetchone()
    return Standing(role[0] if role else "", bool(person and person[0]), tuple(name for (name,) in fenced))
