"""What is to be translated, and `make messages`: every new Swedish text, with an empty English, into its file."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from tests.house.tree import ROOT, SRC, sources, tracked

WEB = SRC / "web"
HEADER = b"""msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

# Which of a call's arguments are texts: message, plural, context (marked c).
CALLS = {
    name + lazy: places
    for lazy in ("", "_lazy")
    for name, places in {
        "_": (1,),
        "gettext": (1,),
        "gettext_noop": (1,),
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
}


def written() -> Iterator[tuple[Path, str | tuple[str, ...]]]:
    """Every text that templates and code ask to have translated, with the file it stands in; plurals as pairs."""
    pages = [p for p in tracked() if p.suffix == ".html" and WEB in p.parents]
    texts = {p: templatize(p.read_text(encoding="utf-8")) for p in pages}
    texts |= {p: p.read_text(encoding="utf-8") for p in sources() if WEB in p.parents}
    for path, text in texts.items():
        for _, message, _, _ in extract("python", BytesIO(text.encode()), CALLS, options={"encoding": "utf-8"}):
            yield path, message


def file_of(path: Path) -> Path:
    """The English file of a page or module: its app's, or the web's own for what all apps share."""
    app = WEB / path.relative_to(WEB).parts[0]
    home = app if (app / "apps.py").exists() else WEB
    return home / "locale" / "en" / "LC_MESSAGES" / "django.po"


def add_missing() -> None:
    """Write every file anew: kept translations, new texts with nothing beside them, texts nobody uses left out."""
    wanted: dict[Path, dict[str | tuple[str, ...], list[tuple[str, int]]]] = {}
    for path, message in written():
        places = wanted.setdefault(file_of(path), {}).setdefault(message, [])
        places.append((str(path.relative_to(SRC)), 0))
    for file, messages in wanted.items():
        before = read_po(BytesIO(file.read_bytes()), locale="en") if file.exists() else Catalog(locale="en")
        after = Catalog(locale="en", fuzzy=False)
        for message in sorted(messages, key=lambda m: (messages[m], str(m))):
            first = message if isinstance(message, str) else message[0]
            found = before.get(first)
            after.add(message, found.string if found else "", locations=sorted(set(messages[message])))
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            out.write(HEADER)
            write_po(out, after, width=120, include_lineno=False, omit_header=True)
        empty = sum(1 for m in after if m.id and not all(m.string if isinstance(m.string, tuple) else (m.string,)))
        print(f"{file.relative_to(ROOT)}: {len(after)} texts, {empty} without English")  # noqa: T201


if __name__ == "__main__":
    settings.configure()
    add_missing()
