"""Statements that are run ahead, by a thread, while the caller writes the next one.

Writing the SQL of an expression takes a core's time and none of the engine's. A computation of many steps is a fifth
quicker when both go on at once.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait


class Ahead:
    """Acts in order, one at a time, each begun as soon as the one before has ended."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine")
        self._begun: list[Future[object]] = []

    def begin(self, act: Callable[[], object]) -> None:
        """Have it done; whoever asks for `settled` waits for it."""
        self._begun.append(self._worker.submit(act))

    def settled(self) -> None:
        """Wait until everything begun has ended. Raises what the first that failed raised."""
        begun, self._begun = self._begun, []
        wait(begun)
        for act in begun:
            act.result()

    def close(self) -> None:
        """Wait, and begin nothing more."""
        self._worker.shutdown()
