"""Where a server is: an address over HTTPS, or on this machine itself."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from .refusals import Refusal

HERE: Final = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address.

    secure   HTTPS; without it only this machine itself is spoken to
    base     the path that every resource's path is added to, without a last slash
    """

    secure: bool
    host: str
    port: int
    base: str

    @property
    def text(self) -> str:
        """The address as one text."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == (443 if self.secure else 80)
        return f"{'https' if self.secure else 'http'}://{host}{'' if usual else f':{self.port}'}{self.base}"

    @property
    def place(self) -> tuple[bool, str, int]:
        """The machine: a redirect that leads to another one isn't followed."""
        return self.secure, self.host, self.port


def address_of(text: str) -> Address:
    """The address in a text.

    Raises  Refusal 'server_address_wrong': not https, or with a user, a query or a fragment in it
    """
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _wrong() from None
    secure = parts.scheme == "https"
    plain_here = parts.scheme == "http" and host in HERE
    strange = parts.username or parts.password or parts.query or parts.fragment or not host
    if strange or not (secure or plain_here) or not text.isascii() or any(each <= " " for each in text.strip()):
        raise _wrong()
    return Address(secure, host, port or (443 if secure else 80), parts.path.rstrip("/"))


def _wrong() -> Refusal:
    return Refusal(
        "server_address_wrong",
        what=("Adressen går inte att använda.", "The address can't be used."),
        todo=(
            "Ange den som https://server.example/v2.0, utan användare, frågetecken och fragment.",
            "Give it as https://server.example/v2.0, without user, query and fragment.",
        ),
    )
