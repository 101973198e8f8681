"""The description of open data against its shape; the shape against descriptions that break it."""

from copy import deepcopy
from datetime import date

import pytest

from pluginnovation.knowledge.dcat import Dataset, File, Publisher, catalogue
from pluginnovation.knowledge.dcat_shape import broken

HUB = Publisher("PlugInnovation", "https://hub.example", "hub@example.org")
METHODS = Dataset(
    "metoder", ("Metoder", "Methods"), ("Alla metoder.", "All methods."), (("skola", "school"),),
    (File("/oppna-data/metoder.csv", "text/csv", ("Som CSV", "As CSV")),), "irregular", date(2026, 11, 22),
)  # fmt: skip


@pytest.fixture
def document():
    return catalogue(HUB, [METHODS])


def node(document, kind):
    return next(each for each in document["@graph"] if each["@type"] == kind)


def test_our_description_has_the_shape(document):
    assert broken(document) == ()


def test_a_dataset_that_never_changed_says_nothing_of_when():
    empty = Dataset("tomt", ("Tomt", "Empty"), ("-", "-"), (("ord", "word"),), METHODS.files, "continuous", None)
    found = catalogue(HUB, [empty])
    assert broken(found) == () and "dct:modified" not in node(found, "dcat:Dataset")


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("dcat:Catalog", "dct:title", None),
        ("dcat:Catalog", "dct:license", [{"@id": "https://a"}, {"@id": "https://b"}]),
        ("dcat:Dataset", "dct:publisher", {"@id": "https://hub.example/#katalog"}),
        ("dcat:Dataset", "dct:title", [{"@language": "en", "@value": "Only English"}]),
        ("dcat:Dataset", "dct:modified", {"@type": "xsd:date", "@value": "i går"}),
        ("dcat:Dataset", "dct:invented", {"@id": "https://a"}),
        ("dcat:Distribution", "dcat:accessURL", {"@id": "inte en adress"}),
        ("dcat:Distribution", "dct:license", None),
        ("foaf:Agent", "foaf:name", "  "),
        ("dcat:DataService", "dcat:endpointURL", "https://hub.example/api/"),
        ("vcard:Organization", "vcard:hasEmail", {"@id": "mailto:"}),
    ],
)
def test_every_breach_of_the_shape_is_told(document, kind, name, value):
    wrong = deepcopy(document)
    found = node(wrong, kind)
    found.pop(name, None)
    if value is not None:
        found[name] = value
    assert any(name in line for line in broken(wrong))


def test_a_missing_catalogue_and_a_node_described_twice_are_told(document):
    twice = {"@graph": [*document["@graph"], document["@graph"][0]]}
    assert any("described twice" in line for line in broken(twice))
    assert "no dcat:Catalog" in broken({"@graph": []})
