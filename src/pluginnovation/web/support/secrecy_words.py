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
# Who opens a file of each class: nobody but those who take part in the case.
FILE_SECRECY: Final[dict[str, Promise]] = {**SECRECY, PERSONAL: _("Alla som deltar i ärendet")}
