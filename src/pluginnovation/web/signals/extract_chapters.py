"""What the pages keep about a person's signals, as chapters of an extract; the facts behind them come first."""

from typing import Any

from django.utils.translation import gettext as _

from pluginnovation.privacy.extract import Chapter, Field, chapter
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.events import ExtractAsked
from pluginnovation.web.people.rights.staff_names import staff_names
from pluginnovation.web.people.rights.words import role_title, stamp

from .definitions import definition_of, title_of
from .figures import Figure, unpacked
from .levels import verb
from .models import Answer, PupilSnapshot, Run, SignalChange, YouthSnapshot
from .rule_sets import rules_for


def told_by_signals(asked: ExtractAsked, **_kept: Any) -> list[Chapter]:
    """The facts, the signals with their reasons, how they changed, and what adults answered."""
    # Django imports this module for every command; the store's engine is for the one who asks.
    from .extract_facts import told_by_facts
    from .views.lessons import store

    code = asked.person.code
    return [*told_by_facts(store(), asked.grant), _signals(code, asked.grant.source), _changes(code), _answers(asked)]


def _signals(code: str, source: str) -> Chapter:
    place = "signals.PupilSnapshot.figures"
    fields = [
        Field(f"{place}:title", _("Signal")), Field(f"{place}:level", _("Nivå")), Field(f"{place}:since", _("Sedan")),
        Field(f"{place}:reason", _("Vad uppgifterna säger")), Field(f"{place}:definition", _("Så räknas det")),
    ]  # fmt: skip
    rules = rules_for(source, today())
    found = [
        (title_of(figure.signal), _level(figure), figure.since, figure.reason, definition_of(figure.signal, rules).text)
        for figure in _figures(code)
    ]
    run = Run.objects.filter(source=source, shown=True).first()
    day = _("Läget %(day)s.") % {"day": run.as_of.isoformat()} if run else ""
    about = _("Regler som människor har skrivit och som andra läser. Ingen av dem är ett beslut om dig.")
    return chapter("signals", _("Signaler"), f"{about} {day}".strip(), fields, found)


def _figures(code: str) -> list[Figure]:
    packed = list(PupilSnapshot.objects.filter(pupil=code).values_list("figures", flat=True))
    packed += YouthSnapshot.objects.filter(pupil=code).values_list("figures", flat=True)
    return [unpacked(row) for rows in packed for row in rows]


def _level(figure: Figure) -> str:
    if figure.level is None:
        return _("okänt")
    return verb(figure.level) if figure.level else _("ingen")


def _changes(code: str) -> Chapter:
    fields = [
        Field("signals.SignalChange.as_of", _("Dag")), Field("signals.SignalChange.signal", _("Signal")),
        Field("signals.SignalChange.before", _("Före")), Field("signals.SignalChange.after", _("Efter")),
    ]  # fmt: skip
    words = {None: _("okänt"), 0: _("ingen")}
    rows = SignalChange.objects.filter(pupil=code).order_by("as_of", "signal")
    found = [
        (row.as_of, title_of(row.signal), *(words.get(level) or verb(level or 0) for level in (row.before, row.after)))
        for row in rows
    ]
    return chapter("signal_changes", _("Hur signalerna har ändrats"), "", fields, found)


def _answers(asked: ExtractAsked) -> Chapter:
    fields = [
        Field("signals.Answer.at", _("När")), Field("signals.Answer.signal", _("Signal")),
        Field("signals.Answer.what", _("Svar")), Field("signals.Answer.by", _("Av")),
        Field("signals.Answer.role", _("Som")),
    ]  # fmt: skip
    rows = list(Answer.objects.filter(pupil=asked.person.code, school__in=asked.schools).order_by("at", "id"))
    names = staff_names(row.by_id for row in rows)
    found = [
        (stamp(row.at), title_of(row.signal), row.get_what_display(), names.get(row.by_id, _("En anställd")),
         role_title(row.role))
        for row in rows
    ]  # fmt: skip
    return chapter("answers", _("Vad vuxna har svarat"), "", fields, found)
