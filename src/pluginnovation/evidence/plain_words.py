"""The fixed wordings: one for each thing that can be said, in Swedish and English. Texts only."""

from typing import Final

Both = tuple[str, str]

# How the comparison was made.
DESIGNS: Final[dict[str, Both]] = {
    "waiting_list": ("Lotten avgjorde vilka som fick hjälp först.", "A draw decided who was helped first."),
    "school_draw": ("Lotten avgjorde vilka skolor som började.", "A draw decided which schools began."),
    "threshold": (
        "Elever strax under en gräns jämförs med elever strax över den, så svaret gäller elever nära gränsen.",
        "Pupils just below a threshold are compared with pupils just above it, so the answer is about pupils near it.",
    ),
    "rollout": (
        "Skolor som hade börjat jämförs med skolor som inte hade det, före och efter.",
        "Schools that had begun are compared with schools that hadn't, before and after.",
    ),
    "comparison": (
        "Personalen valde vilka som fick hjälp. De jämförs med elever som liknade dem innan.",
        "Staff chose who was helped. They are compared with pupils who were like them before.",
    ),
    "synthetic_control": (
        "Det som hände jämförs med en blandning av andra som tidigare utvecklades likadant.",
        "What happened is compared with a mixture of others that went the same way before.",
    ),
    "hazard": (
        "Elever av samma slag följs termin för termin så länge de syns.",
        "Pupils of the same kind are followed term by term for as long as they are seen.",
    ),
    "before_after": (
        "Samma elever före och efter, utan någon att jämföra med.",
        "The same pupils before and after, with nobody to compare with.",
    ),
}

# What must be true, and nobody can prove.
ASSUMPTIONS: Final[dict[str, Both]] = {
    "draw_decided": ("ingen bytte plats med någon efter lottningen", "nobody changed places after the draw"),
    "no_contamination": ("de som väntade inte fick samma hjälp", "those who waited did not get the same help"),
    "missing_alike": (
        "de vars utfall saknas är som de andra på sin sida",
        "those whose outcome is missing are like the others on their side",
    ),
    "no_spill_over": ("hjälpen inte smittade av sig på de andra", "the help did not rub off on the others"),
    "nobody_chose_side": ("ingen knuffade en elev över gränsen", "nobody nudged a pupil over the threshold"),
    "nothing_else_at_threshold": ("inget annat börjar vid samma gräns", "nothing else begins at the same threshold"),
    "lines_are_near_enough": ("raka linjer räcker nära gränsen", "straight lines are near enough close to it"),
    "parallel_trends": (
        "skolorna hade utvecklats likadant om ingen hade börjat",
        "the schools would have gone the same way had none begun",
    ),
    "no_anticipation": ("ingen ändrade sig i förväg", "nobody changed in advance"),
    "same_pupils": ("det är samma slags elever före och efter", "the pupils are of the same kind before and after"),
    "all_that_mattered_was_known": (
        "allt som styrde valet av elever fanns i uppgifterna",
        "all that guided the choice of pupils was in the records",
    ),
    "overlap": ("det finns liknande elever i båda grupperna", "there are like pupils in both groups"),
    "went_alike_before": (
        "blandningen hade fortsatt att utvecklas likadant",
        "the mixture would have gone on the same way",
    ),
    "nothing_else_began": ("inget annat började samtidigt", "nothing else began at the same time"),
    "assignment_explained": (
        "elever av samma slag hade lika lätt att få hjälpen",
        "pupils of one kind were as likely to be helped",
    ),
    "followed_alike": ("båda sidor följdes lika länge", "both sides were followed as long"),
    "other_endings_unrelated": (
        "flytt och andra slut inte hänger ihop med hjälpen",
        "moves and other endings have nothing to do with the help",
    ),
    "no_joiners": ("ingen bytte skola för att få hjälpen", "nobody changed schools to be helped"),
    "nothing_else_changed": ("inget annat ändrades samtidigt", "nothing else changed at the same time"),
    "never_treated": (
        "skolor som aldrig började visar hur det hade gått",
        "schools that never began show how it would have gone",
    ),
    "not_yet": (
        "skolor som ännu inte börjat visar hur det hade gått",
        "schools that have not yet begun show how it would have gone",
    ),
    "records_as_dated": (
        "uppgifterna skrevs de dagar som de är daterade",
        "the records were written on the days they say",
    ),
    "locked_after_outcome_began": (
        "ingen hade sett utfallet när planen låstes, fast det hade börjat",
        "nobody had seen the outcome when the plan was locked, though it had begun",
    ),
}

# Why there is no number.
CANNOT: Final[dict[str, Both]] = {
    "nobody_treated": ("Ingen i underlaget fick hjälpen.", "Nobody in the data had the help."),
    "nobody_compared": ("Det finns ingen att jämföra med.", "There is nobody to compare with."),
    "too_few": ("Färre än tio elever i en av grupperna.", "Fewer than ten pupils in one of the groups."),
    "too_few_compared": ("För få andra att jämföra med.", "Too few others to compare with."),
    "too_few_scores": (
        "Måttet har för få olika värden nära gränsen.",
        "The score has too few values near the threshold.",
    ),
    "too_few_schools": ("För få skolor för att räkna ut osäkerheten.", "Too few schools to count the doubt."),
    "too_few_endings": (
        "För få har lämnat för att något ska kunna sägas.",
        "Too few have left for anything to be said.",
    ),
    "too_short_before": ("För kort tid före starten.", "Too little time before the start."),
    "missing_periods": ("Värden saknas för någon period.", "Values are missing for some period."),
    "outcome_not_yet": ("Utfallet går inte att se än.", "The outcome can't be seen yet."),
    "records_too_short": (
        "Uppgifterna räcker inte så långt tillbaka.",
        "The records don't reach so far back.",
    ),
    "no_doubt": ("Osäkerheten går inte att räkna ut.", "The doubt can't be counted."),
    "no_variation": ("Utfallet är detsamma för alla.", "The outcome is the same for everyone."),
    "no_draw": ("Ingen lottning gick att hitta.", "No draw could be found."),
    "no_threshold": (
        "Det är inte en gräns som avgör vilka som fick hjälp.",
        "It isn't a threshold that decides who was helped.",
    ),
    "rule_not_followed": (
        "Regeln följdes så sällan att inget går att säga.",
        "The rule was followed too seldom to tell.",
    ),
    "nobody_alike": (
        "Ingen i jämförelsen liknar dem som fick hjälp.",
        "Nobody compared is like those who were helped.",
    ),
    "school_on_both_sides": ("En skola finns i båda grupperna.", "A school is in both groups."),
    "no_overlap": ("Ingen i jämförelsen liknar dem som fick hjälp.", "Nobody compared is like those who were helped."),
    "nothing_known_before": ("Inget är känt från tiden före.", "Nothing is known from the time before."),
    "separated": (
        "Eleverna i de två grupperna är av helt olika slag.",
        "The pupils of the two groups are of wholly different kinds.",
    ),
    "cannot_leave_out": ("En enda skola avgör svaret.", "A single school decides the answer."),
    "one_site": (
        "Ett enda ställe har prövat, så inget är sammanvägt.",
        "One site alone has tried, so nothing is pooled.",
    ),
    "no_sites": ("Inget ställe har ett resultat som går att väga in.", "No site has a result that can be pooled."),
}

# What lowered the certainty.
STEPS: Final[dict[str, Both]] = {
    "no_number": ("det finns inget tal", "there is no number"),
    "nothing_to_compare_with": ("det finns inget att jämföra med", "there is nothing to compare with"),
    "design_broken": ("jämförelsen höll inte", "the comparison did not hold"),
    "some_designs_broken": ("några ställens jämförelser höll inte", "some sites' comparisons did not hold"),
    "could_not_be_tried": ("något som borde prövas gick inte att pröva", "something that should be tried could not be"),
    "few_where_it_counts": ("få elever där det avgörs", "few pupils where it is decided"),
    "imprecise": (
        "intervallet rymmer både nytta och ingen skillnad",
        "the interval holds both a gain and no difference",
    ),
    "loss_in_interval": (
        "intervallet rymmer både skada och ingen skillnad",
        "the interval holds both a loss and no difference",
    ),
    "gain_and_loss_in_interval": (
        "intervallet rymmer både nytta och skada",
        "the interval holds both a gain and a loss",
    ),
    "few_pupils_or_places": ("få elever, skolor eller ställen", "few pupils, schools or sites"),
    "locked_after_outcome_began": (
        "planen låstes när utfallets tid hade börjat",
        "the plan was locked when its outcome had begun",
    ),
    "sites_differ": ("ställena skiljer sig åt", "the sites differ"),
    "developers_own_word": ("bara metodens upphovspersoner har utvärderat", "only the method's makers have evaluated"),
    "other_population": ("andra slags elever än frågan gäller", "other kinds of pupils than the question is about"),
    "too_few_degrees_of_freedom": ("för få ställen för att lita på intervallet", "too few sites to trust the interval"),
    "agreeing_draws": ("flera lottade ställen säger samma sak", "several drawn sites say the same"),
}

# What was found when the design was tried and failed.
FAILED: Final[dict[str, Both]] = {
    "heaping": ("för många elever strax över gränsen", "too many pupils just past the threshold"),
    "density_jump": ("antalet elever tar ett hopp vid gränsen", "the number of pupils jumps at the threshold"),
    "covariate_jump": ("eleverna skiljer sig redan innan vid gränsen", "pupils already differ at the threshold"),
    "placebo_thresholds": ("hopp syns också där inget börjar", "jumps show where nothing begins, too"),
    "attrition_jump": (
        "olika många utfall saknas på de två sidorna",
        "outcomes are missing unequally on the two sides",
    ),
    "attrition_difference": (
        "olika många utfall saknas på de två sidorna",
        "outcomes are missing unequally on the two sides",
    ),
    "pupils_each_side": ("få elever nära gränsen", "few pupils near the threshold"),
    "baseline_smd": ("grupperna skilde sig åt redan innan", "the groups differed before"),
    "smd_after": ("grupperna gick inte att göra jämförbara", "the groups could not be made alike"),
    "draw_predicted": ("lottningen går att förutsäga", "the draw can be foretold"),
    "contamination": ("flera i jämförelsen fick hjälpen", "several of those compared had the help"),
    "overlap_ess": ("få i jämförelsen liknar dem som fick hjälp", "few of those compared are like those helped"),
    "largest_weight": ("enstaka elever väger för mycket", "single pupils weigh too much"),
    "share_trimmed": ("många som fick hjälp har ingen motsvarighet", "many of those helped have no counterpart"),
    "placebo_outcome": ("en skillnad fanns redan före hjälpen", "a difference was there before the help"),
    "past_foretells": (
        "det som har hänt tidigare visar vilka som fick hjälp, också bland dem som ser lika ut",
        "the past tells who was helped, also among those who look alike",
    ),
    "hidden_reason": (
        "ett skäl som ingen skrev ner, något starkare än allt som är känt, räcker för att ändra svaret",
        "a reason nobody wrote down, somewhat stronger than all that is known, would change the answer",
    ),
    "pre_trend_p": ("skolorna utvecklades olika redan före starten", "the schools went differently before the start"),
    "unnoticed_bias": (
        "en liten dold skillnad räcker för att förklara svaret",
        "a small hidden difference could explain it",
    ),
    "composition_change": (
        "det är inte samma slags elever före och efter",
        "the pupils before and after are not alike",
    ),
    "pre_slope_p": ("skolorna utvecklades olika redan före starten", "the schools went differently before the start"),
    "degrees_of_freedom": ("få skolor bär svaret", "few schools carry the answer"),
    "take_up": ("få tog emot hjälpen", "few took the help up"),
    "schools": ("få skolor", "few schools"),
    "pre_misfit": (
        "blandningen utvecklades inte likadant ens före starten",
        "the mixture did not go the same way even before",
    ),
    "in_time_placebo": ("en skillnad syns redan före starten", "a difference shows before the start"),
    "one_other_unit": ("ett enda annat ställe bär svaret", "a single other place carries the answer"),
}

ELSE_FAILED: Final[Both] = (
    "något som jämförelsen vilar på höll inte",
    "something the comparison rests on did not hold",
)
ELSE_CANNOT: Final[Both] = ("Underlaget räcker inte.", "The data are not enough.")

# The unit after a number, and after the level without the help.
UNITS: Final[dict[str, tuple[Both, Both]]] = {
    "percentage_points": (("procentenheter", "percentage points"), ("procent", "per cent")),
    "per_100": (("av 100 elever", "of 100 pupils"), ("av 100 elever", "of 100 pupils")),
    "passes": (("godkända", "passes"), ("godkända", "passes")),
    "kronor": (("kronor", "kronor"), ("kronor", "kronor")),
    "weeks": (("veckor", "weeks"), ("veckor", "weeks")),
    "log_odds": (("i logaritmerade odds", "in log odds"), ("", "")),
}

WARNING_SV: Final = (
    "Det här är ett varnande exempel och säger inget om vad hjälpen gjorde. Hjälp sätts in när det är som värst, och "
    "de värsta veckorna följs av bättre även utan hjälp."
)
WARNING_EN: Final = (
    "This is a warning example and tells nothing of what the help did. Help comes when things are at their worst, and "
    "the worst weeks are followed by better ones without help too."
)
WARNING: Final[Both] = (WARNING_SV, WARNING_EN)
