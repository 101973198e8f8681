"""What a school is asked in its current-state analysis: the five success factors, and a checklist of routines.

Source  the factors: GR, Plug In 2.0, and the method book of 2018. The routines are ours, sorted under them.
"""

from collections.abc import Mapping
from typing import Final

Text = tuple[str, str]

FACTORS: Final[Mapping[str, Text]] = {
    "meeting": ("Bemötande", "How pupils are met"),
    "cooperation": ("Samverkan", "Working together"),
    "tracking": ("Koll och uppföljning", "Keeping track and following up"),
    "flexibility": ("Flexibilitet", "Flexibility"),
    "individual": ("Individcentrerat arbetssätt", "Starting from each pupil"),
}
FACTOR_ASKS: Final[Mapping[str, Text]] = {
    "meeting": ("Känner sig eleverna väntade, sedda och trodda på?", "Do pupils feel expected, seen and believed in?"),
    "cooperation": ("Ser vuxna elevens läge tillsammans, också utanför skolan?",
                    "Do adults look at a pupil's situation together, outside school too?"),
    "tracking": ("Märks det i tid när någon är på väg bort, och gör någon något?",
                 "Is it noticed in time when somebody drifts away, and does somebody act?"),
    "flexibility": ("Går det att ändra schema, grupp och arbetssätt när det behövs?",
                    "Can timetable, group and ways of working be changed when needed?"),
    "individual": ("Utgår stödet från elevens egna mål och ord?", "Does support start from the pupil's own goals?"),
}  # fmt: skip
STRONG, SOME, WEAK = "strong", "some", "weak"
STANDS: Final[Mapping[str, Text]] = {
    STRONG: ("En styrka hos oss", "A strength of ours"),
    SOME: ("Delvis på plats", "Partly in place"),
    WEAK: ("En brist hos oss", "A gap of ours"),
}

IN_PLACE, PARTLY, MISSING = "in_place", "partly", "missing"
ANSWERS: Final[Mapping[str, Text]] = {
    IN_PLACE: ("Finns och följs", "There, and followed"),
    PARTLY: ("Finns delvis", "Partly there"),
    MISSING: ("Saknas", "Missing"),
}
# The routine's key: its name, and the success factor that it is part of.
ROUTINES: Final[Mapping[str, tuple[str, str, str]]] = {
    "same_day": ("Frånvaro rapporteras samma dag och hemmet får veta",
                 "Absence is reported the same day, and the home is told", "tracking"),
    "weekly": ("Mentor går igenom frånvaron varje vecka", "Mentors go through absence every week", "tracking"),
    "investigates": ("Det är bestämt när och av vem upprepad frånvaro utreds",
                     "It is settled when and by whom repeated absence is investigated", "tracking"),
    "health_team": ("Elevhälsa, mentor och rektor möts på fasta tider",
                    "Pupil health, mentor and principal meet at set times", "cooperation"),
    "home": ("Vårdnadshavare kontaktas tidigt, också när något går bra",
             "Guardians are contacted early, also when something goes well", "cooperation"),
    "outside": ("Det finns en väg till socialtjänst, vård och fritid",
                "There is a way to social services, health care and leisure", "cooperation"),
    "handover": ("Uppgifter följer med vid stadiebyte och skolbyte",
                 "Information follows at changes of stage and school", "cooperation"),
    "back": ("En plan för återgång efter lång frånvaro", "A plan for coming back after a long absence", "individual"),
    "own_words": ("Elevens egna mål och ord skrivs ned",
                  "The pupil's own goals and words are written down", "individual"),
    "adapt": ("Schema och grupp går att ändra under terminen",
              "Timetable and group can change during the term", "flexibility"),
    "welcome": ("Den som varit borta tas emot av en vuxen",
                "Whoever has been away is received by an adult", "meeting"),
    "expect": ("Höga förväntningar är ett gemensamt arbete",
               "High expectations are worked on together", "meeting"),
}  # fmt: skip
