"""The national programmes of upper secondary school: codes, kinds, sizes, and the subjects all of a programme share."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .entry_rules import HE_PREPARATORY, VOCATIONAL, EntryRule, entry_rules_on

# From the autumn of 2023 vocational programmes hold what basic eligibility to higher education asks for, unless the
# pupil chooses it away (2022:275). Before that every programme was 2,500 points.
LARGER_SINCE: Final = date(2023, 7, 1)
ORDINARY_POINTS: Final = 2500
_GY11: Final = date(2011, 7, 1)
_GY25: Final = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Programme:
    """One national programme.

    code    two letters, the beginning of every code of its directions
    kind    `vocational` or `he_preparatory`
    points  upper secondary points of the whole programme, for education begun in the autumn of 2023 or later
    common  its common subjects under Gy25 by name, with points; none for a programme that ended before it
    since   the first day education on it could begin
    until   the last such day; None: it goes on
    """

    code: str
    name: str
    kind: str
    points: int
    common: tuple[tuple[str, int], ...]
    since: date = _GY11
    until: date | None = None


# Source: the Education Act (2010:800) annexes 1 and 2; the Upper Secondary Ordinance (2010:2039) annex 1, as of
# 2023:654. Codes: the national agency's codes of directions.
PROGRAMMES: Final = (
    Programme("BF", "Barn- och fritidsprogrammet", VOCATIONAL, 2700, (
        ("Hälsopedagogik", 100), ("Naturkunskap", 50), ("Pedagogik", 200), ("Samhällskunskap", 50),
        ("Specialpedagogik", 100),
    )),
    Programme("BA", "Bygg- och anläggningsprogrammet", VOCATIONAL, 2800, (("Bygg och anläggning", 400),)),
    Programme("EE", "El- och energiprogrammet", VOCATIONAL, 2800, (
        ("Automationsteknik", 100), ("Dator- och kommunikationsteknik", 100), ("Elteknik", 100), ("Energiteknik", 100),
    )),
    Programme("FT", "Fordons- och transportprogrammet", VOCATIONAL, 2800, (("Fordon och transport", 400),)),
    Programme("FR", "Frisör- och stylistprogrammet", VOCATIONAL, 2800, (
        ("Entreprenörskap", 100), ("Hårvård och salongskunskap", 300),
    ), _GY25),
    Programme("FS", "Försäljnings- och serviceprogrammet", VOCATIONAL, 2800, (
        ("Entreprenörskap", 100), ("Försäljning och kundservice", 300), ("Handel", 200),
        ("Handel och hållbar utveckling", 100), ("Information och kommunikation", 100),
        ("Praktisk marknadsföring", 200),
    ), date(2022, 7, 1)),
    Programme("HA", "Handels- och administrationsprogrammet", VOCATIONAL, 2500, (), _GY11, date(2022, 6, 30)),
    Programme("HV", "Hantverksprogrammet", VOCATIONAL, 2800, (), _GY11, date(2025, 6, 30)),
    Programme("HT", "Hotell- och turismprogrammet", VOCATIONAL, 2700, (
        ("Besöksnäringen", 100), ("Entreprenörskap", 100), ("Hållbar turism", 100), ("Logi och värdskap", 200),
        ("Möten och event", 200), ("Resor och destinationer", 200),
    )),
    Programme("IN", "Industritekniska programmet", VOCATIONAL, 2800, (
        ("Driftsäkerhet", 100), ("Industriell produktion", 100), ("Människan i industrin", 100),
        ("Produktionsutrustning", 100),
    )),
    Programme("NB", "Naturbruksprogrammet", VOCATIONAL, 2800, (
        ("Biologi", 100), ("Entreprenörskap", 100), ("Naturbruk", 200),
    )),
    Programme("RL", "Restaurang- och livsmedelsprogrammet", VOCATIONAL, 2800, (
        ("Livsmedels- och näringskunskap", 100), ("Måltid och bransch", 300),
    )),
    Programme("VF", "VVS- och fastighetsprogrammet", VOCATIONAL, 2800, (
        ("Installationsteknik", 100), ("VVS och fastighet", 300),
    )),
    Programme("VO", "Vård- och omsorgsprogrammet", VOCATIONAL, 2700, (
        ("Anatomi och fysiologi", 100), ("Funktionsförmåga och funktionsnedsättning", 200),
        ("Gerontologi och geriatrik", 100), ("Hälso- och sjukvård", 200), ("Omvårdnad", 200), ("Psykiatri", 200),
        ("Psykologi", 50), ("Samhällskunskap", 50), ("Social omsorg", 200),
    )),
    Programme("EK", "Ekonomiprogrammet", HE_PREPARATORY, 2500, (
        ("Företagsekonomi", 100), ("Juridik", 100), ("Moderna språk", 100), ("Psykologi", 50),
    )),
    Programme("ES", "Estetiska programmet", HE_PREPARATORY, 2500, (
        ("Estetisk kommunikation", 100), ("Konstarterna och samhället", 50),
    )),
    Programme("HU", "Humanistiska programmet", HE_PREPARATORY, 2500, (
        ("Filosofi", 50), ("Moderna språk", 200), ("Människans språk", 100),
    )),
    Programme("NA", "Naturvetenskapsprogrammet", HE_PREPARATORY, 2500, (
        ("Biologi", 100), ("Fysik", 150), ("Kemi", 100), ("Matematik – fortsättning", 100), ("Moderna språk", 100),
    )),
    Programme("SA", "Samhällsvetenskapsprogrammet", HE_PREPARATORY, 2500, (
        ("Filosofi", 50), ("Moderna språk", 200), ("Psykologi", 50),
    )),
    Programme("TE", "Teknikprogrammet", HE_PREPARATORY, 2500, (
        ("Fysik", 150), ("Kemi", 100), ("Matematik – fortsättning", 100), ("Teknik", 200),
    )),
)  # fmt: skip
_BY_CODE: Final = {programme.code: programme for programme in PROGRAMMES}


def programme_of(code: str | None) -> Programme | None:
    """The national programme of a code; a code of a direction begins with its programme's (`NANAT`).

    Gives   None for introductory programmes, for programmes of their own (`IB`), and for codes no register has
    """
    text = (code or "").strip().upper()
    return None if text.startswith("IM") else _BY_CODE.get(text[:2])


def programmes_on(day: date) -> tuple[Programme, ...]:
    """The national programmes that somebody may begin on a day."""
    return tuple(each for each in PROGRAMMES if each.since <= day and (each.until is None or day <= each.until))


def full_points(programme: Programme, *, begun: date) -> int:
    """The points of the whole programme for education begun on a day; those who choose eligibility away have fewer."""
    return programme.points if begun >= LARGER_SINCE else ORDINARY_POINTS


def entry_rule_of(programme: Programme, *, begins: date) -> EntryRule | None:
    """What the programme asks of applicants for education that begins on a day.

    Gives   the rule that names the programme, or else that of its kind; None when no rule is in force
    """
    rules = [rule for rule in entry_rules_on(begins) if rule.kind == programme.kind]
    named = [rule for rule in rules if programme.code in rule.programmes]
    return next(iter(named or [rule for rule in rules if not rule.programmes]), None)
