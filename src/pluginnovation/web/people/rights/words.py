"""The words of these pages and of extracts, in the reader's language."""

from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from pluginnovation.privacy import approvals, statements
from pluginnovation.privacy.emergency import EMERGENCY
from pluginnovation.privacy.grounds import MUNICIPALITY, OWN_GROUP, SCHOOL
from pluginnovation.web.people.duties import TITLES

REACHES: Final[dict[str, Promise]] = {
    OWN_GROUP: lazy("egen grupp"),
    SCHOOL: lazy("skolan"),
    MUNICIPALITY: lazy("kommunen"),
    EMERGENCY: lazy("nödåtkomst"),
    "source": lazy("frågan om koder"),
}
# What each way of reaching means, as the rule says it.
RULES: Final[dict[str, Promise]] = {
    OWN_GROUP: lazy("Den som har ett uppdrag i en grupp ser gruppens elever, så länge båda är där."),
    SCHOOL: lazy("Rektor och elevhälsa ser skolans elever, så länge eleven är inskriven."),
    MUNICIPALITY: lazy(
        "Kommunens ungdomssamordnare ser ungdomar under 20 år som hör till kommunen och inte går i någon skola"
        " (skollagen 29 kap. 9 §)."
    ),
    EMERGENCY: lazy("Nödåtkomst med angivet skäl. Den gäller en kort tid och läses av rektor och dataskyddsombud."),
}
PAGES: Final[dict[str, Promise]] = {
    "pupil": lazy("elevens sida"),
    "lessons": lazy("raderna bakom en siffra"),
    "answer": lazy("svar på en signal"),
    "why": lazy("varför eleven får ses"),
    "extract": lazy("utdrag"),
    "statements": lazy("synpunkter"),
    "unmasked": lazy("skyddat namn, efter två personers beslut"),
    "records code": lazy("frågan om koder"),
}
WHO_SAID: Final[dict[str, Promise]] = {"pupil": lazy("Eleven själv"), "guardian": lazy("Vårdnadshavare")}
IDENTITY: Final[dict[str, Promise]] = {
    "card": lazy("Visade legitimation"),
    "e_id": lazy("E-legitimation"),
    "known": lazy("Är känd på skolan"),
}
KINDS: Final[dict[str, Promise]] = {
    statements.VIEW: lazy("Synpunkt"),
    statements.OBJECTION: lazy("Invändning"),
    statements.CORRECTION: lazy("Begäran om rättelse"),
}
OUTCOMES: Final[dict[str, Promise]] = {
    statements.CORRECTED: lazy("Rättat i skolans system"),
    statements.NOT_CORRECTED: lazy("Inte rättat"),
    statements.NOTED: lazy("Noterat"),
    statements.WITHDRAWN: lazy("Återtaget av den som sade det"),
}
PARTS: Final[dict[str, Promise]] = {
    statements.WHOLE: lazy("Hela sidan"),
    statements.ATTENDANCE: lazy("Närvaro och frånvaro"),
    statements.GRADES: lazy("Betyg"),
    statements.ENROLMENTS: lazy("Inskrivningar"),
    statements.STUDY_PLAN: lazy("Studieplan"),
    statements.IDENTITY: lazy("Namn och födelsedatum"),
}
WITHHOLDING: Final[dict[str, Promise]] = {
    "osl_12_3": lazy("OSL 12 kap. 3 §: skyddas mot vårdnadshavaren"),
    "osl_21_1": lazy("OSL 21 kap. 1 §: hälsa och sexualliv"),
    "osl_21_3": lazy("OSL 21 kap. 3 §: adress till en förföljd person"),
    "osl_21_3a": lazy("OSL 21 kap. 3 a §: skyddad folkbokföring"),
    "osl_23_2": lazy("OSL 23 kap. 2 §: elevhälsa och särskilt stöd"),
    "osl_25_1": lazy("OSL 25 kap. 1 §: hälso- och sjukvård"),
    "gdpr_15_4": lazy("Dataskyddsförordningen artikel 15.4: andras rättigheter"),
}
APPROVALS: Final[dict[str, Promise]] = {
    approvals.BULK_EXPORT: lazy("Ta ut en lång elevlista"),
    approvals.UNMASKING: lazy("Se ett skyddat namn"),
    approvals.PUBLICATION: lazy("Publicera"),
}
STATES: Final[dict[str, Promise]] = {
    approvals.WAITS: lazy("Väntar på beslut"),
    approvals.APPROVED: lazy("Godkänd"),
    approvals.REFUSED: lazy("Avslagen"),
    approvals.USED: lazy("Använd"),
    approvals.EXPIRED: lazy("Har gått ut"),
}


def said(words: dict[str, Promise], key: str) -> str:
    """The word for a key; the key itself where somebody has taken the word away since."""
    return str(words.get(key, key))


def role_title(role: str) -> str:
    """The role as a word of its own."""
    return _("Den som driver servern") if role == "operator" else said(TITLES, role)


def stamp(at: datetime | None) -> str:
    """A day and a time as files have them; empty when it hasn't happened."""
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""
