"""A virus scanner beside the platform, asked about every file that somebody sends and another will open.

It is the operator's own: a ClamAV daemon at a socket of this machine, or at a host and port, which PLUG_CLAMD names. It
is sent the bytes and nothing else, by the daemon's own exchange (INSTREAM). One that is named and doesn't answer, or
can't take so large a file, is no leave to keep it.
"""

import logging
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from .refusals import Refusal, Unavailable

LOG: Final = logging.getLogger(__name__)
# For each step of the exchange. ClamAV gives up on a file by itself after two minutes.
SECONDS: Final = 130.0
PIECE: Final = 64 * 1024
LONGEST_ANSWER: Final = 4_096
CLEAN: Final = b"stream: OK"
FOUND: Final = re.compile(rb"stream: (.{1,200}) FOUND")
ODD: Final = re.compile(r"[^\w.-]+", re.ASCII)


def scan(content: bytes, *, at: str, seconds: float = SECONDS) -> None:
    """Have the scanner look at a file. Nothing is asked when none is named.

    Takes   at   where it is: the path of a socket, or host:port; empty: there is none
    Raises  Refusal 'file_infected' for what it knows, and Unavailable 'scanner_silent' when it doesn't answer
    """
    if not at:
        return
    try:
        answer = _exchange(at, b"zINSTREAM\0", content, seconds)
    except (OSError, ValueError) as error:
        LOG.exception("The virus scanner can't be reached, and a file was not taken")
        raise scanner_silent() from error
    if answer == CLEAN:
        return
    found = FOUND.fullmatch(answer)
    name = ODD.sub("_", (found.group(1) if found else answer).decode("utf-8", errors="replace"))
    if found is None:
        LOG.error("The virus scanner looked at no file: %s", name)
        raise scanner_silent()
    LOG.warning("The virus scanner knows a file that was sent, and it was not taken: %s", name)
    raise file_infected(name)


def version_of(at: str, *, seconds: float = 5.0) -> str:
    """What the scanner says that it is, with the day of its signatures.

    Raises  OSError or ValueError when it doesn't answer, or as something else
    """
    answer = _exchange(at, b"zVERSION\0", None, seconds).decode("utf-8", errors="replace")
    if not answer.startswith("ClamAV"):
        raise ValueError(answer)
    return answer


def _exchange(at: str, command: bytes, content: bytes | None, seconds: float) -> bytes:
    """One command, a file after it if there is one, and the answer."""
    with _opened(at, seconds) as line:
        # It hangs up on a file that is larger than it takes, and says so before that.
        with suppress(BrokenPipeError, ConnectionResetError):
            line.sendall(command)
            for piece in _pieces(content) if content is not None else ():
                line.sendall(piece)
        return _answer(line)


def _opened(at: str, seconds: float) -> socket.socket:
    if not at.startswith("/"):
        host, _, port = at.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(seconds)
    try:
        line.connect(at)
    except OSError:
        line.close()
        raise
    return line


def _pieces(content: bytes) -> Iterator[bytes]:
    """Each with its length before it; one of no length ends the file."""
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        yield len(piece).to_bytes(4, "big") + piece
    yield bytes(4)


def _answer(line: socket.socket) -> bytes:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        more = line.recv(LONGEST_ANSWER)
        if not more:
            break
        said += more
    return said.rstrip(b"\0\n")


def file_infected(name: str) -> Refusal:
    """A file that the scanner knows."""
    return Refusal(
        "file_infected",
        what=(
            f"Virusskannern känner igen filen som skadlig ({name}).",
            f"The virus scanner knows it as harmful ({name}).",
        ),
        todo=("Den är inte sparad. Berätta för it.", "It is not kept. Tell your IT department."),
    )


def scanner_silent() -> Unavailable:
    """A scanner that is named, and said neither yes nor no."""
    return Unavailable(
        "scanner_silent",
        what=(
            "Filen är inte sparad: virusskannern svarar inte, eller tar inte en så stor fil.",
            "The file is not kept: the virus scanner doesn't answer, or doesn't take a file of that size.",
        ),
        todo=(
            "Försök igen om en stund. Driften ser mer i plug doctor.",
            "Try again in a while. plug doctor tells more.",
        ),
    )
