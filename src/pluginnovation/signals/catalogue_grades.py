"""The signals about grades, in words."""

from typing import Final

from pluginnovation.reference.entry_rules import VOCATIONAL_ENTRY
from pluginnovation.reference.merit import BEST_GRADES
from pluginnovation.signals.entry import NO_LIMITS, Entry

# By name, in the order they are shown; the limits are the rule set's.
GRADES: Final[dict[str, Entry]] = {
    "core_subject_failing": Entry(
        "Svenska, engelska, matematik",
        "Swedish, English, mathematics",
        "I hur många av svenska, engelska och matematik det senaste betyget är F eller streck. Svenska och svenska som "
        "andraspråk är ett ämne. Slutbetyg, prövning, terminsbetyg och varning räknas alla; i gymnasieskolan räknas "
        "varje kurs, och en godkänd högre nivå ersätter de lägre. Okänt utan betyg i något av ämnena.",
        "In how many of Swedish, English and mathematics the latest grade is F or a dash. Swedish and Swedish as a "
        "second language are one subject. Final grades, examinations, term grades and warnings all count; in upper "
        "secondary school every course counts, and a passed higher level replaces the lower ones. Unknown without a "
        "grade in any of them.",
        "subjects",
        NO_LIMITS,
        "Skollagen 16 kap. 26–30 §§ ask for passes in the three subjects; the limits are ours.",
    ),
    "passes_needed": Entry(
        "Godkända betyg som saknas",
        "Passes needed",
        "Hur många godkända betyg till som behövs för ett yrkesprogram: svenska, engelska, matematik och "
        f"{VOCATIONAL_ENTRY.others} ämnen till, av de senaste betygen. Blockbetyg räknas som sina ämnen. Undantag från "
        "engelska syns inte i betygen. Gäller årskurserna med betyg; okänt utan betyg.",
        "How many more passes a vocational programme asks for: Swedish, English, mathematics and "
        f"{VOCATIONAL_ENTRY.others} other subjects, from the latest grades. Block grades count as their subjects. "
        "Exemptions from English can't be seen in grades. About the years with grades; unknown without a grade.",
        "passes",
        NO_LIMITS,
        "Skollagen 16 kap. 30 §; the limits are ours.",
    ),
    "merit_drop": Entry(
        "Sjunkande meritvärde",
        "Falling merit value",
        "Meritvärdet terminen närmast innan, minus meritvärdet den senaste terminen med betyg. Varje ämnes senaste "
        f"terminsbetyg eller slutbetyg räknas, de {BEST_GRADES} bästa och moderna språk som språkval. Gäller "
        "årskurserna med betyg; okänt om någon av terminerna saknar betyg.",
        "The merit value of the term just before, minus that of the latest term with grades. Each subject's latest "
        f"term or final grade counts, the best {BEST_GRADES} and modern languages as språkval. About the years with "
        "grades; unknown when either term has no grades.",
        "points",
        NO_LIMITS,
        "Gymnasieförordningen 7 kap. 4 §; the limits are ours.",
    ),
    "points_behind": Entry(
        "Poäng efter planen",
        "Points behind",
        "Poäng i studieplanen för terminer som är slut, minus de godkända poängen bland dem. En nivå som en godkänd "
        "högre nivå ersätter är godkänd. Räknas i gymnasieskolan; okänt utan studieplan.",
        "Points of the study plan for terms that have ended, minus the passed points among them. A level that a passed "
        "higher one replaces is passed. Counted in upper secondary school; unknown without a study plan.",
        "points",
        NO_LIMITS,
        "A degree leaves room for 250 points without a pass (skollagen 16 kap. 26–28 §§); the other limits are ours.",
    ),
}
