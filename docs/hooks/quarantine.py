"""The page of quarantine: every rule that a row can break, in the words of the lists that name it."""

from pluginnovation.records.rules import RULES, TO_DO

OPENING = """\
# Quarantine

A row that breaks a rule is set aside with its file, its line, the rule and the columns that the rule is about; the rest
of the file is read in, and the summary counts both. What stood in the row is not written to any log. `plug records
quarantine` lists them, and so does the page of the import.

* With `--strict` one such row refuses the whole source.
* Over 5 % of a resource (and more than 20 rows) refuses the whole source; `--max-quarantine PCT` moves the line.
* Refused sources change nothing, and the command ends with 3.
* Rows about protected identities are refused and counted apart.

| rule | Swedish | English | what to do |
|---|---|---|---|
"""


def quarantine_page() -> str:
    """Every rule in both languages."""
    return OPENING + "".join(f"| `{rule}` | {sv} | {en} | {TO_DO[rule][1]} |\n" for rule, (sv, en) in RULES.items())
