"""Filters and tags of what is tried."""
