"""The three ways to read a setting: a text, a number, a yes or no. Silence is safe; nonsense stops the start."""

from collections.abc import Mapping

from .missing import ResourceMissing

YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def text(env: Mapping[str, str], name: str, default: str = "") -> str:
    """The setting as it is written, without the white space around it."""
    return env.get(name, "").strip() or default


def number(env: Mapping[str, str], name: str, default: int) -> int:
    """The setting as a whole number.

    Raises  ResourceMissing when something else is written there
    """
    written = text(env, name)
    if not written:
        return default
    if written.isascii() and written.isdigit():
        return int(written)
    raise not_understood(name, ("ett heltal", "a whole number"))


def yes_or_no(env: Mapping[str, str], name: str, *, silent: bool = False) -> bool:
    """The setting as yes or no; silent means no, unless told otherwise.

    Raises  ResourceMissing when something else is written there
    """
    written = text(env, name).lower()
    if not written:
        return silent
    if written in YES | NO:
        return written in YES
    raise not_understood(name, ("1 eller 0", "1 or 0"))


def not_understood(name: str, wanted: tuple[str, str]) -> ResourceMissing:
    """A setting with a value that means nothing. The value itself is not repeated: it may be a secret."""
    return ResourceMissing(
        "setting_not_understood",
        what=(f"Inställningen {name} går inte att förstå.", f"The setting {name} cannot be understood."),
        todo=(f"Skriv {wanted[0]}; se env.example.", f"Write {wanted[1]}; see env.example."),
    )
