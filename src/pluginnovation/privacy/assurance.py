"""What a sign-in has shown, held against what a page asks for: enough, step up, or refuse.

Two checks that don't replace each other (Skolfederation's own text lets level 2 be reached with a password alone):

* the assurance level: how sure the authority is of who somebody is. It is asserted at sign-in (`acr`), and the school
  authority decides which values it accepts. `uncertified-loa2` is one only where it is listed.
* the factors: that more than a password was shown at this sign-in.

Source: OWASP ASVS 5.0, 6.8.4; the data protection authority's decision on Enköping, 4 May 2010.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

# Ways to sign in. The demo's has no secret at all: it lives only where everything is made up.
DEMO: Final = "demo"
LOCAL: Final = "local"
AUTHORITY: Final = "authority"

# What an account of the installation's own has for a level: somebody handed the way in over to a known person.
OWN_LEVEL: Final = "own"

REFEDS_MFA: Final = "https://refeds.org/profile/mfa"
# RFC 8176: `mfa` says it outright; the rest are proofs of different kinds, and two kinds are two factors.
KNOWN: Final = frozenset({"pwd", "pin", "kba"})
HELD: Final = frozenset({"otp", "hwk", "swk", "sc", "sms", "tel", "pop"})
IS: Final = frozenset({"fpt", "face", "iris", "retina", "vbm"})


class Answer(StrEnum):
    """What a page answers somebody who is signed in."""

    ENOUGH = "enough"
    STEP_UP = "step up"
    REFUSE = "refuse"


class Lack(StrEnum):
    """What is missing."""

    LEVEL = "level"
    FACTORS = "factors"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one sign-in has shown; kept in the session.

    how         DEMO, LOCAL or AUTHORITY
    authority   the name of the sign-in service that asserted it; empty for a local account
    levels      the assurance values that were asserted; empty when none was
    factors     whether more than one factor was shown
    """

    how: str
    authority: str = ""
    levels: frozenset[str] = frozenset()
    factors: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, and what is lacking (nothing when it is enough)."""

    answer: Answer
    lacks: tuple[Lack, ...] = ()


def decide(
    shown: Shown | None, accepted: frozenset[str] | None, *, demo_open: bool, with_pupils: bool = True
) -> Decision:
    """Whether a page with an identified pupil, or with figures of a municipality or region, may be opened.

    Takes   shown       null: the session doesn't know how it began
            accepted    the levels that are accepted from the way that was used; null: that way is no longer
                        configured
            demo_open   whether every source is made up and the server speaks to this machine only
            with_pupils False for pages that show neither: two factors are asked for, no level
    Gives   STEP_UP when showing more may be enough; REFUSE when nothing that can be shown in this session is
    """
    if shown is not None and shown.how == DEMO:
        return Decision(Answer.ENOUGH if demo_open else Answer.REFUSE)
    if shown is None or accepted is None:
        return Decision(Answer.REFUSE, (Lack.LEVEL, Lack.FACTORS))
    lacks = [Lack.LEVEL] if with_pupils and not shown.levels & accepted else []
    if not shown.factors:
        lacks.append(Lack.FACTORS)
    if not lacks:
        return Decision(Answer.ENOUGH)
    if shown.how == LOCAL and Lack.LEVEL in lacks:
        return Decision(Answer.REFUSE, tuple(lacks))  # an account's own level doesn't grow by another code
    return Decision(Answer.STEP_UP, tuple(lacks))


def levels_told(claims: Mapping[str, Any]) -> frozenset[str]:
    """The assurance values in a checked token: `acr`, and `eduPersonAssurance` where it is sent."""
    return frozenset((*_texts(claims.get("acr")), *_texts(claims.get("eduPersonAssurance"))))


def factors_told(claims: Mapping[str, Any], multi_factor: frozenset[str]) -> bool:
    """Whether a checked token says that more than one factor was shown.

    Takes   multi_factor   the `acr` values that mean so with this authority; REFEDS' always does
    """
    if levels_told(claims) & (multi_factor | {REFEDS_MFA}):
        return True
    proofs = frozenset(_texts(claims.get("amr")))
    return "mfa" in proofs or sum(bool(proofs & kind) for kind in (KNOWN, HELD, IS)) > 1


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, list) else ()
