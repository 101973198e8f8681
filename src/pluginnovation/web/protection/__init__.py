"""The data protection officer's pages and the protections that hold for every page."""
