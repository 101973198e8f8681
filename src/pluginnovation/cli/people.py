"""`plug people`: ways in for the staff that the sources name."""

import os
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import click

from pluginnovation.web.config.environment import number, text

from .admissions import admissions, admit, end_admission, name_for_admission
from .answers import Answer, Command, words
from .home import opened


@click.group("people", help=words("Vägar in för personal.", "Ways in for staff."))
def people() -> None:
    """The group: does nothing by itself."""


for command in (admit, name_for_admission, admissions, end_admission):
    people.add_command(command)


@people.command(
    "invite",
    cls=Command,
    help=words(
        "Gör en länk där en anställd väljer hur hen loggar in, en gång. WHO är personens kod, inloggning eller EPPN. "
        "Har kontot redan lösenord, koder eller passernycklar slutar de att gälla när länken används.",
        "Make a link where a staff member chooses how to sign in, once. WHO is the person's code, login or EPPN. If "
        "the account has a password, codes or passkeys already, they end when the link is used.",
    ),
)
@click.argument("who")
@click.option("--login", help=words("Ett inloggningsnamn i stället för koden.", "A sign-in name instead of the code."))
@click.option(
    "--hours",
    type=click.IntRange(1, 72),
    default=24,
    show_default=True,
    help=words("Så länge gäller länken.", "For so long the link works."),
)
@click.pass_obj
def invite(answer: Answer, who: str, login: str | None, hours: int) -> None:
    """A one-time way to an account. It is written in the audit; only the token's hash is kept."""
    with opened(answer):
        from pluginnovation.web.people.actions import make_sign_in_link
        from pluginnovation.web.people.signin.actions import name_invited

        at = datetime.now(UTC)
        if login:
            name_invited(who=who, login=login, by=None, at=at)
        token = make_sign_in_link(who=login or who, by=None, at=at, lives=timedelta(hours=hours))
    address = f"{_web()}/inbjudan/{token}/"
    note = words(f"Länken gäller en gång, i {hours} timmar:", f"The link works once, for {hours} hours:")
    answer.give({"address": address, "hours": hours}, [note, address])


@people.command(
    "appoint",
    cls=Command,
    help=words(
        "Ge LOGIN en roll som inget register ger: administrator, regional_lead,"
        " process_leader, evaluator eller data_protection_officer.",
        "Give LOGIN a role that no register gives: administrator, regional_lead,"
        " process_leader, evaluator or data_protection_officer.",
    ),
)
@click.argument("login")
@click.argument("role")
@click.option("--name", required=True, help=words("Personens namn.", "The person's name."))
@click.pass_obj
def appoint_(answer: Answer, login: str, role: str, name: str) -> None:
    """A role given by hand; the first administrator comes this way."""
    with opened(answer):
        from pluginnovation.web.people.actions import appoint

        appoint(login=login, name=name, role=role, by=None, at=datetime.now(UTC))
    answer.give({"login": login, "role": role}, [words("Klart.", "Done.")])


@people.command("dismiss", cls=Command, help=words("Ta ifrån LOGIN en sådan roll.", "Take such a role from LOGIN."))
@click.argument("login")
@click.argument("role")
@click.pass_obj
def dismiss_(answer: Answer, login: str, role: str) -> None:
    """The role ends at once."""
    with opened(answer):
        from pluginnovation.web.people.actions import dismiss

        ended = dismiss(login=login, role=role, by=None, at=datetime.now(UTC))
    answer.give({"login": login, "role": role, "ended": ended}, [words("Klart.", "Done.")])


@people.command("list", cls=Command, help=words("Konton som kan logga in.", "Accounts that can sign in."))
@click.pass_obj
def list_(answer: Answer) -> None:
    """Accounts that were recorded by hand, or have a way in of their own; never the staff that nobody has invited."""
    with opened(answer):
        from pluginnovation.web.people.signin.accounts import accounts

        found = accounts(at=datetime.now(UTC))
    lines = [
        f"{one.login}  {', '.join(one.ways) or words('inget sätt att logga in', 'no way in')}"
        + ("" if one.active else words("  stängt", "  closed"))
        for one in found
    ]
    answer.give({"accounts": [asdict(one) for one in found]}, lines or [words("Inga konton.", "No accounts.")])


@people.command("deactivate", cls=Command, help=words("Stäng ett konto, genast.", "Close an account, at once."))
@click.argument("login")
@click.pass_obj
def deactivate_(answer: Answer, login: str) -> None:
    """Every session ends, and no way in works."""
    with opened(answer):
        from pluginnovation.web.people.signin.actions import deactivate

        ended = deactivate(login=login, by=None, at=datetime.now(UTC))
    answer.give({"login": login, "sessions_ended": ended}, [words("Klart.", "Done.")])


@people.command("activate", cls=Command, help=words("Öppna ett stängt konto.", "Open a closed account."))
@click.argument("login")
@click.pass_obj
def activate_(answer: Answer, login: str) -> None:
    """The ways in that it had work again."""
    with opened(answer):
        from pluginnovation.web.people.signin.actions import activate

        activate(login=login, by=None, at=datetime.now(UTC))
    answer.give({"login": login}, [words("Klart.", "Done.")])


@people.command(
    "sign-out",
    cls=Command,
    help=words("Avsluta alla inloggningar som ett konto har.", "End every session that an account has."),
)
@click.argument("login")
@click.pass_obj
def sign_out(answer: Answer, login: str) -> None:
    """A lost telephone or computer: at once, on every machine."""
    with opened(answer):
        from pluginnovation.web.people.signin.actions import sign_out_everywhere

        ended = sign_out_everywhere(login=login, by=None, at=datetime.now(UTC))
    answer.give({"login": login, "sessions_ended": ended}, [words("Klart.", "Done.")])


@people.command(
    "recognise",
    cls=Command,
    help=words(
        "Låt en inloggningstjänst logga in LOGIN, som inget register nämner, under namnet EPPN.",
        "Let a sign-in service sign LOGIN in, whom no register names, under the name EPPN.",
    ),
)
@click.argument("login")
@click.argument("service")
@click.argument("eppn")
@click.pass_obj
def recognise_(answer: Answer, login: str, service: str, eppn: str) -> None:
    """For the roles that are given by hand; staff of a source are recognised by its register."""
    with opened(answer):
        from pluginnovation.web.people.signin.actions import recognise

        recognise(login=login, authority=service, eppn=eppn, by=None, at=datetime.now(UTC))
    answer.give({"login": login, "service": service}, [words("Klart.", "Done.")])


@people.command(
    "why",
    cls=Command,
    help=words(
        "Säg på vilka grunder en anställd får se en elev i dag. Bara koder; frågan skrivs i granskningsloggen.",
        "Say on which grounds a staff member may see a pupil today. Codes only; the question is written in the audit.",
    ),
)
@click.option("--user", "who", required=True, help=words("Inloggning eller personens kod.", "Login or person's code."))
@click.option("--pupil", required=True, help=words("Elevens kod.", "The pupil's code."))
@click.pass_obj
def why_(answer: Answer, who: str, pupil: str) -> None:
    """The grounds, in codes and dates; nobody is a ground for somebody who isn't there."""
    with opened(answer):
        from pluginnovation.web.people.rights.asked_why import ask_why

        found = ask_why(who=who, pupil=pupil, by=None, at=datetime.now(UTC))
    rows = [asdict(one) for one in found]
    lines = [
        " ".join([one.role, one.reach, one.through, f"{one.first or '…'} – {one.last or '…'}", one.source])
        for one in found
    ]
    answer.give(
        {"user": who, "pupil": pupil, "grounds": rows}, lines or [words("Ingen grund i dag.", "No ground today.")]
    )


def _web() -> str:
    """Where the web is, as a browser asks for it: the named host behind HTTPS, or this machine."""
    hosts = text(os.environ, "PLUG_ALLOWED_HOSTS").replace(",", " ").split()
    if hosts:
        return f"https://{hosts[0].lstrip('*.')}"
    host = text(os.environ, "PLUG_HOST", "127.0.0.1")
    return f"http://{f'[{host}]' if ':' in host else host}:{number(os.environ, 'PORT', 8000)}"
