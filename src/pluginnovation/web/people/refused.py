"""What the acts on people refuse, and what to do about it. No message names anybody."""

from pluginnovation.records.refusals import Refusal


def demo_closed() -> Refusal:
    """The demo's roles are not to be had."""
    return Refusal(
        "demo_closed",
        what=("Demorollerna är stängda.", "The demo roles are closed."),
        todo=("Logga in på det vanliga sättet.", "Sign in the ordinary way."),
    )


def nobody_to_sign_in() -> Refusal:
    """No active user with a duty that stands was meant."""
    return Refusal(
        "nobody_to_sign_in",
        what=("Ingen med ett uppdrag som gäller i dag svarar mot det.", "Nobody with a duty today answers to that."),
        todo=(
            "Ange personens kod (plug records code) eller EPPN, och se efter att källan ger personen ett uppdrag.",
            "Give the person's code (plug records code) or EPPN, and see that the source gives the person a duty.",
        ),
    )


def link_spent() -> Refusal:
    """A one-time link that doesn't open anything."""
    return Refusal(
        "link_spent",
        what=("Länken gäller inte.", "The link is not valid."),
        todo=(
            "Den är använd, för gammal eller avklippt. Be om en ny.",
            "It is used, too old or cut. Ask for a new one.",
        ),
    )


def not_given_by_hand() -> Refusal:
    """A role that comes from a school's register, or no role at all."""
    return Refusal(
        "not_given_by_hand",
        what=("Den rollen går inte att ge för hand.", "That role can't be given by hand."),
        todo=(
            "Välj administrator, regional_lead, process_leader, evaluator eller data_protection_officer.",
            "Choose administrator, regional_lead, process_leader, evaluator or data_protection_officer.",
        ),
    )


def not_a_login() -> Refusal:
    """A login that can't be used, or that a source's own person has."""
    return Refusal(
        "not_a_login",
        what=("Inloggningen går inte att använda.", "The login can't be used."),
        todo=(
            "Välj högst 64 bokstäver, siffror och . _ @ + - som ingen i källan har.",
            "Choose at most 64 letters, digits and . _ @ + - that nobody in the source has.",
        ),
    )


def key_missing(numbers: list[str]) -> Refusal:
    """Something is sealed with a key that the file doesn't hold."""
    keys = ", ".join(numbers)
    return Refusal(
        "key_missing",
        what=(f"Nyckeln {keys} saknas i identity.key.", f"The key {keys} is missing in identity.key."),
        todo=(
            "Återställ filen från säkerhetskopia. Det som är förseglat med den nyckeln går inte att läsa annars.",
            "Restore the file from a backup. What is sealed with that key can't be read otherwise.",
        ),
    )


def key_too_new(hours: int) -> Refusal:
    """Somebody who read the file before may still be sealing with an older key."""
    return Refusal(
        "key_too_new",
        what=(f"Nycklarna byttes för mindre än {hours} timmar sedan.", f"Keys changed less than {hours} hours ago."),
        todo=(
            "Vänta: en inläsning som började före bytet kan ännu försegla med den gamla.",
            "Wait: an import that began before may still be sealing with the old one.",
        ),
    )
