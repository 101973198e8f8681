"""A made-up region with a known truth.

Up to 290 municipalities that don't exist, with schools, classes, pupils, guardians, staff and a school year of lessons,
written as the files that real sources hand over and read in through the ordinary import. Open `region_files.py` first.

Civic numbers are left empty: the tax agency publishes numbers for testing, but its list could not be verified here,
and a number made up by us might be somebody's.
"""

from .places import SOURCE
from .region_files import make_world, simulate, write_region
from .targets import Target, target_table
from .truth import Truth
from .wanted import Wanted

__all__ = ["SOURCE", "Target", "Truth", "Wanted", "make_world", "simulate", "target_table", "write_region"]
