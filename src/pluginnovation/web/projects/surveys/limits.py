"""How often one survey may be answered from one place: by a whole school at once, not by a programme that fills it."""

from datetime import datetime
from typing import Final

from django.http import HttpRequest

from pluginnovation.web.people.signin.limits import few_enough

# In ten minutes. A school's pupils often share one address.
MOST: Final = 400


def may_answer(request: HttpRequest, key: str, *, at: datetime) -> bool:
    """Write down a try, and say whether it may be judged."""
    return few_enough(request, f"survey {key}", most=MOST, at=at)
