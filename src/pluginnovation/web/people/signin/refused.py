"""What sign-in refuses, and what to do about it. No message says whether an account exists, or names anybody."""

from pluginnovation.records.refusals import Refusal


def not_signed_in() -> Refusal:
    """The name, the password or both are wrong; or the account is closed, or has no password."""
    return Refusal(
        "not_signed_in",
        what=("Inloggningsnamnet och lösenordet hör inte ihop.", "The name and the password don't belong together."),
        todo=(
            "Försök igen, eller be den som sköter konton om en ny länk.",
            "Try again, or ask whoever manages accounts for a new link.",
        ),
    )


def too_many_tries() -> Refusal:
    """The limit is reached, for the account or the address."""
    return Refusal(
        "too_many_tries",
        what=("Det har blivit för många försök.", "There have been too many tries."),
        todo=("Vänta tio minuter. En passernyckel går att använda under tiden.",
              "Wait ten minutes. A passkey works meanwhile."),
    )  # fmt: skip


def code_refused() -> Refusal:
    """A code that isn't of now, was used, or isn't the account's."""
    return Refusal(
        "code_refused",
        what=("Koden stämmer inte, eller är redan använd.", "The code is wrong, or already used."),
        todo=("Vänta på nästa kod och skriv den.", "Wait for the next code and write that one."),
    )


def passkey_refused() -> Refusal:
    """A passkey that isn't known, was altered, or was made for another address."""
    return Refusal(
        "passkey_refused",
        what=("Passernyckeln togs inte emot.", "The passkey was not accepted."),
        todo=("Försök igen, eller logga in på ett annat sätt.", "Try again, or sign in another way."),
    )


def begin_again() -> Refusal:
    """What was begun has taken too long."""
    return Refusal(
        "begin_again",
        what=("Det tog för lång tid.", "It took too long."),
        todo=("Börja om.", "Begin again."),
    )


def service_silent() -> Refusal:
    """The authority's service doesn't answer, or not as agreed."""
    return Refusal(
        "service_silent",
        what=("Inloggningstjänsten svarar inte som den ska.", "The sign-in service doesn't answer as it should."),
        todo=("Försök igen om en stund.", "Try again in a while."),
    )


def answer_not_ours() -> Refusal:
    """An answer that wasn't asked for in this session, or that was used before."""
    return Refusal(
        "answer_not_ours",
        what=("Svaret hör inte till en inloggning som pågår här.", "The answer belongs to no sign-in going on here."),
        todo=("Börja om från inloggningssidan.", "Begin again from the sign-in page."),
    )


def token_refused() -> Refusal:
    """A token that is forged, old, or meant for somebody else."""
    return Refusal(
        "token_refused",
        what=("Svaret från inloggningstjänsten går inte att lita på.", "The service's answer can't be trusted."),
        todo=("Börja om. Händer det igen, säg till den som driver installationen.",
              "Begin again. If it happens again, tell whoever runs the installation."),
    )  # fmt: skip


def not_known_here() -> Refusal:
    """Somebody whom no source and no administrator has named for this service."""
    return Refusal(
        "not_known_here",
        what=("Du är inloggad hos tjänsten, men har inget konto här.",
              "You are signed in at the service, but have no account here."),
        todo=("Kontot kommer med skolans register. Fråga den som sköter konton.",
              "The account comes with the school's register. Ask whoever manages accounts."),
    )  # fmt: skip


def unknown_school() -> Refusal:
    """The service names a school, and no register of the authority's has it. Asked before who it is."""
    return Refusal(
        "unknown_school",
        what=("Inloggningstjänsten säger att du hör till en skola som inte finns här.",
              "The sign-in service says that you belong to a school that isn't here."),
        todo=("Välj rätt skola hos tjänsten. Saknas skolan, säg till den som sköter konton.",
              "Choose the right school at the service. If the school is missing, tell whoever manages accounts."),
    )  # fmt: skip


def password_too_weak() -> Refusal:
    """A password that is short, much used, or made of names that anybody would try."""
    return Refusal(
        "password_too_weak",
        what=("Lösenordet är för kort eller för lätt att gissa.", "The password is too short or too easy to guess."),
        todo=(
            "Välj minst 14 tecken, gärna några ord, och inte bara namn på dig, skolan eller kommunen.",
            "Choose at least 14 characters, a few words will do, not only names of you, the school or municipality.",
        ),
    )


def last_way_in() -> Refusal:
    """What would leave the account without a way in."""
    return Refusal(
        "last_way_in",
        what=("Det är ditt enda sätt att logga in.", "It is your only way to sign in."),
        todo=("Lägg till ett annat först.", "Add another first."),
    )


def no_such_account() -> Refusal:
    """Nobody has that name; only the command line is told so."""
    return Refusal(
        "no_such_account",
        what=("Inget konto heter så.", "No account has that name."),
        todo=("Se efter med plug people list.", "Look with plug people list."),
    )


def no_such_service() -> Refusal:
    """No sign-in service has that name; only the command line is told so."""
    return Refusal(
        "no_such_service",
        what=("Ingen inloggningstjänst heter så.", "No sign-in service has that name."),
        todo=("Den ska stå i filen som PLUG_SIGN_IN pekar ut.", "It must stand in the file that PLUG_SIGN_IN names."),
    )


def login_taken() -> Refusal:
    """A sign-in name that somebody else has."""
    return Refusal(
        "login_taken",
        what=("Någon annan har det inloggningsnamnet.", "Somebody else has that sign-in name."),
        todo=("Välj ett annat.", "Choose another."),
    )


def own_account() -> Refusal:
    """An administrator's own account is another administrator's to close or to invite anew."""
    return Refusal(
        "own_account",
        what=("Det är ditt eget konto.", "It is your own account."),
        todo=("Be en annan administratör, eller gå till Mitt konto.", "Ask another administrator, or use My account."),
    )


def not_from_the_page() -> Refusal:
    """No address to send the link to, and whoever holds it would reach pupils or take an account over."""
    return Refusal(
        "not_from_the_page",
        what=(
            "Det finns ingen adress att skicka länken till, och den här länken får inte gå genom någon annan.",
            "There is no address to send the link to, and this one may not pass through anybody else.",
        ),
        todo=(
            "Läs in personens e-post och ställ in PLUG_MAIL_HOST, eller gör länken med plug people invite.",
            "Read in the person's mail address and set PLUG_MAIL_HOST, or make the link with plug people invite.",
        ),
    )


def mail_not_sent() -> Refusal:
    """The mail server took no letter."""
    return Refusal(
        "mail_not_sent",
        what=("Brevet gick inte att skicka, och ingen länk gäller.", "The mail was not sent, and no link is valid."),
        todo=("Se efter e-postservern och försök igen.", "See to the mail server and try again."),
    )
