"""The page of events: every type and field of help/events.jsonl, as they are checked."""

from pluginnovation.simulation.help.event_schema import COMMON, FIELDS, TYPES

OPENING = """\
# Events: what adults did

`help/events.jsonl` of a [made-up region](scenarios.md) has one JSON object per line, in order of `at` and, in the same
minute, of `id`. A measure begins once, its doses come while it goes on, and it ends once, or is left open when
the last term of the files is over. Answers come from mentors (from somebody else at the school in years whose mentors
aren't told of) and, for youths without a school, from the youth coordinator. They have the words that a page offers:
somebody who began something answers `known`, and `action` says what.

Nothing that isn't listed here is in the file, and a line that isn't as it should be is refused when it is read. Beside
the region's CSV files it is also held against them: everybody it names is in `persons.csv`, whoever did something had a
duty that day, and whom it was about was enrolled that day or, where it was the youth coordinator, had been. Who left in
the middle of a measure ended it on the last day. An answer about what the weeks so far showed has `w` in the last part
of its `id`; nothing follows from it in the file. When the demo starts, its spring is answered again through
the action that a page uses, to signals that stood that day and that nobody had answered yet.

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
