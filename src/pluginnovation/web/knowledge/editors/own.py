"""Two of the editor's pages as the hub has them: one's own settings, and the words that its scripts say."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.auth import require_admin_access
from wagtail.admin.localization import get_localized_response
from wagtail.admin.views.account import AccountView

# A name comes from the command line, as the account does; and nobody's picture is asked for.
NOT_HERE: Final = {"name_email", "avatar"}
_words = JavaScriptCatalog.as_view(packages=["wagtail.admin", "pluginnovation.web.knowledge.editors"])


@method_decorator(require_admin_access, name="dispatch")
class OwnSettings(AccountView):
    """Which mail one gets, in which language the editor speaks, and how it looks."""

    def get_panels(self) -> list[Any]:
        """Wagtail's, but those for what isn't changed here."""
        return [panel for panel in super().get_panels() if panel.name not in NOT_HERE]


def script_words(request: HttpRequest) -> HttpResponse:
    """Wagtail's words for its scripts, and ours where it has no Swedish."""
    answer: HttpResponse = get_localized_response(_words, request)
    return answer
