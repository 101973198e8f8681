"""Who runs the server: PostgreSQL refuses to run as root, so root hands it to a system account of its own."""

import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass

from pluginnovation.web.config.missing import ResourceMissing

NAME = "pluginnovation"
# What useradd answers while another program holds the list of accounts, and for how many seconds it is asked again.
FILE_IS_LOCKED, ANOTHER_MAKES_IT = 1, 10


@dataclass(frozen=True, slots=True)
class Account:
    """A system account: its name and numbers."""

    name: str
    uid: int
    gid: int


def server_account() -> Account | None:
    """The system account that runs the server for root, made if it is missing; none for an ordinary user.

    Raises  ResourceMissing where accounts cannot be made
    """
    if os.geteuid() != 0:
        return None
    return _find() or _make()


def _find() -> Account | None:
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        return None
    return Account(NAME, entry.pw_uid, entry.pw_gid)


def _make() -> Account:
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    flags = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    last = time.monotonic() + ANOTHER_MAKES_IT
    account = None
    while useradd and account is None:
        done = subprocess.run([useradd, *flags, "--shell", "/usr/sbin/nologin", NAME], capture_output=True, check=False)
        # Two commands may have raced to make it; what counts is that it is there.
        account = _find()
        if done.returncode != FILE_IS_LOCKED or time.monotonic() > last:
            break
        time.sleep(0.2)
    if account is None:
        raise ResourceMissing(
            "system_account_missing",
            what=(
                f"PostgreSQL kan inte köras som root, och systemkontot {NAME} gick inte att skapa.",
                f"PostgreSQL cannot run as root, and the system account {NAME} could not be made.",
            ),
            todo=(
                f"Skapa det (useradd --system {NAME}) eller kör plug som en vanlig användare.",
                f"Make it (useradd --system {NAME}) or run plug as an ordinary user.",
            ),
        )
    return account
