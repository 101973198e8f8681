"""The hub's pages: what is known, for anyone; written by editors in Wagtail. No table here has a person of a node."""
