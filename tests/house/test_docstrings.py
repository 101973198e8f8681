"""Whoever opens a pure stage reads, on the first line, what comes back."""

import ast
from pathlib import Path

from tests.house.tree import PURE, ROOT, functions, parsed, sources, stage


def protocols(path: Path) -> list[ast.ClassDef]:
    classes = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)]
    return [c for c in classes if "Protocol" in [ast.unparse(b) for b in c.bases] and ast.get_docstring(c)]


def test_every_module_says_what_stands_in_it():
    assert not [str(p.relative_to(ROOT)) for p in sources() if not ast.get_docstring(parsed(p))]


def test_every_public_function_of_the_pure_stages_has_a_docstring():
    nested = {id(n) for p in sources() for f in functions(p) for n in ast.walk(f.node) if n is not f.node}
    # A protocol's class says what its columns and calls are; a line under each would say it twice.
    nested |= {id(n) for p in sources() for c in protocols(p) for n in ast.walk(c)}
    bare = [
        f.where
        for path in sources()
        if stage(path) in PURE
        for f in functions(path)
        if not f.node.name.startswith("_") and id(f.node) not in nested and not ast.get_docstring(f.node)
    ]
    assert not bare


def test_every_public_class_of_the_pure_stages_has_a_docstring():
    bare = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sources()
        if stage(path) in PURE
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not bare
