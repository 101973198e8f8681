"""The check of `plug doctor` on the virus scanner that files are shown to."""

from collections.abc import Iterator, Mapping

from pluginnovation.records.scanning import version_of
from pluginnovation.web.config.environment import text

from .checks import Finding


def scanner_answers(env: Mapping[str, str]) -> Iterator[Finding]:
    """Whether there is one, and whether it answers."""
    at = text(env, "PLUG_CLAMD")
    if not at:
        said = ("Ingen virusskanner ser på filer som skickas in.", "No virus scanner looks at files that are sent in.")
        yield Finding("scanner", "note", said, ("Se PLUG_CLAMD i env.example.", "See PLUG_CLAMD in env.example."))
        return
    try:
        version = version_of(at)
    except (OSError, ValueError):
        said = (
            "Virusskannern svarar inte: inga filer tas emot i ärenden, delprojekt eller på hubben.",
            "The virus scanner doesn't answer: no files are taken in cases, sub-projects or at the hub.",
        )
        todo = (
            f"Starta clamd, eller rätta PLUG_CLAMD ({at}): en väg till en sockel, eller värd:port.",
            f"Start clamd, or correct PLUG_CLAMD ({at}): the path of a socket, or host:port.",
        )
        yield Finding("scanner", "wrong", said, todo)
    else:
        yield Finding("scanner", "ok", (f"Virusskannern svarar: {version}.", f"The virus scanner answers: {version}."))
