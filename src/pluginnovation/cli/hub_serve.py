"""`plug hub serve`, and the hub beside a node: prepared in a process of its own while the node makes its own ready."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click

from pluginnovation.web.config.environment import number, text
from pluginnovation.web.config.hub.migrate import SETTINGS
from pluginnovation.web.config.missing import ResourceMissing
from pluginnovation.web.config.postgres import HUB_WEB, HUB_WORKER
from pluginnovation.web.config.serve import HUB, serve

from .answers import STARTED, Answer, Command, words
from .home import plug_home
from .hub_home import hub_database_of
from .keeping import kept_beside, rest, run_until, told_to_end

DEFAULT_PORT: Final = 8001
LOOK_SECONDS, REST_SECONDS, ENDS_WITHIN = 0.5, 5.0, 14.0
# Nobody waits for the hub while the node's first page is being made.
KINDNESS: Final = 15


@click.command(
    "serve",
    cls=Command,
    help=words(
        "Servera hubben på HUB_HOST och HUB_PORT tills den stoppas. Kör plug hub prepare först.",
        "Serve the hub on HUB_HOST and HUB_PORT until it is stopped. Run plug hub prepare first.",
    ),
)
@click.pass_obj
def serve_hub(answer: Answer) -> None:
    """The hub's own web server, as the hub's web role."""
    from .up import check_address

    host, port = text(os.environ, "HUB_HOST", "127.0.0.1"), number(os.environ, "HUB_PORT", DEFAULT_PORT)
    check_address(host, port)
    if not (plug_home() / "hub" / "static").exists():
        raise ResourceMissing(
            "hub_not_prepared",
            what=("Hubben är inte i ordning.", "The hub is not in order."),
            todo=("Kör plug hub prepare.", "Run plug hub prepare."),
        )
    with hub_database_of(plug_home()):
        os.environ |= {"HUB_DATABASE_ROLE": HUB_WEB, "PLUG_HOME": str(plug_home()), "DJANGO_SETTINGS_MODULE": SETTINGS}
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        said = f"Hubben: {address}", f"The hub: {address}"
        serve(host, port, ready=lambda: answer.note(*said), door=HUB)


@contextmanager
def hub_beside(answer: Answer, port: int, *, demo: bool) -> Iterator[None]:
    """A hub while the block runs; it prepares itself first. None when the port is taken or HUB_PORT is 0."""
    wanted = number(os.environ, "HUB_PORT", port + 1 if demo else 0)
    if not wanted:
        yield
        return
    if _taken(wanted) and not text(os.environ, "HUB_PORT"):
        answer.note(
            f"Port {wanted} är upptagen, så hubben startas inte. Välj en annan med HUB_PORT.",
            f"Port {wanted} is taken, so the hub isn't started. Choose another with HUB_PORT.",
        )
        yield
        return
    env = {**os.environ, "HUB_PORT": str(wanted), "HUB_DEMO": "1" if demo else os.environ.get("HUB_DEMO", "")}
    env[STARTED] = str(answer.began)
    env.setdefault("HUB_ADDRESS", f"http://127.0.0.1:{wanted}")
    if demo:
        env.setdefault("HUB_NODE_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("PLUG_HUB_URL", f"http://127.0.0.1:{wanted}")
    with kept_beside(__spec__.name, env, ENDS_WITHIN):
        yield


def _taken(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return True
    return False


def keep(server: int) -> None:
    """Prepare the hub, then keep it going as long as the server beside it lives."""
    over, prepared = told_to_end(server), False
    while not over():
        code = run_until(over, _started(prepared), LOOK_SECONDS, ENDS_WITHIN)
        prepared = prepared or code == 0
        rest(over, 0 if code == 0 else REST_SECONDS, LOOK_SECONDS)


def _started(prepared: bool) -> "subprocess.Popen[bytes]":
    step, role, nice = ("hub_serve", HUB_WEB, None) if prepared else ("hub_prepare", HUB_WORKER, _kindly)
    command = [sys.executable, "-m", f"{__package__}.{step}"]
    return subprocess.Popen(command, env={**os.environ, "HUB_DATABASE_ROLE": role}, preexec_fn=nice)  # noqa: PLW1509


def _kindly() -> None:
    os.nice(KINDNESS)


if __name__ == "__main__":
    if sys.argv[1:2] == ["keep"]:
        keep(int(sys.argv[2]))
    else:
        sys.exit(serve_hub(sys.argv[1:]))
