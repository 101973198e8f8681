"""Fields whose values are keys of `knowledge.vocabulary`: checked against it, shown with its words."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from pluginnovation.knowledge import vocabulary

from .words import choices, words_of


def _check(name: str, keys: Iterable[str]) -> None:
    if found := vocabulary.unknown(words_of(name), keys):
        raise ValidationError(_("Ordet finns inte i listan: %(words)s."), params={"words": ", ".join(found)})


class KeyField(models.CharField):
    """One key of a list; empty: not said."""

    def __init__(self, words: str = "", **kwargs: Any) -> None:
        self.words = words
        super().__init__(**{"max_length": 40, "blank": True, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        """As it is written in a migration."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "words": self.words}

    def validate(self, value: Any, model_instance: Any) -> None:
        """Raises ValidationError for a key that isn't in the list."""
        super().validate(value, model_instance)
        _check(self.words, [value] if value else [])

    def formfield(self, **kwargs: Any) -> Any:
        """A list to choose from, with an empty choice where none is allowed."""
        words, blank = self.words, self.blank
        first = [("", "–")] if blank else []
        wanted = {key: kwargs[key] for key in ("label", "help_text") if key in kwargs}
        return forms.ChoiceField(choices=lambda: first + choices(words), required=not blank, **wanted)


class KeysField(ArrayField):
    """Several keys of a list, in the list's order; empty: none in particular."""

    def __init__(self, words: str = "", **kwargs: Any) -> None:
        self.words = words
        own = {"base_field": models.CharField(max_length=40), "blank": True, "default": list}
        super().__init__(**{**own, **kwargs})

    def deconstruct(self) -> Any:
        """As it is written in a migration."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "words": self.words}

    def validate(self, value: Any, model_instance: Any) -> None:
        """Raises ValidationError for a key that isn't in the list."""
        super().validate(value, model_instance)
        _check(self.words, value or ())

    def formfield(self, **kwargs: Any) -> Any:
        """Boxes to tick."""
        words, wanted = self.words, {key: kwargs[key] for key in ("label", "help_text") if key in kwargs}
        return forms.MultipleChoiceField(
            choices=lambda: choices(words),
            required=not self.blank,
            widget=forms.CheckboxSelectMultiple,
            **wanted,
        )


class BlocksField(StreamField):
    """Wagtail's field of blocks, whose migrations don't repeat the blocks: what they hold is JSON all the same."""

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **{"blank": True, **kwargs})

    def deconstruct(self) -> Any:
        """Without the blocks, so that a better help text is no migration."""
        name, path, _args, kwargs = super().deconstruct()
        return name, path, [], {key: value for key, value in kwargs.items() if key not in {"block_lookup"}}
