"""Which design is the strongest that the data allow, why, what it rests on, and what would break it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .result import MIN_PUPILS

Both = tuple[str, str]  # Swedish, English


@dataclass(frozen=True, slots=True)
class Allowed:
    """What is there to answer a question with. Counts, and whether; nothing of any pupil.

    drawn_pupils      pupils drawn within strata, by a draw that is written down; 0: none
    waiting_pupils    of the same draw, those not drawn and not helped before the outcome is measured
    drawn_schools     schools drawn to begin; waiting_schools: drawn to wait
    rule_pupils       pupils within reach of a threshold that decides who is offered help; rule_values: scores there
    starts            different times at which schools or municipalities began; never: units that haven't begun
    periods_before    periods with a known outcome before the first start
    helped, others    pupils helped, and pupils in the population who were not
    known_before      kinds of things known of them before the start (absence, grades …)
    began_units, other_units   municipalities that began, and others with the same outcome
    timed             the question is when something happens (leaving, returning)
    """

    drawn_pupils: int = 0
    waiting_pupils: int = 0
    drawn_schools: int = 0
    waiting_schools: int = 0
    rule_pupils: int = 0
    rule_values: int = 0
    starts: int = 0
    never: int = 0
    periods_before: int = 0
    helped: int = 0
    others: int = 0
    known_before: int = 0
    began_units: int = 0
    other_units: int = 0
    timed: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """One design: whether the data allow it, and what a reader should know before choosing it.

    cap       most locks that it can earn
    why       what of the data allows it, or what is missing
    rests_on, broken_by   in words
    """

    design: str
    allowed: bool
    cap: int
    why: Both
    rests_on: Both
    broken_by: Both


@dataclass(frozen=True, slots=True)
class _Way:
    design: str
    cap: int
    allows: Callable[[Allowed], bool]
    allowed: Both
    missing: Both
    rests_on: Both
    broken_by: Both


def proposals(data: Allowed) -> tuple[Proposal, ...]:
    """Every design, the strongest that is allowed first; those that aren't allowed stand last, with what they lack."""
    made = [_proposal(way, data) for way in WAYS]
    return tuple(sorted(made, key=lambda one: (not one.allowed, -one.cap)))


def strongest(data: Allowed) -> Proposal:
    """The strongest design that the data allow. Before and after is always allowed, and earns nothing."""
    return proposals(data)[0]


def _proposal(way: _Way, data: Allowed) -> Proposal:
    fits = way.allows(data)
    cap = way.cap - 1 if way.design == "school_draw" and min(data.drawn_schools, data.waiting_schools) < 5 else way.cap
    return Proposal(way.design, fits, cap, way.allowed if fits else way.missing, way.rests_on, way.broken_by)


WAYS: Final = (
    _Way(
        "waiting_list", 5,
        lambda d: min(d.drawn_pupils, d.waiting_pupils) >= MIN_PUPILS,
        ("Lotten avgjorde vilka som fick hjälp först, och lottningen är nedskriven.",
         "Lots decided who was helped first, and the draw is written down."),
        ("Det finns ingen nedskriven lottning med minst tio elever i varje grupp.",
         "There is no written draw with ten pupils or more on each side."),
        ("Att lotten följdes.", "That the draw was followed."),
        ("Att elever på väntelistan fick hjälpen ändå, eller att fler försvann ur den ena gruppen.",
         "That waiting pupils were helped all the same, or that more were lost from one side."),
    ),
    _Way(
        "school_draw", 5,
        lambda d: min(d.drawn_schools, d.waiting_schools) >= 2,
        ("Lotten avgjorde vilka skolor som började.", "Lots decided which schools began."),
        ("Det finns inte två lottade och två väntande skolor.", "There aren't two drawn schools and two waiting ones."),
        ("Att lotten följdes och att elever inte bytte skola för hjälpens skull.",
         "That the draw was followed, and that pupils didn't change school for the help."),
        ("Få skolor, eller elever som bytte skola.", "Few schools, or pupils who changed school."),
    ),
    _Way(
        "threshold", 4,
        lambda d: d.rule_pupils >= 100 and d.rule_values >= 20,
        ("En gräns avgjorde vilka som erbjöds hjälp.", "A threshold decided who was offered help."),
        ("Det finns ingen gräns med minst hundra elever och tjugo olika värden omkring sig.",
         "There is no threshold with a hundred pupils and twenty values around it."),
        ("Att elever strax över och strax under gränsen är lika.",
         "That pupils just above and just below the threshold are alike."),
        ("Att någon knuffade elever över gränsen, eller att något annat börjar vid samma gräns.",
         "That somebody nudged pupils across, or that something else begins at the same threshold."),
    ),
    _Way(
        "rollout", 3,
        lambda d: d.periods_before >= 2 and (d.starts >= 2 or (d.starts == 1 and d.never >= 2)),
        ("Skolor började vid olika tidpunkter, och tiden före är känd.",
         "Schools began at different times, and the time before is known."),
        ("Det saknas skolor som började senare eller aldrig, eller minst två perioder före starten.",
         "There are no schools that began later or never, or fewer than two periods before the start."),
        ("Att skolorna hade gått åt samma håll utan hjälpen.", "That schools would have gone the same way without."),
        ("Att de skolor som började redan var på väg åt ett annat håll.",
         "That schools that began were on another way already."),
    ),
    _Way(
        "comparison", 2,
        lambda d: min(d.helped, d.others) >= MIN_PUPILS and d.known_before >= 2,
        ("Det finns elever utan hjälpen som det går att jämföra med, och deras tid före är känd.",
         "There are pupils without the help to compare with, and their time before is known."),
        ("Det saknas elever att jämföra med, eller så är för lite känt om tiden före.",
         "There is nobody to compare with, or too little is known of the time before."),
        ("Att allt som avgjorde vilka som fick hjälp är känt.", "That all that decided who was helped is known."),
        ("Något som ingen skrev ner, till exempel motivation eller oro hemma.",
         "Something nobody wrote down, such as motivation or worries at home."),
    ),
    _Way(
        "synthetic_control", 2,
        lambda d: d.began_units >= 1 and d.other_units >= 5 and d.periods_before >= 4,
        ("Andra kommuner med samma utfall kan blandas till en jämförelse.",
         "Other municipalities with the same outcome can be mixed into one to compare with."),
        ("Det saknas minst fem andra kommuner eller fyra perioder före starten.",
         "There are fewer than five other municipalities, or than four periods before the start."),
        ("Att blandningen hade fortsatt att följa kommunen.", "That the mixture would have gone on following."),
        ("Att något annat hände i kommunen samtidigt.", "That something else happened there at the same time."),
    ),
    _Way(
        "hazard", 2,
        lambda d: d.timed and min(d.helped, d.others) >= MIN_PUPILS and d.known_before >= 1,
        ("Frågan gäller när något händer, och elever följs över terminer.",
         "The question is when something happens, and pupils are followed over terms."),
        ("Frågan gäller inte en tidpunkt, eller så saknas elever att jämföra med.",
         "The question isn't about a time, or there is nobody to compare with."),
        ("Att lika elever jämförs, och att de följs lika länge.",
         "That like is compared with like, and followed for as long."),
        ("Något som ingen skrev ner om vilka som fick hjälp.", "Something nobody wrote down of who was helped."),
    ),
    _Way(
        "before_after", 0,
        lambda _: True,
        ("Bara som varnande exempel: det finns alltid ett före och ett efter.",
         "As a warning example only: there is always a before and an after."),
        ("", ""),
        ("Att inget annat ändrades.", "That nothing else changed."),
        ("Att de värsta veckorna alltid följs av bättre.", "That the worst weeks are always followed by better ones."),
    ),
)  # fmt: skip
