"""The sign-in services of school authorities: read from the file that PLUG_SIGN_IN names."""

from collections.abc import Mapping
from pathlib import Path

from pluginnovation.web.people.signin.authorities import Authority, ServicesUnclear, services_in

from .environment import text
from .missing import ResourceMissing


def authorities(env: Mapping[str, str]) -> dict[str, Authority]:
    """Each sign-in service by its name; none when PLUG_SIGN_IN is silent.

    Raises  ResourceMissing when the file can't be read, or says something that can't be meant
    """
    path = text(env, "PLUG_SIGN_IN")
    if not path:
        return {}
    try:
        return services_in(Path(path).read_text(encoding="utf-8"), folder=Path(path).resolve().parent)
    except OSError as error:
        raise _missing("kan inte läsas", "cannot be read", "Se efter sökvägen.", "Look at the path.") from error
    except ServicesUnclear as unclear:
        raise _missing("kan inte förstås", "cannot be understood", unclear.sv, unclear.en) from unclear


def _missing(sv: str, en: str, todo_sv: str, todo_en: str) -> ResourceMissing:
    return ResourceMissing(
        "sign_in_services_unclear",
        what=(
            f"Filen med inloggningstjänster (PLUG_SIGN_IN) {sv}.",
            f"The file of sign-in services (PLUG_SIGN_IN) {en}.",
        ),
        todo=(todo_sv, todo_en),
    )
