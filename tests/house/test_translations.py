"""Every Swedish sentence has its English, and no English stands without its Swedish."""

import re
from collections.abc import Iterator
from io import BytesIO

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.house.tree import ROOT, SRC, sources, tracked

WEB = SRC / "web"
# Which of a call's arguments are texts: message, plural, context (marked c).
CALLS = {name + lazy: places for lazy in ("", "_lazy") for name, places in {
    "_": (1,), "gettext": (1,), "gettext_noop": (1,), "ngettext": (1, 2), "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}.items()}  # fmt: skip


def written() -> Iterator[tuple[str, str]]:
    """Every text that templates and code ask to have translated, with the file it stands in."""
    texts = {
        p: templatize(p.read_text(encoding="utf-8")) for p in tracked() if p.suffix == ".html" and WEB in p.parents
    }
    texts |= {p: p.read_text(encoding="utf-8") for p in sources() if WEB in p.parents}
    for path, text in texts.items():
        for _, message, _, _ in extract("python", BytesIO(text.encode()), CALLS, options={"encoding": "utf-8"}):
            for one in [message] if isinstance(message, str) else message:
                yield one, str(path.relative_to(ROOT))


def english() -> dict[str, tuple[str, ...]]:
    """Every Swedish text of the English files, with its translations; a fuzzy one counts as empty."""
    found = {}
    for path in (p for p in tracked() if p.suffix == ".po"):
        for message in read_po(BytesIO(path.read_bytes()), locale="en"):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            for one in ids:
                found[one] = ("",) if message.fuzzy else strings
    found.pop("", None)
    return found


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w*\}", text))


def test_every_swedish_text_has_its_english():
    translated = english()
    missing = sorted({(where, text) for text, where in written() if not all(translated.get(text, ("",)))})
    assert not missing


def test_no_english_stands_without_its_swedish():
    wanted = {text for text, _ in written()}
    assert not sorted(set(english()) - wanted)


def test_a_translation_keeps_the_places_for_names_and_numbers():
    wrong = {
        swedish: strings
        for swedish, strings in english().items()
        if not any(placeholders(swedish) == placeholders(string) for string in strings)
    }
    assert not wrong
