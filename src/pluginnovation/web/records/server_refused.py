"""What an act on servers answers when it can't be done."""

from collections.abc import Sequence

from pluginnovation.records.refusals import Refusal


def name_unusable() -> Refusal:
    """Empty, too long, or with signs that can't be seen."""
    return Refusal(
        "server_name_unusable",
        what=("Serverns namn går inte att använda.", "The server's name can't be used."),
        todo=("Välj ett på 1 till 100 synliga tecken.", "Choose one of 1 to 100 visible characters."),
    )


def name_taken() -> Refusal:
    """A server has that name."""
    return Refusal(
        "server_name_taken",
        what=("Det finns redan en server med det namnet.", "There is a server with that name already."),
        todo=("Ta bort den först, eller välj ett annat.", "Remove it first, or choose another."),
    )


def no_such_server(names: Sequence[str]) -> Refusal:
    """Nobody has added it."""
    known = ", ".join(names) or "–"
    return Refusal(
        "server_unknown",
        what=("Det finns ingen server med det namnet.", "There is no server with that name."),
        todo=(f"De som finns: {known}.", f"There is: {known}."),
    )


def under_way() -> Refusal:
    """Another process fetches from it."""
    return Refusal(
        "server_fetch_under_way",
        what=("En annan hämtning från servern pågår.", "Another fetch from the server is under way."),
        todo=("Vänta tills den är klar.", "Wait until it has finished."),
    )


def no_subscriptions() -> Refusal:
    """The server can't tell of changes."""
    return Refusal(
        "server_has_no_subscriptions",
        what=("Servern kan inte meddela ändringar.", "The server can't tell of changes."),
        todo=("Hämta varje natt, eller oftare.", "Fetch every night, or more often."),
    )
