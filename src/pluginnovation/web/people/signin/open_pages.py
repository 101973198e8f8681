"""Which pages open without a level and two factors. Whatever isn't named here asks for both.

A test holds every address of the web against these lists, so a new page is closed until somebody names it here.
"""

from typing import Final

# Public, or about the one who is signed in; no pupil and no figure of a municipality is on any of them.
OPEN: Final = frozenset(
    {
        "health", "start", "enter_demo", "choose_role", "set_language", "sign_out", "sign_in", "sign_in_code",
        "sign_in_passkey", "signed_out", "sign_out_there", "sign_in_through", "sign_in_answer", "step_up", "invitation",
        "invited",
        "definitions", "accessibility", "personal_data", "concern", "changed",
        # Answered by whoever has the link, and nobody is asked who that is.
        "survey_answer",
    }
)  # fmt: skip

# Roles that reach no pupil and no figure of a municipality: two factors are asked for, no level.
WITHOUT_PUPILS: Final = frozenset({"administrator"})
