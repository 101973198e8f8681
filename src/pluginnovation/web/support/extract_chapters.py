"""What is held of what was done for a person, as chapters of an extract.

The words of notes are sealed and in no file: that a note exists stands here, and what it says is read in place.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from pluginnovation.privacy.extract import Chapter, Field, chapter
from pluginnovation.support import case_states, ends, follow_ups, obstacles, transfers
from pluginnovation.support.case_clocks import STEPS
from pluginnovation.support.case_files import KINDS, REMOVED
from pluginnovation.support.case_texts import SECTIONS
from pluginnovation.support.catalogue import BY_KEY
from pluginnovation.support.fidelity import FOLLOWED
from pluginnovation.web.people.events import ExtractAsked
from pluginnovation.web.people.models import Organisation
from pluginnovation.web.people.rights.staff_names import staff_names
from pluginnovation.web.people.rights.words import role_title, stamp

from .models import (
    Case,
    CaseFile,
    CaseStep,
    CaseText,
    CaseTransfer,
    Decision,
    Dose,
    FollowUp,
    Goal,
    HandedOver,
    Measure,
    MeetingDecision,
    MeetingPoint,
    NextStep,
    Obstacle,
    PointMark,
    PupilMarks,
    PupilSheet,
    QueuePlace,
)
from .notes import notes_held
from .secrecy_words import FILE_SECRECY, SECRECY
from .spoken import told
from .transfer_said import part_word


def told_by_support(asked: ExtractAsked, **_kept: Any) -> list[Chapter]:
    """Cases and all that stands in them, measures, promises, follow-ups, queues, meetings, mapping, notes and files."""
    done = [*_of_cases(asked), *_of_measures(asked), *_of_queues(asked)]
    return [*done, *_of_meetings(asked), *_of_mapping(asked), _notes(asked), _files(asked)]


Rows = Iterable[tuple[Any, ...]]


def _held(asked: ExtractAsked, path: str = "school") -> dict[str, Any]:
    """The person's rows that schools of the authority have written; another authority hands out its own."""
    return {"pupil": asked.person.code, f"{path}__in": asked.schools}


def _told(table: str, title: str, names: Mapping[str, str], rows: Rows, about: str = "") -> Chapter:
    fields = [Field(f"support.{table}.{name}", words) for name, words in names.items()]
    return chapter(f"support_{table.lower()}", title, about, fields, rows)


def _word(words: Mapping[str, tuple[str, str]], key: str) -> str:
    return told(words[key]) if key in words else key


def _by(rows: Iterable[Any]) -> dict[int | None, str]:
    return staff_names(row.by_id for row in rows)


def _of_cases(asked: ExtractAsked) -> list[Chapter]:
    sections = {section.key: section.title for listed in SECTIONS.values() for section in listed}
    steps = {step.key: step.label for step in STEPS} | {f"to_{key}": word for key, word in case_states.STATES.items()}
    barred = {one.key: (one.sv, one.en) for one in obstacles.OBSTACLES}
    verdicts = {key: word for listed in case_states.DECISIONS.values() for key, word in listed.items()}
    cases = Case.objects.filter(**_held(asked)).order_by("opened_at")
    texts = list(CaseText.objects.filter(**_held(asked, "case__school")).order_by("at", "id"))
    decisions = list(Decision.objects.filter(**_held(asked, "case__school")).order_by("at"))
    names = _by([*texts, *decisions])
    return [
        _told("Case", _("Ärenden"), {"kind": _("Ärende"), "state": _("Läge"), "opened_at": _("Öppnat"),
                                     "closed_at": _("Avslutat"), "outcome": _("Utfall")},
              [(_word(case_states.KINDS, row.kind), _word(case_states.STATES, row.state), stamp(row.opened_at),
                stamp(row.closed_at), _word(case_states.OUTCOMES, row.outcome)) for row in cases],
              _("Det som huvudmannens skolor har skrivit. En annan huvudman lämnar själv ut det den har.")),
        _told("CaseText", _("Texter i ärenden"), {"section": _("Avsnitt"), "text": _("Text"), "by": _("Av"),
                                                  "at": _("När")},
              [(_word(sections, row.section), row.text, names[row.by_id], stamp(row.at)) for row in texts]),
        _told("CaseStep", _("Steg i ärenden"), {"step": _("Steg"), "due": _("Senast"), "done_on": _("Gjort den")},
              [(_word(steps, row.step), row.due, row.done_on)
               for row in CaseStep.objects.filter(**_held(asked, "case__school")).order_by("at", "id")]),
        _told("Obstacle", _("Hinder"), {"key": _("Hinder"), "at": _("Sedan"), "gone_at": _("Borta")},
              [(_word(barred, row.key), stamp(row.at), stamp(row.gone_at))
               for row in Obstacle.objects.filter(**_held(asked, "case__school")).order_by("at")]),
        _told("Goal", _("Mål"), {"text": _("Mål"), "baseline": _("När målet sattes"), "target": _("Ska nås"),
                                 "by_when": _("Senast")},
              Goal.objects.filter(**_held(asked, "case__school")).order_by("at")
              .values_list("text", "baseline", "target", "by_when")),
        _told("Decision", _("Beslut"), {"verdict": _("Beslut"), "text": _("Skäl"), "told_on": _("Underrättelse"),
                                        "by": _("Av"), "at": _("När")},
              [(_word(verdicts, row.verdict), row.text, row.told_on, names[row.by_id], stamp(row.at))
               for row in decisions]),
        _transfers(asked),
    ]  # fmt: skip


def _transfers(asked: ExtractAsked) -> Chapter:
    of_ours = Q(school__in=asked.schools) | Q(receiver__in=asked.schools - {""})
    rows = list(CaseTransfer.objects.filter(of_ours, pupil=asked.person.code).order_by("at"))
    names, places = _by(rows), school_names(row.receiver for row in rows)
    return _told(
        "CaseTransfer", _("Överlämnat till en annan skola"),
        {"at": _("När"), "receiver": _("Till"), "ground": _("Grund"),
         "ground_text": _("Vem har samtyckt, eller vad är prövat"), "parts": _("Vad"), "by": _("Av"),
         "taken_at": _("Mottaget")},
        [(stamp(row.at), row.outside or places.get(row.receiver, row.receiver), _word(transfers.GROUNDS, row.ground),
          row.ground_text, ", ".join(part_word(row.copied["kind"], part) for part in row.parts), names[row.by_id],
          stamp(row.taken_at)) for row in rows],
    )  # fmt: skip


def school_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of schools. One query."""
    return dict(Organisation.objects.filter(code__in=set(codes) - {""}).values_list("code", "display_name"))


def _of_measures(asked: ExtractAsked) -> list[Chapter]:
    kinds = {kind.key: (kind.sv, kind.en) for kind in BY_KEY.values()}
    measures = list(Measure.objects.filter(**_held(asked)).order_by("starts", "id"))
    names = _by(measures)
    return [
        _told("Measure", _("Insatser"), {"kind": _("Insats"), "goal": _("Mål"), "starts": _("Från"),
                                         "planned_dose": _("Planerade tillfällen"), "ended_on": _("Till"),
                                         "end_reason": _("Varför den slutade"), "by": _("Av")},
              [(_word(kinds, row.kind), row.goal, row.starts, row.planned_dose, row.ended_on,
                _word(ends.REASONS, row.end_reason), names[row.by_id]) for row in measures]),
        _told("Dose", _("Tillfällen"), {"on": _("Dag"), "times": _("Tillfällen")},
              Dose.objects.filter(**_held(asked, "measure__school")).order_by("on", "id").values_list("on", "times")),
        _told("PointMark", _("Så följdes metoden"), {"point": _("Punkt"), "followed": _("Följdes den?"),
                                                     "at": _("När")},
              [(_point(row), _word(FOLLOWED, row.followed), stamp(row.at))
               for row in PointMark.objects.filter(**_held(asked, "measure__school")).select_related("measure")
               .order_by("id")]),
        _told("NextStep", _("Vad vuxna har lovat"), {"what": _("Vad"), "then": _("Och sedan"), "due": _("Senast"),
                                                     "done_at": _("Klart")},
              [(row.what, row.then, row.due, stamp(row.done_at))
               for row in NextStep.objects.filter(**_held(asked)).order_by("at")]),
        _told("FollowUp", _("Uppföljning"), {"due": _("Dag"), "result": _("Hur har det gått?"), "text": _("Text")},
              [(row.due, _word(follow_ups.RESULTS, row.result), row.text)
               for row in FollowUp.objects.filter(**_held(asked)).order_by("due")]),
    ]  # fmt: skip


def _point(mark: PointMark) -> str:
    return dict(enumerate(mark.measure.fidelity_points)).get(mark.point, "")


# The words of `capacity.PRIORITIES`.
PRIORITY = {1: ("Först", "First"), 2: ("Snart", "Soon"), 3: ("Kan vänta", "Can wait")}


def _of_queues(asked: ExtractAsked) -> list[Chapter]:
    said = list(QueuePlace.objects.filter(**_held(asked)).order_by("at"))
    handed = HandedOver.objects.filter(**_held(asked)).select_related("hand_over").order_by("pk")
    names = _by(said)
    return [
        _told("QueuePlace", _("Plats i kö"), {"priority": _("Prioritet"), "why": _("Varför"), "by": _("Av"),
                                              "at": _("När")},
              [(told(PRIORITY[row.priority]), row.why, names[row.by_id], stamp(row.at)) for row in said]),
        _told("HandedOver", _("Byte av ansvarig"), {"kind": _("Vad"), "hand_over": _("När")},
              [(told(HANDED[row.kind]), stamp(row.hand_over.at)) for row in handed]),
    ]  # fmt: skip


HANDED = {
    HandedOver.CASE: ("Ärende", "Case"),
    HandedOver.MEASURE: ("Insats", "Measure"),
    HandedOver.NEXT_STEP: ("Löfte", "Promise"),
}


def _of_meetings(asked: ExtractAsked) -> list[Chapter]:
    points = MeetingPoint.objects.filter(**_held(asked)).order_by("at")
    decided = list(MeetingDecision.objects.filter(**_held(asked)).order_by("at"))
    names = _by(decided)
    return [
        _told("MeetingPoint", _("Elevhälsomöten"), {"why": _("Varför"), "since": _("Sedan"), "at": _("När")},
              [(row.why, row.since, stamp(row.at)) for row in points]),
        _told("MeetingDecision", _("Bestämt på möten"), {"what": _("Slag"), "text": _("Vad och varför"),
                                                         "due": _("Senast"), "by": _("Av"), "at": _("När")},
              [(row.what, row.text, row.due, names[row.by_id], stamp(row.at)) for row in decided]),
    ]  # fmt: skip


def _of_mapping(asked: ExtractAsked) -> list[Chapter]:
    return [
        _told("PupilMarks", _("Kartläggning: vad lärare har svarat"), {"marks": _("Svar"), "at": _("När")},
              [(_answers(row.marks), stamp(row.at))
               for row in PupilMarks.objects.filter(**_held(asked, "round__school")).order_by("at")]),
        _told("PupilSheet", _("Kartläggning om dig"), {"answers": _("Svar"), "own_words": _("Dina egna ord"),
                                                       "at": _("När")},
              [(_answers(row.answers), row.own_words, stamp(row.at))
               for row in PupilSheet.objects.filter(**_held(asked)).order_by("at")]),
    ]  # fmt: skip


def _answers(said: Mapping[str, Any]) -> str:
    return "; ".join(f"{key}: {value}" for key, value in sorted(said.items()))


def _notes(asked: ExtractAsked) -> Chapter:
    rows = notes_held(asked.person.code, asked.schools)
    names = _by(rows)
    return _told(
        "Note", _("Anteckningar"), {"at": _("När"), "by": _("Av"), "role": _("Som"), "secrecy": _("Läses av")},
        [(stamp(row.at), names[row.by_id], role_title(row.role), SECRECY.get(row.secrecy, row.secrecy))
         for row in rows],
        _("Att de finns. Vad som står lämnas ut på plats, efter prövning."),
    )  # fmt: skip


def _files(asked: ExtractAsked) -> Chapter:
    rows = list(CaseFile.objects.filter(**_held(asked)).order_by("at", "id"))
    names = _by(rows)
    return _told(
        "CaseFile", _("Filer i ärenden"),
        {"kind": _("Slag"), "at": _("När"), "by": _("Av"), "role": _("Som"), "secrecy": _("Öppnas av"),
         "removed_at": _("Borttagen"), "removed_why": _("Varför")},
        [(_word(KINDS, row.kind), stamp(row.at), names[row.by_id], role_title(row.role),
          FILE_SECRECY.get(row.secrecy, row.secrecy), stamp(row.removed_at), _word(REMOVED, row.removed_why))
         for row in rows],
        _("Att de finns. Innehållet lämnas ut på plats, efter prövning."),
    )  # fmt: skip
