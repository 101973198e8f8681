"""Where a home's server lives: data, socket, log and locks."""

import hashlib
import json
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pluginnovation.web.config.missing import ResourceMissing

from .account import Account, server_account

SYSTEM_FOLDER = Path("/var/lib/pluginnovation")
# A Unix socket's whole path fits in 108 bytes, the last of them zero; some systems have 104.
LONGEST_SOCKET = 100
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one home's server.

    home      PLUG_HOME
    root      the 0700 folder that holds data and log; outside the project when root starts it
    sockets   the 0700 folder of the socket, with a short path
    shelf     where a copy of the programs may be put, when the account cannot reach the package
    by_root   root runs the commands, so a system account runs the server
    """

    home: Path
    root: Path
    sockets: Path
    shelf: Path
    by_root: bool

    @property
    def account(self) -> Account | None:
        """Who runs the server; none: whoever runs the command. Makes root's system account if it is missing."""
        return server_account() if self.by_root else None

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.root / "data"

    @property
    def log(self) -> Path:
        """What the server says about itself."""
        return self.root / "log.txt"

    @property
    def keys(self) -> Path:
        """The folder of secrets."""
        return self.home / "keys"

    @property
    def note(self) -> Path:
        """Written when the server is complete: where its folder is, and for whom."""
        return self.home / "postgres.json"

    def lock(self, name: str) -> Path:
        """The file of one lock."""
        return self.home / "locks" / f"postgres.{name}"


def places_of(home: Path, *, system_folder: Path = SYSTEM_FOLDER) -> Places:
    """Where the server of this home lives. Makes nothing.

    Raises  ResourceMissing when the home's database was made for someone else
    """
    home = home.resolve()
    by_root = os.geteuid() == 0
    short = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    root = _noted_root(home, by_root=by_root) or (system_folder / short if by_root else home / "postgres")
    sockets = root / "run"
    if len(os.fsencode(sockets / SOCKET_NAME)) > LONGEST_SOCKET:
        sockets = Path(tempfile.gettempdir()) / f"plug-{os.geteuid()}-{short}"
    return Places(home, root, sockets, system_folder if by_root else root, by_root)


def write_note(places: Places, roles: int) -> None:
    """Write down that the server is complete. A home that is moved keeps its server.

    Takes   roles   which roles were made (`roles.ROLES_MADE`)
    """
    inside = places.root.is_relative_to(places.home)
    root = places.root.relative_to(places.home) if inside else places.root
    note = {"home": str(places.home), "root": str(root), "by_root": places.by_root, "roles": roles}
    places.note.write_text(json.dumps(note) + "\n", encoding="utf-8")


def noted_roles(places: Places) -> int:
    """Which roles the server has; 0 before it is complete, 1 for one from before this was written down."""
    try:
        return int(json.loads(places.note.read_text(encoding="utf-8")).get("roles", 1))
    except FileNotFoundError:
        return 0


def _noted_root(home: Path, *, by_root: bool) -> Path | None:
    """The folder that was written down for this home.

    Root and others would each make a database of their own for one home, and one of them would be empty; so would
    a copied home share its server with the original. Both are refused.
    """
    try:
        note = json.loads((home / "postgres.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    copied = note["home"] != str(home) and by_root and (Path(note["home"]) / "postgres.json").exists()
    if note["by_root"] == by_root and not copied:
        return home / note["root"]
    who = ("root", "root") if note["by_root"] else ("en vanlig användare", "an ordinary user")
    raise ResourceMissing(
        "database_of_another_home",
        what=(
            f"Databasen för {note['home']} skapades av {who[0]}; den kan inte öppnas härifrån.",
            f"The database of {note['home']} was made by {who[1]}; it cannot be opened from here.",
        ),
        todo=(
            "Kör som samma användare, eller välj en annan PLUG_HOME.",
            "Run as the same user, or choose another PLUG_HOME.",
        ),
    )


def make_home(places: Places) -> None:
    """Make the home's own folders, where the locks are. Folders that are there are left as they are.

    Raises  ResourceMissing when a folder cannot be made
    """
    try:
        for folder in (places.home, places.keys, places.lock("start").parent):
            _make(folder)
    except OSError as error:
        raise folder_missing(error) from error


def make_server_folders(places: Places) -> None:
    """Make the folders that the server's account owns. Called under the start lock: another command that came
    between the making and the handing over would find a folder that isn't the account's.

    Raises  ResourceMissing when a folder cannot be made, or when the socket's folder belongs to someone else
    """
    account = places.account
    try:
        if places.by_root:
            places.shelf.mkdir(mode=0o755, parents=True, exist_ok=True)
        for folder in (places.root, places.sockets):
            _make(folder)
            _hand_over(folder, account)
    except OSError as error:
        raise folder_missing(error) from error
    _check_private(places.sockets, account)


def _make(folder: Path) -> None:
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def _hand_over(folder: Path, account: Account | None) -> None:
    """Give the account a folder that is still ours: a new one, or one left by a command that was killed here."""
    found = folder.lstat()
    if account and stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid():
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)


def _check_private(folder: Path, account: Account | None) -> None:
    """A socket's folder in a shared place must be ours alone, or someone could answer in the server's name."""
    found = folder.lstat()
    owner = account.uid if account else os.geteuid()
    if stat.S_ISDIR(found.st_mode) and found.st_uid == owner and not found.st_mode & 0o077:
        return
    raise ResourceMissing(
        "socket_folder_not_private",
        what=(f"Mappen {folder} ska vara serverns egen, 0700.", f"The folder {folder} must be the server's own, 0700."),
        todo=("Ta bort den och försök igen.", "Remove it and try again."),
    )


def folder_missing(error: OSError) -> ResourceMissing:
    """The same failure, in words: a folder or file could not be made or written."""
    return ResourceMissing(
        "folder_not_writable",
        what=(
            f"Det går inte att skriva i {error.filename}: {error.strerror}.",
            f"Cannot write in {error.filename}: {error.strerror}.",
        ),
        todo=(
            "Ge rättighet till mappen, frigör plats, eller välj en annan PLUG_HOME.",
            "Give permission to the folder, free some space, or choose another PLUG_HOME.",
        ),
    )
