"""A sub-project's published report as the beginning of an experience: its words, and its answer by reference."""

from collections.abc import Mapping
from typing import Any, Final

from pluginnovation.records.refusals import Refusal

from .experience import Experience, experience_from
from .models import SiteEstimateRow

KIND: Final = "sub_project_report"
FORMAT: Final = 1
# What is told where there is no estimate to refer to; a number is never retyped.
ANSWERS: Final = {
    "no_plan": "Ingen plan låstes, så det går inte att säga vad insatsen ändrade.",
    "not_yet": "Frågan i den låsta planen är inte besvarad än.",
    "cannot_tell": "Svaret på frågan i den låsta planen: går inte att avgöra.",
    "told": "Frågan i den låsta planen är besvarad. Svaret visas här när hubben har fått skattningen.",
}


def experience_in(document: Any) -> Experience:
    """What a document tells: a sub-project's published report, or an experience written for a hub.

    Raises  Refusal 'experience_not_understood' for anything else
    """
    if isinstance(document, Mapping) and document.get("kind") == KIND:
        return _of_report(document)
    return experience_from(document)


def _of_report(document: Mapping[str, Any]) -> Experience:
    texts, answer = document.get("texts"), document.get("answer", {"state": "no_plan"})
    named = [document.get(name) for name in ("sub_project", "programme", "place", "key", "first", "last")]
    if (
        document.get("format") != FORMAT
        or not all(isinstance(one, str) for one in named)
        or not isinstance(texts, Mapping)
        or not isinstance(answer, Mapping)
        or answer.get("state") not in ANSWERS
    ):
        raise _not_understood()
    keys = answer.get("keys") or []
    methods = document.get("methods") or []
    if not all(isinstance(one, str) for one in (*texts.values(), *keys, *methods)):
        raise _not_understood()
    here = tuple(SiteEstimateRow.objects.filter(key__in=keys, current=True).values_list("key", flat=True))
    happened = [texts.get("worked", ""), texts.get("did_not_work", ""), texts.get("other_outcomes", "")]
    told = {
        "situation": texts.get("goals_text", ""),
        "happened": "\n\n".join(one for one in (*happened, "" if here else ANSWERS[answer["state"]]) if one),
        "learnt": texts.get("advice", ""),
    }
    question = answer.get("question") or ""
    return Experience(
        title=document["sub_project"][:200],
        lead=f"{document['programme']}. {question}".strip()[:500],
        place=document["place"],
        period=f"{document['first']} – {document['last']}",
        learnt=texts.get("advice", "")[:500],
        methods=tuple(methods),
        told={part: text for part, text in told.items() if text},
        estimates=here,
        project=document["key"],
        made_up=document.get("made_up") is True,
    )


def _not_understood() -> Refusal:
    return Refusal(
        "experience_not_understood",
        what=("Rapporten går inte att läsa.", "The report cannot be read."),
        todo=(
            "Skriv den på nytt vid noden: plug projects published.",
            "Write it anew at the node: plug projects published.",
        ),
    )
