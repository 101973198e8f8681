"""Words that a password may hold but not be made of: the platform's, the authority's, and the person's own names."""

import re
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError

from ..models import User

OF_THE_PLATFORM: Final = (
    "pluginnovation",
    "plug",
    "innovation",
    "elev",
    "skola",
    "skolan",
    "kommun",
    "lösenord",
    "password",
)
# What must be left when such words are taken away; a word shorter than three letters says nothing.
LEAST_LEFT, SHORTEST = 8, 3


class NotOfContextWords:
    """One of settings' AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError for a password that is little else than such words."""
        left = password.casefold()
        for word in sorted(self._words(user), key=len, reverse=True):
            left = left.replace(word, "")
        if len("".join(left.split())) < LEAST_LEFT:
            raise ValidationError("", code="password_of_context_words")

    def get_help_text(self) -> str:
        """Nothing: the pages say themselves what a password shall be."""
        return ""

    def _words(self, user: User | None) -> set[str]:
        names = [f"{service.name} {service.title}" for service in settings.PLUG_AUTHORITIES.values()]
        if user is not None:
            names += [user.login, user.name]
        told = {word for name in names for word in re.split(r"[\W_]+", name.casefold())}
        return {word for word in told.union(OF_THE_PLATFORM) if len(word) >= SHORTEST}
