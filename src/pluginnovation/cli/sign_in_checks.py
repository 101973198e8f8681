"""The check of `plug doctor` on ways in: the authorities' services, and who may read their secrets."""

import stat
from collections.abc import Iterator, Mapping

from pluginnovation.web.config.environment import yes_or_no
from pluginnovation.web.config.sign_in import authorities

from .checks import Finding


def ways_in(env: Mapping[str, str]) -> Iterator[Finding]:
    """Which services staff can sign in through, and that each secret is its owner's alone.

    Raises  ResourceMissing when the file of services can't be used; the web doesn't start with it either
    """
    found = authorities(env)
    loose = [name for name, one in found.items() if stat.S_IMODE(one.secret_file.stat().st_mode) & 0o077]
    if loose:
        names = ", ".join(loose)
        said = (f"Andra kan läsa hemligheten för {names}.", f"Others can read the secret of {names}.")
        todo = ("Kör chmod 600 på filen i client_secret_file.", "Run chmod 600 on the file in client_secret_file.")
        yield Finding("sign_in_secret", "wrong", said, todo)
    if found:
        names = ", ".join(found)
        yield Finding("sign_in", "ok", (f"Inloggning genom: {names}.", f"Sign-in through: {names}."))
    elif yes_or_no(env, "PLUG_LOCAL_ACCOUNTS", silent=True):
        said = ("Ingen inloggningstjänst är ansluten; konton är lokala.", "No sign-in service; accounts are local.")
        yield Finding("sign_in", "note", said, ("Se PLUG_SIGN_IN i env.example.", "See PLUG_SIGN_IN in env.example."))
    else:
        said = (
            "Ingen inloggningstjänst är ansluten, och lokala konton öppnar ingen elev: ingen kan se en.",
            "No sign-in service, and local accounts open no pupil: nobody can see one.",
        )
        yield Finding("sign_in", "wrong", said, ("Ange PLUG_SIGN_IN.", "Set PLUG_SIGN_IN."))
