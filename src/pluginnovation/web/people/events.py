"""What the other apps hear of from this one. They stand below it on the map, so they connect; it never calls them."""

from django.dispatch import Signal

# Sent inside the import's transaction with `codes`, pupils whose identity is now protected, and `groups`, those they
# were in before the import. A receiver deletes every row about them at once (snapshots, search, answers) and counts
# what they were counted in again; an exception in one undoes the whole import.
pupils_hidden = Signal()
