"""The system account that runs the server for root is made once, however many commands make it at once."""

import os

import pytest

from pluginnovation.web.config.missing import ResourceMissing
from pluginnovation.web.config.postgres import account
from pluginnovation.web.config.postgres.account import Account, server_account

ALREADY_THERE = Account("pluginnovation", 990, 990)


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A system without the account, and a useradd whose answers the test writes. Gives the folder of both."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(account, "_find", lambda: ALREADY_THERE if (tmp_path / "made").exists() else None)
    return tmp_path


def useradd(folder, *lines: str) -> None:
    program = folder / "useradd"
    program.write_text("\n".join(["#!/bin/sh", f"cd {folder}", *lines]) + "\n")
    program.chmod(0o755)


def test_a_command_that_finds_the_list_of_accounts_locked_asks_again(system):
    useradd(system, "test -e asked && touch made && exit 0", "touch asked", "exit 1")
    assert server_account() == ALREADY_THERE


def test_an_account_that_another_command_made_meanwhile_is_used(system):
    useradd(system, "touch made", "exit 9")
    assert server_account() == ALREADY_THERE


def test_where_accounts_cannot_be_made_it_says_so_at_once(system, monkeypatch):
    useradd(system, "echo x >> asked", "exit 10")
    with pytest.raises(ResourceMissing) as said:
        server_account()
    assert said.value.code == "system_account_missing"
    assert (system / "asked").read_text() == "x\n"


def test_a_list_of_accounts_that_stays_locked_is_not_waited_for_for_ever(system, monkeypatch):
    monkeypatch.setattr(account, "ANOTHER_MAKES_IT", 0.3)
    useradd(system, "exit 1")
    with pytest.raises(ResourceMissing) as said:
        server_account()
    assert said.value.code == "system_account_missing"
