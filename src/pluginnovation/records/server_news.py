"""Being told that something changed: subscriptions at a server, and what its messages say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec

from .refusals import Refusal
from .server_asking import ALONG, read_stamp, stamp
from .server_http import Answer, Question
from .server_pages import BAD_FILTER, NOT_THERE, SsServer
from .server_trouble import not_allowed, not_ss12000, wrong_answer

# The standard's names of what may change, and the resources that we read.
ENTITIES: Final[Mapping[str, str]] = {
    "Organisation": "organisations", "Person": "persons", "Group": "groups", "Duty": "duties",
    "Programme": "programmes", "Syllabus": "syllabuses", "Activity": "activities", "StudyPlan": "studyplans",
    "Grade": "grades", "Attendance": "attendances", "CalendarEvent": "calendarEvents",
}  # fmt: skip
DELETED: Final = "deletedEntities"
# The standard spells it without an i; both are read.
_MODIFIED: Final = ("modifiedEntites", "modifiedEntities")
MOST_NAMED: Final = 1000
_PATH: Final = "/subscriptions"
_FORBIDDEN: Final = 403


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A subscription that the server has. `expires` is None when it doesn't say."""

    id: str
    expires: datetime | None


class _Told(msgspec.Struct):
    id: str
    expires: str | None = None


def subscribe(server: SsServer, *, name: str, target: str, resources: Iterable[str]) -> Subscribed | None:
    """Ask to be told at `target` when one of the resources changes; None when the server has no subscriptions.

    Raises  Unavailable 'server_not_allowed', 'server_answered_wrongly', 'server_not_ss12000'; those of `SsServer.ask`
    """
    wanted = set(resources)
    entities = [entity for entity, of in ENTITIES.items() if wanted & {of, *ALONG.get(of, ())}]
    body: dict[str, Any] = {"name": name, "target": target}
    answer = _sent(server, "POST", _PATH, body | {"resourceTypes": [{"resource": entity} for entity in entities]})
    if answer.status == BAD_FILTER:
        # The standard's example has plain texts where its definition has objects.
        answer = _sent(server, "POST", _PATH, body | {"resourceTypes": entities})
    return None if answer.status in NOT_THERE else _subscribed(answer, f"POST {_PATH}")


def renew(server: SsServer, identity: str, expires: datetime) -> Subscribed | None:
    """Ask for more time; None when the server has forgotten the subscription."""
    answer = _sent(server, "PATCH", f"{_PATH}/{_known(identity)}", {"expires": stamp(expires)})
    return None if answer.status in NOT_THERE else _subscribed(answer, f"PATCH {_PATH}")


def unsubscribe(server: SsServer, identity: str) -> None:
    """End a subscription; one that the server has forgotten is as good as ended."""
    answer = server.ask(Question("DELETE", f"{_PATH}/{_known(identity)}"))
    if answer.status >= BAD_FILTER and answer.status not in NOT_THERE:
        raise wrong_answer(f"DELETE {_PATH}", answer.status)


def _sent(server: SsServer, method: str, path: str, body: Mapping[str, Any]) -> Answer:
    headers = {"Content-Type": "application/json"}
    return server.ask(Question(method, path, headers=headers, body=msgspec.json.encode(body)))


def _subscribed(answer: Answer, where: str) -> Subscribed:
    if answer.status == _FORBIDDEN:
        raise not_allowed(where)
    if answer.status not in (200, 201):
        raise wrong_answer(where, answer.status)
    try:
        told = msgspec.json.decode(answer.content, type=_Told)
        return Subscribed(_known(told.id), read_stamp(told.expires))
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError):
        raise not_ss12000(where) from None


def _known(identity: str) -> str:
    """An id that may stand in a path."""
    if not identity or len(identity) > 200 or not identity.replace("-", "").replace("_", "").isalnum():
        raise ValueError
    return identity


def news_of(body: bytes) -> frozenset[str]:
    """Which resources a message says have changed; `deletedEntities` among them when something was deleted.

    A name that we don't read is nothing to us. No list at all means that anything may have changed.
    Raises  Refusal 'news_not_understood'
    """
    try:
        said = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        lists = [msgspec.json.decode(said[key], type=list[Any] | None) for key in _MODIFIED if key in said]
        deleted = bool(msgspec.json.decode(said[DELETED])) if DELETED in said else False
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _not_understood() from None
    named = [each for one in lists for each in one or ()]
    if len(named) > MOST_NAMED:
        raise _not_understood()
    if not lists and not deleted:
        return frozenset({*ENTITIES.values(), DELETED})
    found = {resource for each in named if (resource := _resource(each)) is not None}
    return frozenset(found | {DELETED} if deleted else found)


def _resource(named: object) -> str | None:
    text = named.get("resource") if isinstance(named, dict) else named
    if not isinstance(text, str):
        return None
    return text if text in ENTITIES.values() else ENTITIES.get(text)


def _not_understood() -> Refusal:
    return Refusal(
        "news_not_understood",
        what=("Meddelandet är inte JSON som i SS 12000.", "The message isn't JSON as in SS 12000."),
        todo=(
            'Väntade {"modifiedEntites": […], "deletedEntities": false}.',
            'Expected {"modifiedEntites": […], "deletedEntities": false}.',
        ),
    )
