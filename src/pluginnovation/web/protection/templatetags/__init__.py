"""Filters of the pages about the protection of data."""
