"""`plug up`: everything, in one command, until it is told to stop."""

import ipaddress
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from pluginnovation.web.config.environment import number, text
from pluginnovation.web.config.missing import ResourceMissing
from pluginnovation.web.config.postgres import WEB
from pluginnovation.web.config.serve import serve

from .answers import STARTED, Answer, Command, words
from .demo import demo_waits
from .home import database_of, plug_home
from .hub_serve import hub_beside
from .keeping import end
from .worker import worker_beside

HELP = words(
    "Starta allt: hem, databas och webbserver. Första gången skapas en påhittad region att titta på.",
    "Start everything: home, database and web server. The first time a made-up region is made to look at.",
)
CHILD_SECONDS = 20


@click.command("up", cls=Command, help=HELP)
@click.option("--no-demo", is_flag=True, help=words("Gör ingen påhittad region.", "Make no made-up region."))
@click.option(
    "--pupils",
    type=click.IntRange(100),
    default=6000,
    show_default=True,
    help=words("Så många elever i den påhittade regionen.", "So many pupils in the made-up region."),
)
@click.pass_obj
def up(answer: Answer, no_demo: bool, pupils: int) -> None:
    """Prepare in a process of its own, then serve in this one; the database lives around both."""
    host, port = text(os.environ, "PLUG_HOST", "127.0.0.1"), number(os.environ, "PORT", 8000)
    check_address(host, port)
    home = plug_home()
    os.environ["PLUG_HOME"] = str(home)
    answer.note(f"Startar i {home}", f"Starting in {home}")
    if not ipaddress.ip_address(host).is_loopback:
        answer.note(
            "Andra kan nå servern, så demons roller är avstängda. Ange namnet i PLUG_ALLOWED_HOSTS.",
            "Others can reach the server, so the demo's roles are off. Name it in PLUG_ALLOWED_HOSTS.",
        )
    # Asked before there is anything: a new home is to be the demo's.
    made_up = not no_demo and is_made_up(home)
    with database_of(home):
        prepare(answer, pupils=0 if no_demo else pupils)
        # On a first start the hub and the rest of the demo are made while the first pages are read.
        with hub_beside(answer, port, demo=made_up), rest_beside(answer, home):
            os.environ["PLUG_DATABASE_ROLE"] = WEB
            address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
            with worker_beside():
                serve(host, port, ready=lambda: _tell(answer, address))
    answer.note("Stoppad.", "Stopped.")


def is_made_up(home: Path) -> bool:
    """Whether this home is the demo's, or is about to be: it is new, or everything in it was made up."""
    return not (home / "real").exists() and ((home / "demo").exists() or not (home / "facts").exists())


def prepare(answer: Answer, *, pupils: int) -> None:
    """Tables, static files and the demo region, in a child process.

    Apart, because frames and engines run threads, and a server that forks must not have any.

    Raises  ResourceMissing or SystemExit with the child's exit code
    """
    child = _preparing(answer, str(pupils))
    try:
        code = child.wait()
    finally:
        end(child, CHILD_SECONDS)
    if code:
        sys.exit(code if code > 0 else 128 - code)


@contextmanager
def rest_beside(answer: Answer, home: Path) -> Iterator[None]:
    """The rest of a demo that is shown already, made while the block runs; the next start goes on with what remains."""
    if not demo_waits(home):
        yield
        return
    child = _preparing(answer, "0", "--rest")
    try:
        yield
    finally:
        end(child, CHILD_SECONDS)


def _preparing(answer: Answer, *asked: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", f"{__package__}.prepare", *asked]
    return subprocess.Popen(command, env={**os.environ, STARTED: str(answer.began)}, stdout=sys.stderr)


def check_address(host: str, port: int) -> None:
    """Say at once that the port is taken, before anything is made.

    Raises  ResourceMissing
    """
    try:
        family = socket.AF_INET6 if ipaddress.ip_address(host).version == 6 else socket.AF_INET
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except (OSError, ValueError, OverflowError) as error:
        raise ResourceMissing(
            "address_taken",
            what=(
                f"Det går inte att lyssna på {host} port {port}.",
                f"Cannot listen on {host} port {port}.",
            ),
            todo=(
                "Är den upptagen: välj en annan med PORT. PLUG_HOST ska vara en adress på den här maskinen.",
                "If it is taken: choose another with PORT. PLUG_HOST must be an address of this machine.",
            ),
        ) from error


def _tell(answer: Answer, address: str) -> None:
    answer.note(f"Klart. Öppna {address}  (avsluta med Ctrl+C)", f"Ready. Open {address}  (stop with Ctrl+C)")
    answer.give({"address": address, "home": str(Path(os.environ["PLUG_HOME"])), "pid": os.getpid()}, [])
