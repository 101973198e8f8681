"""What is said when a scenario can't be used: where, what, and what to do about it."""

from collections.abc import Iterable, Mapping
from typing import Final, NoReturn

from pluginnovation.records.profiles_lines import Path, line_of
from pluginnovation.records.refusals import Refusal

from .scenario import Scenario
from .scenario_switches import DATE, NUMBER, ONE_MUNICIPALITY, SHARE, TEXT, WHOLE, WHOLES, WORD, Switch

LARGEST: Final = 100_000
MOST_SHOWN: Final = 80

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    TEXT: ("en text inom citattecken", "a text in quotation marks"),
    WORD: ("ett ord inom citattecken", "a word in quotation marks"),
    DATE: ("ett datum som 2026-11-01, utan citattecken", "a date such as 2026-11-01, without quotation marks"),
    WHOLE: ("ett heltal", "a whole number"),
    WHOLES: ("en lista av heltal som [6, 8]", "a list of whole numbers such as [6, 8]"),
    SHARE: ("ett tal", "a number"),
    NUMBER: ("ett tal", "a number"),
    "table": ("en tabell", "a table"),
}


class Wrong:
    """Says what is wrong with one text, and on which line."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file

    def at(self, path: Path) -> str:
        """File, line and key."""
        key = f", {_said(path)}" if path else ""
        return f"{self.file}, {line_of(self.text, path)}{key}"

    def unknown(self, path: Path, known: Iterable[str]) -> NoReturn:
        """A key that no switch has."""
        listed = ", ".join(known)
        raise Refusal(
            "scenario_switch_unknown",
            where=self.at(path),
            what=(f"Reglaget {_said(path)} finns inte.", f"There is no switch {_said(path)}."),
            todo=(f"Rätta eller ta bort det. Här finns: {listed}.", f"Correct or remove it. Here are: {listed}."),
        )

    def missing(self, path: Path) -> NoReturn:
        """A switch that has no default and isn't there."""
        raise Refusal(
            "scenario_switch_missing",
            where=self.at(path[:-1]),
            what=(f"Reglaget {_said(path)} saknas.", f"The switch {_said(path)} is missing."),
            todo=("Lägg till det.", "Add it."),
        )

    def idle(self, path: Path, switch: Switch) -> NoReturn:
        """A switch that does nothing with this assignment."""
        listed = ", ".join(switch.only)
        raise Refusal(
            "scenario_switch_idle",
            where=self.at(path),
            what=(
                f"Reglaget {_said(path)} gör ingenting med den tilldelningen.",
                f"The switch {_said(path)} does nothing with that assignment.",
            ),
            todo=(f"Ta bort det, eller välj: {listed}.", f"Remove it, or choose: {listed}."),
        )

    def kind(self, path: Path, kind: str) -> NoReturn:
        """A value of another kind than the switch takes."""
        sv, en = _KINDS[kind]
        raise Refusal(
            "scenario_type_wrong",
            where=self.at(path),
            what=(f"{_said(path)} ska vara {sv}.", f"{_said(path)} must be {en}."),
            todo=("Rätta värdet.", "Correct the value."),
        )

    def outside(self, path: Path, least: float, most: float) -> NoReturn:
        """A number beyond the ends."""
        raise Refusal(
            "scenario_value_outside",
            where=self.at(path),
            what=(
                f"{_said(path)} ligger utanför {least:g} till {most:g}.",
                f"{_said(path)} is outside {least:g} to {most:g}.",
            ),
            todo=(f"Skriv ett tal från {least:g} till {most:g}.", f"Write a number from {least:g} to {most:g}."),
        )

    def value(self, path: Path, wanted: tuple[str, str]) -> NoReturn:
        """A value that the switch doesn't take.

        Takes   wanted   what it takes, Swedish and English
        """
        raise Refusal(
            "scenario_value_wrong",
            where=self.at(path),
            what=(f"Värdet för {_said(path)} går inte att använda.", f"The value of {_said(path)} can't be used."),
            todo=(f"Skriv {wanted[0]}.", f"Write {wanted[1]}."),
        )

    def one_of(self, path: Path, known: Iterable[str]) -> NoReturn:
        """A word that isn't among those that the switch takes."""
        listed = ", ".join(known)
        self.value(path, (f"något av: {listed}", f"one of: {listed}"))


def no_file(file: str) -> Refusal:
    """A scenario that can't be read."""
    return Refusal(
        "scenario_missing",
        where=file,
        what=("Filen finns inte eller går inte att läsa.", "The file isn't there or can't be read."),
        todo=("Kontrollera sökvägen.", "Check the path."),
    )


def too_large(file: str) -> Refusal:
    """A text that is too long to be a scenario."""
    return Refusal(
        "scenario_too_large",
        where=file,
        what=("Filen är för stor för att vara ett scenario.", "The file is too large to be a scenario."),
        todo=("Högst 100 000 tecken. Är det rätt fil?", "At most 100,000 characters. Is it the right file?"),
    )


def not_toml(file: str, line: int) -> Refusal:
    """A text that isn't TOML."""
    return Refusal(
        "scenario_not_toml",
        where=f"{file}, {line}",
        what=("Raden är inte TOML.", "The line isn't TOML."),
        todo=("Skriv reglage = värde, och texter inom citattecken.", "Write switch = value, texts in quotation marks."),
    )


def _said(path: Path) -> str:
    """The key; a long one is cut, since anything may stand in a file."""
    whole = ".".join(path)
    return whole if len(whole) <= MOST_SHOWN else f"{whole[:MOST_SHOWN]}…"


def all_there(scenario: Scenario, municipalities: int) -> None:
    """Refuse a scenario that a region with so many municipalities can't have.

    Raises  Refusal 'scenario_municipality' when it names one that isn't there, 'scenario_alone' when one municipality
            is to be held against the others and there are none
    """
    compared = [each for each in scenario.sub_projects.values() if each.assignment == ONE_MUNICIPALITY]
    named = {number for each in scenario.sub_projects.values() for number in each.municipalities}
    most = max(named | {each.municipality for each in compared}, default=0)
    if most > municipalities:
        raise Refusal(
            "scenario_municipality",
            where=scenario.name,
            what=(f"Kommun {most} finns inte i regionen.", f"Municipality {most} isn't in the region."),
            todo=(
                f"Välj fler kommuner än {municipalities}, eller en annan i scenariot.",
                f"Choose more municipalities than {municipalities}, or another in the scenario.",
            ),
        )
    if compared and municipalities == 1:
        raise Refusal(
            "scenario_alone",
            where=f"{scenario.name}, {compared[0].key}",
            what=("Det finns ingen annan kommun att jämföra med.", "There is no other municipality to compare with."),
            todo=("Välj minst två kommuner.", "Choose two municipalities or more."),
        )
