"""A document kept as text."""

from typing import TYPE_CHECKING, Any

import msgspec
from django.db import models

if TYPE_CHECKING:
    Text = models.TextField[Any, Any]
else:
    Text = models.TextField


class PackedField(Text):
    """A JSON document that the database keeps as the text it got.

    Nothing looks inside it there, and having the database take it apart would double the time of writing the pictures.
    """

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        """The document."""
        return None if value is None else msgspec.json.decode(value)

    def get_prep_value(self, value: Any) -> str | None:
        """Its text."""
        return None if value is None else msgspec.json.encode(value).decode()
