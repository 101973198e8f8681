"""How a field is asked for in the editor; and, with the same words, what of it differs between two versions."""

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import panels
from wagtail.admin.compare import FieldComparison, TextFieldComparison

from ..fields import KeyField, KeysField
from ..words import choices


class FieldPanel(panels.FieldPanel):
    """Wagtail's own, but a comparison calls the field what the form calls it, and shows words where the form does."""

    def get_comparison_class(self) -> Any:
        """The comparison of this field, with the panel's heading."""
        kind = super().get_comparison_class()
        if kind is FieldComparison or isinstance(self.db_field, KeyField):
            kind = InWords
        return type(kind.__name__, (kind,), {"field_label": lambda _self: str(self.heading)})


class InWords(TextFieldComparison):
    """A value that isn't text, compared as a reader would write it; what isn't said is empty."""

    def __init__(self, field: Any, before: Any, after: Any) -> None:
        super().__init__(field, before, after)
        self.val_a: str = in_words(field, field.value_from_object(before))
        self.val_b: str = in_words(field, field.value_from_object(after))


def in_words(field: Any, value: Any) -> str:
    """A field's value as a reader would write it."""
    if isinstance(field, KeyField | KeysField):
        named = dict(choices(field.words))
        keys = [value] if isinstance(value, str) else value or []
        return ", ".join(named.get(key, key) for key in keys)
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    return "" if value is None else date_format(value) if isinstance(value, date) else str(value)
