"""The sign-in services of school authorities (OpenID Connect): what the installation knows of each. No Django here.

A TOML file with a table for each, named by what the authority is called in addresses:

    [bjorkeby]
    title = "Björkeby kommun"
    issuer = "https://id.bjorkeby.example"
    client_id = "plug"
    client_secret_file = "bjorkeby.secret"          # beside this file, unless the path is whole
    sources = ["bjorkeby"]                          # whose staff it signs in, and nobody else's
    levels = ["http://id.elegnamnden.se/loa/1.0/loa2", "http://id.elegnamnden.se/loa/1.0/loa3"]
    multi_factor = []                               # `acr` values that always mean more than one factor
    eppn_claim = "eduPersonPrincipalName"
    school_claim = "sisSchoolUnitCode"              # names the schools; none of them known here: refused
    scopes = ["profile"]
"""

import re
import tomllib
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

EPPN_CLAIM: Final = "eduPersonPrincipalName"
SCHOOL_CLAIM: Final = "sisSchoolUnitCode"
NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
# allauth keeps the issuer in a column of this length.
LONGEST_ISSUER: Final = 200

NEEDED: Final = {
    "title": str,
    "issuer": str,
    "client_id": str,
    "client_secret_file": str,
    "sources": list,
    "levels": list,
}
OPTIONAL: Final = {"multi_factor": list, "scopes": list, "eppn_claim": str, "school_claim": str}


class ServicesUnclear(Exception):
    """The file can't be used as it is. No value is repeated."""

    def __init__(self, sv: str, en: str) -> None:
        self.sv, self.en = sv, en
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Authority:
    """One school authority's sign-in service."""

    name: str
    title: str
    issuer: str
    client_id: str
    secret_file: Path
    sources: tuple[str, ...]
    levels: tuple[str, ...]
    multi_factor: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    eppn_claim: str = EPPN_CLAIM
    school_claim: str = SCHOOL_CLAIM

    def secret(self) -> str:
        """The client's secret: read each time, so that a new one counts at once."""
        return self.secret_file.read_text(encoding="utf-8").strip()


def services_in(text: str, *, folder: Path) -> dict[str, Authority]:
    """The services in such a file, by name.

    Raises  ServicesUnclear
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ServicesUnclear("Filen är inte TOML.", "The file is not TOML.") from error
    found = {name: _service(name, table, folder) for name, table in tables.items()}
    if len({service.issuer for service in found.values()}) < len(found):
        raise ServicesUnclear("Två tjänster har samma issuer.", "Two services have the same issuer.")
    return found


def _service(name: str, table: Any, folder: Path) -> Authority:
    if not NAME.fullmatch(name) or not isinstance(table, dict):
        raise ServicesUnclear(
            "Varje tjänst är en tabell med ett namn av a-z, 0-9 och -.",
            "Each service is a table whose name is made of a-z, 0-9 and -.",
        )
    for key, kind in (NEEDED | OPTIONAL).items():
        _check(name, key, kind, table.get(key), needed=key in NEEDED)
    if unknown := sorted(set(table) - set(NEEDED) - set(OPTIONAL)):
        raise ServicesUnclear(f"{name}: ordet {unknown[0]} är okänt.", f"{name}: the word {unknown[0]} is unknown.")
    if not _is_issuer(table["issuer"]):
        raise ServicesUnclear(
            f"{name}: issuer ska vara en adress som börjar med https://, utan frågetecken.",
            f"{name}: issuer must be an address that begins with https://, without a question mark.",
        )
    secret = folder / table["client_secret_file"]
    if not secret.is_file():
        raise ServicesUnclear(
            f"{name}: filen i client_secret_file finns inte.", f"{name}: the file in client_secret_file isn't there."
        )
    lists = {key: tuple(table.get(key, ())) for key in ("sources", "levels", "multi_factor", "scopes")}
    return Authority(
        name=name, title=table["title"], issuer=table["issuer"], client_id=table["client_id"], secret_file=secret,
        eppn_claim=table.get("eppn_claim", EPPN_CLAIM), school_claim=table.get("school_claim", SCHOOL_CLAIM), **lists,
    )  # fmt: skip


def _check(name: str, key: str, kind: type, value: object, *, needed: bool) -> None:
    if value is None and not needed:
        return
    texts = value if isinstance(value, list) else [value]
    if not isinstance(value, kind) or (needed and not value) or not all(isinstance(t, str) and t for t in texts):
        raise ServicesUnclear(
            f"{name}: {key} saknas eller har fel form.", f"{name}: {key} is missing or of the wrong form."
        )


def _is_issuer(issuer: str) -> bool:
    parts = urlsplit(issuer)
    return len(issuer) <= LONGEST_ISSUER and not parts.query and not parts.fragment and is_safe(issuer)


def is_safe(address: str) -> bool:
    """Whether nobody on the way can read what is sent there: HTTPS, or this machine itself."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname))


def _is_here(host: str) -> bool:
    """This machine itself: what is sent there crosses no network."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
