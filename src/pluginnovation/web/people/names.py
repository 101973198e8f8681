"""Swedish order of names, and the codes of places.

Order is a stored key because not every build of PostgreSQL carries the Swedish collation.
"""

import hashlib
import re
import unicodedata
from typing import Final

# The letters after z, moved to the characters that follow z in ASCII; ü is y, æ is ä and ø is ö.
_AFTER_Z: Final = str.maketrans(
    {"å": "{", "ä": "|", "ö": "}", "æ": "|", "ø": "}", "ü": "y", "ð": "d", "þ": "t", "ß": "ss"}
)
_SILENT: Final = str.maketrans({"\x00": "", "'": "", "’": "", "´": "", "`": "", "-": " "})
_DIGITS: Final = re.compile(r"\d+")


def sort_key(family_name: str, given_name: str) -> str:
    """A key whose order by bytes is the Swedish order of family name, then given name."""
    return f"{_ordered(family_name)}\x01{_ordered(given_name)}"[:200]


def place_sort_key(name: str) -> str:
    """A key for places: Swedish order, and 7A before 10B."""
    return _DIGITS.sub(lambda digits: digits.group().zfill(6), _ordered(name))[:200]


def _ordered(name: str) -> str:
    composed = unicodedata.normalize("NFC", name).casefold().translate(_SILENT).translate(_AFTER_Z)
    plain = "".join(c for c in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(c))
    return " ".join(plain.split())


def place_code(source: str, place: str) -> str:
    """The code of a source's organisation or group: 16 hexadecimal digits, safe in an address.

    Two authorities may both have a group called 7A; a code is one authority's only. Nothing secret rests on it.
    """
    return hashlib.sha256(f"{source}\x1f{place}".encode()).hexdigest()[:16]
