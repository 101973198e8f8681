"""A made-up region with a known truth."""
