"""What an editor chooses among: methods in the page's own language, by title."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Locale


class OwnLanguageForm(WagtailAdminPageForm):
    """The form of a page that names methods."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "methods" in self.fields:
            locale = self.parent_page.locale if self.parent_page is not None else self.instance.locale
            self.fields["methods"].queryset = offered(locale, self.instance)


def offered(locale: Locale, page: Any) -> QuerySet[Any]:
    """The published methods in a language, those in Swedish that aren't written in it, and what a page names."""
    from .methods import MethodPage

    live = MethodPage.objects.live()
    own = live.filter(locale=locale)
    untranslated = live.filter(locale__language_code="sv").exclude(translation_key__in=own.values("translation_key"))
    named = [method.pk for method in page.methods.all()]
    wanted = Q(pk__in=own.values("pk")) | Q(pk__in=untranslated.values("pk")) | Q(pk__in=named)
    return MethodPage.objects.filter(wanted).order_by("title", "pk")
