"""`plug people`: ways in for the staff that the sources name."""

import os
from datetime import UTC, datetime

import click

from pluginnovation.web.config.environment import number, text

from .answers import Answer, Command, words
from .home import opened


@click.group("people", help=words("Vägar in för personal.", "Ways in for staff."))
def people() -> None:
    """The group: does nothing by itself."""


@people.command(
    "sign-in",
    cls=Command,
    help=words(
        "Gör en länk som loggar in en anställd en gång, inom tio minuter. WHO är personens kod, inloggning eller EPPN.",
        "Make a link that signs a staff member in once, within ten minutes. WHO is the person's code, login or EPPN.",
    ),
)
@click.argument("who")
@click.pass_obj
def sign_in(answer: Answer, who: str) -> None:
    """A one-time way in, until an identity provider is connected. It is written in the audit."""
    with opened(answer):
        from pluginnovation.web.people.actions import make_sign_in_link

        token = make_sign_in_link(who=who, by=None, at=datetime.now(UTC))
    address = f"{_web()}/logga-in/{token}/"
    note = words("Länken gäller en gång, i tio minuter:", "The link works once, for ten minutes:")
    answer.give({"address": address, "minutes": 10}, [note, address])


@people.command(
    "appoint",
    cls=Command,
    help=words(
        "Ge LOGIN en roll som inget register ger: administrator, regional_lead eller data_protection_officer.",
        "Give LOGIN a role that no register gives: administrator, regional_lead or data_protection_officer.",
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


def _web() -> str:
    """Where the web is, as a browser asks for it: the named host behind HTTPS, or this machine."""
    hosts = text(os.environ, "PLUG_ALLOWED_HOSTS").replace(",", " ").split()
    if hosts:
        return f"https://{hosts[0].lstrip('*.')}"
    host = text(os.environ, "PLUG_HOST", "127.0.0.1")
    return f"http://{f'[{host}]' if ':' in host else host}:{number(os.environ, 'PORT', 8000)}"
