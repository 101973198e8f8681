"""What can go wrong with a server, in words: which endpoint, what, and what to do. Never an id, a token or a name."""

from .refusals import Unavailable

_AGAIN = (
    "Försök igen senare. Det som var helt är kvar, inget är halvt.",
    "Try again later. What was complete is kept, nothing is half.",
)
_SUPPLIER = ("Visa leverantören detta.", "Show this to the supplier.")


def unreachable(where: str, host: str) -> Unavailable:
    """No answer, or one that broke off, again and again."""
    return Unavailable(
        "server_unreachable",
        where=where,
        what=(f"{host} svarar inte, eller avbryter sitt svar.", f"{host} doesn't answer, or breaks off its answer."),
        todo=_AGAIN,
    )


def certificate_not_trusted(host: str) -> Unavailable:
    """The server can't prove who it is."""
    return Unavailable(
        "server_certificate_not_trusted",
        where=host,
        what=("Serverns certifikat går inte att lita på.", "The server's certificate can't be trusted."),
        todo=(
            "Kontrollera adressen. Har servern en egen utfärdare: ange den med --authority-file.",
            "Check the address. If the server has its own authority: give it with --authority-file.",
        ),
    )


def certificate_unusable(path: str) -> Unavailable:
    """Our own certificate can't be read."""
    return Unavailable(
        "certificate_unusable",
        where=path,
        what=("Certifikatet eller dess nyckel går inte att läsa.", "The certificate or its key can't be read."),
        todo=(
            "Ange PEM-filer, och nyckeln utan lösenord i en fil med rättigheten 600.",
            "Give PEM files, and the key without a password in a file with mode 600.",
        ),
    )


def leads_elsewhere(where: str) -> Unavailable:
    """A redirect that would take our token to another machine, or in circles."""
    return Unavailable(
        "server_leads_elsewhere",
        where=where,
        what=("Servern hänvisar till en annan adress.", "The server redirects to another address."),
        todo=("Lägg till servern med den rätta adressen.", "Add the server with the right address."),
    )


def too_slow(where: str) -> Unavailable:
    """All that we put up with of waiting, and more."""
    return Unavailable(
        "server_too_slow",
        where=where,
        what=("Hämtningen tog för lång tid och avbröts.", "The fetch took too long and was ended."),
        todo=_AGAIN,
    )


def too_large(where: str) -> Unavailable:
    """Too large, also when asked for one object at a time."""
    return Unavailable(
        "server_answer_too_large",
        where=where,
        what=("Svaret är för stort, också med små sidor.", "The answer is too large, also in small pages."),
        todo=_SUPPLIER,
    )


def not_let_in(where: str) -> Unavailable:
    """401, also with a token that was fetched just now."""
    return Unavailable(
        "server_not_let_in",
        where=where,
        what=(
            "Servern godtar inte vår inloggning, inte heller förnyad.",
            "The server doesn't accept our token, not renewed either.",
        ),
        todo=(
            "Kontrollera hemligheten och att klienten är behörig hos servern.",
            "Check the secret, and that the client is authorised at the server.",
        ),
    )


def not_allowed(where: str) -> Unavailable:
    """403."""
    return Unavailable(
        "server_not_allowed",
        where=where,
        what=("Servern säger att vi inte får läsa detta.", "The server says that we may not read this."),
        todo=("Be leverantören om behörighet, eller låt bli.", "Ask the supplier for the right, or do without."),
    )


def wrong_answer(where: str, status: int) -> Unavailable:
    """A status that has no meaning here."""
    return Unavailable(
        "server_answered_wrongly",
        where=where,
        what=(f"Servern svarade {status}.", f"The server answered {status}."),
        todo=_AGAIN if status >= 429 else _SUPPLIER,
    )


def not_ss12000(where: str) -> Unavailable:
    """An answer that isn't a list as the standard has it."""
    return Unavailable(
        "server_not_ss12000",
        where=where,
        what=("Svaret är ingen lista enligt SS 12000.", "The answer is no list as in SS 12000."),
        todo=(
            "Kontrollera adressen: den slutar ofta på /v2.0.",
            "Check the address: it often ends with /v2.0.",
        ),
    )


def token_repeated(where: str) -> Unavailable:
    """A page token that came before: the list would never end."""
    return Unavailable(
        "server_repeats_page_token",
        where=where,
        what=("Servern upprepar en sidnyckel.", "The server repeats a page token."),
        todo=_SUPPLIER,
    )


def never_ends(where: str) -> Unavailable:
    """Page after page without an end."""
    return Unavailable(
        "server_pages_forever",
        where=where,
        what=("Servern ger sida efter sida utan slut.", "The server gives page after page without end."),
        todo=_SUPPLIER,
    )


def sums_of_other_days(where: str) -> Unavailable:
    """Sums that would be counted twice beside those of the week before."""
    return Unavailable(
        "server_sums_of_other_days",
        where=where,
        what=(
            "Servern ger summor för andra dagar än dem som efterfrågades.",
            "The server gives sums of other days than those asked for.",
        ),
        todo=_SUPPLIER,
    )


def waits_for(where: str, needed: str) -> Unavailable:
    """Complete in itself, but of no use without something that failed."""
    return Unavailable(
        "server_waits_for_another",
        where=where,
        what=(f"Hämtningen väntar på {needed}, som inte kom.", f"This waits for {needed}, which didn't come."),
        todo=_AGAIN,
    )


def token_not_given(host: str) -> Unavailable:
    """The token server doesn't give a token."""
    return Unavailable(
        "token_not_given",
        where=host,
        what=("Vi får ingen inloggning (token).", "We are given no token."),
        todo=(
            "Kontrollera klientens namn, hemlighet och omfång (scope).",
            "Check the client's name, secret and scope.",
        ),
    )
