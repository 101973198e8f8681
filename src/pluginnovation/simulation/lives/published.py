"""The figures that are published, each with its source: what lives are made after.

Where sources disagree, `chosen` says which one stands here, and why.
"""

from dataclasses import dataclass
from typing import Final

SHARE, POINTS = "share", "points"


@dataclass(frozen=True, slots=True)
class Target:
    """One figure.

    key      what `figures.measured` calls it
    sv, en   what it is, and of whom
    target   0..1, or points of merit value
    source   who published it, and for which year
    chosen   why this one, where sources disagree; empty where they don't
    """

    key: str
    sv: str
    en: str
    target: float
    source: str
    chosen: str = ""
    unit: str = SHARE


_SV1718 = "Skolverket 2017/18"
_FHM = "Folkhälsomyndigheten 2024"
_COMPLETED = "Skolverket, starters 2020 seen in 2023"
_EKF = "Ekonomifakta, starters 2017"
_VG = "Västra Götalandsregionen 2020"
_SURVEY = "Skolverket, survey of autumn 2019"
_CSN = "CSN 2024/25"
_KAA = "Skolverket, second half-year 2021"
_ELIGIBLE = "2024 as parents' education; 2025 says 84.1"
_FOUR = "Three years' 79.7 % of national starters and this one pull apart; both within the band"

TARGETS: Final = (
    Target("girls", "Flickor", "Girls", 0.48, _SV1718),
    Target("foreign", "Utländsk bakgrund", "Foreign background", 0.25, _SV1718),
    Target("post_secondary", "Föräldrar med eftergymnasial utbildning", "Parents with post-secondary education", 0.58,
           _SV1718),
    Target("independent", "Årskurs 9: i fristående skola", "Year 9: in an independent school", 0.187, _SV1718,
           "15 % of all years; years 5-9 here follow year 9"),
    Target("eligible", "Behöriga till gymnasiet", "Eligible for upper secondary school", 0.837, "Skolverket 2024",
           _ELIGIBLE),
    Target("eligible_girls", "Behöriga, flickor", "Eligible, girls", 0.842, "Skolverket 2023, Folkhälsomyndigheten",
           "A gap of 0-1 points nationally; Västra Götaland 2021 had 2.9"),
    Target("eligible_boys", "Behöriga, pojkar", "Eligible, boys", 0.832, "Skolverket 2023, Folkhälsomyndigheten",
           "A gap of 0-1 points nationally; Västra Götaland 2021 had 2.9"),
    Target("eligible_post_secondary", "Behöriga, föräldrar med eftergymnasial utbildning",
           "Eligible, parents with post-secondary education", 0.91, _FHM),
    Target("eligible_upper", "Behöriga, föräldrar med gymnasieutbildning",
           "Eligible, parents with upper secondary education", 0.76, _FHM),
    Target("eligible_less", "Behöriga, föräldrar med kortare utbildning", "Eligible, parents with less education", 0.53,
           _FHM),
    Target("eligible_origin_0", "Behöriga, svensk bakgrund", "Eligible, Swedish background", 0.91, _VG,
           "2020's total was 85.6, so the total of 2024 pulls down; within the band"),
    Target("eligible_origin_1", "Behöriga, födda här av utrikes födda", "Eligible, born here to foreign-born", 0.85,
           _VG),
    Target("eligible_origin_2", "Behöriga, kom före skolstart", "Eligible, arrived before school", 0.85, _VG),
    Target("eligible_origin_3", "Behöriga, kom i årskurs 1-5", "Eligible, arrived in years 1-5", 0.68, _VG),
    Target("eligible_origin_4", "Behöriga, kom i årskurs 6-9", "Eligible, arrived in years 6-9", 0.32, _VG),
    Target("mathematics_failed", "Årskurs 9: F eller streck i matematik", "Year 9: F or dash in mathematics", 0.128,
           "Skolverket 2024", "The latest; 10.9 in 2020"),
    Target("passed_all", "Årskurs 9: godkänt i alla ämnen", "Year 9: passed every subject", 0.756, _SV1718),
    Target("merit", "Meritvärde", "Merit value", 228.7, _SV1718, unit=POINTS),
    Target("merit_girls", "Meritvärde, flickor", "Merit value, girls", 243.0, _SV1718, unit=POINTS),
    Target("merit_boys", "Meritvärde, pojkar", "Merit value, boys", 215.0, _SV1718, unit=POINTS),
    Target("kept_mathematics", "F i årskurs 6 och 9, matematik", "F in year 6 and in year 9, mathematics", 0.508,
           "Skolverket 2023"),
    Target("kept_english", "F i årskurs 6 och 9, engelska", "F in year 6 and in year 9, English", 0.392,
           "Skolverket 2023"),
    Target("kept_swedish", "F i årskurs 6 och 9, svenska", "F in year 6 and in year 9, Swedish", 0.335,
           "Skolverket 2023"),
    Target("kept_second_swedish", "F i årskurs 6 och 9, svenska som andraspråk",
           "F in year 6 and in year 9, Swedish as a second language", 0.405, "Skolverket 2023"),
    Target("three_years", "Examen på 3 år, nationella program", "Degree in 3 years, national programmes", 0.797,
           _COMPLETED),
    Target("three_years_higher", "Examen på 3 år, högskoleförberedande",
           "Degree in 3 years, programmes for higher studies", 0.814, _COMPLETED),
    Target("three_years_vocational", "Examen på 3 år, yrkesprogram", "Degree in 3 years, vocational", 0.759,
           _COMPLETED),
    Target("certificate", "Studiebevis efter 3 år, nationella program",
           "Study certificate after 3 years, national programmes", 0.068, _COMPLETED),
    Target("higher_education", "Behörig till högskolan efter 3 år", "Eligible for higher education after 3 years",
           0.722, _COMPLETED),
    Target("four_years", "Examen på 4 år, alla", "Degree in 4 years, everybody", 0.75, _FHM,
           _FOUR + "; Kolada had 71.3 for starters of 2016"),
    Target("four_years_girls", "Examen på 4 år, flickor", "Degree in 4 years, girls", 0.77, _FHM),
    Target("four_years_boys", "Examen på 4 år, pojkar", "Degree in 4 years, boys", 0.72, _FHM),
    Target("four_years_post_secondary", "Examen på 4 år, föräldrar med eftergymnasial utbildning",
           "Degree in 4 years, parents with post-secondary education", 0.83, _FHM),
    Target("four_years_less", "Examen på 4 år, föräldrar med kort utbildning",
           "Degree in 4 years, parents with less than upper secondary education", 0.40, _FHM),
    Target("four_years_here", "Examen på 4 år, födda i Sverige", "Degree in 4 years, born in Sweden", 0.79, _FHM),
    Target("four_years_abroad", "Examen på 4 år, födda utomlands", "Degree in 4 years, born abroad", 0.47, _FHM,
           "Published for those born outside Europe; here everyone born abroad"),
    Target("five_years", "Examen på 5 år, alla", "Degree in 5 years, everybody", 0.74, _EKF,
           "Lower than four years' 75 % of later starters; both within the band"),
    Target("five_certificate", "Ofullständig examen efter 5 år", "Incomplete after 5 years", 0.06, _EKF),
    Target("unfinished", "Inte klara efter 5 år", "Not finished after 5 years", 0.20, _EKF),
    Target("broke_off_early", "Inte klara: slutade i år 1-2", "Not finished: broke off in year 1-2", 0.65, _EKF,
           "“Nearly two thirds”"),
    Target("moved_on", "Introduktionsprogram: vidare till nationellt",
           "Introductory: moved to a national programme", 0.48, _EKF, "“Just under half”"),
    Target("moved_degree", "Gick vidare: examen på 5 år", "Moved on: degree in 5 years", 0.38, _EKF),
    Target("share_higher", "Elever på högskoleförberedande", "Pupils in programmes for higher studies", 0.61,
           "Skolverket 2023/24"),
    Target("share_vocational", "Elever på yrkesprogram", "Pupils in vocational programmes", 0.29, "Skolverket 2023/24"),
    Target("share_introductory", "Elever på introduktionsprogram", "Pupils in introductory programmes", 0.10,
           "Skolverket 2023/24"),
    Target("absent_15_year_7", "Årskurs 7: minst 15 % frånvaro", "Year 7: absent 15 % or more", 0.16, _SURVEY),
    Target("absent_15_year_8", "Årskurs 8: minst 15 % frånvaro", "Year 8: absent 15 % or more", 0.19, _SURVEY),
    Target("absent_15_year_9", "Årskurs 9: minst 15 % frånvaro", "Year 9: absent 15 % or more", 0.23, _SURVEY),
    Target("absent_10_19", "Årskurs 9: 10-19 % frånvaro", "Year 9: absent 10-19 %", 0.112,
           "Survey of 2016, municipal data", "Heads said 7.6 %, half of them without data"),
    Target("absence_national", "Nationella program: medelfrånvaro", "National programmes: mean absence", 0.125,
           "Oskarshamn in Plug In, 11-14 %"),
    Target("absence_introductory", "Introduktionsprogram: medelfrånvaro", "Introductory programmes: mean absence", 0.19,
           "Oskarshamn in Plug In, 15-23 %"),
    Target("grant", "Indraget studiehjälp, per läsår", "Study grant stopped, per school year", 0.108, _CSN),
    Target("grant_girls", "Indragen studiehjälp, flickor", "Study grant stopped, girls", 0.092, _CSN),
    Target("grant_boys", "Indragen studiehjälp, pojkar", "Study grant stopped, boys", 0.122, _CSN),
    Target("grant_independent", "Indragen studiehjälp, fristående", "Study grant stopped, independent schools", 0.125,
           _CSN),
    Target("grant_municipal", "Indragen studiehjälp, kommunala", "Study grant stopped, municipal schools", 0.101, _CSN),
    Target("programme", "Åtgärdsprogram", "Action programme", 0.062, "Skolverket 2023/24", "All years; here years 5-9"),
    Target("programme_girls", "Åtgärdsprogram, flickor", "Action programme, girls", 0.048, "Skolverket 2023/24"),
    Target("programme_boys", "Åtgärdsprogram, pojkar", "Action programme, boys", 0.076, "Skolverket 2023/24"),
    Target("adapted", "Anpassad studiegång", "Adapted study course", 0.014, "Skolverket 2023/24"),
    Target("special_group", "Särskild undervisningsgrupp", "Special teaching group", 0.013, "Skolverket 2023/24"),
    Target("register", "Aktivitetsansvaret, per halvår", "Under the activity responsibility, per half-year", 0.09,
           "Skolverket 2022", "The latest; just under 10 in 2021"),
    Target("register_men", "Aktivitetsansvaret: män", "Activity responsibility: men", 0.56, _KAA),
    Target("register_18_19", "Aktivitetsansvaret: fyller 18-19",
           "Activity responsibility: turning 18-19", 0.667, "Skolverket 2022/23"),
    Target("register_autumn", "Aktivitetsansvaret: nya på hösten",
           "Activity responsibility: new ones in autumn", 0.68, "Skolverket 2022",
           "“Over twice as many in autumn as in spring”"),
    Target("register_contact", "Aktivitetsansvaret: kontaktade", "Activity responsibility: contacted", 21 / 46.3, _KAA),
    Target("register_measure", "Aktivitetsansvaret: i en åtgärd",
           "Activity responsibility: in a measure", 10 / 46.3, _KAA),
)  # fmt: skip
