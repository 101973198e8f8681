"""The `plug` command: everything that is not a page."""

from .root import main

__all__ = ["main"]
