"""What every hub begins with: two languages, a first page in each, the roles, and the way from draft to published.

May be run again: what is there is left as it is, but the roles' rights, which are given anew with each version.
"""

from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from .editors.models import CONTRIBUTOR, EDITOR, PEER_REVIEWER, ROLES
from .models import HomePage, PeerReview, SecondPerson

# As editors read it in their lists.
WORKFLOW: Final = "Granskning och publicering"
SLUGS: Final = {"sv": "hem", "en": "home"}
LEADS: Final = {
    "sv": "Metoder, erfarenheter och forskning om hur fler fullföljer sina studier, och hur säkert det är.",
    "en": "Methods, experiences and research on how more pupils complete their studies, and how sure it is.",
}
# On the pages: who may begin one, change others', publish.
ON_PAGES: Final = {
    CONTRIBUTOR: ("add",),
    PEER_REVIEWER: ("add",),
    EDITOR: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
}
ON_FILES: Final = {
    CONTRIBUTOR: ("add", "choose"),
    PEER_REVIEWER: ("choose",),
    EDITOR: ("add", "change", "choose", "delete"),
}
# Beside pages and files: the editor itself, translations, redirects, and what is said about a page's review.
BESIDE: Final = {
    CONTRIBUTOR: ("access_admin", "submit_translation"),
    PEER_REVIEWER: ("access_admin",),
    EDITOR: (
        "access_admin", "submit_translation", "add_redirect", "change_redirect", "delete_redirect",
        "change_peerreview", "change_registration",
    ),
}  # fmt: skip


@transaction.atomic
def arrange() -> None:
    """Put everything there that isn't yet."""
    swedish = _home("sv")
    # First the site's first page, since Wagtail's own has the English one's address.
    _site(swedish)
    homes = {"sv": swedish, "en": _home("en", of=swedish)}
    groups = {role: _group(role, list(homes.values())) for role in ROLES}
    _workflow(groups, list(homes.values()))


def _home(language: str, *, of: HomePage | None = None) -> HomePage:
    """The first page in a language, tied to the one that it is a translation of."""
    locale, _ = Locale.objects.get_or_create(language_code=language)
    found = HomePage.objects.filter(locale=locale, depth=2).first()
    if found is not None:
        return found
    home = HomePage(title="PlugInnovation", slug=SLUGS[language], locale=locale, lead=LEADS[language])
    if of is not None:
        home.translation_key = of.translation_key
    Page.get_first_root_node().add_child(instance=home)
    home.save_revision().publish()
    return home


def _site(home: HomePage) -> None:
    """One site, whatever the name of the host; Wagtail's own first page goes."""
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    site.root_page, site.site_name = home, "PlugInnovation"
    site.save()
    for page in Page.objects.filter(depth=2).exclude(pk__in=HomePage.objects.values("pk")):
        page.specific.delete()


def _group(role: str, homes: list[HomePage]) -> Group:
    group, _ = Group.objects.get_or_create(name=role)
    group.permissions.set(Permission.objects.filter(codename__in=BESIDE[role]))
    GroupPagePermission.objects.filter(group=group).delete()
    for home in homes:
        for name in ON_PAGES[role]:
            GroupPagePermission.objects.create(group=group, page=home, permission_type=name)
    GroupCollectionPermission.objects.filter(group=group).delete()
    # Wagtail asks for the rights of its own models, whichever are used.
    wanted = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"),
        codename__in=[f"{act}_{file}" for act in ON_FILES[role] for file in ("image", "document")],
    )
    root = Collection.get_first_root_node()
    for permission in wanted:
        GroupCollectionPermission.objects.create(group=group, collection=root, permission=permission)
    return group


def _workflow(groups: dict[str, Group], homes: list[HomePage]) -> None:
    """Contributor → somebody at another school → editor, who publishes. Wagtail's own groups and workflow go."""
    Workflow.objects.exclude(name=WORKFLOW).delete()
    Task.objects.exclude(workflow_tasks__workflow__name=WORKFLOW).delete()
    Group.objects.exclude(name__in=ROLES).delete()
    workflow, made = Workflow.objects.get_or_create(name=WORKFLOW)
    if made:
        peers = PeerReview.objects.create(name="Granskning på en annan skola")
        peers.groups.set([groups[PEER_REVIEWER]])
        editors = SecondPerson.objects.create(name="Redaktionen publicerar")
        editors.groups.set([groups[EDITOR]])
        for order, task in enumerate((peers, editors)):
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    for home in homes:
        WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
