"""Who runs the server: PostgreSQL refuses to run as root, so root hands it to a system account of its own."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass

from pluginnovation.web.config.missing import ResourceMissing

NAME = "pluginnovation"


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
    if useradd:
        flags = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        subprocess.run([useradd, *flags, "--shell", "/usr/sbin/nologin", NAME], capture_output=True, check=False)
    # Two commands may have raced to make it; what counts is that it is there.
    account = _find()
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
