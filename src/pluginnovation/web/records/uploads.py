"""What is done with files that an administrator sends in: taken, read in, thrown away. The pages call these."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import IntegrityError

from pluginnovation.records.profiles import built_in
from pluginnovation.records.sources import CSV, SS12000
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import User

from .job_models import RUNNING, WAITING
from .jobs import DONE, IMPORT, TRY
from .models import Job, ProfileVersion, Upload
from .profiles import in_force, own_versions
from .receiving import Received, delete_files, strays
from .upload_refused import (
    disk_full,
    empty_file,
    kind_unknown,
    name_twice,
    not_ready,
    nothing_came,
    source_wrong,
    too_large,
    under_way,
    wrong_type,
    zip_alone,
)  # fmt: skip

LONGEST_SOURCE: Final = 200
# Files that nobody decided about are deleted after so long; the account of what was done with them stays longer.
KEPT: Final = timedelta(days=2)
REMEMBERED: Final = timedelta(days=90)

READABLE: Final = re.compile(r".+\.(csv|txt|tsv|json)(\.gz)?|.+\.zip", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What the sender says about the files.

    once     the form's own number
    source   the name that their rows go under
    kind     csv, ss12000, or the name of a profile
    """

    once: UUID
    source: str
    kind: str


def take_upload(received: Received, told: Told, *, by: User, at: datetime) -> Upload:
    """Keep the files and ask for them to be tried. The same form once more gives the same upload.

    Raises  Refusal 'upload_…'; then nothing is kept
    """
    check(received, told)
    try:
        with recorded("upload", by=by, at=at, about=told.source, kind=told.kind, files=len(received.sizes)):
            sizes = received.sizes
            upload = Upload.objects.create(
                once=told.once, by=by, at=at, source=told.source, kind=told.kind, files=sorted(sizes),
                bytes=sum(sizes.values()),
            )  # fmt: skip
            Job.objects.create(kind=TRY, upload=upload, by=by, at=at)
            received.keep_as(told.once)
    except IntegrityError:
        return Upload.objects.get(once=told.once)
    return upload


def check(received: Received, told: Told) -> None:
    """Nothing, when what came can be tried.

    Raises  Refusal
    """
    if received.too_large:
        raise too_large(received.most)
    if received.error is not None:
        raise disk_full()
    if not told.source or len(told.source) > LONGEST_SOURCE or not told.source.isprintable():
        raise source_wrong()
    if told.kind not in (CSV, SS12000, *profile_names(told.source)):
        raise kind_unknown()
    if received.twice:
        raise name_twice(received.twice[0])
    if not received.sizes:
        raise nothing_came()
    zipped = [name for name in received.sizes if name.lower().endswith(".zip")]
    for name, size in received.sizes.items():
        if not READABLE.fullmatch(name) or not of_kind(name, told.kind):
            raise wrong_type(name)
        if not size:
            raise empty_file(name)
    if zipped and len(received.sizes) > 1:
        raise zip_alone(zipped[0])


def of_kind(name: str, kind: str) -> bool:
    """Whether a file may be of the kind that was said, by its name; a zip may hold anything."""
    plain = name.lower().removesuffix(".gz")
    if plain.endswith(".zip") or plain == "simulation.json":
        return True
    return plain.endswith(".json") == (kind == SS12000)


def profile_names(source: str | None = None) -> list[str]:
    """The profiles in force: the built-in ones, and those of the installation and of a source (None: of any)."""
    own: dict[tuple[str, str], list[ProfileVersion]] = {}
    for version in own_versions():
        if source is None or version.authority in (source, ""):
            own.setdefault((version.authority, version.name), []).append(version)
    named = {name for (_, name), versions in own.items() if in_force(versions, today())}
    return sorted({*built_in(), *named} - {CSV})


def read_in(upload_id: int, *, by: User, at: datetime) -> Upload:
    """Ask for what was tried to be read in. Asked for twice, it is done once.

    Raises  Refusal 'upload_not_ready' when it wasn't tried, was refused or is thrown away
    """
    with recorded("upload_read_in", by=by, at=at, about=str(upload_id)):
        upload = Upload.objects.select_for_update().get(pk=upload_id)
        if upload.jobs.filter(kind=IMPORT).exists():
            return upload
        tried = upload.jobs.filter(kind=TRY, state=DONE).first()
        if upload.thrown_at is not None or tried is None:
            raise not_ready()
        Job.objects.create(kind=IMPORT, upload=upload, by=by, at=at)
    return upload


def throw_away(home: Path, upload_id: int, *, by: User, at: datetime) -> Upload:
    """Delete the files without reading them in.

    Raises  Refusal 'upload_under_way' while they are being read
    """
    with recorded("upload_thrown_away", by=by, at=at, about=str(upload_id)):
        upload = Upload.objects.select_for_update().get(pk=upload_id)
        if upload.jobs.filter(state=RUNNING).exists() or upload.jobs.filter(kind=IMPORT, state=WAITING).exists():
            raise under_way()
        if upload.thrown_at is None:
            upload.thrown_at = at
            upload.save(update_fields=["thrown_at"])
            delete_files(home, upload.once)
    return upload


def tidy_uploads(home: Path, *, at: datetime) -> int:
    """Delete files that nobody decided about, and the account of what is long past; how many uploads lost files."""
    under_way = Job.objects.filter(state__in=(WAITING, RUNNING), upload__isnull=False).values("upload")
    old = list(Upload.objects.filter(thrown_at=None, at__lt=at - KEPT).exclude(pk__in=under_way))
    for upload in old:
        delete_files(home, upload.once)
        Upload.objects.filter(pk=upload.pk).update(thrown_at=at)
    strays(home, {str(once) for once in Upload.objects.filter(thrown_at=None).values_list("once", flat=True)}, at)
    Upload.objects.filter(at__lt=at - REMEMBERED).exclude(pk__in=under_way).exclude(thrown_at=None).delete()
    Job.objects.filter(upload=None, finished_at__lt=at - REMEMBERED).delete()
    return len(old)
