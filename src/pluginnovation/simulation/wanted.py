"""What somebody asks of the simulation: how many pupils where, and what else to write."""

from collections.abc import Callable
from dataclasses import dataclass

from .scenario import Scenario
from .sizes import shared_sizes

Progress = Callable[[int, int], None]  # how many are done, how many there are
MOST_WORKERS = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """A region to make.

    sizes      pupils in the schools of the first municipality, of the second, and so on
    json       write SS 12000 JSON too
    workers    processes that make lessons, 1 to 8; the bytes are the same. With `json` one process makes them
    years      school years in all: lessons of the last one, and before it grades, enrolments, events and monthly sums
    trouble    names of trouble with the data to plant, see `trouble.KINDS`
    scenario   what adults do; none: nobody helps, and nothing is told of help
    both_worlds   live the other worlds of the scenario too, and write what help truly changed
    progress   told now and then how many pupils' lessons are written, and at last that all are
    worlds     told after each part of what help changed how many of the parts are done
    """

    sizes: tuple[int, ...]
    seed: int
    json: bool = False
    workers: int = 1
    years: int = 1
    trouble: tuple[str, ...] = ()
    scenario: Scenario | None = None
    both_worlds: bool = True
    progress: Progress | None = None
    worlds: Progress | None = None

    @property
    def pupils(self) -> int:
        """How many in all."""
        return sum(self.sizes)

    def told(self, done: int) -> None:
        """Say how far it has come."""
        if self.progress:
            self.progress(done, self.pupils)


def shared(pupils: int, municipalities: int, seed: int) -> Wanted:
    """A region with so many pupils, shared out over the first municipalities by their weights.

    Raises  Refusal when there are too few pupils, or no or too many municipalities
    """
    return Wanted(shared_sizes(pupils, municipalities), seed)
