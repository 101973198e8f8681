"""The checks of `plug doctor` that are about servers: none of them is asked anything."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from .checks import Finding

OLD = timedelta(days=3)


def servers_well(env: Mapping[str, str], now: datetime) -> Iterator[Finding]:
    """Each server's secret can be read, the last fetch went well, and it isn't long ago."""
    from pluginnovation.records.refusals import Refusal
    from pluginnovation.records.server_secrets import secret_at
    from pluginnovation.web.records.server_told import servers_as_rows, where_secrets_lie

    for name, place in where_secrets_lie():
        try:
            secret_at(place, env)()
        except Refusal as refusal:
            said = (f"{name}: {refusal.where} {refusal.what_sv}", f"{name}: {refusal.where} {refusal.what_en}")
            yield Finding("server_secrets", "wrong", said, (refusal.todo_sv, refusal.todo_en))
    for swedish, english in zip(servers_as_rows("sv"), servers_as_rows("en"), strict=True):
        yield _state(swedish, english, now)


def _state(swedish: Mapping[str, object], english: Mapping[str, object], now: datetime) -> Finding:
    name, last = swedish["server"], swedish["fetched_at"]
    if swedish["error"]:
        return Finding("servers", "wrong", (f"{name}: {swedish['error']}", f"{name}: {english['error']}"))
    if not isinstance(last, datetime) or now - last > OLD:
        said = (f"{name}: allt kom senast {last or 'aldrig'}.", f"{name}: everything last came {last or 'never'}.")
        todo = ("Går nattens arbete? Se timern.", "Does the night's work run? See the timer.")
        return Finding("servers", "note", said, todo)
    return Finding("servers", "ok", (f"{name}: allt kom.", f"{name}: everything came."))
