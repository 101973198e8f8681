"""The demo's programmes, call and sub-projects, made through the ordinary acts from what the region's files tell."""

from .trying import try_together

__all__ = ["try_together"]
