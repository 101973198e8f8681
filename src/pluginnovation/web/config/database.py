"""Which database Django speaks to: the one that DATABASE_URL names, or the home's own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from .environment import not_understood, text
from .postgres import HUB_OWNER, HUB_ROLES, HUB_WEB, HUB_WORKER, OWNER, ROLES, WEB, WORKER, connection

ENGINE = "django.db.backends.postgresql"
# A thread keeps its connection between requests; it is asked whether it lives before each request uses it.
KEPT = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def database(env: Mapping[str, str], home: Path) -> dict[str, Any]:
    """Django's description of the database.

    The home's own server has three roles; PLUG_DATABASE_ROLE says which one this process is (the web's unless told).
    With DATABASE_URL there is one role for everything, and no fence, unless the worker and the owner of the tables
    have addresses of their own.

    Raises  ResourceMissing when a setting cannot be understood
    """
    role = text(env, "PLUG_DATABASE_ROLE", WEB)
    if role not in ROLES:
        raise not_understood("PLUG_DATABASE_ROLE", (", ".join(ROLES), ", ".join(ROLES)))
    url = text(env, "DATABASE_URL")
    if url:
        # The other roles than the web's may have addresses of their own, where the database isn't the home's.
        own = {WORKER: text(env, "PLUG_WORKER_DATABASE_URL"), OWNER: text(env, "PLUG_OWNER_DATABASE_URL")}
        return {"ENGINE": ENGINE, **KEPT, **_from_url(own.get(role) or url)}
    found = connection(home, role)
    names = {"NAME": found.name, "USER": found.user, "PASSWORD": found.password, "HOST": found.host, "PORT": ""}
    return {"ENGINE": ENGINE, **KEPT, **names}


def hub_database(env: Mapping[str, str], home: Path) -> dict[str, Any]:
    """Django's description of the hub's database: another one than the node's, with roles of its own.

    HUB_DATABASE_ROLE says which role this process is; with HUB_DATABASE_URL there is one for everything, unless the
    owner of the tables has an address of its own.

    Raises  ResourceMissing when a setting cannot be understood
    """
    role = text(env, "HUB_DATABASE_ROLE", HUB_WEB)
    if role not in HUB_ROLES:
        raise not_understood("HUB_DATABASE_ROLE", (", ".join(HUB_ROLES), ", ".join(HUB_ROLES)))
    url = text(env, "HUB_DATABASE_URL")
    if url:
        own = {HUB_WORKER: text(env, "HUB_WORKER_DATABASE_URL"), HUB_OWNER: text(env, "HUB_OWNER_DATABASE_URL")}
        return {"ENGINE": ENGINE, **KEPT, **_from_url(own.get(role) or url, "HUB_DATABASE_URL")}
    found = connection(home, role)
    names = {"NAME": found.name, "USER": found.user, "PASSWORD": found.password, "HOST": found.host, "PORT": ""}
    return {"ENGINE": ENGINE, **KEPT, **names}


def _from_url(url: str, setting: str = "DATABASE_URL") -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port or ""
    except ValueError as error:
        raise _bad_url(setting) from error
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise _bad_url(setting)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
    }


def _bad_url(setting: str) -> Exception:
    form = "postgresql://user:password@host:5432/name"
    return not_understood(setting, (form, form))
