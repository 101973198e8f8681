"""A new key for what is sealed: every sealed value is opened with its old key and sealed with the newest.

First the new key is added to the file, and whoever seals from then on uses it; then the rows are sealed anew, a batch
at a time, each whole or not at all. The old key stays in the file until `forget_keys`, so that what breaks off
loses nothing: both keys open. The keyed hashes, by which a civic number is found again, have a key of their own that
stays.
"""

import base64
import binascii
import fcntl
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pgtrigger
from django.apps import apps
from django.db import connection, transaction

from .audit import recorded
from .refused import key_missing, key_too_new
from .sealed import KEY, NONCE, Seal, SealedBytes, SealedText, identity_seal, key_file, read_keys, write_keys

BATCH: Final = 1_000
FEW: Final = 4
# Who read the file before the new key was added may still be sealing with the old one: an import, at most.
OLD_STAYS: Final = timedelta(days=1)
LOOKUP: Final = "lookup"


@dataclass(frozen=True, slots=True)
class Place:
    """One column with sealed values.

    keys   of a column that holds JSON: the keys whose values are sealed; empty for a column that is one sealed text
    batch  how many rows are held in memory at once; few where each is a file
    """

    table: str
    key: str
    column: str
    keys: tuple[str, ...] = ()
    batch: int = BATCH


def places() -> tuple[Place, ...]:
    """Every column that something sealed stands in: the models' own, and inside what is kept as JSON."""
    person = [field.column for field in _sealed_fields(apps.get_model("people.Person"))]
    own = (
        Place(model._meta.db_table, str(model._meta.pk.column), field.column, batch=_batch_of(field))
        for model in apps.get_models()
        if not model._meta.proxy
        for field in _sealed_fields(model)
    )
    return (
        *own,
        Place("mfa_authenticator", "id", "data", ("secret", "seed", "migrated_codes")),
        Place("people_formeridentity", "id", "row", tuple(person)),
    )


def _sealed_fields(model: Any) -> list[Any]:
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedText)]


def _batch_of(field: SealedText) -> int:
    return FEW if isinstance(field, SealedBytes) else BATCH


def key_of(value: str) -> str | None:
    """The number of the key that a value is sealed with; None for what isn't sealed."""
    number, colon, body = value.partition(":")
    try:
        sealed = bool(colon) and number.isdigit() and len(base64.b64decode(body, validate=True)) >= NONCE
    except (ValueError, binascii.Error):
        return None
    return number if sealed else None


def in_use() -> dict[str, int]:
    """How many values each key has sealed, by number; those in the file that nothing uses are there with none."""
    found = Counter(dict.fromkeys(numbers(), 0))
    for place in places():
        found.update(_counted_json(place) if place.keys else _counted(place))
    return dict(found)


def numbers() -> tuple[str, ...]:
    """The numbers of the keys in the file, the newest last; none where nothing has been sealed yet."""
    return tuple(identity_seal().numbers) if key_file().exists() else ()


def _counted(place: Place) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT split_part("{place.column}", ':', 1), count(*) FROM "{place.table}" """  # noqa: S608
            f"""WHERE "{place.column}" <> '' GROUP BY 1"""
        )
        return dict(cursor.fetchall())


def _counted_json(place: Place) -> Counter[str]:
    values = (sealed for rows in _chunks(place) for _key, value in rows for sealed in _values(place, value))
    return Counter(number for value in values if (number := key_of(value)) is not None)


def add_key(*, at: datetime) -> str:
    """Put a new key last in the file: its number. When a rotation was cut short its key is taken up again.

    Raises  Refusal when a value is sealed with a key that the file doesn't hold
    """
    with _alone():
        used, path = in_use(), key_file()
        keys = read_keys(path)
        lost = sorted(set(used) - set(keys), key=int)
        if lost:
            raise key_missing(lost)
        numbers = [number for number in keys if number != LOOKUP]
        newest = numbers[-1]
        if len(numbers) > 1 and any(used[number] for number in numbers[:-1]):
            return newest
        fresh = str(max(map(int, numbers)) + 1)
        with recorded("add_key", by=None, at=at, about=fresh):
            write_keys(path, {**keys, fresh: os.urandom(KEY)})
        return fresh


def reseal(*, at: datetime) -> Iterator[tuple[str, int]]:
    """Seal with the newest key whatever an older one has sealed; gives each column and how many rows, as it is done."""
    seal, total = identity_seal(), 0
    for place in places():
        done = sum(_batch(place, rows, seal) for rows in _chunks(place))
        total += done
        yield f"{place.table}.{place.column}", done
    with recorded("reseal", by=None, at=at, about=seal.numbers[-1], rows=total):
        pass


def forget_keys(*, at: datetime) -> tuple[str, ...]:
    """Take the keys that nothing is sealed with any more out of the file, but never the newest: their numbers.

    Raises  Refusal when the newest key is so new that somebody may still be sealing with an older one
    """
    with _alone():
        path, used = key_file(), in_use()
        keys = read_keys(path)
        newest = list(keys)[-1]
        gone = tuple(number for number in keys if number not in (LOOKUP, newest) and not used.get(number))
        if gone and at.timestamp() - path.stat().st_mtime < OLD_STAYS.total_seconds():
            raise key_too_new(int(OLD_STAYS.total_seconds() // 3600))
        if gone:
            with recorded("forget_keys", by=None, at=at, about=" ".join(gone)):
                write_keys(path, {number: key for number, key in keys.items() if number not in gone})
        return gone


def _batch(place: Place, rows: list[tuple[Any, str]], seal: Seal) -> int:
    """Seal the rows anew, in one transaction; how many. What somebody changes meanwhile stays as it was left."""
    newest, changed = seal.numbers[-1], 0
    old = [row for row in rows if any(key_of(each) not in (None, newest) for each in _values(place, row[1]))]
    if not old:
        return 0
    # What they say isn't changed, so triggers that hold rows unchanged, or keep what they were, are passed by.
    with transaction.atomic(), pgtrigger.ignore(), connection.cursor() as cursor:
        for key, value in old:
            cursor.execute(
                f'UPDATE "{place.table}" SET "{place.column}" = %s'  # noqa: S608
                f' WHERE "{place.key}" = %s AND "{place.column}" = %s',
                [_sealed_anew(place, value, seal), key, value],
            )
            changed += cursor.rowcount
    return changed


def _chunks(place: Place) -> Iterator[list[tuple[Any, str]]]:
    """The rows' keys and values, JSON as text, in the order of the keys."""
    kind, last = "::text" if place.keys else "", None
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT "{place.key}", "{place.column}"{kind} FROM "{place.table}"'  # noqa: S608
                f' WHERE "{place.column}" IS NOT NULL AND (%s::text IS NULL OR "{place.key}" > %s)'
                f' ORDER BY "{place.key}" LIMIT {place.batch}',
                [last, last],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def _values(place: Place, value: str) -> Iterator[str]:
    held = json.loads(value) if place.keys else None
    if held is None:
        yield value
        return
    for found in (held.get(key) for key in place.keys):
        yield from (each for each in (found if isinstance(found, list) else [found]) if isinstance(each, str))


def _sealed_anew(place: Place, value: str, seal: Seal) -> str:
    def one(sealed: Any) -> Any:
        if isinstance(sealed, list):
            return [one(each) for each in sealed]
        if not isinstance(sealed, str) or key_of(sealed) in (None, seal.numbers[-1]):
            return sealed
        return seal.close(seal.open(sealed))

    if not place.keys:
        return str(one(value))
    held = json.loads(value)
    return json.dumps({key: one(each) if key in place.keys else each for key, each in held.items()})


@contextmanager
def _alone() -> Iterator[None]:
    """Two commands at once would write two files of keys: the second waits."""
    identity_seal()
    with Path(key_file().with_name(".identity.lock")).open("a") as lock:
        os.chmod(lock.name, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
