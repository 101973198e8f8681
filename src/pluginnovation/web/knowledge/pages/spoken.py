"""Which language a page is in: the first step of its address says that, and nothing else does."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

ENGLISH: Final = "en"


class LanguageMiddleware(LocaleMiddleware):
    """As Django's own, but the whole first step counts: `/en-verkstad/` is Swedish, which Django takes for English."""

    def process_request(self, request: HttpRequest) -> None:
        """Speak the language of the address."""
        first = request.path_info.split("/", 2)[1:2]
        translation.activate(ENGLISH if first == [ENGLISH] else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
