"""What a profile's text can have wrong, said with its line, so that whoever wrote it can put it right."""

from collections.abc import Iterable
from typing import Final, NoReturn

from .profiles_lines import Path, line_of
from .refusals import Refusal

LARGEST: Final = 100_000

_KINDS: Final = {
    str: ("text", "text"),
    int: ("ett heltal", "a whole number"),
    bool: ("true eller false", "true or false"),
    list: ("en lista av texter", "a list of texts"),
    dict: ("en tabell", "a table"),
}


class Wrong:
    """Refuses what stands at a place of one profile's text."""

    def __init__(self, text: str, file: str) -> None:
        self._text, self._file = text, file

    def at(self, path: Path) -> str:
        """The file and the line of a key."""
        return f"{self._file}, {line_of(self._text, path)}"

    def key(self, path: Path, known: Iterable[str]) -> NoReturn:
        """A key that profiles don't have."""
        listed = ", ".join(known)
        raise Refusal(
            "profile_key_unknown",
            where=self.at(path),
            what=(f"Nyckeln {_said(path)} finns inte i profiler.", f"Profiles have no key {_said(path)}."),
            todo=(f"Här kan stå: {listed}.", f"What can stand here: {listed}."),
        )

    def missing(self, path: Path) -> NoReturn:
        """A key that must be there."""
        raise Refusal(
            "profile_key_missing",
            where=self.at(path[:-1]),
            what=(f"Nyckeln {_said(path)} saknas.", f"The key {_said(path)} is missing."),
            todo=("Lägg till den.", "Add it."),
        )

    def kind(self, path: Path, wanted: type) -> NoReturn:
        """A value of another kind than the key takes."""
        sv, en = _KINDS[wanted]
        raise Refusal(
            "profile_type_wrong",
            where=self.at(path),
            what=(f"{_said(path)} ska vara {sv}.", f"{_said(path)} must be {en}."),
            todo=("Rätta värdet.", "Correct the value."),
        )

    def value(self, path: Path, wanted: tuple[str, str]) -> NoReturn:
        """A value that the key doesn't take.

        Takes   wanted   what it takes, Swedish and English
        """
        raise Refusal(
            "profile_value_wrong",
            where=self.at(path),
            what=(f"Värdet för {_said(path)} går inte att använda.", f"The value of {_said(path)} can't be used."),
            todo=(f"Skriv {wanted[0]}.", f"Write {wanted[1]}."),
        )

    def taken(self, path: Path) -> NoReturn:
        """A name that belongs to the format itself."""
        raise Refusal(
            "profile_name_taken",
            where=self.at(path),
            what=("Namnet hör till formatet självt.", "The name belongs to the format itself."),
            todo=("Välj ett annat namn.", "Choose another name."),
        )

    def one_of(self, path: Path, known: Iterable[str]) -> NoReturn:
        """A value that isn't in the list of what the key takes."""
        listed = ", ".join(known)
        self.value(path, (f"något av: {listed}", f"one of: {listed}"))


def too_large(file: str) -> Refusal:
    """A text that is too long to be a profile."""
    return Refusal(
        "profile_too_large",
        where=file,
        what=("Filen är för stor för att vara en profil.", "The file is too large to be a profile."),
        todo=("Högst 100 000 tecken. Är det rätt fil?", "At most 100,000 characters. Is it the right file?"),
    )


def not_toml(file: str, line: int) -> Refusal:
    """A text that isn't TOML."""
    return Refusal(
        "profile_not_toml",
        where=f"{file}, {line}",
        what=("Raden är inte TOML.", "The line isn't TOML."),
        todo=('Skriv nyckel = "värde", och texter inom citattecken.', 'Write key = "value", texts in quotation marks.'),
    )


def _said(path: Path) -> str:
    return ".".join(path)
