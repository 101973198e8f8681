"""Work done beside the sending of rows: in threads, since frames are worked on outside Python's lock."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from itertools import islice
from typing import Final, TypeVar

THREADS: Final = 2
# So many are drawn ahead of what is sent: nobody waits while the database clears the old, and they fit in memory.
MOST_WAITING: Final = 8
Given = TypeVar("Given")
Made = TypeVar("Made")


def workers() -> ThreadPoolExecutor:
    """Those who draw. They never ask the database: a connection belongs to one thread."""
    return ThreadPoolExecutor(THREADS, thread_name_prefix="drawing")


def in_turn(pool: Executor, act: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[Made]:
    """What becomes of each, in their order. The first are begun at once, before anyone asks for them."""
    rest = iter(given)
    begun = deque(pool.submit(act, one) for one in islice(rest, MOST_WAITING))
    return _each(pool, act, begun, rest)


def _each(
    pool: Executor, act: Callable[[Given], Made], begun: deque[Future[Made]], rest: Iterator[Given]
) -> Iterator[Made]:
    while begun:
        made = begun.popleft().result()
        begun.extend(pool.submit(act, one) for one in islice(rest, 1))
        yield made
