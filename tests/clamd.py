"""A virus scanner that speaks ClamAV's own exchange (INSTREAM, VERSION), and knows one harmful file: EICAR's."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

# In two halves, so that no scanner takes this file for the one that it is about.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
VERSION = b"ClamAV 1.4.3/27811/Sun Nov 22 09:26:00 2026"


@dataclass
class Scanner:
    """Where it listens, what it was shown, and how it behaves.

    most     the most bytes that it takes, as StreamMaxLength
    answer   said instead of what it found; None: it says what it found
    silent   it hears and never answers
    """

    at: str = ""
    seen: list[bytes] = field(default_factory=list)
    most: int = 25 * 1024 * 1024
    answer: bytes | None = None
    silent: bool = False
    over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def scanner(path: Path | None = None) -> Iterator[Scanner]:
    """One that answers at a socket of the file system, or at a port when no path is given."""
    state = Scanner()

    class Line(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if state.silent:
                state.over.wait(10)
                return
            command = self._until_zero()
            said = {b"zINSTREAM": self._file, b"zVERSION": lambda: VERSION}.get(command, lambda: b"UNKNOWN COMMAND")()
            self.wfile.write((state.answer or said) + b"\0")

        def _until_zero(self) -> bytes:
            read = b""
            while not read.endswith(b"\0"):
                read += self.rfile.read(1)
            return read.rstrip(b"\0")

        def _file(self) -> bytes:
            content = b""
            while length := int.from_bytes(self.rfile.read(4), "big"):
                if len(content) + length > state.most:
                    return b"INSTREAM size limit exceeded. ERROR"
                content += self.rfile.read(length)
            state.seen.append(content)
            return b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"

    kind = socketserver.ThreadingUnixStreamServer if path else socketserver.ThreadingTCPServer
    with kind(str(path) if path else ("127.0.0.1", 0), Line) as server:  # type: ignore[arg-type]
        state.at = str(path) if path else f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield state
        finally:
            state.over.set()
            server.shutdown()
            thread.join()


def nobody_there() -> str:
    """An address where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"127.0.0.1:{taken.getsockname()[1]}"
