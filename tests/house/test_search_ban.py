"""Nobody selects people by sensitive data: no filter, order, index, export or parameter of an address.

Source  Lag (2018:218) 3 kap. 3 § second paragraph; skollagen 26 a kap. 4 §.
"""

import ast
from collections.abc import Iterator

from django.apps import apps

from pluginnovation.privacy.fields import FIELDS, NEVER_EXPORT, SENSITIVE
from tests.house.tree import SRC, parsed, sources

WEB = SRC / "web"
PAGES = [path for path in sources() if WEB in path.parents]

# Every parameter that an address of the web may carry, and what it selects by. One that isn't here fails.
PARAMETERS = {
    "arende": "one case of one pupil, that a note is written in",
    "anew": "nothing: sign in again",
    "blad": "a sheet of a workbook, when files are read in",
    "code": "a sign-in's one-time code",
    "datum": "a day",
    "elev": "one pupil's opaque code, in the officer's log",
    "fil": "nothing: a document itself instead of the page about it",
    "folj": "nothing: read the page again by itself",
    "format": "nothing: a page, CSV or Excel",
    "fran": "a first day",
    "grund": "how the ground reaches, in the officer's log",
    "iss": "an identity provider",
    "kalla": "a source",
    "klass": "a class that one's duty reaches",
    "m": "methods to lay beside each other",
    "metod": "the method that a measure follows",
    "namn": "a file's name, when files are read in",
    "next": "nothing: the page to come back to",
    "ordning": "whether cases go by their next day, by name or by when they were opened",
    "om": "what an act was done to, or what an objection is about",
    "period": "how far back times are told of",
    "program": "a programme, that a call is written in",
    "q": "words of a name, or of a source",
    "rader": "rows of a file, when files are read in",
    "regel": "a rule on visits",
    "signal": "a signal of one pupil",
    "sida": "a page of a list",
    "skola": "a school that one's duty reaches",
    "slag": "a kind of rows of one pupil",
    "state": "a sign-in's own number",
    "status": "the state of an import",
    "till": "a last day",
    "vad": "the name of an act, in the officer's log",
    "vem": "a staff member",
    "version": "a version of a profile",
    "visa": "what adults have done: waits, answered, unknown, others; or judged and not",
    "vy": "which page was looked at, in the officer's log",
}

# Where the web's own code has to ask about such a field, and why. Nobody chooses the value.
ALLOWED = {
    ("people/reach.py", "security_marking"): "lists leave protected identities out",
    ("people/rights/chapters.py", "security_marking"): "an extract leaves protected guardians out",
    ("people/rights/emergency.py", "civic_no_lookup"): "emergency access finds one person by the whole number",
    ("projects/after_the_end.py", "answers"): "whether a sub-project has answered; no pupil has",
    ("people/reach.py", "school_type"): "whether compulsory school is over decides who answers for a youth",
}
# Constraints and indexes that hold one, and why none of them is a way to select people.
KEPT = {
    (
        "people.Person",
        "civic_no_lookup",
    ): "one person by the whole number, when a source is read in or an extract asked for",
    ("people.Enrolment", "school_type"): "an enrolment is stored once",
}


def names() -> dict[str, str]:
    """Each sensitive field with its table."""
    return {field: table for table, fields in SENSITIVE.items() for field in fields.split()}


# Words so common that only the table can tell: the pages of one person's statements use them too.
TELLING = set(names()) - {"text", "reason", "key"}


def calls(path, *called: str) -> Iterator[ast.Call]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            if name in called:
                yield node


def asked_in(path) -> Iterator[str]:
    """The parameters of an address that a module reads."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Subscript) and _is_get(node.value) and isinstance(node.slice, ast.Constant):
            yield str(node.slice.value)
    for call in calls(path, "get", "getlist"):
        if isinstance(call.func, ast.Attribute) and _is_get(call.func.value) and isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value)
    for call in calls(path, "said", "day_said"):
        yield from (str(arg.value) for arg in call.args if isinstance(arg, ast.Constant))


def _is_get(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "GET"


def test_every_sensitive_field_is_a_field_that_is_decided_about():
    for field, table in names().items():
        assert field in " ".join(FIELDS[table].values()).split(), (table, field)


def test_every_parameter_of_an_address_is_accounted_for():
    asked = {name for path in PAGES for name in asked_in(path)}
    assert len(asked) > 20
    assert asked == set(PARAMETERS)
    assert not asked & set(names())


def test_no_query_asks_about_a_sensitive_field_but_where_it_must():
    found = set()
    for path in PAGES:
        for call in calls(path, "filter", "exclude", "get", "Q", "order_by", "distinct", "values_list", "annotate"):
            words = [keyword.arg or "" for keyword in call.keywords]
            if isinstance(call.func, ast.Attribute) and call.func.attr == "order_by":
                words += [str(arg.value).lstrip("-") for arg in call.args if isinstance(arg, ast.Constant)]
            fields = {part for word in words for part in word.split("__")} & TELLING
            found |= {(str(path.relative_to(WEB)), field) for field in fields}
    assert found == set(ALLOWED)


def test_no_reader_chooses_the_order_of_a_list():
    free = [
        f"{path.relative_to(WEB)}:{call.lineno}"
        for path in PAGES
        for call in calls(path, "order_by")
        for arg in call.args
        if not isinstance(arg, ast.Constant | ast.Call | ast.BinOp)
    ]
    assert not free


def test_no_index_order_or_constraint_is_over_a_sensitive_field():
    found = set()
    for table, fields in SENSITIVE.items():
        meta = apps.get_model(table)._meta
        listed = {name.lstrip("-") for index in meta.indexes for name in index.fields}
        listed |= {name for constraint in meta.constraints for name in getattr(constraint, "fields", ())}
        listed |= {str(name).lstrip("-") for name in meta.ordering}
        listed |= {field.name for field in meta.concrete_fields if field.db_index or field.unique}
        found |= {(table, field) for field in fields.split() if field in listed}
    assert found == set(KEPT)


def test_no_module_that_makes_lists_to_hand_out_reads_what_never_leaves():
    never = {field for kinds in FIELDS.values() for field in kinds.get(NEVER_EXPORT, "").split()}
    # Words that other things are called as well.
    never -= {"key", "row", "what", "content", "scope", "client", "authority", "once", "login", "secret", "codes"}
    # Who was offered help has the columns of other tables; it is the table that no list reads, see below.
    never -= set(FIELDS["evidence.Assigned"][NEVER_EXPORT].split())
    never |= TELLING
    lists = [path for path in PAGES if any(calls(path, "Sheet"))]
    assert len(lists) >= 5
    read = {
        f"{path.relative_to(WEB)}:{node.lineno} {node.attr}"
        for path in lists
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in never
    }
    assert not read


def test_no_module_that_makes_lists_to_hand_out_knows_who_was_offered_help():
    lists = [path for path in PAGES if any(calls(path, "Sheet"))]
    named = {node.id for path in lists for node in ast.walk(parsed(path)) if isinstance(node, ast.Name)}
    named |= {name.name for path in lists for node in ast.walk(parsed(path)) if isinstance(node, ast.ImportFrom)
              for name in node.names}  # fmt: skip
    assert "Sheet" in named
    assert "Assigned" not in named


def test_there_is_no_other_way_to_search():
    assert not apps.is_installed("django.contrib.admin")
    filters = ("FilterSet", "search_fields", "list_filter", "autocomplete_fields", "SearchVector", "TrigramSimilarity")
    named = {node.id for path in PAGES for node in ast.walk(parsed(path)) if isinstance(node, ast.Name)}
    assert not named & set(filters)
