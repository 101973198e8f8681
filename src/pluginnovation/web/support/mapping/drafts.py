"""A template that somebody is writing: kept in the session until it is saved or thrown away, seen by nobody else.

It holds statements and no word about anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from django.http import HttpRequest

from pluginnovation.support.mapping import MOST, Statement, Template, rewritten
from pluginnovation.web.people.clock import today

from .stored import taken_keys, template_on, versions_of

KEY: Final = "mapping"
# Empty rows at the end of the form, to write new statements in.
EMPTY: Final = 2


@dataclass(slots=True)
class Draft:
    """One school's template as it is being written.

    after       the number of the newest version when the writing began
    since, why  as they were written, also when they can't be read
    begun       False: nothing has been changed yet, and nothing is kept
    """

    school: str
    template: Template
    after: int
    since: str = ""
    why: str = ""
    begun: bool = field(default=True)

    @property
    def day(self) -> date | None:
        """The first day it is to hold; none for what is no day."""
        try:
            return date.fromisoformat(self.since)
        except ValueError:
            return None


def draft_of(request: HttpRequest, school: str, kind: str) -> Draft:
    """What the viewer is writing for a school; when nothing, what holds today."""
    kept = request.session.get(KEY, {}).get(f"{school} {kind}")
    if kept is None:
        return fresh(school, template_on(school, kind, today()))
    statements = tuple(Statement(*parts) for parts in kept["statements"])
    template = Template(kind, 0, statements, kept["several"])
    return Draft(school, template, kept["after"], kept["since"], kept["why"])


def fresh(school: str, template: Template) -> Draft:
    """A writing that begins now."""
    newest = next(iter(versions_of(school, template.kind)), None)
    return Draft(school, template, newest.number if newest else 0, today().isoformat(), "", begun=False)


def keep_draft(request: HttpRequest, draft: Draft) -> None:
    """Keep it in the session."""
    kept = {
        "statements": [[one.key, one.dimension, one.sv, one.en] for one in draft.template.statements],
        "several": draft.template.several, "after": draft.after, "since": draft.since, "why": draft.why,
    }  # fmt: skip
    name = f"{draft.school} {draft.template.kind}"
    request.session[KEY] = request.session.get(KEY, {}) | {name: kept}


def forget_draft(request: HttpRequest, school: str, kind: str) -> None:
    """Throw it away."""
    kept = {name: one for name, one in request.session.get(KEY, {}).items() if name != f"{school} {kind}"}
    request.session[KEY] = kept


def written(draft: Draft, said: Mapping[str, Any]) -> Template:
    """The template as the form says it: the rows in order, those without words left out.

    Raises  nothing: what can't be used is told by `support.mapping.faults`
    """
    before = template_on(draft.school, draft.template.kind, today())
    rows = [
        Statement(said.get(f"key-{row}", ""), said.get(f"part-{row}", ""), said.get(f"sv-{row}", ""),
                  said.get(f"en-{row}", ""))
        for row in range(MOST[draft.template.kind] + EMPTY)
        if f"sv-{row}" in said
    ]  # fmt: skip
    several = said.get("several", "")
    number = int(several) if several.isascii() and several.isdigit() and len(several) < 3 else 0
    template = rewritten(before, rows, taken=taken_keys(draft.school, draft.template.kind))
    return replace(template, several=number if "several" in said else draft.template.several, number=0)
