"""Identities, duties, the door to a pupil, visits, audit."""
