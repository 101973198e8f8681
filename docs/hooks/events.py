"""The page of events: every type and field of help/events.jsonl, as they are checked."""

from pluginnovation.simulation.help.event_schema import COMMON, FIELDS, TYPES

OPENING = """\
# Events: what adults did

`help/events.jsonl` of a [scenario](scenarios.md) has one JSON object per line, in order of `at` and, in the same
minute, of `id`. A measure begins once, its doses come while it goes on, and it ends once, or is left open when
the terms are over. Answers come from mentors and, for youths without a school, from the youth coordinator.
Nothing that isn't listed here is in the file, and a line that isn't as it should be is refused when it is read.

Every line has {common}.

## Types

| `type` | what happened | always there | perhaps |
|---|---|---|---|
{types}

## Fields

| field | what it says | kind |
|---|---|---|
{fields}
"""


def events_page() -> str:
    """Every type and every field."""
    return OPENING.format(
        common=", ".join(f"`{name}`" for name in COMMON),
        types="\n".join(
            f"| `{name}` | {each.about} | {listed(each.fields)} | {listed(each.perhaps)} |"
            for name, each in TYPES.items()
        ),
        fields="\n".join(
            f"| `{name}` | {field.about} | {listed(field.words) or field.kind} |" for name, field in FIELDS.items()
        ),
    )


def listed(words: tuple[str, ...]) -> str:
    """Words as code, with commas."""
    return ", ".join(f"`{word}`" for word in words)
