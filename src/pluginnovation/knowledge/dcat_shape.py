"""What a description of open data must hold to be taken in by the national data portal, and whether ours does.

Ours is a small part of the profile's own rules: the classes that `dcat.py` writes, what each must have, how often, and
what it must point at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

MANY: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Rule:
    """One property of a class: how often it stands there, and what it is.

    kind   'texts' (with language, Swedish among them), 'text', 'address', 'date', or the class it must point at
    """

    name: str
    kind: str
    least: int = 1
    most: int = MANY


SHAPE: Final[Mapping[str, tuple[Rule, ...]]] = {
    "dcat:Catalog": (
        Rule("dct:title", "texts"), Rule("dct:description", "texts"), Rule("dct:publisher", "foaf:Agent", most=1),
        Rule("dct:license", "address", most=1), Rule("dcat:dataset", "dcat:Dataset"),
        Rule("dct:language", "address"), Rule("foaf:homepage", "address", most=1),
        Rule("dcat:themeTaxonomy", "address"), Rule("dcat:service", "dcat:DataService", least=0),
    ),
    "foaf:Agent": (Rule("foaf:name", "text"),),
    "vcard:Organization": (Rule("vcard:fn", "text", most=1), Rule("vcard:hasEmail", "address")),
    "dcat:Dataset": (
        Rule("dct:title", "texts"), Rule("dct:description", "texts"), Rule("dct:publisher", "foaf:Agent", most=1),
        Rule("dcat:contactPoint", "vcard:Organization"), Rule("dcat:keyword", "texts"), Rule("dcat:theme", "address"),
        Rule("dct:accessRights", "address", most=1), Rule("dct:accrualPeriodicity", "address", most=1),
        Rule("dct:language", "address"), Rule("dcat:landingPage", "address"), Rule("dct:modified", "date", 0, 1),
        Rule("dcat:distribution", "dcat:Distribution"),
    ),
    "dcat:Distribution": (
        Rule("dcat:accessURL", "address"), Rule("dct:license", "address", most=1),
        Rule("dct:title", "texts"), Rule("dcat:downloadURL", "address", least=0),
        Rule("dcat:mediaType", "address", least=0, most=1),
    ),
    "dcat:DataService": (
        Rule("dct:title", "texts"), Rule("dcat:endpointURL", "address"), Rule("dct:publisher", "foaf:Agent", most=1),
        Rule("dcat:endpointDescription", "address", least=0), Rule("dcat:contactPoint", "vcard:Organization"),
        Rule("dct:accessRights", "address", most=1), Rule("dct:license", "address", most=1),
        Rule("dcat:servesDataset", "dcat:Dataset", least=0),
    ),
}  # fmt: skip
NEEDED: Final = ("dcat:Catalog", "foaf:Agent", "dcat:Dataset")


def broken(document: Mapping[str, Any]) -> tuple[str, ...]:
    """What is wrong with a description, one line each: which node, which property, what it should be. Empty: nothing.

    Takes   document   as `dcat.catalogue` gives it
    """
    nodes: Sequence[Mapping[str, Any]] = document.get("@graph", [])
    classes = {str(node.get("@id")): str(node.get("@type")) for node in nodes}
    found = [f"no {each}" for each in NEEDED if each not in classes.values()]
    twice = {name for name in classes if [str(node.get("@id")) for node in nodes].count(name) > 1}
    found += [f"{name}: described twice" for name in sorted(twice)]
    for node in nodes:
        found += _of_node(node, classes)
    return tuple(found)


def _of_node(node: Mapping[str, Any], classes: Mapping[str, str]) -> Iterator[str]:
    name, kind = str(node.get("@id")), str(node.get("@type"))
    if kind not in SHAPE:
        yield f"{name}: unknown class {kind}"
        return
    if not _is_address(name):
        yield f"{name}: not an address"
    rules = {rule.name: rule for rule in SHAPE[kind]}
    for unknown in sorted(set(node) - set(rules) - {"@id", "@type"}):
        yield f"{name} {unknown}: not in the shape of {kind}"
    for rule in rules.values():
        yield from _of_rule(name, rule, node.get(rule.name), classes)


def _of_rule(name: str, rule: Rule, value: Any, classes: Mapping[str, str]) -> Iterator[str]:
    values = [] if value is None else value if isinstance(value, list) else [value]
    if not rule.least <= (1 if rule.kind == "texts" and values else len(values)) <= rule.most:
        yield f"{name} {rule.name}: {len(values)} times"
    if rule.kind == "texts" and values and not any(_language(each) == "sv" for each in values):
        yield f"{name} {rule.name}: not in Swedish"
    for each in values:
        if not _fits(rule.kind, each, classes):
            yield f"{name} {rule.name}: should be {rule.kind}"


def _fits(kind: str, value: Any, classes: Mapping[str, str]) -> bool:
    if kind == "text":
        return isinstance(value, str) and bool(value.strip())
    if not isinstance(value, Mapping):
        return False
    if kind == "texts":
        text = value.get("@value")
        return _language(value) in ("sv", "en") and isinstance(text, str) and bool(text.strip())
    if kind == "date":
        return value.get("@type") == "xsd:date" and len(str(value.get("@value", ""))) == len("2026-11-22")
    address = str(value.get("@id", ""))
    return _is_address(address) if kind == "address" else classes.get(address) == kind


def _language(value: Any) -> str:
    return str(value.get("@language", "")) if isinstance(value, Mapping) else ""


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://", "mailto:")) and " " not in text and not text.endswith(":")
