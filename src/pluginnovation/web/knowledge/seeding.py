"""The pages that come along with the hub, put in. May be run again: what somebody changed since is left as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from .filled import FILLERS, METHODS_OF
from .indexing import held, index_again
from .models import (
    CaseIndex,
    EventIndex,
    GuideIndex,
    HomePage,
    MethodIndex,
    MethodPage,
    NewsIndex,
    ResearchIndex,
    SeededPage,
    StatisticsPage,
)
from .models.reviewed import LeadPage
from .written import LANGUAGES, Written, every

# The lists that pages stand under: their type, and slug, title and lead by language.
INDEXES: Final[dict[str, tuple[type[LeadPage], dict[str, tuple[str, str, str]]]]] = {
    "methods": (MethodIndex, {
        "sv": ("metoder", "Metoder", "Vad går att göra, för vem, vad kostar det och hur säkert är det?"),
        "en": ("methods", "Methods", "What can be done, for whom, at what cost, and how sure is it?")}),
    "cases": (CaseIndex, {
        "sv": ("fall", "Fall", "Vad andra har prövat, vad som hände och vad det går att lära av."),
        "en": ("cases", "Cases", "What others have tried, what happened and what there is to learn.")}),
    "research": (ResearchIndex, {
        "sv": ("forskning", "Forskning", "Vad studier har funnit, i korta ord, och hur säkert det är."),
        "en": ("research", "Research", "What studies have found, in short, and how sure it is.")}),
    "guides": (GuideIndex, {
        "sv": ("framgangsfaktorer", "Framgångsfaktorer", "Fem guider med en checklista var för er egen skola."),
        "en": ("success-factors", "Success factors", "Five guides, each with a checklist for your own school.")}),
    "events": (EventIndex, {
        "sv": ("kalender", "Kalender", "Konferenser, seminarier och nätverk."),
        "en": ("calendar", "Calendar", "Conferences, seminars and networks.")}),
    "news": (NewsIndex, {
        "sv": ("nyheter", "Nyheter", "Vad som är nytt här."),
        "en": ("news", "News", "What is new here.")}),
}  # fmt: skip


@dataclass(slots=True)
class _Tree:
    """The pages that are there while the seed goes on: by folder and slug, in each language; and those written."""

    homes: dict[str, HomePage]
    indexes: dict[tuple[str, str], Page] = field(default_factory=dict)
    pages: dict[tuple[str, str, str], LeadPage] = field(default_factory=dict)
    changed: list[LeadPage] = field(default_factory=list)

    def numbers(self, language: str) -> dict[str, int]:
        """The number of each page by its slug: in the language, or in Swedish where no other is written."""
        wanted = ("sv", language)
        return {slug: page.pk for spoken in wanted for (_, slug, of), page in self.pages.items() if of == spoken}


@transaction.atomic
def seed(*, at: datetime) -> int:  # noqa: ARG001 the pages' times are those of their revisions
    """Put in what isn't there, and bring up to date what nobody has changed. How many pages were written.

    Takes   at   when; the pages' own times are set by Wagtail when they are published
    Raises  ValueError when the hub has no first pages: `arranging.arrange` makes them
    """
    tree = _Tree(_homes())
    # Both are written once at the end; each save of a page would write them again.
    with held(), disable_reference_index_auto_update():
        made = _indexes(tree) + _written(tree, list(every()))
    for page in tree.changed:
        ReferenceIndex.create_or_update_for_object(page)
    # Always: an older version's index may lack what this one looks for.
    index_again()
    return made


def _written(tree: _Tree, files: list[Written]) -> int:
    """Every file's pages: first that they are there, for they lead to one another, then what they say."""
    fresh = {key for written in files for key in _placed(tree, written)}
    return sum(
        _filled(tree, written, language, new=(written.folder, written.slug, language) in fresh)
        for written in files
        for language in written.texts
    )


def _homes() -> dict[str, HomePage]:
    found = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    if missing := set(LANGUAGES) - set(found):
        raise ValueError(f"no first page in: {', '.join(sorted(missing))}")
    return found


def _indexes(tree: _Tree) -> int:
    """The lists, in both languages. How many were made."""
    made = 0
    for folder, (model, names) in INDEXES.items():
        for language, (slug, title, lead) in names.items():
            there = model.objects.child_of(tree.homes[language]).first()
            if there is None:
                there = model(title=title, slug=slug, lead=lead, locale=tree.homes[language].locale, show_in_menus=True)
                if language != "sv":
                    there.translation_key = tree.indexes[folder, "sv"].translation_key
                tree.homes[language].add_child(instance=there)
                there.save_revision().publish()
                made += 1
            tree.indexes[folder, language] = there
    return made


def _placed(tree: _Tree, written: Written) -> list[tuple[str, str, str]]:
    """Have a page for each language of a file, so that others can lead to it. The keys of those that were made."""
    made = []
    for language in written.texts:
        key = (written.folder, written.slug, language)
        page = tree.homes[language] if written.folder == "home" else _there(tree, written, language)
        if page is None:
            page = _new(tree, written, language)
            made.append(key)
        tree.pages[key] = page
    return made


def _under(tree: _Tree, folder: str, language: str) -> Page:
    return tree.indexes.get((folder, language), tree.homes[language])


def _there(tree: _Tree, written: Written, language: str) -> LeadPage | None:
    model = FILLERS[written.folder].model
    found = model.objects.child_of(_under(tree, written.folder, language))
    if model is StatisticsPage:
        return found.first()
    return found.filter(slug=written.slug).first()


def _new(tree: _Tree, written: Written, language: str) -> LeadPage:
    filler = FILLERS[written.folder]
    slug = filler.slugs.get(language, written.slug)
    page = filler.model(title=written.texts[language]["title"], slug=slug, live=False, **filler.needed(written.facts))
    page.locale = Locale.objects.get(language_code=language)
    twin = tree.pages.get((written.folder, written.slug, "sv"))
    if language != "sv" and twin is not None:
        page.translation_key = twin.translation_key
    _under(tree, written.folder, language).add_child(instance=page)
    return page


def _filled(tree: _Tree, written: Written, language: str, *, new: bool) -> bool:
    """Write a page from its file and publish it: when it is new, or its file is and nobody has changed the page."""
    page = tree.pages[written.folder, written.slug, language]
    seeded = SeededPage.objects.filter(page=page.pk).first()
    if not new and not _may_fill(page, written, seeded):
        return False
    values = FILLERS[written.folder].values(written, language, tree.numbers(language))
    for name, value in values.items():
        setattr(page, name, value)
    if written.folder in METHODS_OF:
        page.methods = _methods(written.facts, language)  # type: ignore[attr-defined]
    page.save_revision().publish()
    tree.changed.append(page)
    SeededPage.objects.update_or_create(page=page, defaults={"print": written.print})
    return True


def _may_fill(page: LeadPage, written: Written, seeded: SeededPage | None) -> bool:
    if page.revisions.filter(user__isnull=False).exists():
        return False
    # The first page is made with the hub; nobody has written on it before the seed has.
    return seeded.print != written.print if seeded else isinstance(page, HomePage)


def _methods(facts: Mapping[str, Any], language: str) -> list[MethodPage]:
    """The methods that a file names: in the language, or in Swedish where no other is written."""
    found = {}
    for spoken in ("sv", language):
        for page in MethodPage.objects.filter(locale__language_code=spoken, slug__in=facts["methods"]):
            found[page.slug] = page
    return [found[slug] for slug in facts["methods"] if slug in found]
