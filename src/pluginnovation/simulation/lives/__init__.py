"""Pupils' lives term by term, from year 5 until some years after upper secondary school, without lessons.

Open `seam.py` first: what one term sees, and what help can change. Then `life.py`: how the terms follow each other.
"""

from .life import live
from .people import make_people, some_people
from .record import Lives
from .seam import Help, People, Seen, Shifts

__all__ = ["Help", "Lives", "People", "Seen", "Shifts", "live", "make_people", "some_people"]
