"""How publication by two shows in the editor: what is said when one's own text isn't published, and what waits."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from .by_two import SAID, may_publish, note_refused, waiting_for_another
from .models import SecondPerson


@hooks.register("before_publish_page")
def not_the_own(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep as a draft what somebody would publish with a change of their own in it, and say so."""
    revision = page.get_latest_revision()
    if may_publish(revision, request.user):
        return None
    note_refused(revision, request.user)
    messages.warning(request, str(SAID))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("after_edit_page")
def not_approved_by_its_writer(request: HttpRequest, page: Page) -> None:
    """Say why a page that was changed and approved at once waits for another editor."""
    if request.POST.get("action-workflow-action") and request.POST.get("workflow-action-name") == "approve":
        task = page.current_workflow_task
        if isinstance(task, SecondPerson) and not may_publish(page.get_latest_revision(), request.user):
            messages.warning(request, str(SAID))


class AnotherPublishes(ActionMenuItem):
    """Stands where the button to publish would, for an editor who wrote the last change."""

    name = "another-publishes"
    template_name = "knowledge/editor/another_publishes.html"

    def is_shown(self, context: Any) -> bool:
        """Whether the user could publish, had somebody else written it."""
        page = context["parent_page"] if context["view"] == "create" else context["page"]
        user_may = page.permissions_for_user(context["request"].user)
        return bool(user_may.can_unschedule() and (context["view"] == "create" or not user_may.can_publish()))


@hooks.register("register_page_action_menu_item")
def another_publishes() -> AnotherPublishes:
    """The line in the menu."""
    return AnotherPublishes(order=30)


class WaitingPanel(Component):
    """Other editors' drafts on the editor's first page."""

    name, order = "waiting", 140
    template_name = "knowledge/editor/waiting.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The pages, for whoever may publish; none for others."""
        user = parent_context["request"].user
        return {"pages": waiting_for_another(user) if user.has_perm("knowledge.change_peerreview") else []}


@hooks.register("construct_homepage_panels")
def add_waiting(request: Any, panels: list[Any]) -> None:  # noqa: ARG001 Wagtail passes it
    """Put the list among the panels."""
    panels.append(WaitingPanel())
