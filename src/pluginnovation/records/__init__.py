"""1 What arrives: readers per source, checks, quarantine, the store."""
