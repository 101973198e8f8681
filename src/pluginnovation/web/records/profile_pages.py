"""The pages about profiles: which there are, what each version says and changed, and writing a new one.

What is uploaded as a sample is read in a folder of its own, shown with throw-away codes, and deleted before the answer.
"""

import difflib
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from pluginnovation.records.profiles import built_in
from pluginnovation.records.profiles_parsed import parsed
from pluginnovation.records.profiles_refused import too_large
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles

from .models import Import, ProfileVersion
from .profiles import Draft, as_toml, in_force, latest, own_versions, save_profile, scratch
from .words import in_english, resource_word, rule_text

# All files of one form together. They are kept in memory, so that nothing of a sample is left on a disk.
LARGEST_FORM: Final = 2 * 1024 * 1024
SHOWN_ROWS: Final = 3
NOT_READ: Final = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, and whether it came ('new'), went ('gone') or stands (''); 'cut' where lines are left out."""

    change: str
    text: str


def changes(before: str, after: str) -> list[Line]:
    """The lines that differ between two texts, each with one line around it."""
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=1, lineterm=""))[2:]
    kinds = {"+": "new", "-": "gone"}
    return [Line("cut", "…") if line.startswith("@@") else Line(kinds.get(line[:1], ""), line[1:]) for line in lines]


@require_GET
@for_roles("administrator")
def profiles_page(request: HttpRequest) -> HttpResponse:
    """Every source's own profiles in the version that is used today, and the built-in ones."""
    by_profile: dict[tuple[str, str], list[ProfileVersion]] = {}
    for version in own_versions():
        by_profile.setdefault((version.authority, version.name), []).append(version)
    own = [(versions[0], in_force(versions, today())) for versions in by_profile.values()]
    given = [(profile, profile.about[in_english()]) for profile in built_in().values()]
    return render(request, "records/profiles.html", {"own": own, "built_in": given})


@require_GET
@for_roles("administrator")
def profile_page(request: HttpRequest, name: str) -> HttpResponse:
    """One profile: what a version says, what it changed, its history, and how many imports were read with each."""
    source = _clean(request.GET.get("kalla", ""))
    versions = own_versions(source, name)
    if not versions:
        if source or name not in built_in():
            raise Http404
        text = as_toml(built_in()[name], english=in_english())
        return render(request, "records/profile.html", {"name": name, "text": text})
    asked = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.version) == asked), versions[0])
    before = next((one for one in versions if one.version == shown.version - 1), None)
    used = in_force(versions, today())
    context = {
        "name": name,
        "source": source,
        "shown": shown,
        "used": used,
        "text": shown.text,
        "changes": changes(before.text, shown.text) if before else [],
        "before": before,
        "rows": [(one, _read_with(one)) for one in versions],
    }
    return render(request, "records/profile.html", context)


def _read_with(version: ProfileVersion) -> int:
    """How many imports were read with a version."""
    found = Import.objects.filter(profile=version.name, profile_version=version.version)
    return found.filter(source=version.authority).count() if version.authority else found.count()


@csrf_exempt  # checked in `_edit`, once it is said that files stay in memory and are not too large
@require_http_methods(["GET", "POST"])
@for_roles("administrator")
def edit_page(request: HttpRequest, name: str) -> HttpResponse:
    """Write a new version from one that is there, see what it makes of a sample, and save it."""
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    if request.method == "POST":
        try:
            _ = request.POST
        except NOT_READ:
            # What was written is too long to be shown again: a profile begins from what there is.
            start = _start(name, _clean(request.GET.get("kalla", "")))
            said = too_large("profil.toml").text("en" if in_english() else "sv")
            return _form(request, name, start | {"refusal": said}, status=422)
    return _edit(request, name)


@csrf_protect
def _edit(request: HttpRequest, name: str) -> HttpResponse:
    start = _start(name, _clean(request.GET.get("kalla", "")))
    if request.method != "POST":
        return _form(request, name, start)
    form = start | {
        key: _clean(request.POST.get(key, ""), keep_lines=key == "text")
        for key in ("source", "text", "since", "why", "after", "loaded")
    }
    try:
        _take_files(request, form)
        draft = _draft(form)
        if request.POST.get("do") != "save":
            return _form(request, name, form | _previewed(request, form))
        saved = save_profile(draft=draft, by=request.user, at=now())  # type: ignore[arg-type]
    except Refusal as refusal:
        said = refusal.text("en" if in_english() else "sv")
        return _form(request, name, form | {"refusal": said}, status=422)
    messages.success(request, _("Version %(version)s är sparad.") % {"version": saved.version})
    query = f"?{urlencode({'kalla': saved.authority})}" if saved.authority else ""
    return redirect(reverse("profile", args=[saved.name]) + query)


def _start(name: str, source: str) -> dict[str, Any]:
    """The form as it is first shown: the last version of the source's own profile, or else the built-in one."""
    own = latest(source, name)
    if own is None and name not in built_in():
        raise Http404
    return {
        "kalla": source,
        "source": source,
        "text": own.text if own else as_toml(built_in()[name], english=in_english()),
        "since": today().isoformat(),
        "why": "",
        "after": str(own.version) if own else "0",
        "loaded": f"{source}/{name}",
    }


def _take_files(request: HttpRequest, form: dict[str, Any]) -> None:
    """Put the uploaded text in the form, and see that a form isn't too large to be taken."""
    files = [one for name in ("toml", "sample") for one in request.FILES.getlist(name)]
    if sum(one.size or 0 for one in files) > LARGEST_FORM or _files_dropped(request):
        raise Refusal(
            "sample_too_large",
            what=("Filerna är större än 2 MB tillsammans.", "The files are larger than 2 MB together."),
            todo=(
                "Ta med rubrikraden och några hundra rader.",
                "Take the header and a few hundred rows.",
            ),
        )
    for upload in request.FILES.getlist("toml"):
        form["text"] = _clean(upload.read().decode("utf-8", errors="replace").removeprefix("\ufeff"), keep_lines=True)


def _files_dropped(request: HttpRequest) -> bool:
    """Whether the form was so large that its files were never kept."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_FORM + 512 * 1024


def _draft(form: dict[str, Any]) -> Draft:
    """What the form says.

    Raises  Refusal 'profile_since_wrong', and those of `parsed`
    """
    name = parsed(form["text"], "profil.toml").name
    try:
        since = date.fromisoformat(form["since"])
    except ValueError:
        raise Refusal(
            "profile_since_wrong",
            what=("Dagen går inte att läsa.", "The day can't be read."),
            todo=("Skriv den som 2026-04-23.", "Write it as 2026-04-23."),
        ) from None
    # Under another name or for another source it is another profile, and begins its own count.
    same = form["loaded"] == f"{form['source']}/{name}"
    after = int(form["after"]) if same and form["after"].isdecimal() and len(form["after"]) < 9 else 0
    return Draft(form["source"], form["text"], since, form["why"], after)


def _previewed(request: HttpRequest, form: dict[str, Any]) -> dict[str, Any]:
    """What the form's text makes of the sample, and what it changes."""
    from pluginnovation.records.profiles_preview import preview

    profile = parsed(form["text"], "profil.toml")
    before = latest(form["source"], profile.name)
    said: dict[str, Any] = {"changes": changes(before.text, form["text"]) if before else [], "looked": True}
    if not request.FILES.getlist("sample"):
        return said
    with scratch() as folder:
        (folder / "sample").mkdir()
        (folder / "work").mkdir()
        for upload in request.FILES.getlist("sample"):
            name = Path(upload.name or "").name[-LONGEST_NAME:] or "x"
            (folder / "sample" / name).write_bytes(upload.read())
        seen = preview(folder / "sample", profile, folder / "work", key=secrets.token_bytes(32), rows=SHOWN_ROWS)
    return said | {
        "seen": seen,
        "files": [(file, resource_word(file.resource), _across(file.columns, file.rows)) for file in seen.files],
        "broken": [
            (resource_word(resource), rule_text(rule), rows)
            for resource, rules in seen.broken.items()
            for rule, rows in rules.items()
        ],
        "aside": [(one, rule_text(one.rule)) for one in seen.set_aside],
    }


def _across(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> list[tuple[str, list[str]]]:
    """A line per column with its cells: a phone has room for three rows, not for twelve columns."""
    return [(column, [row[place] for row in rows]) for place, column in enumerate(columns)]


def _form(request: HttpRequest, name: str, form: dict[str, Any], status: int = 200) -> HttpResponse:
    sources = Import.objects.order_by("source").values_list("source", flat=True).distinct()
    return render(request, "records/profile_edit.html", {"name": name, "sources": sources, **form}, status=status)


def _clean(text: str, *, keep_lines: bool = False) -> str:
    """A field without NUL, which the database can't hold, and with plain line breaks."""
    kept = text.replace("\x00", "").replace("\r\n", "\n")
    return kept if keep_lines else kept.strip()
