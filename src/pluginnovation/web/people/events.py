"""What the other apps hear of from this one. They stand below it on the map, so they connect; it never calls them."""

from dataclasses import dataclass
from datetime import datetime

from django.dispatch import Signal

from pluginnovation.privacy.grounds import Grant

from .models import Person

# Sent inside the import's transaction with `codes`, pupils whose identity is now protected, and `groups`, those they
# were in before the import. A receiver deletes every row about them at once (snapshots, search, answers) and counts
# what they were counted in again; an exception in one undoes the whole import.
pupils_hidden = Signal()


@dataclass(frozen=True, slots=True)
class ExtractAsked:
    """Whose data are to be assembled, by what ground, and when. The language is the one that is switched on.

    schools   those of the school authority that is asked: what another has written is another's to hand out. Holds the
              empty text too, for rows of no school
    """

    person: Person
    grant: Grant
    at: datetime
    schools: frozenset[str]


# Sent with `asked` (an `ExtractAsked`) when somebody wants what is held about a person. Every app that holds rows about
# people answers with its chapters (`privacy.extract.Chapter`), each made with `privacy.extract.chapter`.
extract_asked = Signal()

# Sent when a page needs the signals' names: a receiver answers with name -> title in the language that is switched on.
signals_named = Signal()
