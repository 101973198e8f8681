"""Every Swedish sentence has its English, and no English stands without its Swedish."""

import re
from io import BytesIO

from babel.messages.pofile import read_po

from tests.house.messages import WEB, written
from tests.house.tree import ROOT, sources, tracked


def wanted() -> set[tuple[str, str]]:
    """Every text that is to be translated, each form of a plural for itself, with its file."""
    return {
        (str(path.relative_to(ROOT)), text)
        for path, message in written()
        for text in ([message] if isinstance(message, str) else message)
    }


def english() -> dict[str, tuple[str, ...]]:
    """Every Swedish text of the English files, with its translations; a fuzzy one counts as empty."""
    found = {}
    for path in (p for p in tracked() if p.suffix == ".po" and "en" in p.parts):
        for message in read_po(BytesIO(path.read_bytes()), locale="en"):
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            for text in message.id if isinstance(message.id, tuple) else (message.id,):
                found[text] = ("",) if message.fuzzy else strings
    found.pop("", None)
    return found


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w*\}", text))


def test_every_swedish_text_has_its_english():
    translated = english()
    assert not sorted((where, text) for where, text in wanted() if not all(translated.get(text, ("",))))


def test_nobody_gives_the_translator_a_name_that_the_search_for_texts_does_not_know():
    """`_` and the functions' own names are looked for; a text behind another name would never get its English."""
    renamed = re.compile(r"(?:gettext(?:_lazy|_noop)?|n?p?gettext(?:_lazy)?) as (\w+)")
    found = {path.name: names for path in sources() if (names := set(renamed.findall(path.read_text("utf-8"))) - {"_"})}
    assert found == {}


def test_the_hub_has_the_english_of_its_own_texts_and_borrows_none_of_a_nodes():
    """A node installs every app; the hub only its own, and what all share."""
    own = [WEB / name / "en" / "LC_MESSAGES" / "django.po" for name in ("knowledge/locale", "locale")]
    here = {
        text
        for path in own
        for message in read_po(BytesIO(path.read_bytes()), locale="en")
        for text in (message.id if isinstance(message.id, tuple) else (message.id,))
    }
    hub = str((WEB / "knowledge").relative_to(ROOT))
    assert not sorted((where, text) for where, text in wanted() if where.startswith(hub) and text not in here)


def test_no_english_stands_without_its_swedish():
    assert not sorted(set(english()) - {text for _, text in wanted()})


def test_a_translation_keeps_the_places_for_names_and_numbers():
    wrong = {
        swedish: strings
        for swedish, strings in english().items()
        if all(strings) and not any(placeholders(swedish) == placeholders(string) for string in strings)
    }
    assert not wrong
