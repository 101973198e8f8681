"""The page of scenarios: every switch, the measures that there are, and the examples as they are."""

import inspect
from pathlib import Path

from pluginnovation.simulation.help.catalogue import METHODS
from pluginnovation.simulation.help.reports import participants
from pluginnovation.simulation.scenario_ordinary import TEXT as ORDINARY
from pluginnovation.simulation.scenario_region import terms_of_both
from pluginnovation.simulation.scenario_switches import DATE, FIRST, SECTIONS, SHARE, TEXT, WHOLES, WORD, Switch
from pluginnovation.simulation.truth_accountable import accountable
from pluginnovation.simulation.truth_causes import causes, kept_by_help, what_risk_comes_from
from pluginnovation.simulation.truth_effects import average_effects, individual_effects
from pluginnovation.simulation.truth_in_charge import in_charge

EXAMPLES = Path(__file__).parents[1] / "scenarios"
TABLES = {
    "terms/participants.csv": participants,
    "truth/terms.csv": terms_of_both,
    "truth/effects.csv": average_effects,
    "truth/individual_effects.csv": individual_effects,
    "truth/causes.csv": causes,
    "truth/kept_by_help.csv": kept_by_help,
    "truth/risk.csv": what_risk_comes_from,
    "truth/accountable.csv": in_charge,
    "truth/accountable.csv without lessons": accountable,
}
DRAFT = "sub_projects.NAME"

OPENING = """\
# Scenarios

A scenario says what adults do in the made-up region and what that changes. It is a file in TOML:

```sh
plug simulate DIR --scenario docs/scenarios/lottery.toml --pupils 2000 --municipalities 3 --seed 1
```

The pupils of the region are followed term by term from year 5 to the fifth year of upper secondary school, on the same
random numbers in each world: one without help, one with all of it, and for every sub-project one without it and one
where all who could be offered it are. So what help does is known, for each pupil and on average, and whatever estimates
it can be held against the truth. Registers, lessons and grades are written from the world with all help. Without
`--scenario` the [ordinary one](#unless-another-is-given) is lived.

| in the folder | |
|---|---|
| `*.csv`, `ss12000/` | the region, as any source has it |
| `help/events.jsonl` | [what adults did](events.md) |
| `truth/terms.csv` | both worlds, term by term: in school, absence and passes without help and with it |
| `truth/effects.csv`, `truth/individual_effects.csv` | true effects: means, by site and by absence, and each pupil's |
| `truth/causes.csv` | what would have had to be otherwise for somebody to stay |
| `truth/kept_by_help.csv` | who stayed because of help |
| `truth/risk.csv` | each pupil's risk of no degree before upper secondary school, and what it comes from |
| `truth/accountable.csv` | which adult answers for each youth on each day, by the registers |

Events tell of the school years that `--years` asks for. Effects are read at the end of each measure, which may lie
after the last day of the files, and means are over everybody the region was made with, also those who ended before the
files begin.

`--no-lessons` writes pupils and terms instead of the region, in seconds: `terms/pupils.csv` and `terms/terms.csv` (who
they are, and what was recorded of each), `terms/participants.csv` (what an evaluation gets to see of each sub-project)
and, beside the rest of `truth/`, which adult role answers for each from year 5 to a degree or the age of 20. Ids there
say what somebody works with, since there is no register of staff. The switches of `[records]` shape
`terms/participants.csv` and, by how many report, the events.

[What each column says](#columns) stands below. `truth/` is for tests and calibration; nothing else reads it.

Terms are numbered: 0 is autumn of year 5, 9 spring of year 9, 10 the first autumn of upper secondary school, 19 the
last. Effects are log-odds: -0.5 on absence makes 20 % about 13 %. A switch that isn't known, that can't have its value,
or that would do nothing with the chosen assignment is refused with its line. Defaults are dated; `defaults_of` keeps
those of a day.

"""

ABOUT = {
    "": "## The file",
    "noticing": "## `[noticing]`: how signals are noticed",
    "everyday": "## `[everyday]`: help outside sub-projects",
    "everyday.effect": "### `[everyday.effect]`",
    "records": "## `[records]`: what records do to the truth",
    "world": "## `[world]`: what is so with help and without",
    DRAFT: "## `[sub_projects.NAME]`: a sub-project\n\nAs many as you like, each with a name of its own.",
    f"{DRAFT}.effect": f"### `[{DRAFT}.effect]`",
    f"{DRAFT}.between_sites": f"### `[{DRAFT}.between_sites]`",
    f"{DRAFT}.by_absence": f"### `[{DRAFT}.by_absence]`",
}


def scenarios_page() -> str:
    """Every switch, every measure and every example."""
    sections = [f"{ABOUT[name]}\n\n{switch_table(switches)}" for name, switches in SECTIONS.items()]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.toml"))}
    examples = [f"### {name.replace('_', ' ')}\n\n```toml\n{text}```\n" for name, text in texts.items()]
    ordinary = f"## Unless another is given\n\n```toml\n{ORDINARY}```\n"
    return "\n".join([OPENING, *sections, measures(), columns(), ordinary, "## Examples\n", *examples])


def switch_table(switches: tuple[Switch, ...]) -> str:
    """One line per switch."""
    lines = ["| switch | what it says | takes | unless said |", "|---|---|---|---|"]
    for each in switches:
        only = f" ({', '.join(f'`{one}`' for one in each.only)} only)" if each.only else ""
        lines.append(f"| `{each.name}` | {each.about}{only} | {takes(each)} | {default(each)} |")
    return "\n".join(lines) + "\n"


def takes(switch: Switch) -> str:
    """What a switch may be."""
    if switch.kind == WORD:
        return ", ".join(f"`{word}`" for word in switch.words) or "[a measure](#measures)"
    if switch.kind in {TEXT, DATE}:
        return switch.kind
    if switch.kind == SHARE:
        return "0 to 1"
    least, most = switch.ends
    return f"{'a list, each ' if switch.kind == WHOLES else ''}{least:g} to {most:g}"


def default(switch: Switch) -> str:
    """What a switch is when nothing is said, with the day it was changed."""
    if not switch.defaults:
        return "must be there"
    pairs = [(since, list(value) if isinstance(value, tuple) else value) for since, value in switch.defaults]
    said = [f"`{value}`" + ("" if since == FIRST else f" from {since}") for since, value in pairs if value != ""]
    return ", ".join(said)


def columns() -> str:
    """What each table has in it, as the function that makes it says."""
    tables = [f"### `{name}`\n\n```text\n{inspect.getdoc(made)}\n```\n" for name, made in TABLES.items()]
    return "\n".join(["## Columns\n", *tables])


def measures() -> str:
    """The catalogue, with its three axes."""
    lines = ["## Measures\n", "| `method` | | intent | reach | level | times in a term |", "|---|---|---|---|---|---|"]
    lines += [f"| `{m.key}` | {m.en} ({m.sv}) | {m.intent} | {m.reach} | {m.level} | {m.dose} |" for m in METHODS]
    return "\n".join(lines) + "\n"
