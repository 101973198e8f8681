"""What an import did, resource by resource, as the command prints it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

DONE: Final = "done"
HELD: Final = "held"
UNCHANGED: Final = "unchanged"
DRY_RUN: Final = "dry_run"

_HEADS: Final = {
    "sv": {
        DONE: "Inläst från {source}.",
        HELD: "Inläsningen från {source} väntar: någon behöver släppa fram den eller kasta den.",
        UNCHANGED: "Samma uppgifter som förra gången från {source}: inget ändrades.",
        DRY_RUN: "Provläsning av {source}: inget ändrades.",
    },
    "en": {
        DONE: "Imported from {source}.",
        HELD: "The import from {source} is held: somebody must release or discard it.",
        UNCHANGED: "The same records as last time from {source}: nothing changed.",
        DRY_RUN: "A dry run of {source}: nothing was changed.",
    },
}
_LINES: Final = {
    "sv": "{name}: {read} lästa, {new} nya, {changed} ändrade, {unchanged} oförändrade, {ended} avslutade",
    "en": "{name}: {read} read, {new} new, {changed} changed, {unchanged} unchanged, {ended} ended",
}
_MORE: Final = {
    "sv": {"superseded": "ersatta", "cancelled": "inställda", "refused_protected": "avvisade"},
    "en": {"superseded": "superseded", "cancelled": "cancelled", "refused_protected": "refused"},
}


@dataclass(frozen=True, slots=True)
class ResourceSummary:
    """What happened to the rows of one resource.

    read                rows in its files
    new … ended         against what was stored; `ended` counts stored rows
    superseded          rows followed by another with the same key
    cancelled           lessons of length 0
    refused_protected   rows of people whose identity is protected
    quarantined         rows turned away, by rule
    """

    name: str
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    superseded: int = 0
    cancelled: int = 0
    refused_protected: int = 0
    quarantined: Mapping[str, int] = field(default_factory=dict)

    @property
    def turned_away(self) -> int:
        """How many rows broke a rule."""
        return sum(self.quarantined.values())

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            **{key: getattr(self, key) for key in _COUNTS},
            "quarantined": dict(self.quarantined),
        }


_COUNTS: Final = ("read", "new", "changed", "unchanged", "ended", "superseded", "cancelled", "refused_protected")


@dataclass(frozen=True, slots=True)
class Summary:
    """What one import did.

    import_id   None when nothing was stored (a dry run, or nothing new)
    status      done, held, unchanged or dry_run
    ignored     files in the folder that no reader knows
    because     why it is held
    limits      which of the source's own limits it was judged by; empty: the defaults
    """

    import_id: int | None
    source: str
    status: str
    simulated: bool
    resources: tuple[ResourceSummary, ...]
    ignored: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    limits: Mapping[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "import": self.import_id,
            "source": self.source,
            "status": self.status,
            "simulated": self.simulated,
            "resources": {resource.name: resource.as_dict() for resource in self.resources},
            "ignored": list(self.ignored),
            "because": list(self.because),
            "limits": dict(self.limits),
        }

    def text(self, language: str = "sv") -> str:
        """For people, in one language ('sv' or 'en')."""
        lines = [_HEADS[language][self.status].format(source=self.source)]
        lines += [f"  {_line(resource, language)}" for resource in self.resources]
        return "\n".join([*lines, *(f"  {reason}" for reason in self.because)])


def _line(resource: ResourceSummary, language: str) -> str:
    line = _LINES[language].format(**resource.as_dict(), name=resource.name)
    for count, word in _MORE[language].items():
        if getattr(resource, count):
            line += f", {getattr(resource, count)} {word}"
    for rule, rows in sorted(resource.quarantined.items()):
        line += f", {rows} × {rule}"
    return line
