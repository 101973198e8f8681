"""What waits for somebody's reading or decision: the lines at the top of a role's first page."""

from datetime import datetime

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pluginnovation.privacy.admission import TOLD
from pluginnovation.privacy.approvals import DECIDED_BY
from pluginnovation.privacy.emergency import MAY_BE_LET, READERS
from pluginnovation.privacy.grounds import REACH_OF_ROLE
from pluginnovation.web.people.duties import ActiveDuty

from .approvals import to_decide
from .emergency import unread
from .notices import notices_of

# Who fills places of measures, and hands cases over when a pupil changes school (`web/support`).
FILL_PLACES = ("principal", "pupil_health")
# Who maps classes twice a term (there too).
MAPS = ("mentor", "teacher", "principal", "pupil_health")
# Who reads what the help changed beside their own five words (`web/evidence`).
READS_EFFECTS = ("process_leader", "regional_lead")
# Who applies for a sub-project, and has no word for it in the menu (`web/projects`).
APPLY = ("principal", "pupil_health", "youth_coordinator")
DECIDERS = frozenset(role for roles in DECIDED_BY.values() for role in roles)


def tasks_of(duty: ActiveDuty, at: datetime) -> list[tuple[str, str]]:
    """Address and text of what waits. At most four queries, and none for a role that nothing waits for."""
    found = []
    if duty.role in FILL_PLACES:
        found += _between_schools()
    if duty.role in READERS and (count := unread(duty).count()):
        text = ngettext("En nödåtkomst att läsa.", "%(n)s nödåtkomster att läsa.", count) % {"n": count}
        found.append((reverse("emergency"), text))
    if duty.role in TOLD and (count := notices_of(duty).count()):
        text = ngettext("Skyddade uppgifter: något att läsa.", "Skyddade uppgifter: %(n)s saker att läsa.", count)
        found.append((reverse("admissions"), text % {"n": count}))
    if duty.role in DECIDERS and (count := to_decide(duty, at).count()):
        text = ngettext("En begäran väntar på ditt beslut.", "%(n)s begäranden väntar på ditt beslut.", count)
        found.append((reverse("approvals"), text % {"n": count}))
    return found


def _between_schools() -> list[tuple[str, str]]:
    """Cases of pupils who have changed school (`web/support`): to hand over, and to take."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_give, to_take FROM fence.between_schools()")
        give, take = cursor.fetchone()
    words = []
    if give:
        one = _("Ett ärende att lämna över: eleven har bytt skola.")
        words.append(one if give == 1 else _("%(n)s ärenden att lämna över: eleverna har bytt skola.") % {"n": give})
    if take:
        one = _("Ett ärende att ta emot från en annan skola.")
        words.append(one if take == 1 else _("%(n)s ärenden att ta emot från andra skolor.") % {"n": take})
    return [(f"{reverse('cases')}#mellan", text) for text in words]


def own_pages(duty: ActiveDuty) -> list[tuple[str, str]]:
    """Address and name of the pages that stand under the viewer's name. No query."""
    pages = []
    if duty.role in MAPS:
        pages.append((reverse("mapping"), _("Kartläggning")))
    if duty.role in APPLY:
        pages.append((reverse("calls"), _("Utlysningar och ansökningar")))
    if duty.role in (*APPLY, "sub_project_leader"):
        pages.append((reverse("analyses"), _("Nulägesanalys")))
    if duty.role in MAY_BE_LET or duty.role in READERS:
        pages.append((reverse("emergency"), _("Nödåtkomst")))
    if duty.role in REACH_OF_ROLE or duty.role in DECIDERS:
        pages.append((reverse("approvals"), _("Tillstånd")))
    if duty.role in (*REACH_OF_ROLE, "data_protection_officer"):
        pages.append((reverse("admissions"), _("Skyddade elever")))
    if duty.role in FILL_PLACES:
        pages.append((reverse("places"), _("Platser")))
    if duty.role in REACH_OF_ROLE:
        pages.append((reverse("reminders"), _("Påminnelser")))
    if duty.role in READS_EFFECTS:
        pages.append((reverse("effects"), _("Effekt")))
    return pages
