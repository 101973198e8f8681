"""What each outcome, trial and figure is called in a table, Swedish and English. Texts only."""

from typing import Final

from .outcomes import LEFT_SCHOOL

Both = tuple[str, str]

# Each outcome as it is chosen, its kind, and whether more is better.
OUTCOMES: Final[dict[str, tuple[Both, str, int]]] = {
    "absence_share": (("Frånvaro, procentenheter", "Absence, percentage points"), "share", -1),
    "unexcused_share": (("Ogiltig frånvaro, procentenheter", "Unexcused absence, percentage points"), "share", -1),
    "courses_passed": (("Godkända betyg, antal", "Passes, number"), "count", 1),
    "courses_failed": (("Underkända betyg, antal", "Failed grades, number"), "count", -1),
    "in_school": (("Går kvar i skolan, av 100 elever", "Still in school, of 100 pupils"), "yes_no", 1),
    LEFT_SCHOOL: (
        ("Lämnar skolan utan examen, av 100 elever, över tid", "Leaves without a degree, of 100 pupils, over time"),
        "yes_no", -1,
    ),
}  # fmt: skip

DESIGNS: Final[dict[str, Both]] = {
    "waiting_list": ("Lottad väntelista", "A waiting list by lot"),
    "school_draw": ("Lottade skolor", "Schools drawn by lot"),
    "threshold": ("En gräns avgjorde", "A threshold decided"),
    "rollout": ("Skolor i tur och ordning", "Schools one after another"),
    "comparison": ("Liknande elever", "Pupils who were alike"),
    "synthetic_control": ("En blandning av andra", "A mixture of others"),
    "hazard": ("Tid till händelse", "Time to an event"),
    "before_after": ("Före och efter (varnande exempel)", "Before and after (a warning example)"),
}

# Who is compared with, in words that a plan can carry.
COMPARED: Final[dict[str, Both]] = {
    "waiting_list": ("de som väntade och inte drogs", "those who waited and weren't drawn"),
    "school_draw": ("elever på skolor som inte drogs", "pupils of schools that weren't drawn"),
    "threshold": ("elever strax under gränsen", "pupils just below the threshold"),
    "rollout": ("skolor som inte hade börjat", "schools that hadn't begun"),
    "comparison": ("elever som liknade dem före starten", "pupils who were like them before the start"),
    "synthetic_control": ("en blandning av andra kommuner", "a mixture of other municipalities"),
    "hazard": ("elever av samma slag utan hjälpen", "pupils of the same kind without the help"),
    "before_after": ("ingen", "nobody"),
}

SUBGROUPS: Final[dict[str, Both]] = {
    "girls": ("Flickor", "Girls"),
    "boys": ("Pojkar", "Boys"),
    "high_absence": ("Minst 20 % frånvaro före", "20 % absence or more before"),
}

# What was tried, and what its number is.
TRIED: Final[dict[str, Both]] = {
    "baseline_smd": ("Skillnad före, standardavvikelser", "Difference before, standard deviations"),
    "smd_after": ("Skillnad kvar efter vägning, standardavvikelser", "Difference left after weighting, std deviations"),
    "overlap_ess": ("Så många i jämförelsen räcker det till", "Those compared amount to"),
    "largest_weight": ("Största vikt för en elev", "Largest weight of one pupil"),
    "share_trimmed": ("Andel utan motsvarighet", "Share without a counterpart"),
    "attrition_overall": ("Utfall som saknas, %", "Outcomes missing, %"),
    "attrition_difference": ("Skillnad i bortfall, procentenheter", "Difference in outcomes missing, points"),
    "attrition_jump": ("Hopp i bortfall vid gränsen", "Jump in outcomes missing at the threshold"),
    "draw_predicted": ("Går lottningen att förutsäga? (p)", "Can the draw be foretold? (p)"),
    "contamination": ("Andel i jämförelsen som fick hjälpen", "Share of those compared who had the help"),
    "take_up": ("Andel erbjudna som tog emot", "Share of those offered who took it up"),
    "placebo_outcome": ("Skillnad i något som hjälpen inte kan ha ändrat (p)",
                        "Difference in what the help can't have changed (p)"),
    "placebo_thresholds": ("Hopp vid påhittade gränser (p)", "Jumps at made-up thresholds (p)"),
    "in_time_placebo": ("Skillnad före starten (p)", "Difference before the start (p)"),
    "past_foretells": ("Avslöjar det förflutna vilka som fick hjälp? (p)", "Does the past tell who was helped? (p)"),
    "hidden_reason": ("Så många gånger allt känt måste ett dolt skäl väga",
                      "A hidden reason must weigh this many times all that is known"),
    "degrees_of_freedom": ("Frihetsgrader", "Degrees of freedom"),
    "schools": ("Skolor", "Schools"),
    "units_compared": ("Andra att jämföra med", "Others to compare with"),
    "pupils_each_side": ("Elever i den mindre gruppen", "Pupils in the smaller group"),
    "density_jump": ("Hopp i antal vid gränsen (p)", "Jump in numbers at the threshold (p)"),
    "heaping": ("Hopning vid gränsen (p)", "Heaping at the threshold (p)"),
    "covariate_jump": ("Hopp i det som var känt före (p)", "Jump in what was known before (p)"),
    "pre_trend_p": ("Utvecklades skolorna olika före? (p)", "Did schools go differently before? (p)"),
    "pre_slope_p": ("Lutade skolorna olika före? (p)", "Did schools lean differently before? (p)"),
    "unnoticed_bias": ("Så stor skillnad kunde ha undgått oss", "A difference so large could have escaped us"),
    "composition_change": ("Ändring i vilka eleverna är", "Change in who the pupils are"),
    "pre_misfit": ("Så mycket avviker blandningen före starten", "How wrong the mixture goes before the start"),
    "one_other_unit": ("Svaret utan en enda annan kommun", "The answer without a single other municipality"),
    "same_in_all_terms": ("Samma skillnad varje termin? (p)", "The same difference every term? (p)"),
}  # fmt: skip

FIGURES: Final[dict[str, Both]] = {
    "difference": ("Rak skillnad", "Plain difference"),
    "regression": ("Regression", "Regression"),
    "outcome_model": ("Modell av utfallet", "Model of the outcome"),
    "entropy_balancing": ("Entropibalansering", "Entropy balancing"),
    "nearest_neighbours": ("Närmaste elever", "Nearest pupils"),
    "nearest_pupils": ("Elever allra närmast gränsen", "Pupils nearest to the threshold"),
    "difference_in_differences": ("Skillnad i skillnader", "Difference in differences"),
    "synthetic_control": ("Enklare blandning", "A simpler mixture"),
    "effect_of_having_it": ("För dem som hade hjälpen", "For those who had the help"),
    "draw_made_again": ("Lottningen gjord om, p", "The draw made again, p"),
    "e_value": ("E-värde", "E-value"),
    "e_value_interval": ("E-värde för intervallet", "E-value of the interval"),
    "robustness_value": ("Robusthet, andel som måste förklaras", "Robustness, share to be explained"),
    "manski_bounds": (
        "Om det gått så illa eller så bra som möjligt för dem som saknas",
        "With the missing at their worst or best",
    ),
    "lee_bounds": ("Om bortfallet styrts av hjälpen", "If the help steered who is missing"),
    "cost_per_unit": ("Kronor per enhet av nytta", "Kronor per unit of benefit"),
    "hours_of_help": ("Timmar hjälp per elev som erbjöds den", "Hours of help per pupil offered"),
    "hours_known": ("Andel med känd tid, %", "Share whose hours are known, %"),
    "times_of_help": ("Tillfällen per elev som erbjöds hjälpen", "Times per pupil offered"),
    "points_known": ("Andel av metodens punkter som någon svarat om, %", "Share of the method's points answered, %"),
    "points_followed": ("Av de besvarade punkterna: följdes, %", "Of the answered points: followed, %"),
    "points_partly": ("Av de besvarade punkterna: följdes delvis, %", "Of the answered points: followed partly, %"),
    "share_of_planned": ("Andel av de planerade tillfällena, %", "Share of the planned times, %"),
    "alike_within_schools": ("Så lika är elever på samma skola, 0–1", "How alike pupils of a school are, 0–1"),
    "bandwidth": ("Avstånd från gränsen som räknas", "Distance from the threshold counted"),
    "bias_bandwidth": ("Avstånd för rättning", "Distance for the correction"),
    "offer_at_threshold": ("Hopp i erbjuden hjälp vid gränsen", "Jump in help offered at the threshold"),
    "moved_by_the_draw": ("Andel som lottningen flyttade", "Share moved by the draw"),
    "moved_by_the_rule": ("Andel som gränsen flyttade", "Share moved by the rule"),
    "began_earlier": ("Om skolorna hade börjat tidigare", "Had the schools begun earlier"),
    "others_in_mixture": ("Kommuner i blandningen", "Municipalities in the mixture"),
    "misfit_before": ("Avvikelse före", "Misfit before"),
    "log_odds_per_term": ("Logodds per termin", "Log odds per term"),
    "trends_part_most": ("Så mycket får trenderna skilja sig åt", "How far trends may part"),
    "lines_uncorrected": ("Utan rättning för böjda linjer", "Not corrected for bending lines"),
    "half_bandwidth": ("Med halva avståndet från gränsen", "With half the distance from the threshold"),
    "double_bandwidth": ("Med dubbla avståndet från gränsen", "With twice the distance from the threshold"),
    "trends_part_0.5": ("Om trenderna skiljer sig hälften så mycket som före", "If trends part half as much as before"),
    "trends_part_1.0": ("Om trenderna skiljer sig lika mycket som före", "If trends part as much as before"),
    "mean_over_groups": ("Medel över dem som började samtidigt", "Mean over those that began together"),
    "mean_over_time_since_start": ("Medel över tid sedan starten", "Mean over time since the start"),
    "mean_over_calendar": ("Medel över kalendern", "Mean over the calendar"),
}

KEPT: Final[dict[str, Both]] = {
    "held": ("Höll", "Held"),
    "failed": ("Höll inte", "Did not hold"),
    "unknown": ("Gick inte att pröva", "Could not be tried"),
}
# How the estimand is told in one line.
ESTIMANDS: Final[dict[str, Both]] = {
    "itt": ("för alla som erbjöds hjälpen", "for all who were offered the help"),
    "att": ("för dem som fick hjälpen", "for those who had the help"),
    "att_overlap": ("för dem som fick hjälpen och har motsvarigheter", "for those helped who have counterparts"),
    "att_overall": ("för skolorna som började, från starten", "for schools that began, from their start"),
    "late_at_threshold": ("för elever nära gränsen", "for pupils near the threshold"),
    "change": ("före och efter", "before and after"),
}


def label(words: dict[str, Both], name: str, language: str) -> str:
    """The name in 'sv' or 'en'; a name that has no words stands as it is, with spaces."""
    return words[name][language == "en"] if name in words else name.replace("_", " ")
