"""The record of processing: what is stored, why, on which legal basis, for how long and for whom.

Generated from the field classification, so that a table nobody has accounted for can't be in it unseen.

Source  Regulation (EU) 2016/679, Articles 6, 9 and 30; lag (2018:218) 3 kap. 3 §; skollagen (2010:800) 3, 7, 15, 26 a
        and 29 kap.; förordning (2006:39); offentlighets- och sekretesslagen (2009:400) 21 and 23 kap.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from . import retention
from .fields import ERASE, FIELDS, KEEP, NEVER_EXPORT

Text = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of processing, each text Swedish and English.

    name       its code word
    tables     the tables it has: a table's label, or an app's name and a dot for the rest of the app's tables
    about      whose data it is
    purpose    what it is for
    basis      the legal basis
    retention  the code word of its retention rule; empty: see `kept`
    kept       how long, where no rule of its own says so; or what the rule doesn't hold for
    recipients who gets it
    """

    name: str
    title: Text
    tables: tuple[str, ...]
    about: Text
    purpose: Text
    basis: Text
    recipients: Text
    retention: str = ""
    kept: Text = ("", "")


_PUPILS: Final = ("Elever, vårdnadshavare", "Pupils, guardians")
_STAFF: Final = ("Personal", "Staff")
_TASK: Final = ("Artikel 6.1 c och e", "Article 6(1)(c) and (e)")
_GROUND: Final = (
    "Personal med grund: egna grupper, egen skola eller den egna kommunens aktivitetsansvar",
    "Staff with a ground: own groups, own school or the own municipality's youths",
)

CATEGORIES: Final = (
    Category(
        "identities", ("Identitet och tillhörighet", "Identity and belonging"),
        ("people.Person", "people.Responsible", "people.Membership", "people.Enrolment", "people.Resident",
         "people.Schooled",
         "people.FormerIdentity"),
        _PUPILS,
        ("Veta vem en elev är, var eleven går i skola och vem som får se eleven.",
         "Know who a pupil is, which school she goes to and who may see her."),
        (f"{_TASK[0]}; skollagen 3, 7 och 29 kap.; för fristående skolor 26 a kap.",
         f"{_TASK[1]}; the Education Act, chapters 3, 7 and 29; for independent schools 26 a"),
        _GROUND, retention.PUPILS,
    ),
    Category(
        "attendance", ("Frånvaro, betyg och signaler", "Absence, grades and signals"),
        ("signals.Answer", "signals.SignalChange", "signals.PupilSnapshot", "signals.StudySnapshot",
         "signals.YouthSnapshot"),
        ("Elever", "Pupils"),
        ("Märka tidigt vem som behöver stöd, och svara på det.", "Notice early who needs support, and answer."),
        (f"{_TASK[0]}; skollagen 3 kap. 5 §, 7 kap. 19 a § och 15 kap. 16 §",
         f"{_TASK[1]}; the Education Act 3:5, 7:19 a and 15:16"),
        _GROUND, retention.SIGNALS,
    ),
    Category(
        "support", ("Stöd, anteckningar och ärenden", "Support, notes and cases"),
        ("support.",),
        _PUPILS,
        ("Ge rätt stöd i tid och följa upp det.", "Give the right support in time and follow it up."),
        (f"{_TASK[0]}; känsliga uppgifter: artikel 9.2 g, lag (2018:218) 3 kap. 3 §; sekretess: OSL 23 kap. 2 §",
         f"{_TASK[1]}; sensitive data: Article 9(2)(g), act (2018:218) 3:3; secrecy: OSL 23:2"),
        ("Den som deltar i ärendet, efter sekretessklass", "Those who take part in the case, by class of secrecy"),
        retention.PUPILS,
    ),
    Category(
        "projects", ("Det skolor prövar tillsammans", "What schools try together"),
        ("projects.",),
        ("Personal; deltagare som koder", "Staff; participants as codes"),
        ("Söka, driva och följa upp delprojekt, och veta vilka som deltar.",
         "Apply for, run and follow up sub-projects, and know who takes part."),
        (_TASK[0], _TASK[1]),
        ("Delprojektets ledare ser sina deltagare; regionen ser tal från tio elever och uppåt",
         "The sub-project's leader sees its participants; the region sees figures from ten pupils up"),
        retention.PUPILS,
        ("Det gäller deltagare; ansökningar, beslut, ekonomi och rapporter bevaras",
         "That is participants; applications, decisions, accounts and reports are kept"),
    ),
    Category(
        "evidence", ("Frågor om vad hjälpen ändrade", "Questions of what help changed"),
        ("evidence.",),
        ("Personal; elever som koder, för den som räknar", "Staff; pupils as codes, for whoever computes"),
        ("Låsa en fråga innan utfallet syns, och räkna svaret.",
         "Lock a question before the outcome is seen, and compute the answer."),
        (f"{_TASK[0]}; artikel 89", f"{_TASK[1]}; Article 89"),
        ("Utvärderare och delprojektets ledare ser svaren, aldrig vilka som räknades",
         "Evaluators and the sub-project's leader see the answers, never who was counted"),
        retention.PUPILS,
        ("Det gäller vem som erbjöds hjälp; låsta frågor, svar och avsteg bevaras",
         "That is who was offered help; locked questions, answers and departures are kept"),
    ),
    Category(
        "staff", ("Personal, uppdrag och inloggning", "Staff, duties and sign-in"),
        ("people.User", "people.Duty", "people.DemoRole", "people.SignInLink", "signin.",
         "mfa.", "account.", "socialaccount."),
        _STAFF,
        ("Veta vem som får se vad, och att det är rätt person.", "Know who may see what, and that it is that person."),
        (f"{_TASK[0]}; artikel 32", f"{_TASK[1]}; Article 32"),
        ("Administratör; leverantör av inloggning", "Administrator; provider of sign-in"),
        kept=(
            "Så länge uppdraget varar; kontot står utan namn efteråt",
            "While the duty lasts; the account then has no name",
        ),
    ),
    Category(
        "rights", ("Utdrag, synpunkter och nödåtkomst", "Extracts, objections and emergency access"),
        ("people.AccessRule", "people.EmergencyAccess", "people.EmergencyTry", "people.Extract", "people.Statement",
         "people.StatementAnswer", "people.Approval", "people.Admission", "people.AdmissionReader",
         "people.AdmittedRows", "people.ProtectionNotice"),
        ("Elever, vårdnadshavare, personal", "Pupils, guardians, staff"),
        ("Låta människor få veta, rätta och invända, och öppna en elev när det brådskar.",
         "Let people know, correct and object, and open a pupil when it is urgent."),
        ("Artikel 6.1 c, 12–21 och 32", "Articles 6(1)(c), 12–21 and 32"),
        ("Eleven själv eller vårdnadshavare; rektor och dataskyddsombud",
         "The pupil or a guardian; principal and data protection officer"),
        retention.PUPILS,
    ),
    Category(
        "trace", ("Besök och åtgärder", "Visits and acts"),
        ("people.Visit", "people.AuditEvent", "people."),
        ("Personal; elever som koder", "Staff; pupils as codes"),
        ("Kunna visa vem som såg vem, när och på vilken grund.",
         "Be able to show who saw whom, when and on which ground."),
        ("Artikel 5.2, 6.1 c och 32", "Articles 5(2), 6(1)(c) and 32"),
        ("Dataskyddsombud; eleven själv, i sitt utdrag", "Data protection officer; the pupil, in an extract"),
        retention.VISITS,
    ),
    Category(
        "protection", ("Dataskyddets egna uppgifter", "The data protection's own records"),
        ("protection.",),
        ("Personal; elever som koder", "Staff; pupils as codes"),
        ("Upptäcka missbruk, gallra i tid och anmäla incidenter.",
         "Detect misuse, dispose in time and report breaches."),
        ("Artikel 5, 30, 32 och 33", "Articles 5, 30, 32 and 33"),
        ("Dataskyddsombud", "Data protection officer"),
        retention.ANOMALIES,
        ("Det gäller bedömda avvikelser; beslut, protokoll, undantag och incidenter bevaras",
         "That is judged anomalies; decisions, protocols, holds and incidents are kept"),
    ),
    Category(
        "imports", ("Inläsningar", "Imports"),
        ("records.",),
        _STAFF,
        ("Veta varifrån en uppgift kom och vad som inte togs emot.",
         "Know where a datum came from and what was turned away."),
        ("Artikel 5.1 d och 5.2", "Article 5(1)(d) and 5(2)"),
        ("Administratör", "Administrator"),
        retention.REJECTED,
        ("Det gäller var rader stod som inte togs emot; redogörelsen för varje inläsning bevaras",
         "That is where rows stood that were not taken in; the account of every import is kept"),
    ),
    Category(
        "aggregates", ("Skolor, grupper och sammanställningar", "Schools, groups and sums"),
        ("people.Organisation", "people.Group", "people.Installation", "signals."),
        ("Ingen enskild", "Nobody in particular"),
        ("Se mönster i klass, skola och kommun.", "See patterns in a class, a school and a municipality."),
        (_TASK[0], _TASK[1]),
        ("Skolan; regionen från tio elever och uppåt", "The school; the region, from ten pupils up"),
        kept=("Så länge skolan finns i källan", "While the school is in the source"),
    ),
    Category(
        "methods", ("Metodkatalogen", "The catalogue of methods"),
        ("sharing.",),
        ("Ingen", "Nobody"),
        ("Läsa hubbens metoder på noden, så att inget om en elev skickas dit.",
         "Read the hub's methods at the node, so that nothing about a pupil is sent there."),
        ("Inga personuppgifter", "No personal data"),
        ("Alla med en roll", "Everyone with a role"),
        kept=("De tre senaste", "The last three"),
    ),
)  # fmt: skip
OTHER: Final = Category(
    "other", ("Utan kategori", "Without a category"), (), ("Okänt", "Unknown"), ("Okänt", "Unknown"),
    ("Okänt", "Unknown"), ("Okänt", "Unknown"), kept=("Okänt", "Unknown"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A category with the fields that it really has.

    fields   for each table its fields, by how they are classified: KEEP, ERASE or NEVER_EXPORT
    """

    category: Category
    fields: Mapping[str, Mapping[str, tuple[str, ...]]]

    def count(self, kind: str) -> int:
        """How many fields of a class."""
        return sum(len(kinds.get(kind, ())) for kinds in self.fields.values())


def category_of(table: str) -> Category:
    """The category of a table: the one that names it, else the one that has the rest of its app, else OTHER."""
    for wanted in (table, table.split(".")[0] + "."):
        for category in CATEGORIES:
            if wanted in category.tables:
                return category
    return OTHER


def record_of_processing(classified: Mapping[str, Mapping[str, str]] = FIELDS) -> Iterator[Entry]:
    """Every category that has a table, in their order; OTHER last, and only when a table fell into it."""
    for category in (*CATEGORIES, OTHER):
        tables = [table for table in classified if category_of(table) is category]
        if tables:
            fields = {
                table: {kind: tuple(classified[table].get(kind, "").split()) for kind in (KEEP, ERASE, NEVER_EXPORT)}
                for table in sorted(tables)
            }
            yield Entry(category, fields)
