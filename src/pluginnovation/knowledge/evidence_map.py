"""What do we know? Every problem against every method: how much is known, how sure, and where there is nothing.

An empty square is worth as much as a full one: it shows where the next school can teach the others something.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .catalogue import Method
from .vocabulary import PROBLEMS


@dataclass(frozen=True, slots=True)
class Square:
    """A method that is used for a problem.

    locks      0-5, of the best known: the network's own, or outside's where nothing is known here
    here       whether the locks are the network's own
    studies    from outside; sites, pupils: of the network, pooled (the largest of its outcomes, never added up)
    nulls, harms, running   sites' own results that hold nought, that are harm, that aren't finished
    """

    problem: str
    method: Method
    locks: int
    here: bool
    studies: int
    sites: int
    pupils: int
    nulls: int
    harms: int
    running: int

    @property
    def nothing(self) -> bool:
        """Whether nobody has measured it, here or elsewhere."""
        return not (self.locks or self.studies or self.sites or self.running)


@dataclass(frozen=True, slots=True)
class Row:
    """One problem: its methods, the surest first; tried is how many of them anything is known of."""

    problem: str
    squares: tuple[Square, ...]

    @property
    def tried(self) -> int:
        """How many of its methods anybody has measured."""
        return sum(not square.nothing for square in self.squares)


@dataclass(frozen=True, slots=True)
class EvidenceMap:
    """All problems in the vocabulary's order, also those without a method; and the methods, by title.

    untried   methods that nobody has measured, for any problem
    """

    rows: tuple[Row, ...]
    methods: tuple[Method, ...]
    untried: tuple[Method, ...]

    def square(self, problem: str, key: str) -> Square | None:
        """The square of a problem and a method; None: the method isn't used for it."""
        found = (square for row in self.rows if row.problem == problem for square in row.squares)
        return next((square for square in found if square.method.key == key), None)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Problems of which nobody has measured any method, or that have none."""
        return tuple(row.problem for row in self.rows if not row.tried)


def evidence_map(methods: Iterable[Method]) -> EvidenceMap:
    """The map of methods that aren't withdrawn."""
    current = tuple(sorted((m for m in methods if not m.withdrawn), key=lambda m: m.sv.title.casefold()))
    rows = []
    for problem in PROBLEMS:
        squares = [_square(problem, method) for method in current if problem in method.problems]
        squares.sort(key=lambda square: (-square.locks, -square.sites, -square.studies))
        rows.append(Row(problem, tuple(squares)))
    untried = tuple(method for method in current if _square("", method).nothing)
    return EvidenceMap(tuple(rows), current, untried)


def _square(problem: str, method: Method) -> Square:
    own = max((one.locks for one in method.local), default=0)
    return Square(
        problem, method, own or method.external_locks, own > 0, sum(one.studies for one in method.external),
        max((one.sites for one in method.local), default=0), max((one.pupils for one in method.local), default=0),
        max((one.nulls for one in method.local), default=0), max((one.harms for one in method.local), default=0),
        max((one.running for one in method.local), default=0),
    )  # fmt: skip
