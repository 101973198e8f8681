"""What adults say about a signal when they have seen it, in the words that a page offers them."""

from typing import Final

import numpy as np
import polars as pl

from .catalogue import ABSENCE, GRADES, WITHOUT_SCHOOL
from .json_lines import words
from .noticing import DONE, GUARDIAN, NEEDS, ONLY_SEEN, TALKED, WRONG

ASKED, CONTACTED, KNOWN, LATER = "asked", "contacted", "known", "later"
WRONG_ROWS, WRONG_PLAN, WRONG_STAYS = "wrong_rows", "wrong_plan", "wrong_stays"
ANSWERS: Final = (ASKED, KNOWN, LATER, CONTACTED, WRONG_ROWS, WRONG_PLAN, WRONG_STAYS)
ACTIONS: Final = tuple(done for done in DONE if done not in (WRONG, ONLY_SEEN))

# A school's page offers other words than the one about youths without a school.
_ANSWER: Final = {
    ABSENCE: {TALKED: ASKED, ONLY_SEEN: LATER, WRONG: WRONG_ROWS},
    GRADES: {TALKED: ASKED, ONLY_SEEN: LATER, WRONG: WRONG_PLAN},
    WITHOUT_SCHOOL: {TALKED: CONTACTED, GUARDIAN: CONTACTED, ONLY_SEEN: LATER, WRONG: WRONG_STAYS},
}


def answers(need: pl.Series, done: pl.Series) -> pl.Series:
    """The answer to each kind of signal (place in NEEDS) when that was done (place in DONE)."""
    # Who has begun something says that it is known and followed up.
    said = [_ANSWER[name].get(each, KNOWN) if name else "" for name in NEEDS for each in DONE]
    return words(said, need * len(DONE) + done)


def actions(done: pl.Series) -> pl.Series:
    """What was truly done; null where nothing was."""
    known = words(DONE, done)
    return known.zip_with(known.is_in(list(ACTIONS)), pl.Series([None], dtype=pl.String).new_from_index(0, len(known)))


def nothing_done(done: pl.Series) -> np.ndarray:
    """Which answers stand without any action."""
    return ~words(DONE, done).is_in(list(ACTIONS)).to_numpy()
