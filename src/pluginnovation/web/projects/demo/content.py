"""The words of the demo's programmes, call and sub-projects. Made up, all of it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from pluginnovation.projects.analysis_words import FACTORS, ROUTINES

PLUG_INNAN, PLUG_IN = "Plug Innan", "Plug In"
FIRST_DAY, LAST_DAY = date(2024, 8, 1), date(2027, 6, 30)
GOALS: Final = (
    ("effect", "Hälften så många lämnar gymnasiet utan examen inom fyra år", "Halverat till 2030"),
    ("result", "Alla i målgruppen erbjuds rätt insats i rätt tid", "Alla"),
    ("knowledge", "Varje delprojekt har en låst plan för hur det utvärderas", "Alla delprojekt"),
    ("collaboration", "Varje delprojekt deltar i ett nätverk", "Alla delprojekt"),
)
TARGETS: Final = {
    PLUG_INNAN: ("Elever i årskurs 5–9 som riskerar att inte bli behöriga", "Elever med hög frånvaro"),
    PLUG_IN: ("Unga 15–24 år som riskerar att inte fullfölja gymnasiet", "Unga utan skola"),
}
QUESTIONS: Final = (
    "Vilket problem vill ni lösa, och hur vet ni att det finns?",
    "Vad ska ni göra, för vilka och hur ofta?",
    "Vad jämför ni med, så att ni kan se om det hjälpte?",
)
CONDITIONS: Final = ("Rektor står bakom ansökan.", "En nulägesanalys är gjord.")
CRITERIA: Final = (
    ("Problemet är visat med egna siffror.", 3),
    ("Insatsen passar problemet.", 3),
    ("Den går att utvärdera.", 2),
)
ANSWERS: Final = (
    "Frånvaron i årskurs 8 har ökat tre terminer i rad. Måndagar är värst. Elever säger att morgonen saknar mening.",
    "Två vuxna möter upp varje måndag morgon. Frukost, stämma av veckan, följa till första lektionen. Fjorton veckor.",
    "Hälften av klasserna börjar i januari och hälften i augusti. Ordningen lottas.",
)


@dataclass(frozen=True, slots=True)
class Tried:
    """One way that sub-projects of the demo try.

    key          the sub-project's key in the region's files
    began        the month in which participants were chosen, such as '2026-01'
    sites        at how many places, those with most participants first; `skip` leaves out the first ones
    ends         the last day; closes: the last day that the locked plan measures
    joined       the schools of a municipality try it together, as one sub-project
    years        of school, that the plan compares; cost: kronor per pupil, as the plan says
    design, outcome, question, comparison   the locked plan
    activities   name, intent, reach, level, times in a month
    """

    key: str
    began: str
    sites: int
    programme: str
    name: str
    about: str
    ends: date
    design: str
    outcome: str
    question: str
    comparison: str
    activities: tuple[tuple[str, str, str, str, int], ...]
    closes: date
    skip: int = 0
    ended: bool = False
    joined: bool = False
    years: tuple[int, ...] = ()
    cost: float = 6_000.0


TEAM: Final = (
    ("Möta upp på morgonen", "remedial", "intensive", "individual", 8),
    ("Samtal med hemmet", "preventive", "targeted", "individual", 3),
    ("Närvaro på arbetslagets möte", "promotive", "universal", "organisation", 2),
)
HELP: Final = (
    ("Läxhjälp efter skolan", "preventive", "targeted", "group", 8),
    ("Ämneslärarna stämmer av", "preventive", "targeted", "organisation", 1),
)
COACH: Final = (
    ("Samtal med studiecoach", "remedial", "intensive", "individual", 4),
    ("Planera skolveckan", "remedial", "intensive", "individual", 4),
)
REACHING: Final = (
    ("Sök upp hemma", "remedial", "intensive", "individual", 4),
    ("Träffpunkt på stan", "promotive", "universal", "group", 4),
)
AUTUMN, SUMMER, SUMMER_BEFORE = date(2026, 12, 18), date(2026, 6, 12), date(2025, 6, 13)
# Plans measure the first spring, so that the demo's records have an answer while the work goes on.
# Those that go on come first: the demo's leader leads the first.
ALL: Final = (
    Tried("attendance_team", "2026-01", 3, PLUG_INNAN, "Närvaroteamet på {place}",
          "Ett litet team möter upp, ringer hem och hittar en väg tillbaka till lektionerna.", AUTUMN, "threshold",
          "absence_share", "Minskar frånvaron när närvaroteamet möter upp?",
          "Elever strax under gränsen på 10 procents frånvaro.", TEAM, SUMMER, years=(7, 8, 9), cost=9_000.0),
    Tried("study_coach", "2026-01", 1, PLUG_IN, "Studiecoach i {place}",
          "En coach i veckan för den som ligger efter i gymnasiet.", AUTUMN, "waiting_list", "courses_passed",
          "Får elever med studiecoach fler godkända betyg?", "De som lottades till väntelistan.", COACH, SUMMER,
          joined=True, cost=11_000.0),
    Tried("outreach", "2026-01", 1, PLUG_IN, "Uppsökande arbete i {place}",
          "Vi söker upp unga utan skola tills någon svarar.", AUTUMN, "comparison", "in_school",
          "Kommer fler unga tillbaka till studier?", "Unga utan skola som inte söktes upp.", REACHING, SUMMER),
    Tried("homework_help", "2025-08", 2, PLUG_INNAN, "Läxhjälp på {place}",
          "Läxhjälp fyra eftermiddagar i veckan, öppen för den som vill.", SUMMER, "school_draw", "courses_passed",
          "Ger läxhjälp fler godkända betyg?", "Skolor som lottades till att vänta.", HELP, SUMMER, ended=True),
    Tried("homework_help", "2024-08", 2, PLUG_INNAN, "Läxhjälp på {place}, första omgången",
          "Den första omgången av läxhjälp.", SUMMER_BEFORE, "school_draw", "courses_passed",
          "Ger läxhjälp fler godkända betyg?", "Skolor som lottades till att vänta.", HELP, SUMMER_BEFORE, ended=True),
)  # fmt: skip

WEAK: Final = (("tracking", "meeting"), ("tracking",), ("flexibility", "tracking"), ("cooperation",))
MISSING: Final = (("same_day", "back"), ("back",), ("weekly", "back"), ("outside",))
OBSTACLES: Final = (("rhythm", "worry"), ("missed_much", "worry"), ("meaning",), ("worry", "meaning"))
FACTOR_KEYS: Final = tuple(FACTORS)
ROUTINE_KEYS: Final = tuple(ROUTINES)

WORKED: Final = (
    "Att samma två vuxna mötte upp varje gång. Eleverna sa att någon märkte när de inte kom.",
    "Att läxhjälpen låg direkt efter sista lektionen, i ett rum som alla hittar till.",
    "Att coachen hade hela veckans schema framför sig tillsammans med eleven.",
)
DID_NOT: Final = (
    "Sms på kvällen. Ingen läste dem. Fredagar var svåra att bemanna.",
    "De som mest behövde läxhjälp kom minst. Vi skulle ha hämtat dem i klassrummet.",
    "Tiden räckte inte till att prata med alla undervisande lärare.",
)
TOPICS: Final = (
    (
        "Uppstart: vad ska ni se om ett år?",
        "Ni vill se frånvaron på måndagar. Skriv ned vilka ni jämför med innan ni börjar.",
    ),
    (
        "Inställda tillfällen",
        "En av fyra träffar ställdes in i februari. Ni gör en vikarielista tillsammans med rektor.",
    ),
    ("Inför rapporten", "Skriv vad som inte fungerade lika tydligt som det som gjorde det."),
)
PROMISES: Final = ("Skriv en vikarielista", "Fråga eleverna vad de märker", "Bjud in ett arbetslag till nästa träff")
TOGETHER: Final = "Ring hem samma dag, och skriv ned vad hemmet sa"
OFFERS: Final = (
    ("expertise", "Läsa frånvaromönster", "En statistiker läser era mönster med er en eftermiddag."),
    ("training", "Bemötande och höga förväntningar", "Två halvdagar för ett helt arbetslag, med övningar mellan."),
    ("process", "Processtöd under ett läsår", "En processledare träffar er varje månad."),
)
