"""Profiles of this installation: built-in ones, and each authority's own in dated versions.

The command and the pages call these. A version is added and never changed, with its audit row.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from time import time
from typing import Final

from django.conf import settings
from django.db import IntegrityError

from pluginnovation.records.profiles import Profile, built_in, commented, unknown_profile
from pluginnovation.records.profiles_parsed import parsed
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from .models import ProfileVersion

LONGEST: Final = 500
OLD_SECONDS: Final = 3600
OWN: Final = "egen"


@dataclass(frozen=True, slots=True)
class Draft:
    """A version that somebody wants to save.

    authority   the source whose files it reads; empty: every source
    since       the day from which it is used
    after       the version that it was written from; 0: none
    """

    authority: str
    text: str
    since: date
    why: str
    after: int


def own_versions(authority: str | None = None, name: str | None = None) -> list[ProfileVersion]:
    """The saved versions, newest first within authority and name."""
    asked = {key: value for key, value in (("authority", authority), ("name", name)) if value is not None}
    return list(ProfileVersion.objects.filter(**asked).select_related("by").order_by("authority", "name", "-version"))


def latest(authority: str, name: str) -> ProfileVersion | None:
    """The last version that was saved, also when its day hasn't come."""
    return next(iter(own_versions(authority, name)), None)


def in_force(versions: list[ProfileVersion], on: date) -> ProfileVersion | None:
    """The one of a profile's versions that is used on a day; none before the first one's day."""
    return max((one for one in versions if one.since <= on), key=lambda one: one.version, default=None)


def profile_of(version: ProfileVersion) -> Profile:
    """The profile that a saved version says. The installation counts the versions, whatever the text says."""
    return replace(parsed(version.text, f"{version.name}.toml"), version=version.version)


def profile_for(named: str, *, source: str | None, on: date) -> Profile:
    """The profile to read a source with: a file, the source's own, the installation's own, or a built-in one.

    Takes   named    a name, or the path of a TOML file
            source   the name of the source, when it is said
    Raises  Refusal 'profile_unknown', and those of `parsed`
    """
    if named.endswith(".toml"):
        return _of_file(Path(named))
    for authority in dict.fromkeys((source or "", "")):
        found = in_force(own_versions(authority, named), on)
        if found is not None:
            return profile_of(found)
    if named not in built_in():
        raise unknown_profile({*built_in(), *(one.name for one in own_versions() if one.authority in (source, ""))})
    return built_in()[named]


def as_toml(profile: Profile, *, english: bool) -> str:
    """A built-in profile's text, with its comments in one language.

    Of one that has no text, one to begin from that says the same under another name.
    """
    if profile.text:
        return commented(profile.text, english=english)
    absence = str(profile.lateness_is_absence).lower()
    first = [f'name = "{OWN}"', f'delimiter = "{profile.delimiter}"', f'encoding = "{profile.encoding}"']
    return "\n".join([*first, "", "[lateness]", f"is_absence = {absence}", ""])


def _of_file(path: Path) -> Profile:
    try:
        return parsed(path.read_text("utf-8"), path.name)
    except (FileNotFoundError, IsADirectoryError):
        raise unknown_profile(built_in()) from None
    except UnicodeDecodeError:
        raise Refusal(
            "profile_not_toml",
            where=path.name,
            what=("Filen är inte text i UTF-8.", "The file isn't text in UTF-8."),
            todo=("Spara den som UTF-8.", "Save it as UTF-8."),
        ) from None


def save_profile(*, draft: Draft, by: User | None, at: datetime) -> ProfileVersion:
    """Add a version of an authority's profile, to be used from its day on.

    Raises  Refusal 'profile_source_wrong', 'profile_why_missing',
            'profile_changed_meanwhile', 'profile_unchanged', and those of `parsed`
    """
    profile = parsed(draft.text, "profil.toml")
    if not draft.authority.isprintable() or len(draft.authority) > LONGEST:
        raise _refused_save("authority")
    if not draft.why.strip() or len(draft.why) > LONGEST:
        raise _refused_save("why")
    before = latest(draft.authority, profile.name)
    if (before.version if before else 0) != draft.after:
        raise _refused_save("meanwhile")
    if before is not None and (before.text, before.since) == (draft.text, draft.since):
        raise _refused_save("unchanged")
    version = draft.after + 1
    try:
        with recorded(
            "save_profile", by=by, at=at, about=profile.name, authority=draft.authority, version=version,
            since=draft.since.isoformat(),
        ):  # fmt: skip
            return ProfileVersion.objects.create(
                authority=draft.authority, name=profile.name, version=version, text=draft.text, since=draft.since,
                at=at, by=by, why=draft.why.strip(),
            )  # fmt: skip
    except IntegrityError:
        raise _refused_save("meanwhile") from None


_REFUSED: Final = {
    "authority": (
        "profile_source_wrong",
        ("Källans namn går inte att använda.", "The source's name can't be used."),
        ("Skriv det som i listan över inläsningar.", "Write it as in the list of imports."),
    ),
    "why": (
        "profile_why_missing",
        ("Det står inte varför profilen ändras.", "It isn't said why the profile changes."),
        ("Skriv det med en mening, högst 500 tecken.", "Write it in one sentence, at most 500 characters."),
    ),
    "meanwhile": (
        "profile_changed_meanwhile",
        ("Någon annan har sparat en version sedan du började.", "Somebody else saved a version since you began."),
        ("Läs den versionen och gör ändringen i den.", "Read that version and make the change in it."),
    ),
    "unchanged": (
        "profile_unchanged",
        ("Texten och dagen är som i förra versionen.", "Text and day are as in the version before."),
        ("Ändra något, eller låt den vara.", "Change something, or let it be."),
    ),
}


def _refused_save(reason: str) -> Refusal:
    code, what, todo = _REFUSED[reason]
    return Refusal(code, what=what, todo=todo)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder of this installation that only its own user can read, gone when the block ends."""
    home = Path(settings.PLUG_HOME) / "scratch"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    # What a killed process left behind.
    for old in home.glob("profile-*"):
        if old.stat().st_mtime < time() - OLD_SECONDS:
            rmtree(old, ignore_errors=True)
    with TemporaryDirectory(prefix="profile-", dir=home) as folder:
        yield Path(folder)
