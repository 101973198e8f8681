"""What the server's tests share: a place of their own, and commands in processes of their own."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from pluginnovation.web.config.postgres import WEB, Places, places_of
from pluginnovation.web.config.postgres.passwords import read_password
from pluginnovation.web.config.postgres.server import stop

# Puts two seconds between the making of a folder and its handing over to the server's account.
SLOW_TO_HAND_OVER = """
import os, time
chown = os.chown
def slowly(*where, **how):
    time.sleep(2)
    chown(*where, **how)
os.chown = slowly
"""
# A command that uses the server until a line arrives, and says when it has it.
COMMAND = """
import sys
from pathlib import Path
from pluginnovation.web.config.postgres import places_of, running
home, system = Path(sys.argv[1]), Path(sys.argv[2])
with running(home, places=places_of(home, system_folder=system)):
    print("running", flush=True)
    sys.stdin.readline()
print("left", flush=True)
"""


@contextmanager
def own_places() -> Iterator[Places]:
    """Places for one test, outside the folders that only root may enter; removed afterwards."""
    top = Path(tempfile.mkdtemp(prefix="plug-server-"))
    top.chmod(0o711)
    places = places_of(top / "home", system_folder=top / "system")
    try:
        yield places
    finally:
        stop(places)
        shutil.rmtree(top, ignore_errors=True)
        if not places.sockets.is_relative_to(top):
            shutil.rmtree(places.sockets, ignore_errors=True)


def command(places: Places, *, first: str = "") -> subprocess.Popen[str]:
    """A command in its own process, which holds the server until `leave`."""
    words = [sys.executable, "-c", first + COMMAND, str(places.home), str(places.shelf)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.Popen(words, text=True, **pipes)  # type: ignore[call-overload,no-any-return]


def has_it(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    said = process.stdout.readline()
    assert said == "running\n", said + process.stdout.read()


def leave(process: subprocess.Popen[str]) -> None:
    said, _ = process.communicate("\n", timeout=60)
    assert said == "left\n"


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=10)


def gone(pid: int) -> bool:
    """Whether the process has ended, within five seconds. One that nobody has collected yet counts as ended."""
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


def servers_on(data: Path) -> int:
    """How many servers run on a data folder."""
    wanted = os.fsencode(data)
    count = 0
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = line.read_bytes().split(b"\0")
        except OSError:
            continue
        count += words[0].endswith(b"postgres") and wanted in words
    return count


def answers(places: Places) -> bool:
    """Whether the web's role can ask the server something."""
    with speak(places, WEB) as web:
        return web.execute("SELECT 1").fetchone() == (1,)


def as_nobody(home: Path, act: Callable[[], None]) -> None:
    """Do it in a child process without root's rights, in a home of its own. An ordinary user stays who it is.

    A fork, since the interpreter itself may stand where nobody else reaches.
    """
    child = os.fork()
    if child:
        assert os.waitpid(child, 0)[1] == 0
        return
    code = 1
    try:
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            home.mkdir(exist_ok=True)
            os.chown(home, nobody.pw_uid, nobody.pw_gid)
            os.setgroups([])
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
        act()
        code = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


def speak(places: Places, role: str, password: str | None = None, name: str = "plug") -> psycopg.Connection:
    """A connection as the role, with its own password or another."""
    own = read_password(places.keys, role) if password is None else password
    return psycopg.connect(host=str(places.sockets), dbname=name, user=role, password=own, autocommit=True)
