"""Mapping twice a term, class first: rounds, answers, templates, the joint analysis, and measures for groups."""
