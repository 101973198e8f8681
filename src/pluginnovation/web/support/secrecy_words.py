"""The classes of secrecy in the reader's language."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pluginnovation.privacy.secrecy import PERSONAL, PUPIL_HEALTH, SPECIAL_SUPPORT

# Who reads a note of each class.
SECRECY: Final[dict[str, Promise]] = {
    PUPIL_HEALTH: _("Elevhälsan"),
    SPECIAL_SUPPORT: _("Mentor, rektor och elevhälsa"),
    PERSONAL: _("Alla med grund att se eleven"),
}
