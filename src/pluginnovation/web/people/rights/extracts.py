"""An extract from order to collection: assembled, reviewed for secrecy, released, collected once, gone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from pluginnovation.privacy.extract import WAITS_FOR, Chapter, packed, reviewed, unpacked
from pluginnovation.privacy.grounds import Grant
from pluginnovation.web.people.asker import gathering
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.events import ExtractAsked, extract_asked
from pluginnovation.web.people.models import Extract, Person, User
from pluginnovation.web.people.places import of_same_authority

from .refused import already_collected, not_in_review

JSON, PDF = "json", "pdf"


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants it: pupil or guardian, how that is known (card, e_id, known), the language of the extract, and where.

    place   of the duty of the one who orders it
    """

    for_whom: str
    identity: str
    language: str
    place: str


def order_extract(*, person: Person, grant: Grant, order: Order, by: User, at: datetime) -> Extract:
    """Assemble what the school authority holds, in the language that is switched on, and let it wait for a review."""
    with recorded("order_extract", by=by, at=at, about=grant.pupil, for_whom=order.for_whom):
        made = Extract.objects.create(
            pupil=grant.pupil, source=grant.source, place=order.place, for_whom=order.for_whom,
            identity=order.identity, language=order.language, asked_by=by, asked_role=grant.ground.role, asked_at=at,
            expires_at=at + WAITS_FOR,
        )  # fmt: skip
        asked = ExtractAsked(person, grant, at, of_same_authority(order.place) | {""})
        with gathering(made.pk):
            answers = cast(list[tuple[Any, list[Chapter]]], extract_asked.send(sender=Extract, asked=asked))
        chapters = [one for _, told in answers for one in told]
        made.content = json.dumps(packed(chapters), ensure_ascii=False)
        made.save(update_fields=["content"])
    return made


def chapters_of(extract: Extract, at: datetime) -> list[Chapter]:
    """What the extract holds.

    Raises  Refusal when it is collected, withdrawn or too old
    """
    if not extract.content or extract.expires_at <= at:
        raise already_collected()
    return unpacked(json.loads(extract.content))


def withhold(*, extract: Extract, withheld: Mapping[str, str], by: User, at: datetime) -> None:
    """Say which chapters and fields are withheld, each with its ground; what isn't named is handed out.

    Raises  Refusal when it isn't being reviewed any more
    """
    with recorded("withhold", by=by, at=at, about=extract.pupil, extract=extract.pk, withheld=dict(withheld)):
        own = Extract.objects.filter(pk=extract.pk, state=Extract.REVIEW, expires_at__gt=at)
        if not own.update(withheld=dict(withheld)):
            raise not_in_review()


def release_extract(*, extract: Extract, grant: Grant, by: User, at: datetime) -> None:
    """Let the extract be collected, without what is withheld, which is gone from it from now on.

    Raises  Refusal when it isn't being reviewed any more
    """
    with recorded("release_extract", by=by, at=at, about=grant.pupil, extract=extract.pk):
        row = Extract.objects.select_for_update(of=("self",)).get(pk=extract.pk)
        if row.state != Extract.REVIEW:
            raise not_in_review()
        left = reviewed(chapters_of(row, at), row.withheld)
        Extract.objects.filter(pk=row.pk).update(
            content=json.dumps(packed(left), ensure_ascii=False), state=Extract.RELEASED, decided_by=by,
            decided_role=grant.ground.role, decided_at=at, expires_at=at + WAITS_FOR,
        )  # fmt: skip


def withdraw_extract(*, extract: Extract, grant: Grant, by: User, at: datetime) -> None:
    """Throw an extract away before it is collected; its content is deleted.

    Raises  Refusal when there is nothing left to throw away
    """
    with recorded("withdraw_extract", by=by, at=at, about=grant.pupil, extract=extract.pk):
        left = Extract.objects.filter(pk=extract.pk, content__isnull=False).exclude(state=Extract.WITHDRAWN)
        gone = {"state": Extract.WITHDRAWN, "content": None, "decided_by": by, "decided_at": at}
        if not left.update(decided_role=grant.ground.role, **gone):
            raise already_collected()


def collect_extract(*, extract: Extract, kind: str, by: User, at: datetime) -> list[Chapter]:
    """The released chapters, in one of the two forms, each once; when both are collected the content is deleted.

    Takes   kind   JSON or PDF
    Raises  Refusal when that form is collected, or the extract isn't released, or too old
    """
    with recorded("collect_extract", by=by, at=at, about=extract.pupil, extract=extract.pk, form=kind):
        row = Extract.objects.select_for_update(of=("self",)).get(pk=extract.pk)
        if row.state != Extract.RELEASED or getattr(row, f"{kind}_at") is not None:
            raise already_collected()
        chapters = chapters_of(row, at)
        both = row.json_at is not None or row.pdf_at is not None
        Extract.objects.filter(pk=row.pk).update(**{f"{kind}_at": at}, **({"content": None} if both else {}))
    return chapters


def forget_extracts(*, at: datetime) -> int:
    """Delete the content of every extract that is too old; how many. The night's work."""
    return Extract.objects.filter(expires_at__lte=at, content__isnull=False).update(content=None)


def document(extract: Extract, chapters: list[Chapter], about: Mapping[str, Any]) -> dict[str, Any]:
    """The extract as one JSON document.

    Takes   about   what the first page says, by name
    """
    return {
        "about": dict(about),
        "chapters": [
            {
                "name": one.key, "title": one.title, "about": one.about,
                "fields": {field.name: field.title for field in one.fields},
                "rows": [dict(zip((field.name for field in one.fields), row, strict=True)) for row in one.rows],
                "withheld": one.withheld or None, "fields_withheld": [list(pair) for pair in one.hidden],
            }
            for one in chapters
        ],
        "number": extract.pk,
    }  # fmt: skip
