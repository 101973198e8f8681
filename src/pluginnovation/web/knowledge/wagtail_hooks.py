"""What the hub adds to Wagtail's editor: the form for experiences, and the list of pages to review again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from . import (
    by_two_shown,  # noqa: F401 its hooks are registered as it is imported
    registrations,
    shown_files_kept,  # noqa: F401 as above
)
from .due import due_pages
from .experience_form import experience_page
from .links import LinkedPage


class DuePanel(Component):
    """The pages whose day has come, on the editor's first page."""

    name, order = "due", 150
    template_name = "knowledge/editor/due.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The pages, for whoever may set a review; none for others."""
        user = parent_context["request"].user
        return {"pages": due_pages(localdate()) if user.has_perm("knowledge.change_peerreview") else []}


@hooks.register("construct_homepage_panels")
def add_due(request: Any, panels: list[Any]) -> None:  # noqa: ARG001 Wagtail passes it
    """Put the list among the panels."""
    panels.append(DuePanel())


@hooks.register("register_admin_urls")
def own_addresses() -> list[URLPattern]:
    """The addresses of the form, the help and the registrations."""
    return [
        path("anmalningar/", registrations.events, name="hub_registrations"),
        path("anmalningar/<int:pk>/", registrations.of_one, name="hub_registrations_of"),
        path("anmalningar/<int:pk>/lista.csv", registrations.as_file, name="hub_registrations_file"),
        path("anmalningar/avanmal/<int:pk>/", registrations.give_up, name="hub_give_up"),
        path("erfarenhet/", experience_page, name="hub_experience"),
        path("sa-skriver-ni/", help_page, name="hub_help"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """The form in the menu."""
    return MenuItem(_("Ny erfarenhet"), reverse("hub_experience"), name="experience", icon_name="comment", order=150)


@hooks.register("construct_help_menu")
def own_help(request: HttpRequest, items: list[MenuItem]) -> None:  # noqa: ARG001 Wagtail passes it
    """How one writes here, instead of another site's news and guide in English."""
    items[:] = [
        MenuItem(_("Så skriver ni här"), reverse("hub_help"), name="hub-help", icon_name="help", order=100),
        *(item for item in items if item.name == "keyboard-shortcuts-trigger"),
    ]


@require_admin_access
def help_page(request: HttpRequest) -> HttpResponse:
    """How a page is written, handed in, reviewed and translated."""
    return render(request, "knowledge/editor/help.html", {"form_url": reverse("hub_experience")})


@hooks.register("register_rich_text_features", order=10)
def quick_links(features: Any) -> None:
    """Links in texts, by where pages stand."""
    features.register_link_type(LinkedPage)


class Registrations(MenuItem):
    """Who comes to what, for whoever may see it."""

    def is_shown(self, request: Any) -> bool:
        """Whether this account may."""
        return bool(request.user.has_perm(registrations.MAY_SEE))


@hooks.register("register_admin_menu_item")
def registrations_item() -> MenuItem:
    """The registrations in the menu."""
    return Registrations(
        _("Anmälningar"), reverse("hub_registrations"), name="registrations", icon_name="group", order=160
    )


class WaysIn(MenuItem):
    """The page of one's own second factors; the demo's roles have none."""

    def is_shown(self, request: Any) -> bool:
        """Whether this account has ways in of its own."""
        return not request.user.demo


@hooks.register("register_admin_menu_item")
def ways_in_item() -> MenuItem:
    """One's own ways in, in the menu."""
    return WaysIn(_("Mina vägar in"), reverse("mfa_index"), name="ways-in", icon_name="key", order=950)
