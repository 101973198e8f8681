"""The one place that calls diff-diff and statsmodels, so that a change in either is mended in one place.

Each takes four seconds of a processor to import. Nothing here imports them before a function is called, and no page
does at all.
"""
