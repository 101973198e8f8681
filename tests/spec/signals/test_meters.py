"""Meters: what lies between a pupil and a national programme or a degree, and where the pupil has been enrolled"""

from datetime import date

from pluginnovation.reference.compulsory_grades import SubjectGrade
from pluginnovation.signals.meters.degree import DegreeMeter, Studies, begun_by, degree_meter
from pluginnovation.signals.meters.eligibility import EligibilityMeter, eligibility_meter, mark_of
from pluginnovation.signals.meters.path import path_of
from pluginnovation.signals.meters.records import LATE, PART, ROW
from tests.spec.drawn import rows
from tests.spec.reference.courses import courses, others
from tests.spec.reference.drawing import graded

AS_OF = date(2026, 4, 23)
CORE = "SV E, EN E, MA E, "
BEGUN = {"Gy11": date(2024, 8, 19), "Gy25": date(2025, 8, 18)}
HE_11 = "SVESVE01 E, SVESVE02 E, SVESVE03 E, ENGENG05 E, ENGENG06 E, MATMAT01b E, GYA01 E"
YR_25 = "SVEN1000X E, ENGE1000X E, MATE1A00X E, GYA01 E"


def of_subjects(cell: str) -> EligibilityMeter:
    marks = ROW.join(f"{each.subject}={mark_of(each)}" for each in graded(cell.replace("core", CORE)))
    return eligibility_meter(marks, AS_OF)


def of_courses(cell: str, programme: str, rules: str, extra: str = "", plan: str | None = None) -> DegreeMeter:
    found = [*courses(cell), *others(extra)]
    record = ROW.join(
        PART.join((each.course, "", str(each.points), mark_of(SubjectGrade("", each.grade)),
                   LATE if each.set_on and each.set_on > date(2030, 6, 30) else ""))
        for each in found
    )  # fmt: skip
    drawn = None if plan is None else ROW.join(PART.join(part.split("/")) for part in plan.split())
    return degree_meter(Studies(programme, BEGUN[rules], record or None, drawn), AS_OF)


def test_each_kind_of_programme_tells_how_many_passes_it_has_of_those_it_asks_for():
    """Eight for a vocational programme, twelve for one that prepares for higher education. Named subjects are asked
    for by name; programinriktat val is told to whoever isn't eligible for a vocational programme."""
    for row in rows("""
        grades                                                      | YR  | EK-HU-SA | NA-TE | ES    | IMV
        ------------------------------------------------------------+-----+----------+-------+-------+----
        core BL E, HKK E, IDH E, MU E, SL E                         | 8/8 | 8/12     | 8/12  | 8/12  |
        core BL E, HKK E, IDH E, MU E                               | 7/8 | 7/12     | 7/12  | 7/12  | 6/6
        core BL E, HKK E, IDH E, MU E, SL E, GE E, HI E, RE E, SH E | 8/8 | 12/12    | 9/12  | 12/12 |
        core NO E, SO E, BL E, MU E                                 | 8/8 | 12/12    | 12/12 | 12/12 |
        SV F, EN E, MA E, BL E, HKK E, IDH E, MU E, SL E            | 7/8 | 7/12     | 7/12  | 7/12  | 5/6
        SV E, EN F, MA E, BL E, HKK E, IDH E, MU -, SL F            | 5/8 | 5/12     | 5/12  | 5/12  | 5/6
        SV E, EN F, MA F, BL E, HKK E, IDH E, MU E, SL E            | 6/8 | 6/12     | 6/12  | 6/12  | 5/6
        SV -, EN -, MA -                                            | 0/8 | 0/12     | 0/12  | 0/12  | 0/6
    """):
        told = [f"{each.done}/{each.of}" for each in of_subjects(row["grades"]).rows]
        expected = [row[kind] for kind in ("YR", "EK-HU-SA", "NA-TE", "ES", "IMV") if row[kind]]
        assert told == expected, row


def test_what_would_change_eligibility_is_one_sentence():
    nine = "BL E, HKK E, IDH E, MU E, SL E, "
    for row in rows(f"""
        grades                                   | change
        -----------------------------------------+-------
        SV E, EN E, MA F, {nine}GE E, HI E, RE E, SH E | Blir behörig till yrkesprogram, ekonomi-, humanistiska och samhällsvetenskapsprogrammen och estetiska programmet med lägst E i matematik.
        core BL E, HKK E, IDH E, MU E            | Blir behörig till yrkesprogram med lägst E i ett ämne till.
        core {nine}BI E, FY E, KE F, SO E        | Behörig till alla nationella program utom naturvetenskaps- och teknikprogrammen; de öppnas med lägst E i kemi.
        core {nine}NO E, SO E                    | Behörig till alla nationella program; ett F i svenska, engelska eller matematik skulle ändra det.
        core {nine}                              | Behörig till yrkesprogram; med lägst E i geografi, historia, religionskunskap och samhällskunskap också till ekonomi-, humanistiska och samhällsvetenskapsprogrammen.
    """):  # fmt: skip  # noqa: E501
        swedish, english = of_subjects(row["grades"].rstrip(", ")).change
        assert swedish == row["change"]
        assert english.endswith(".")


def test_without_a_grade_or_a_dash_eligibility_is_unknown_and_nothing_is_counted():
    meter = eligibility_meter("", AS_OF)

    assert not meter.known
    assert meter.change[0] == "Okänt. Inget betyg är satt, så det går inte att säga vad som saknas."
    assert {each.done for each in meter.rows} == {None}


def test_an_f_a_dash_and_no_grade_are_told_apart():
    missing = of_subjects("SV F, EN -, BL E, HKK E, IDH E, MU E, SL E").rows[0].missing

    assert missing[0] == "Saknas: svenska (F), engelska (streck) och matematik (inget betyg)."
    assert missing[1] == "Missing: Swedish (F), English (a dash) and mathematics (no grade)."


def test_the_strip_has_the_three_first_then_the_nine_that_stand_best():
    assert of_subjects("SV E, EN F, BL E, MU -, SL F").strip == "PF.PF-......"


def test_a_subject_that_nobody_knows_counts_as_a_subject_of_its_own():
    assert of_subjects("core BL E, HKK E, IDH E, MU E, QQQ E").rows[0].missing[0] == "Behörig."


def test_a_degree_counts_points_and_how_much_may_still_become_f():
    """250 points in a full programme of 2,500, less what is F; below zero when too many are."""
    for row in rows("""
        others                            | passed | failed | dash | budget
        ----------------------------------+--------+--------+------+-------
        18x100 E                          |   2500 |      0 |    0 |    250
        15x100 E, 3x50 F                  |   2200 |    150 |    0 |    100
        14x100 E, 4x100 F                 |   2100 |    400 |    0 |   -150
        17x100 E, 1x100 -                 |   2400 |      0 |  100 |    250
    """):
        meter = of_courses(HE_11, "SA", "Gy11", row["others"])
        assert (meter.passed, meter.failed, meter.dash, meter.budget) == tuple(
            int(row[name]) for name in ("passed", "failed", "dash", "budget")
        ), row


def test_what_stops_a_degree_is_told_and_nothing_else_does_the_same():
    """A failed step of the three subjects, a failed diploma project, a dash. An F elsewhere stops nothing by itself."""
    for row in rows("""
        instead        | of         | stops
        ---------------+------------+------
        MATMAT01b F    | MATMAT01b  | Matematik 1b (F): måste bli godkänt, inget annat kan ersätta det.
        ENGENG06 F     | ENGENG06   | Engelska 6 (F): måste bli godkänt, inget annat kan ersätta det.
        GYA01 F        | GYA01      | Gymnasiearbetet (F): måste bli godkänt, inget annat kan ersätta det.
        HISHIS01b -    | HISHIS01b  | HISHIS01b (streck): måste få ett betyg, men F räcker.
        HISHIS01b F    | HISHIS01b  |
    """):
        kept = ", ".join(each for each in HE_11.split(", ") if not each.startswith(row["of"]))
        meter = of_courses(f"{kept}, {row['instead']}", "SA", "Gy11", "17x100 E")
        assert "".join(stop for stop, _ in meter.stops) == row["stops"], row
    assert of_courses(HE_11, "SA", "Gy11", "18x100 E").change[0] == "Allt som en examen kräver är godkänt."


def test_a_failed_level_may_be_replaced_by_a_higher_one_that_is_planned():
    kept = YR_25.replace("ENGE1000X E", "ENGE1000X F")
    stops = of_courses(kept, "BA", "Gy25", "17x100 E", plan="ENGE1000X//100/2025HT ENGE2000X//100/2026HT").stops

    assert stops[0][0] == "Engelska 1 (F): måste bli godkänt, eller ersättas av en högre nivå."


def test_levels_and_courses_count_once_and_the_page_says_that_they_are_mixed():
    """(a) level 1 F, level 2 E: both passed; (b) level 1 D, level 2 F: level 1 stays; (c) English 5 C, then level 2
    before July 2030: both; (d) after it: the level replaces the course."""
    for row in rows("""
        courses                                | passed | failed | mixed
        ---------------------------------------+--------+--------+------
        ENGE1000X F, ENGE2000X E               |    200 |      0 | no
        ENGE1000X D, ENGE2000X F               |    100 |    100 | no
        ENGENG05 C, ENGE2000X E@2027-06-10     |    200 |      0 | yes
        ENGENG05 C, ENGE2000X E@2030-09-10     |    200 |      0 | yes
    """):
        meter = of_courses(row["courses"], "SA", "Gy25")
        mixed = any("både kurser (Gy11) och nivåer (Gy25)" in note for note, _ in meter.notes)
        assert (meter.passed, meter.failed, mixed) == (int(row["passed"]), int(row["failed"]), row["mixed"] == "yes")
    late = of_courses("ENGENG05 C, ENGE2000X E@2030-09-10", "SA", "Gy25")
    assert "Ett godkänt betyg på en högre nivå gäller i stället för ett lägre." in [note for note, _ in late.notes]


def test_a_vocational_degree_is_unknown_where_nobody_says_which_subjects_are_common():
    meter = of_courses(YR_25, "BA", "Gy25", "21x100 E")
    common = next(each for each in meter.demands if each.name[0] == "Programgemensamma ämnen")

    assert common.state == "unknown"
    assert common.text[0] == "Okänt. Källan säger inte vilka ämnen de är."


def test_what_the_source_does_not_tell_is_unknown_and_said_so():
    for row in rows("""
        programme | courses    | change
        ----------+------------+-------
        IB        | ENGENG05 E | Okänt. IB är inget nationellt program, så kraven på en examen går inte att räkna.
                  | ENGENG05 E | Okänt. Källan säger inte vilket program eleven går.
        SA        |            | Okänt. Ingen kurs har fått betyg än.
    """):
        meter = of_courses(row["courses"], row["programme"], "Gy11")
        assert (meter.known, meter.change[0]) == (False, row["change"])
    without = of_courses("ENGENG05 E", "SA", "Gy11")
    assert without.progress[0] == "Okänt. Studieplan saknas, så ingen kan säga vad som skulle vara klart."
    assert "Okänt vad som återstår: studieplan saknas." in [note for note, _ in without.notes]


def test_the_study_plan_says_what_should_be_done_by_now():
    plan = "ENGENG05//100/2024HT SVESVE01//100/2025VT MATMAT01b//100/2025HT HISHIS01b//100/2026VT GYA01//100/2027VT"
    meter = of_courses("ENGENG05 E, SVESVE01 F, MATMAT01b -", "SA", "Gy11", plan=plan)

    assert meter.progress[0] == "100 av 300 poäng som skulle vara klara är godkända; 100 har F och 100 har streck."


def test_the_rules_follow_when_upper_secondary_school_began():
    """The first enrolment says when, unless the pupil has come further than has had time to pass since then."""
    for row in rows("""
        first start | year | begun
        ------------+------+-----------
        2025-08-18  | 1    | 2025-08-18
        2024-08-19  | 2    | 2024-08-19
        2024-08-19  | 1    | 2024-08-19
        2026-01-08  | 3    | 2023-08-01
        2026-01-08  |      | 2026-01-08
    """):
        year = int(row["year"]) if row["year"] else None
        assert begun_by(date.fromisoformat(row["first start"]), year, AS_OF) == date.fromisoformat(row["begun"])


def path(*lines: str) -> str:
    return ROW.join(PART.join(line.split("/")) for line in lines)


def test_a_move_in_the_middle_of_a_year_counts_and_one_between_two_does_not():
    for row in rows("""
        second start | kind
        -------------+-----
        2025-11-03   | move
        2025-05-31   | move
        2025-06-01   | turn
        2025-08-31   | turn
        2025-09-01   | move
        2026-08-17   | ahead
    """):
        found = path_of(path("a/A/GR/8//2024-08-19/", f"b/B/GR/9//{row['second start']}/"), AS_OF)
        assert found.stays[-1].kind == row["kind"], row


def test_the_oldest_move_says_when_it_stops_counting():
    found = path_of(path("a/A/GR/8//2024-08-19/2025-11-02", "b/B/GR/9//2025-11-03/"), AS_OF)

    assert found.change[0] == "Det äldsta bytet slutar räknas 3 november 2026, 12 månader efter att det skedde."
    assert found.change[1].startswith("The oldest move stops counting on 3 November 2026")


def test_days_without_a_school_are_told_and_summer_is_none_of_them():
    away = path_of(path("a/A/GY/1/SA/2024-08-19/2025-06-09", "a/A/GY/2/SA/2025-09-10/2026-04-10"), AS_OF)

    assert [(stay.kind, stay.days) for stay in away.stays] == [("", 0), ("gap", 9), ("", 0), ("gap", 13)]
    assert away.change[0].startswith("Dagarna utan skola slutar räknas när en ny inskrivning")
    summer = path_of(path("a/A/GR/9//2024-08-19/2025-06-10", "b/B/GY/1/SA/2025-08-18/"), AS_OF)
    assert [stay.kind for stay in summer.stays] == ["", "turn"]


def test_a_pupil_in_two_schools_at_once_is_told_to_be():
    found = path_of(path("a/A/GY/1/SA/2025-08-18/", "b/B/GY/1/SA/2026-01-08/"), AS_OF)

    assert found.notes[0][0] == (
        "Inskriven i flera skolor samtidigt: A och B. Den inskrivning som började senast räknas som elevens skola."
    )
