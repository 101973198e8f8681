"""The words of these pages and of extracts, in the reader's language."""

from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pluginnovation.privacy import admission, approvals, statements
from pluginnovation.privacy.emergency import EMERGENCY
from pluginnovation.privacy.grounds import MUNICIPALITY, OWN_GROUP, SCHOOL, SUB_PROJECT
from pluginnovation.web.people.duties import TITLES

REACHES: Final[dict[str, Promise]] = {
    OWN_GROUP: gettext_lazy("egen grupp"),
    SCHOOL: gettext_lazy("skolan"),
    MUNICIPALITY: gettext_lazy("kommunen"),
    SUB_PROJECT: gettext_lazy("delprojektet"),
    EMERGENCY: gettext_lazy("nödåtkomst"),
    "approval": gettext_lazy("två personers beslut"),
    admission.ADMISSION: gettext_lazy("rektors beslut om skyddade uppgifter"),
    "source": gettext_lazy("frågan om koder"),
}
# What each way of reaching means, as the rule says it.
RULES: Final[dict[str, Promise]] = {
    OWN_GROUP: gettext_lazy("Den som har ett uppdrag i en grupp ser gruppens elever, så länge båda är där."),
    SCHOOL: gettext_lazy("Rektor och elevhälsa ser skolans elever, så länge eleven är inskriven."),
    MUNICIPALITY: gettext_lazy(
        "Kommunens ungdomssamordnare ser ungdomar under 20 år som hör till kommunen och inte går i någon skola"
        " (skollagen 29 kap. 9 §)."
    ),
    EMERGENCY: gettext_lazy(
        "Nödåtkomst med angivet skäl. Den gäller en kort tid och läses av rektor och dataskyddsombud."
    ),
}
PAGES: Final[dict[str, Promise]] = {
    "pupil": gettext_lazy("elevens sida"),
    "lessons": gettext_lazy("raderna bakom en siffra"),
    "answer": gettext_lazy("svar på en signal"),
    "why": gettext_lazy("varför eleven får ses"),
    "extract": gettext_lazy("utdrag"),
    "statements": gettext_lazy("synpunkter"),
    "unmasked": gettext_lazy("namnet bakom en kod, efter två personers beslut"),
    "admitted": gettext_lazy("sidan om en skyddad elev"),
    "case": gettext_lazy("ärende"),
    "case_files": gettext_lazy("filerna i ett ärende"),
    "case_file": gettext_lazy("en fil i ett ärende, öppnad"),
    "measure": gettext_lazy("insats"),
    "notes": gettext_lazy("anteckningar"),
    "mapping": gettext_lazy("kartläggning, mall B"),
    "step": gettext_lazy("nästa steg"),
    "meeting": gettext_lazy("elevhälsans möte"),
    "transfer": gettext_lazy("överlämning till en annan skola"),
    "join": gettext_lazy("tillfrågad om ett delprojekt"),
    "participant": gettext_lazy("deltagare i ett delprojekt"),
    "records code": gettext_lazy("frågan om koder"),
}
WHO_SAID: Final[dict[str, Promise]] = {
    "pupil": gettext_lazy("Eleven själv"),
    "guardian": gettext_lazy("Vårdnadshavare"),
}
IDENTITY: Final[dict[str, Promise]] = {
    "card": gettext_lazy("Visade legitimation"),
    "e_id": gettext_lazy("E-legitimation"),
    "known": gettext_lazy("Är känd på skolan"),
}
KINDS: Final[dict[str, Promise]] = {
    statements.VIEW: gettext_lazy("Synpunkt"),
    statements.OBJECTION: gettext_lazy("Invändning"),
    statements.CORRECTION: gettext_lazy("Begäran om rättelse"),
}
OUTCOMES: Final[dict[str, Promise]] = {
    statements.CORRECTED: gettext_lazy("Rättat i skolans system"),
    statements.NOT_CORRECTED: gettext_lazy("Inte rättat"),
    statements.NOTED: gettext_lazy("Noterat"),
    statements.WITHDRAWN: gettext_lazy("Återtaget av den som sade det"),
}
PARTS: Final[dict[str, Promise]] = {
    statements.WHOLE: gettext_lazy("Hela sidan"),
    statements.ATTENDANCE: gettext_lazy("Närvaro och frånvaro"),
    statements.GRADES: gettext_lazy("Betyg"),
    statements.ENROLMENTS: gettext_lazy("Inskrivningar"),
    statements.STUDY_PLAN: gettext_lazy("Studieplan"),
    statements.IDENTITY: gettext_lazy("Namn och födelsedatum"),
}
WITHHOLDING: Final[dict[str, Promise]] = {
    "osl_12_3": gettext_lazy("OSL 12 kap. 3 §: skyddas mot vårdnadshavaren"),
    "osl_21_1": gettext_lazy("OSL 21 kap. 1 §: hälsa och sexualliv"),
    "osl_21_3": gettext_lazy("OSL 21 kap. 3 §: adress till en förföljd person"),
    "osl_21_3a": gettext_lazy("OSL 21 kap. 3 a §: skyddad folkbokföring"),
    "osl_23_2": gettext_lazy("OSL 23 kap. 2 §: elevhälsa och särskilt stöd"),
    "osl_25_1": gettext_lazy("OSL 25 kap. 1 §: hälso- och sjukvård"),
    "gdpr_15_4": gettext_lazy("Dataskyddsförordningen artikel 15.4: andras rättigheter"),
}
APPROVALS: Final[dict[str, Promise]] = {
    approvals.BULK_EXPORT: gettext_lazy("Ta ut en lång elevlista"),
    approvals.UNMASKING: gettext_lazy("Se namnet bakom en kod"),
}
# Lists that may be long, by the name of their page.
LISTS: Final[dict[str, Promise]] = {
    "pupils": gettext_lazy("Skolans elever"),
    "group": gettext_lazy("Klassens elever"),
    "youths": gettext_lazy("Ungdomar utan skola"),
    "cases": gettext_lazy("Ärenden"),
}
STATES: Final[dict[str, Promise]] = {
    approvals.WAITS: gettext_lazy("Väntar på beslut"),
    approvals.APPROVED: gettext_lazy("Godkänd"),
    approvals.REFUSED: gettext_lazy("Avslagen"),
    approvals.USED: gettext_lazy("Använd"),
    approvals.EXPIRED: gettext_lazy("Har gått ut"),
}

ENDS: Final[dict[str, Promise]] = {
    admission.REVOKED: gettext_lazy("Återkallat"),
    admission.EXPIRED: gettext_lazy("Har gått ut"),
    admission.MARKED: gettext_lazy("Upphörde: källan har en ny märkning"),
    admission.WITHDRAWN: gettext_lazy("Upphörde: källan har tagit bort märkningen"),
    admission.LEFT: gettext_lazy("Upphörde: eleven går inte på skolan"),
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
