"""Estimates from nodes: checked at the door, kept as they came, and put together anew. No editor has a hand in it.

What waits to be put together is told by the rows themselves (a row that came after its method was last put together),
so a worker that is killed in between leaves nothing undone and repeats nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Final

import msgspec
from django.db import transaction
from django.db.models import Max
from wagtail.log_actions import log

from pluginnovation.knowledge.panel import Panel, document_of
from pluginnovation.records.refusals import Refusal

from .models import MethodPage, PooledEvidence, SiteEstimateRow
from .pages.kept import forget_pages

# About two kilobytes is usual; what is ten times that is no estimate.
MOST_BYTES: Final = 20_000
MOST_IN_A_FILE: Final = 1_000
LONGEST_TEXT: Final = 200
BETWEEN: Final = " · "
WHERE_FROM: Final = ("Be noden skicka om filen.", "Ask the node to send the file again.")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file: estimates that are new, that took an earlier one's place, and that were here already."""

    new: int
    replaced: int
    same: int
    methods: tuple[str, ...]


def receive(raws: Sequence[bytes], *, by: str, at: datetime) -> Received:
    """Take in estimates, all or none.

    Takes   raws   each a message as `evidence.message.bytes_of` writes it
            by     who or what sent them in, such as 'plug hub estimates receive'
    Raises  Refusal 'estimate_too_large', 'estimate_not_readable', 'method_unknown', 'under_ten',
            'variance_not_positive', 'too_many_estimates'
    """
    # What reads a message knows the estimators; a page that only asks who waits has no use for them.
    from pluginnovation.evidence.message import SiteEstimate, bytes_of

    if len(raws) > MOST_IN_A_FILE:
        raise _wrong("too_many_estimates", "Filen har för många skattningar.", "The file has too many estimates.")
    found: list[SiteEstimate] = [_read(raw, place) for place, raw in enumerate(raws, 1)]
    counts = {"new": 0, "replaced": 0, "same": 0}
    with transaction.atomic():
        for message in found:
            counts[_keep(message.about.key, msgspec.json.decode(bytes_of(message)), by=by, at=at)] += 1
    return Received(**counts, methods=tuple(sorted({message.about.method for message in found})))


def _read(raw: bytes, place: int):  # type: ignore[no-untyped-def]  # the type is imported where it is needed
    from pluginnovation.evidence.message import OF_THE_HELP, message_from

    where = f"{place}"
    if len(raw) > MOST_BYTES:
        raise _wrong("estimate_too_large", "Skattningen är för stor.", "The estimate is too large.", where)
    try:
        message = message_from(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        said = "Det här är ingen skattning i rätt form.", "This is no estimate of the right form."
        raise _wrong("estimate_not_readable", *said, where) from error
    about = message.about
    texts = (*about.key, about.detail, message.design, message.unit, message.engine, message.plan)
    numbers = (message.estimate, message.se, message.log_odds, message.log_odds_se, message.compared_mean,
               *(value for _name, value in (*message.of_the_help, *message.sensitivity)))  # fmt: skip
    if any(name not in OF_THE_HELP for name, _value in message.of_the_help):
        said = "Det står något okänt om hjälpen.", "It tells something unknown of the help."
        raise _wrong("estimate_not_readable", *said, where)
    if any(len(text) > LONGEST_TEXT or "\x00" in text for text in texts) or not about.site or not about.outcome:
        raise _wrong("estimate_not_readable", "En text är tom eller för lång.", "A text is empty or too long.", where)
    if message.benefit not in (-1, 1) or any(each is not None and not isfinite(each) for each in numbers):
        raise _wrong("estimate_not_readable", "Ett tal kan inte stämma.", "A number can't be right.", where)
    if not MethodPage.objects.filter(slug=about.method).exists():
        raise Refusal(
            "method_unknown",
            what=("Metoden finns inte här.", "There is no such method here."),
            todo=("Skriv en sida om metoden först, med samma nyckel.", "Write a page of the method first, same key."),
            where=f"{where}, {about.method}",
        )
    return message


def _wrong(code: str, sv: str, en: str, where: str = "") -> Refusal:
    return Refusal(code, what=(sv, en), todo=WHERE_FROM, where=where)


def _keep(key: Sequence[str], document: dict, *, by: str, at: datetime) -> str:
    about, joined = document["about"], BETWEEN.join(key)
    before = SiteEstimateRow.objects.select_for_update().filter(key=joined, current=True).first()
    if before is not None and before.document == document:
        return "same"
    SiteEstimateRow.objects.filter(key=joined, current=True).update(current=False)
    row = SiteEstimateRow.objects.create(
        key=joined, method=about["method"], outcome=about["outcome"], site=about["site"], document=document,
        received_at=at,
    )  # fmt: skip
    log(instance=row, action="knowledge.receive_estimate", data={"by": by})
    return "replaced" if before is not None else "new"


def waiting() -> list[str]:
    """Methods with an estimate that isn't put together with the others yet."""
    made = dict(PooledEvidence.objects.values_list("method").annotate(Max("made_at")))
    came = SiteEstimateRow.objects.values_list("method").annotate(Max("received_at")).order_by("method")
    return [method for method, at in came if method not in made or made[method] < at]


def pool_waiting(*, at: datetime) -> tuple[str, ...]:
    """The job: put together every method that waits. Gives the methods whose pages changed."""
    return tuple(method for method in waiting() if pool_anew(method, at=at))


def pool_anew(method: str, *, at: datetime) -> bool:
    """Put together what is known of one method, and let its page, its feed and the map show it. True: it changed.

    Raises  Refusal 'mixed_outcomes', which would be a bug: messages are kept apart by outcome and unit
    """
    from pluginnovation.evidence.message import SiteEstimate
    from pluginnovation.knowledge.panel_made import panels_of

    with transaction.atomic():
        rows = list(SiteEstimateRow.objects.select_for_update().filter(method=method, current=True).order_by("pk"))
        if not rows:
            return False
        at = max(at, *(row.received_at for row in rows))
        messages = [msgspec.convert(row.document, type=SiteEstimate, strict=False) for row in rows]
        panels = panels_of(messages, made_on=at.date())
        changed = [_write(method, outcome, _of(panels, outcome), at=at) for outcome in _outcomes(panels)]
        if any(changed):
            forget_pages()
    return any(changed)


def _outcomes(panels: Iterable[Panel]) -> list[str]:
    return list(dict.fromkeys(panel.known.outcome for panel in panels))


def _of(panels: Iterable[Panel], outcome: str) -> list[Panel]:
    return [panel for panel in panels if panel.known.outcome == outcome]


def _write(method: str, outcome: str, panels: Sequence[Panel], *, at: datetime) -> bool:
    """Keep the panels of an outcome; a version more where they say something else than before."""
    document = document_of(panels)
    before = PooledEvidence.objects.select_for_update().filter(method=method, outcome=outcome).first()
    if before is None:
        PooledEvidence.objects.create(method=method, outcome=outcome, document=document, made_at=at)
        return True
    same = _without_day(before.document) == _without_day(document)
    before.made_at = at
    if not same:
        before.document, before.version = document, before.version + 1
    before.save()
    return not same


def _without_day(document: dict) -> list:
    return [{**panel, "known": {**panel["known"], "made_on": None}} for panel in document.get("panels", [])]
