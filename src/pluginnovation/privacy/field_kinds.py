"""The three kinds of stored fields."""

from typing import Final

# Not about a person, or about a person's work: stays when a pupil's rows are disposed of.
KEEP: Final = "keep"
# About a pupil: deleted at disposal and when an identity becomes protected; shown and exported only by ground.
ERASE: Final = "erase"
# Erased likewise, and in no list, page, file or answer that leaves the installation.
NEVER_EXPORT: Final = "never export"
