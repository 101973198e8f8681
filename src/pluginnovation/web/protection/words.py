"""The words of data protection: pages, grounds, rules of the anomalies, states of incidents, document types."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pluginnovation.privacy.anomalies import EMERGENCY, LIMIT, OFF_HOURS, OUTSIDE, RELATIVE, TERMS, VOLUME
from pluginnovation.privacy.grounds import MUNICIPALITY, OWN_GROUP, SCHOOL, SUB_PROJECT
from pluginnovation.privacy.incidents import CLOSED, NO_REPORT, OPEN, REPORT, REPORTED
from pluginnovation.web.people.duties import TITLES
from pluginnovation.web.people.rights.words import PAGES


def in_english() -> bool:
    """Whether the page is read in English."""
    return (get_language() or "").startswith("en")


def here(text: tuple[str, str]) -> str:
    """The Swedish or the English of a pair."""
    return text[1] if in_english() else text[0]


def role_text(role: str) -> str:
    """A role's title; an operator's, and a role that isn't there any more, as they are written."""
    return _("Operatör") if role == "operator" else str(TITLES.get(role, role))


def reach_words() -> dict[str, str]:
    """How each ground reaches a pupil."""
    return {
        OWN_GROUP: _("egen grupp"),
        SCHOOL: _("egen skola"),
        MUNICIPALITY: _("kommunens ungdomar"),
        SUB_PROJECT: _("eget delprojekt"),
        "emergency": _("nödåtkomst"),
        "approval": _("två personers beslut"),
        "admission": _("rektors beslut om skyddade uppgifter"),
        "source": _("kodfråga från kommandoraden"),
    }


def page_words() -> dict[str, str]:
    """The pages that a visit may be of, as an extract tells the pupil too."""
    return {page: str(word) for page, word in PAGES.items()}


def rule_words() -> dict[str, str]:
    """Each rule of the anomalies in a few words."""
    return {
        RELATIVE: _("Egen anhörig"),
        EMERGENCY: _("Nödåtkomst"),
        VOLUME: _("Ovanligt många elever"),
        OUTSIDE: _("Många utanför egna grupper"),
        OFF_HOURS: _("Utanför arbetstid"),
        LIMIT: _("Gränsen per timme nådd"),
    }


def rule_text(rule: str) -> str:
    """What a rule counts, as a sentence."""
    numbers = {
        "many": TERMS.many_pupils,
        "times": TERMS.times_usual,
        "days": TERMS.usual_days,
        "fewest": TERMS.fewest_days,
        "outside": TERMS.outside_pupils,
        "late": TERMS.off_hours_pupils,
        "begins": TERMS.day_begins,
        "ends": TERMS.day_ends,
    }
    return {
        RELATIVE: _("Någon öppnade en elev som hen själv är vårdnadshavare eller på annat sätt ansvarig för."),
        EMERGENCY: _("Någon öppnade en elev med nödåtkomst. Varje gång visas här."),
        VOLUME: _(
            "Minst %(many)s elever på en dag, och mer än %(times)s gånger det vanliga för rollen: medianen för de som"
            " öppnade någon elev de %(days)s dagarna före. Med färre än %(fewest)s sådana dagar är det vanliga okänt"
            " och regeln tiger."
        ),
        OUTSIDE: _("Minst %(outside)s elever på en dag som inte går i någon grupp som personen har uppdrag i."),
        OFF_HOURS: _(
            "Minst %(late)s elever på en dag, öppnade före kl. %(begins)s, efter kl. %(ends)s eller på en helg."
        ),
        LIMIT: _("Någon bad om fler elevsidor eller filer på en timme än installationen tillåter, och fick nej."),
    }[rule] % numbers


def state_words() -> dict[str, str]:
    """Where an incident stands."""
    return {
        OPEN: _("Öppen, inte bedömd"),
        REPORT: _("Ska anmälas"),
        NO_REPORT: _("Anmäls inte"),
        REPORTED: _("Anmäld"),
        CLOSED: _("Avslutad"),
    }


def table_word(table: str) -> str:
    """What a table of a protocol holds."""
    return {
        "lessons": _("Lektioner"),
        "pupil_days": _("Elevens dagar"),
        "signals": _("Signaler"),
        "signals_answer": _("Svar på signaler"),
        "signals_signalchange": _("Ändringar av signaler"),
        "records_quarantined": _("Rader som inte togs emot"),
        "records_setaside": _("Rader som lades åt sidan vid prov"),
        "protection_anomaly": _("Bedömda avvikelser"),
    }.get(table, table)
