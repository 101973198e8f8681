"""What a contribution's plain text may hold: words. Not HTML, not a formula, no characters that can't be seen."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TAG: Final = re.compile(r"<[a-zA-Z/!?]")
# What a spreadsheet would run when somebody opens a table of it.
FORMULA: Final = re.compile(r"^\s*(=|@|[+\-]\s*\w*\()")
UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def plain(value: str) -> None:
    """Raises ValidationError for a text that isn't only words."""
    if TAG.search(value):
        raise ValidationError(_("Skriv bara text. HTML visas inte som du har tänkt dig."), code="html")
    if FORMULA.match(value):
        raise ValidationError(_("Texten börjar som en formel i ett kalkylblad. Börja med ett ord."), code="formula")
    if UNSEEN.search(value):
        raise ValidationError(_("Texten har tecken som inte syns. Skriv in den på nytt."), code="unseen")
