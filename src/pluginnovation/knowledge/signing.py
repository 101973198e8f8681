"""A catalogue as a file that a node may trust: what it says, signed with the hub's key (Ed25519).

Two lines: who signed what, and the catalogue as JSON. The signature is of the second line's bytes as they stand, so
that nothing has to be written the same way twice. A node takes a file only when its key is the one it trusts, and
never one that is older than what it has.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import json

from pluginnovation.records.refusals import Refusal

from .catalogue import FORMAT, MOST_LOCKS, Catalogue, Method

MOST_BYTES: Final = 8_000_000
MOST_METHODS: Final = 5_000
KIND: Final = "plug-methods"
# Where a hub keeps its keys and its last export under PLUG_HOME, and where it shows both to nodes elsewhere.
SECRET_AT: Final = Path("keys") / "hub-catalogue.key"
PUBLIC_AT: Final = Path("keys") / "hub-catalogue.pub"
EXPORTED_AT: Final = Path("hub") / "metoder.signerad"
SHOWN_AT: Final = "katalog/metoder.signerad"
KEY_SHOWN_AT: Final = "katalog/nyckel.txt"
_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
_PATH: Final = re.compile(r"(?:/[a-z0-9_-]+)*/?")
_ASK_AGAIN: Final = ("Hämta katalogen på nytt från hubben.", "Fetch the catalogue from the hub again.")


@dataclass(frozen=True, slots=True)
class Head:
    """The first line. kind: always KIND; key: the signer's public key; signature: of the second line; both base64."""

    kind: str
    key: str
    signature: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A catalogue that was signed by the trusted key.

    digest   of what was signed, SHA-256 in hexadecimal: the same digest is the same catalogue
    """

    catalogue: Catalogue
    digest: str


def next_catalogue(hub: str, methods: Sequence[Method], *, at: datetime, earlier: Catalogue | None) -> Catalogue:
    """The catalogue to publish: the earlier one when nothing differs, else the next version.

    Takes   methods   in any order; earlier: what was published last, None: nothing
    """
    ordered = tuple(sorted(methods, key=lambda method: method.key))
    if earlier is not None and (earlier.hub, earlier.methods) == (hub, ordered):
        return earlier
    return Catalogue(hub, 1 if earlier is None else earlier.version + 1, at, ordered)


def signed(catalogue: Catalogue, key: bytes) -> bytes:
    """The catalogue as a file.

    Takes   key   the hub's secret key, 32 bytes
    Raises  Refusal as `opened` does: a hub publishes nothing that a node would refuse
    """
    _checked(catalogue)
    secret = Ed25519PrivateKey.from_private_bytes(key[:32])
    body = json.encode(catalogue, order="sorted")
    public = base64.b64encode(secret.public_key().public_bytes_raw()).decode()
    head = Head(KIND, public, base64.b64encode(secret.sign(body)).decode())
    return json.encode(head) + b"\n" + body + b"\n"


def public_key_of(key: bytes) -> str:
    """The public half of a hub's secret key, as a node is told it: base64."""
    return base64.b64encode(Ed25519PrivateKey.from_private_bytes(key[:32]).public_key().public_bytes_raw()).decode()


def opened(raw: bytes, *, trusted: str, has: Opened | None = None) -> Opened:
    """The catalogue of a file.

    Takes   trusted   the public key that this node trusts, base64; empty: none, and every file is refused
            has       what the node has now; None: nothing
    Raises  Refusal 'no_hub_key', 'catalogue_too_large', 'catalogue_unreadable', 'catalogue_forged' (another key, or
            changed after it was signed), 'catalogue_format' (newer than this program), 'catalogue_older' (or another
            catalogue with the same number). What the node has stays in use
    """
    if not trusted:
        raise Refusal(
            "no_hub_key",
            what=("Noden känner inte hubbens nyckel.", "This node doesn't know the hub's key."),
            todo=("Sätt PLUG_HUB_KEY till den nyckel som hubben visar.", "Set PLUG_HUB_KEY to the key the hub shows."),
        )
    if len(raw) > MOST_BYTES:
        raise _refused("catalogue_too_large", "Katalogen är för stor.", "The catalogue is too large.")
    body = _signed_body(raw, trusted)
    digest = hashlib.sha256(body).hexdigest()
    catalogue = _read(body)
    if has is not None and digest != has.digest and catalogue.version <= has.catalogue.version:
        raise Refusal(
            "catalogue_older",
            what=(
                f"Filen har version {catalogue.version}, och noden har redan {has.catalogue.version}.",
                f"The file has version {catalogue.version}, and this node has {has.catalogue.version} already.",
            ),
            todo=("Inget har ändrats. " + _ASK_AGAIN[0], "Nothing was changed. " + _ASK_AGAIN[1]),
        )
    return Opened(catalogue, digest)


def reopened(raw: bytes) -> Opened:
    """A file that `opened` took before, from the node's own store; its signature was seen then."""
    body = raw.partition(b"\n")[2].rstrip(b"\n")
    return Opened(_read(body), hashlib.sha256(body).hexdigest())


def _signed_body(raw: bytes, trusted: str) -> bytes:
    first, _, rest = raw.partition(b"\n")
    body = rest.rstrip(b"\n")
    try:
        head = json.decode(first, type=Head)
        signature = base64.b64decode(head.signature, validate=True)
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(trusted, validate=True))
    except (msgspec.DecodeError, ValueError) as error:
        raise _unreadable() from error
    if head.kind != KIND:
        raise _unreadable()
    try:
        public.verify(signature, body)
    except InvalidSignature as error:
        raise Refusal(
            "catalogue_forged",
            what=(
                "Underskriften stämmer inte: filen är inte från hubben, eller har ändrats på vägen.",
                "The signature doesn't hold: the file isn't the hub's, or was changed on its way.",
            ),
            todo=(
                "Inget har ändrats. Jämför PLUG_HUB_KEY med nyckeln som hubben visar.",
                "Nothing was changed. Compare PLUG_HUB_KEY with the key that the hub shows.",
            ),
        ) from error
    return body


def _read(body: bytes) -> Catalogue:
    try:
        found = json.decode(body, type=Catalogue)
    except (msgspec.DecodeError, ValueError) as error:
        raise _newer_or_unreadable(body) from error
    return _checked(found)


def _newer_or_unreadable(body: bytes) -> Refusal:
    try:
        number = json.decode(body, type=dict).get("format")
    except (msgspec.DecodeError, ValueError):
        return _unreadable()
    return _too_new() if isinstance(number, int) and number > FORMAT else _unreadable()


def _checked(catalogue: Catalogue) -> Catalogue:
    """Keys become addresses and paths become links, so that both must look like what they are."""
    if catalogue.format > FORMAT:
        raise _too_new()
    keys = [method.key for method in catalogue.methods]
    wrong = [key for key in keys if not _SLUG.fullmatch(key)]
    wrong += [method.key for method in catalogue.methods if not _PATH.fullmatch(method.path)]
    wrong += [m.key for m in catalogue.methods if any(not _PATH.fullmatch(one.path) for one in m.experiences)]
    wrong += [method.key for method in catalogue.methods if not all(_sure_as_can_be(method))]
    if wrong or len(set(keys)) < len(keys) or len(keys) > MOST_METHODS or catalogue.version < 1:
        raise _unreadable()
    return catalogue


def _sure_as_can_be(method: Method) -> Iterable[bool]:
    yield 0 <= method.external_locks <= MOST_LOCKS
    for known in method.local:
        yield 0 <= known.locks <= MOST_LOCKS
        # Without any certainty no number travels, so that none can be shown by mistake.
        yield known.locks > 0 or known.estimate is None


def without_numbers_unsure(method: Method) -> Method:
    """The method whose unsure results have lost their numbers, as the rule of certainty has it."""
    bare = [
        one if one.locks else replace(one, estimate=None, low=None, high=None, next_low=None, next_high=None)
        for one in method.local
    ]
    return replace(method, local=tuple(bare))


def _too_new() -> Refusal:
    return Refusal(
        "catalogue_format",
        what=(
            "Katalogen är skriven för en nyare version av programmet.",
            "The catalogue is written for a newer version of the program.",
        ),
        todo=("Uppdatera noden. Den gamla katalogen gäller.", "Update the node. The old catalogue stands."),
    )


def _unreadable() -> Refusal:
    return _refused("catalogue_unreadable", "Filen är inte en katalog.", "The file isn't a catalogue.")


def _refused(code: str, sv: str, en: str) -> Refusal:
    todo = ("Inget har ändrats. " + _ASK_AGAIN[0], "Nothing was changed. " + _ASK_AGAIN[1])
    return Refusal(code, what=(sv, en), todo=todo)
