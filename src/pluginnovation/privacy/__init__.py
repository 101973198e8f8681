"""Pseudonyms, grounds for access, small-number rules, retention."""
