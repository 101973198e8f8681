"""Dated national rules: grade scales, eligibility, degrees, calendars, code lists."""
