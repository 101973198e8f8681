"""What stands around every page: the role's words, who you are, your ground, and how fresh the figures are."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import is_valid_path
from django.utils.timezone import now
from django.utils.translation import gettext as _

from pluginnovation.privacy.grounds import MUNICIPALITY, REACH_OF_ROLE
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.demo import DEMO_SESSION, has_made_up_facts
from pluginnovation.web.people.duties import HOMES, ActiveDuty
from pluginnovation.web.people.rights.banner import Banner, banner_of
from pluginnovation.web.people.rights.tasks import own_pages, tasks_of
from pluginnovation.web.records.models import Import

from .models import Run
from .words import day, percent

YOUTHS_AT = "/ungdomar/"
# Where a role lands: its own first page, and the school's that a principal is led on to.
FIRST_PAGES = frozenset({*(home.strip("/") for home in HOMES.values()), "skola"})


def roles_reaching(reach: str) -> tuple[str, ...]:
    """The roles that see pupils in this way."""
    return tuple(role for role, how in REACH_OF_ROLE.items() if how == reach)


SEES_PUPILS = ("mentor", "teacher", "principal", "pupil_health")
# And whose pupils have no school any more: they open one, but no class and no list of a school.
OPENS_PUPILS = (*SEES_PUPILS, *roles_reaching(MUNICIPALITY))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the menu."""

    text: str
    href: str
    current: bool


def shown_runs(request: HttpRequest) -> dict[str, Run]:
    """The run that the pages show, for each source. One query a request."""
    runs = getattr(request, "_shown_runs", None)
    if runs is None:
        undone = Import.objects.filter(source=OuterRef("source"), undone_at__gt=OuterRef("run_at"))
        found = Run.objects.filter(shown=True).annotate(import_undone=Exists(undone)).order_by("source")
        runs = {run.source: run for run in found}
        request._shown_runs = runs  # type: ignore[attr-defined]
    return runs


def show_source(request: HttpRequest, source: str) -> Run | None:
    """Let the freshness line speak of this source; its run, or none when signals were never run."""
    request._source = source  # type: ignore[attr-defined]
    return shown_runs(request).get(source)


class Chrome:
    """Asked piece by piece by `base.html`, so that a page that overrides a line doesn't pay for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def _duty(self) -> ActiveDuty | None:
        return getattr(self.request, "duty", None)

    @cached_property
    def words(self) -> list[Word]:
        """The role's menu, of pages that exist."""
        duty = self._duty
        my_day, classes = (_("Min dag"), "/min-dag/"), (_("Klasser"), "/klasser/")
        cases, methods = (_("Ärenden"), "/arenden/"), (_("Metoder"), "/metoder/")
        calls, needs = (_("Utlysningar"), "/utlysningar/"), (_("Behov"), "/behov/")
        projects = (_("Delprojekt"), "/delprojekt/")
        menus = {
            "mentor": (my_day, classes, (_("Elever"), "/elever/"), methods),
            "teacher": (my_day, classes, (_("Elever"), "/elever/"), methods),
            "principal": ((_("Läget"), "/laget/"), classes, cases, (_("I tid"), "/i-tid/"), methods),
            "pupil_health": ((_("Möte"), "/mote/"), cases, classes, methods),
            "youth_coordinator": ((_("Ungdomar"), YOUTHS_AT), methods),
            "sub_project_leader": ((_("Delprojektet"), "/delprojekt/"), calls, (_("Effekt"), "/effekt/"), methods),
            "evaluator": ((_("Effekt"), "/effekt/"), methods),
            "process_leader": ((_("Processtöd"), "/processtod/"), projects, calls, needs, methods),
            "regional_lead": ((_("Läget"), "/regionen/"), calls, projects, needs, methods),
            "administrator": (
                (_("Inläsningar"), "/inlasningar/"),
                (_("Regler"), "/regler/"),
                (_("Konton"), "/konton/"),
                (_("Gallring"), "/gallring/"),
                (_("Incidenter"), "/incidenter/"),
            ),
            "data_protection_officer": (
                (_("Besök"), "/besok/"),
                (_("Avvikelser"), "/avvikelser/"),
                (_("Gallring"), "/gallring/"),
                (_("Behandlingar"), "/behandlingar/"),
                (_("Incidenter"), "/incidenter/"),
            ),
        }
        at = _section(self.request.path)
        if at == "/elever/" and self.search == YOUTHS_AT:
            at = YOUTHS_AT
        menu = menus.get(duty.role if duty else "", ())
        return [Word(text, href, href == at) for text, href in menu if is_page(href)]

    @property
    def search(self) -> str:
        """Where the role may look for pupils; empty for a role that may not."""
        role = self._duty.role if self._duty else ""
        return "/elever/" if role in SEES_PUPILS else YOUTHS_AT if role in OPENS_PUPILS else ""

    @property
    def search_word(self) -> str:
        """What the search is called."""
        return _("Sök ungdom") if self.search == YOUTHS_AT else _("Sök elev")

    @cached_property
    def emergency(self) -> Banner | None:
        """The emergency access that lasts, which every page tells of."""
        return banner_of(self.request, now()) if self._duty else None

    @cached_property
    def tasks(self) -> list[tuple[str, str]]:
        """What waits for the role's reading or decision, on its first page only."""
        duty = self._duty
        if duty is None or self.request.path.split("/")[1] not in FIRST_PAGES:
            return []
        return tasks_of(duty, now())

    @property
    def own(self) -> list[tuple[str, str]]:
        """What stands under the viewer's name beside the way out."""
        return own_pages(self._duty) if self._duty else []

    @property
    def name(self) -> str:
        """The viewer's name, empty for a stranger."""
        user = getattr(self.request, "user", None)
        return user.name if user and user.is_authenticated else ""

    @property
    def role(self) -> str:
        """The chosen role as a word inside a sentence."""
        return role_word(self._duty.role) if self._duty else ""

    @property
    def several_roles(self) -> bool:
        """Whether there is another role to choose."""
        return len(getattr(self.request, "duties", ())) > 1

    @property
    def has_account(self) -> bool:
        """Whether the viewer has ways in of their own to look after; the demo's people have none."""
        return bool(self.name) and not self.request.session.get(DEMO_SESSION)

    @property
    def ground(self) -> str:
        """Why the viewer sees this."""
        duty = self._duty
        if duty is None:
            return ""
        noted = written_down()
        if duty.role in ("mentor", "teacher"):
            text = _("Du ser dina egna klasser på %(place)s som %(role)s.")
        elif duty.role in SEES_PUPILS:
            text = _("Du ser %(place)s som %(role)s.")
        elif duty.role in OPENS_PUPILS:
            text = _("Du ser ungdomar utan skola i %(place)s som %(role)s.")
            noted = _("När du öppnar en ungdoms sida skrivs det i loggen.")
        elif duty.role == "sub_project_leader":
            text = _("Du ser ditt delprojekt och vilka som deltar i det, som %(role)s.")
        elif duty.role in ("regional_lead", "process_leader"):
            return _("Du ser sammanställda uppgifter. Ingen elev går att nå härifrån.")
        else:
            return _("Du är här som %(role)s. Ingen elev går att nå härifrån.") % {"role": self.role}
        text = text % {"place": duty.place_name, "role": self.role}
        return f"{text} {noted}"

    @cached_property
    def fresh(self) -> str:
        """Until when the figures are true, and how much of it is reported."""
        if self._duty is None:
            return ""
        runs = self._runs
        # What an import said that is taken back still stands in the figures, until they are computed again.
        undone = any(getattr(run, "import_undone", False) for run in runs)
        later = _("En inläsning är tillbakatagen sedan dess; siffrorna räknas om i natt.") if undone else ""
        if self.search == YOUTHS_AT and runs:
            told = _("Inskrivningar, läget %(day)s.") % {"day": day(max(run.as_of for run in runs), today())}
            return f"{told} {later}".strip()
        days = [run.last_day for run in runs if run.last_day]
        if not days:
            return _("Ingen bild ännu.") if runs or self.search else ""
        offered, reported = sum(run.offered for run in runs), sum(run.reported for run in runs)
        until = _("Frånvaro till och med %(day)s.") % {"day": day(max(days), today())}
        share = _("%(share)s av lektionerna är rapporterade.") % {"share": percent(100 * reported // max(offered, 1))}
        return f"{until} {share} {later}".strip()

    @cached_property
    def simulated(self) -> bool:
        """Whether any source of the page is made up."""
        runs = self._runs
        if runs:
            return any(run.simulated for run in runs)
        return has_made_up_facts()

    @property
    def _runs(self) -> list[Run]:
        source = getattr(self.request, "_source", None)
        runs = shown_runs(self.request)
        return [runs[source]] if source in runs else list(runs.values())


@cache
def is_page(href: str) -> bool:
    """Whether there is a page at the address. The menus name more than every installation has."""
    return bool(is_valid_path(href))


def chrome(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"chrome": Chrome(request)}


def written_down() -> str:
    """What a list says about opening a pupil."""
    return _("När du öppnar en elev skrivs det i loggen.")


def role_word(role: str) -> str:
    """The role as it stands inside a sentence: 'som mentor'."""
    return {
        "mentor": _("mentor"),
        "teacher": _("lärare"),
        "principal": _("rektor"),
        "pupil_health": _("elevhälsa"),
        "youth_coordinator": _("ungdomssamordnare"),
        "sub_project_leader": _("delprojektledare"),
        "evaluator": _("utvärderare"),
        "process_leader": _("processledare"),
        "regional_lead": _("regional ledning"),
        "administrator": _("administratör"),
        "data_protection_officer": _("dataskyddsombud"),
    }[role]


def _section(path: str) -> str:
    first = path.split("/")[1]
    within = {
        "skola": "/laget/", "klass": "/klasser/", "elev": "/elever/", "ansokningar": "/utlysningar/",
        "program": "/utlysningar/",
    }  # fmt: skip
    return within.get(first, f"/{first}/")
