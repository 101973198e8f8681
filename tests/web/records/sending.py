"""Sending files to the import page, and being the worker that takes them up."""

import io
import zipfile
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from pluginnovation.web.records.models import Upload
from pluginnovation.web.records.server_actions import Reach
from pluginnovation.web.records.working import take_up, work_one
from tests.unit.records.school import SCHOOL, text

NEW = "/inlasningar/ny/"


def csv_files(**changes):
    """The small school's files as a form sends them; None leaves one out."""
    texts = {**SCHOOL, **changes}
    return [SimpleUploadedFile(f"{name}.csv", text(drawn).encode()) for name, drawn in texts.items() if drawn]


def zipped(files, name="skolan.zip"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for file in files:
            archive.writestr(file.name, file.read())
    return SimpleUploadedFile(name, out.getvalue())


def form(files, **changes):
    return {"once": str(uuid4()), "source": "Birkby", "kind": "csv", "files": files, "end": "1", **changes}


def send(client, files, **changes):
    """Send files from the page; the answer."""
    return client.post(NEW, form(files, **changes))


def sent(client, files, **changes):
    """Send files from the page; the upload."""
    answer = send(client, files, **changes)
    assert answer.status_code == 302, answer.content.decode()
    return Upload.objects.latest("pk")


def reach():
    return Reach(Path(settings.PLUG_HOME), {})


def work():
    """Take up and do everything that waits, as the worker; how many jobs."""
    # The cast moved in with the owner's temporary tables; the worker has its own.
    connection.connection.execute("DISCARD TEMP")
    connection.connection.execute("SET ROLE plug_worker")
    try:
        take_up(reach())
        done = 0
        while work_one(reach()):
            done += 1
        return done
    finally:
        connection.connection.execute("RESET ROLE")
        connection.connection.execute("DISCARD TEMP")


def page_of(client, upload):
    return " ".join(client.get(f"{NEW}{upload.pk}/").content.decode().replace("\xa0", " ").split())


def files_of(upload):
    folder = Path(settings.PLUG_HOME) / "uploads" / str(upload.once)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
