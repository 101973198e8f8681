"""The degree meter in words: its demands, what stops a degree, and what would change it."""

from dataclasses import dataclass
from typing import Final

from pluginnovation.reference.course_codes import DIPLOMA_PROJECT, level_name
from pluginnovation.reference.degree import CoreResult, Degree, HardStop
from pluginnovation.reference.degree_gap import DegreeGap, NeededPass
from pluginnovation.reference.degree_rules import DegreeRule
from pluginnovation.reference.entry_rules import VOCATIONAL
from pluginnovation.reference.progress import Progress
from pluginnovation.signals.meters.names import course_name
from pluginnovation.signals.meters.told import Told, listed, mark_word, started, told
from pluginnovation.signals.wording import Wording

MET, MISSING, UNKNOWN = "met", "missing", "unknown"
MOST_STOPS: Final = 4


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand of a degree.

    state   met, missing or unknown
    """

    name: Told
    state: str
    text: Told


def kind_name(rule: DegreeRule, say: Wording) -> str:
    """Which degree, and by which rules."""
    degree = (
        say.pick("Yrkesexamen", "Vocational degree")
        if rule.kind == VOCATIONAL
        else say.pick("Högskoleförberedande examen", "Higher education preparatory degree")
    )
    system = (
        say.pick("reglerna för nivåer (Gy25)", "the rules for levels (Gy25)")
        if rule.gy25
        else say.pick("reglerna för kurser (Gy11)", "the rules for courses (Gy11)")
    )
    return say.pick(f"{degree}, {system}", f"{degree}, {system}")


def demands(degree: Degree, gap: DegreeGap) -> tuple[Demand, ...]:
    """Each demand of the degree: points, the three named subjects, the diploma project, common subjects, no dashes."""
    rule = degree.rule
    found = [
        Demand(
            ("Godkända poäng", "Passed points"),
            MET if degree.passed_points >= rule.passed_points else MISSING,
            told(lambda say: _of(degree.passed_points, rule.passed_points, say)),
        )
    ]
    found += [_core(core, degree, gap) for core in degree.core]
    found.append(_project(degree, gap))
    if rule.common_points:
        found.append(_common(degree))
    if degree.without_basis_points:
        dash = degree.without_basis_points
        text = told(
            lambda say: say.pick(
                f"{say.number(dash)} poäng har streck; allt i planen måste ha betyg.",
                f"{say.number(dash)} points have a dash; everything in the plan must have a grade.",
            )
        )
        found.append(Demand(("Inga streck", "No dashes"), MISSING, text))
    return tuple(found)


def _of(points: int, needed: int, say: Wording) -> str:
    return say.pick(
        f"{say.number(points)} av {say.number(needed)} poäng.", f"{say.number(points)} of {say.number(needed)} points."
    )


def _core(core: CoreResult, degree: Degree, gap: DegreeGap) -> Demand:
    subject = core.demand.subjects[0]
    steps = [level_name(subject, number, gy25=degree.rule.gy25) for number in core.demand.numbers]

    def name(say: Wording) -> str:
        tracks = say.pick(" eller ", " or ").join(f"{steps[0]}{track}" for track in core.demand.tracks)
        return started(f"{course_name(subject, '', '', say)} {tracks or listed(steps, say)}")

    needed = [each for each in gap.required if each.subject in core.demand.subjects]

    def text(say: Wording) -> str:
        if core.met:
            return say.pick("Godkänt.", "Passed.")
        parts = [f"{needed_name(each, say)} ({mark_word(each.now, say)})" for each in needed]
        return say.pick("Saknas: ", "Missing: ") + listed(parts, say) + "."

    return Demand(told(name), MET if core.met else MISSING, told(text))


def _project(degree: Degree, gap: DegreeGap) -> Demand:
    now = next((each.now for each in gap.required if each.subject == DIPLOMA_PROJECT), None)

    def text(say: Wording) -> str:
        if degree.diploma_project_passed:
            return say.pick("Godkänt.", "Passed.")
        return started(mark_word(now, say)) + "."

    state = MET if degree.diploma_project_passed else MISSING
    return Demand(("Gymnasiearbete", "Diploma project"), state, told(text))


def _common(degree: Degree) -> Demand:
    name = ("Programgemensamma ämnen", "The programme's common subjects")
    points, needed = degree.common_points, degree.rule.common_points
    if points is None:
        text = ("Okänt. Källan säger inte vilka ämnen de är.", "Unknown. The source doesn't tell which they are.")
        return Demand(name, UNKNOWN, text)
    return Demand(name, MET if points >= needed else MISSING, told(lambda say: _of(points, needed, say)))


def needed_name(each: NeededPass, say: Wording) -> str:
    """A needed pass inside a sentence: `engelska 6`."""
    return course_name(each.subject, each.course, each.level, say)


def stop_sentence(stop: HardStop, say: Wording) -> str:
    """What no other pass makes up for."""
    name = started(_stopped(stop, say))
    grade = mark_word(stop.grade, say)
    if stop.higher:
        return say.pick(
            f"{name} ({grade}): måste bli godkänt, eller ersättas av en högre nivå.",
            f"{name} ({grade}): must be passed, or be replaced by a higher level.",
        )
    if stop.reason == "no_basis":
        return say.pick(
            f"{name} ({grade}): måste få ett betyg, men F räcker.", f"{name} ({grade}): needs a grade, but F will do."
        )
    return say.pick(
        f"{name} ({grade}): måste bli godkänt, inget annat kan ersätta det.",
        f"{name} ({grade}): must be passed, nothing else makes up for it.",
    )


def _stopped(stop: HardStop, say: Wording) -> str:
    if stop.level or stop.subject == DIPLOMA_PROJECT:
        return course_name(stop.subject, stop.course, stop.level, say)
    return stop.course


def change_sentence(degree: Degree, gap: DegreeGap, planned: bool, say: Wording) -> str:
    """What would change it, in one sentence."""
    if degree.met:
        return say.pick("Allt som en examen kräver är godkänt.", "Everything that a degree asks for is passed.")
    if degree.hard_stops:
        stops = degree.hard_stops[:MOST_STOPS]
        passes = [_stopped(stop, say) for stop in stops if stop.reason != "no_basis"]
        grades = [_stopped(stop, say) for stop in stops if stop.reason == "no_basis"]
        more = len(degree.hard_stops) - len(stops)
        (grades or passes).extend([say.pick(f"{more} till", f"{more} more")] * bool(more))
        parts = [say.pick(f"godkänt i {listed(passes, say)}", f"a pass in {listed(passes, say)}")] * bool(passes)
        parts += [say.pick(f"ett betyg i {listed(grades, say)}", f"a grade in {listed(grades, say)}")] * bool(grades)
        needed = listed(parts, say)
        return say.pick(
            f"En examen kräver {needed}, hur det än går i resten.",
            f"A degree asks for {needed}, whatever the rest gives.",
        )
    if degree.f_budget < 0:
        over = say.number(-degree.f_budget)
        return say.pick(
            f"Minst {over} av poängen med F måste bli godkända för en examen.",
            f"At least {over} of the points with F must be passed for a degree.",
        )
    if planned and degree.finished and degree.met is None:
        return say.pick(
            "Okänt om det blir en examen, för källan säger inte vilka ämnen som är programgemensamma.",
            "Unknown whether it gives a degree, since the source doesn't tell which subjects are common.",
        )
    return _still(degree, gap, say)


def _still(degree: Degree, gap: DegreeGap, say: Wording) -> str:
    """What is left for somebody whom nothing stops."""
    named = [needed_name(each, say) for each in gap.required]
    if degree.ungraded_points == 0:
        rest = degree.rule.passed_points - degree.passed_points - sum(each.points for each in gap.required)
        if rest > 0:
            named.append(say.pick(f"{say.number(rest)} poäng till", f"{say.number(rest)} more points"))
        return say.pick(f"För en examen saknas {listed(named, say)}.", f"For a degree {listed(named, say)} is missing.")
    left = say.number(degree.f_budget)
    text = say.pick(
        f"Det blir en examen om resten blir godkänt; högst {left} poäng till får bli F",
        f"It becomes a degree if the rest is passed; at most {left} more points may become F",
    )
    never = say.pick(f", och aldrig {listed(named, say)}", f", and never {listed(named, say)}") if named else ""
    return f"{text}{never}."


def progress_sentence(became: Progress | None, say: Wording) -> str:
    """What the study plan says should be done by now."""
    if became is None:
        return say.pick(
            "Okänt. Studieplan saknas, så ingen kan säga vad som skulle vara klart.",
            "Unknown. There is no study plan, so nobody can tell what should be done by now.",
        )
    if not became.due:
        return say.pick(
            "Studieplanen har inga poäng i terminer som är slut.",
            "The study plan has no points in terms that have ended.",
        )
    text = say.pick(
        f"{say.number(became.passed)} av {say.number(became.due)} poäng som skulle vara klara är godkända",
        f"{say.number(became.passed)} of {say.number(became.due)} points that should be done are passed",
    )
    parts = [
        f"{say.number(points)} {say.pick(*words)}"
        for points, words in (
            (became.failed, ("har F", "have F")),
            (became.without_basis, ("har streck", "have a dash")),
            (became.ungraded, ("saknar betyg", "have no grade")),
        )
        if points
    ]
    return f"{text}{'; ' if parts else ''}{listed(parts, say)}."


def notes(degree: Degree, *, planned: bool, without_points: int) -> tuple[Told, ...]:
    """What the figures rest on, and what the source doesn't tell."""
    found: list[Told] = []
    systems = {row.place.gy25 for each in degree.grades for row in each.rows if row.grade is not None}
    if len(systems) > 1:
        found.append(
            (
                "Eleven har betyg på både kurser (Gy11) och nivåer (Gy25). Varje steg räknas en gång.",
                "The pupil has grades on both courses (Gy11) and levels (Gy25). Each step counts once.",
            )
        )
    replaced = sum(each.replaced for each in degree.grades)
    if replaced:
        found.append(told(lambda say: _replaced(replaced, say)))
    if not planned:
        found.append(
            (
                "Okänt vad som återstår: studieplan saknas.",
                "Unknown what is left: there is no study plan.",
            )
        )
    elif (unseen := degree.rule.graded_points - sum(each.points for each in degree.grades)) > 0:
        found.append(told(lambda say: _unseen(unseen, say)))
    if without_points:
        found.append(
            told(
                lambda say: say.pick(
                    f"{without_points} betyg saknar poäng i källan och räknas som noll poäng.",
                    f"{without_points} grades have no points in the source and count as none.",
                )
            )
        )
    return tuple(found)


def _unseen(points: int, say: Wording) -> str:
    return say.pick(
        f"Källan visar {say.number(points)} poäng för lite för ett helt program. Resten är okänt.",
        f"The source shows {say.number(points)} points too few for a whole programme. The rest is unknown.",
    )


def _replaced(steps: int, say: Wording) -> str:
    if steps == 1:
        return say.pick(
            "Ett godkänt betyg på en högre nivå gäller i stället för ett lägre.",
            "A pass on a higher level counts in place of a lower grade.",
        )
    return say.pick(
        f"Godkända betyg på högre nivåer gäller i stället för {steps} lägre.",
        f"Passes on higher levels count in place of {steps} lower grades.",
    )
