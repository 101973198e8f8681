"""`plug hub editors`: accounts at the hub. Pages and mail never make one."""

import os
from dataclasses import asdict

import click

from pluginnovation.web.config.environment import number, text

from .answers import Answer, Command, words
from .hub_home import opened_hub
from .hub_serve import DEFAULT_PORT


@click.group("editors", help=words("Hubbens skribenter, granskare och redaktörer.", "Those who write at the hub."))
def editors() -> None:
    """The group: does nothing by itself."""


@editors.command(
    "add",
    cls=Command,
    help=words(
        "Gör ett konto, eller ge ett en annan roll: contributor, peer_reviewer eller editor. Skriver ut en länk för "
        "lösenordet, som håller ett dygn; sedan väljs engångskoder eller passernyckel på sidan.",
        "Make an account, or give one another role: contributor, peer_reviewer or editor. Prints a link for the "
        "password, which holds a day; codes or a passkey are chosen on the page after that.",
    ),
)
@click.argument("login")
@click.argument("role")
@click.option("--name", required=True, help=words("Personens namn.", "The person's name."))
@click.option("--school", default="", help=words("Var personen arbetar.", "Where the person works."))
@click.option("--email", default="", help=words("För påminnelser.", "For reminders."))
@click.pass_obj
def add(answer: Answer, login: str, role: str, name: str, school: str, email: str) -> None:
    """An account and a way in."""
    with opened_hub(answer):
        from pluginnovation.web.knowledge.editors.actions import add_editor, way_in

        add_editor(login=login, name=name, school=school, email=email, role=role)
        address = way_in(login=login, address=hub_address())
    answer.give({"login": login, "role": role, "address": address}, [address])


@editors.command("link", cls=Command, help=words("En ny länk för lösenordet.", "A new link for the password."))
@click.argument("login")
@click.pass_obj
def link(answer: Answer, login: str) -> None:
    """Another way in, for somebody who lost theirs."""
    with opened_hub(answer):
        from pluginnovation.web.knowledge.editors.actions import way_in

        address = way_in(login=login, address=hub_address())
    answer.give({"login": login, "address": address}, [address])


@editors.command("close", cls=Command, help=words("Stäng ett konto.", "Close an account."))
@click.argument("login")
@click.pass_obj
def close_(answer: Answer, login: str) -> None:
    """Nobody signs in to it any more."""
    with opened_hub(answer):
        from pluginnovation.web.knowledge.editors.actions import close

        close(login=login)
    answer.give({"login": login, "closed": True}, [words("Stängt.", "Closed.")])


@editors.command("list", cls=Command, help=words("Vilka konton finns?", "Which accounts are there?"))
@click.pass_obj
def list_(answer: Answer) -> None:
    """Every account, with its roles and whether it has a second factor."""
    with opened_hub(answer):
        from pluginnovation.web.knowledge.editors.actions import accounts

        rows = accounts()
    lines = [
        f"{row.login}  {', '.join(row.roles)}  {row.school}  {_state(row.active, row.two_factors)}" for row in rows
    ]
    answer.give({"accounts": [asdict(row) for row in rows]}, lines)


def _state(active: bool, two_factors: bool) -> str:
    if not active:
        return words("stängt", "closed")
    return words("två faktorer", "two factors") if two_factors else words("utan andra faktor", "no second factor")


def hub_address() -> str:
    """What the hub's addresses begin with, as the settings have it."""
    port = number(os.environ, "HUB_PORT", DEFAULT_PORT)
    return text(os.environ, "HUB_ADDRESS", f"http://127.0.0.1:{port}").rstrip("/")
