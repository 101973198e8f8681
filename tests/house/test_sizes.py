"""A file that needs a table of contents is two files."""

import ast

from tests.house.tree import ROOT, Function, functions, sources, tracked

LONGEST_FILE, LONGEST_FUNCTION, MOST_PARAMETERS = 300, 40, 5

# Who acts and when belong to every act; they aren't what makes a call hard to read.
NOT_COUNTED = {"self", "cls", "by", "at"}

DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "service", "services", "base"}


def parameters(function: Function) -> list[str]:
    arguments = function.node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return [a.arg for a in every if a.arg not in NOT_COUNTED]


def is_command(function: Function) -> bool:
    """A click command's parameters are its options: the user meets them one at a time."""
    return any("command" in ast.unparse(d) or "option" in ast.unparse(d) for d in function.node.decorator_list)


def test_no_source_file_is_longer_than_three_hundred_lines():
    long = {}
    for path in sources():
        name, lines = str(path.relative_to(ROOT)), len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST_FILE:
            long[name] = lines
    assert not long


def test_no_function_is_longer_than_forty_lines():
    assert not [f"{f.where}: {f.lines}" for p in sources() for f in functions(p) if f.lines > LONGEST_FUNCTION]


def test_no_function_takes_more_than_five_parameters():
    wide = [f for p in sources() for f in functions(p) if len(parameters(f)) > MOST_PARAMETERS and not is_command(f)]
    assert not [f"{f.where}: {', '.join(parameters(f))}" for f in wide]


def test_no_module_is_named_after_a_drawer():
    assert not [str(p.relative_to(ROOT)) for p in tracked() if p.suffix == ".py" and p.stem in DRAWERS]
