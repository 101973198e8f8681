"""What open data there is, told to the national data portal: DCAT-AP-SE as JSON-LD.

Sweden's profile of the European one (DCAT-AP 3): every dataset has a publisher, somebody to ask, keywords and a theme,
and every file a licence. `dcat_shape.py` has the demands; nothing is given out that breaks them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

CC0: Final = "http://creativecommons.org/publicdomain/zero/1.0/"
PUBLIC: Final = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
EDUCATION: Final = "http://publications.europa.eu/resource/authority/data-theme/EDUC"
FORMATS: Final = "https://www.iana.org/assignments/media-types/"
LANGUAGES: Final = {
    "sv": "http://publications.europa.eu/resource/authority/language/SWE",
    "en": "http://publications.europa.eu/resource/authority/language/ENG",
}
OFTEN: Final = {
    "continuous": "http://publications.europa.eu/resource/authority/frequency/UPDATE_CONT",
    "irregular": "http://publications.europa.eu/resource/authority/frequency/IRREG",
}
NAMES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
Both = tuple[str, str]


@dataclass(frozen=True, slots=True)
class File:
    """One way to have a dataset. kind: a media type such as 'text/csv'; path: from the hub's address."""

    path: str
    kind: str
    title: Both


@dataclass(frozen=True, slots=True)
class Dataset:
    """One set of data. key: the last word of its address; changed: None when it has never been anything in it."""

    key: str
    title: Both
    about: Both
    words: tuple[Both, ...]
    files: tuple[File, ...]
    often: str
    changed: date | None


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who answers for the hub. address: the hub's, without a slash at the end; mail: somebody to ask."""

    name: str
    address: str
    mail: str


def catalogue(publisher: Publisher, datasets: Sequence[Dataset]) -> dict[str, Any]:
    """The description as one JSON-LD document."""
    root, who = publisher.address, {"@id": f"{publisher.address}/#utgivare"}
    node: dict[str, Any] = {
        "@id": f"{root}/#katalog",
        "@type": "dcat:Catalog",
        "dct:title": _both(("Öppna data från PlugInnovation", "Open data from PlugInnovation")),
        "dct:description": _both(
            (
                "Metoder mot studieavbrott och vad vi vet om dem. Bara sammanställda uppgifter, aldrig om en person.",
                "Methods against school drop-out and what is known of them. Only summaries, never about a person.",
            )
        ),
        "dct:publisher": who,
        "dct:license": {"@id": CC0},
        "dct:language": [{"@id": each} for each in LANGUAGES.values()],
        "foaf:homepage": {"@id": f"{root}/"},
        "dcat:themeTaxonomy": {"@id": "http://publications.europa.eu/resource/authority/data-theme"},
        "dcat:dataset": [{"@id": _address(root, each)} for each in datasets],
        "dcat:service": [{"@id": f"{root}/#api"}],
    }
    agent = {"@id": who["@id"], "@type": "foaf:Agent", "foaf:name": publisher.name}
    contact = {
        "@id": f"{root}/#kontakt",
        "@type": "vcard:Organization",
        "vcard:fn": publisher.name,
        "vcard:hasEmail": {"@id": f"mailto:{publisher.mail}"},
    }
    graph = [node, agent, contact, _service(root, datasets)]
    for each in datasets:
        graph += _described(root, each)
    return {"@context": dict(NAMES), "@graph": graph}


def _service(root: str, datasets: Sequence[Dataset]) -> dict[str, Any]:
    return {
        "@id": f"{root}/#api",
        "@type": "dcat:DataService",
        "dct:title": _both(("Öppet API", "Open API")),
        "dcat:endpointURL": {"@id": f"{root}/api/"},
        "dcat:endpointDescription": {"@id": f"{root}/api/openapi.json"},
        "dct:publisher": {"@id": f"{root}/#utgivare"},
        "dcat:contactPoint": {"@id": f"{root}/#kontakt"},
        "dct:accessRights": {"@id": PUBLIC},
        "dct:license": {"@id": CC0},
        "dcat:servesDataset": [{"@id": _address(root, each)} for each in datasets],
    }


def _described(root: str, each: Dataset) -> list[dict[str, Any]]:
    files = [_file(root, file) for file in each.files]
    node: dict[str, Any] = {
        "@id": _address(root, each),
        "@type": "dcat:Dataset",
        "dct:title": _both(each.title),
        "dct:description": _both(each.about),
        "dct:publisher": {"@id": f"{root}/#utgivare"},
        "dcat:contactPoint": {"@id": f"{root}/#kontakt"},
        "dct:accessRights": {"@id": PUBLIC},
        "dct:accrualPeriodicity": {"@id": OFTEN[each.often]},
        "dct:language": [{"@id": address} for address in LANGUAGES.values()],
        "dcat:theme": [{"@id": EDUCATION}],
        "dcat:keyword": [word for pair in each.words for word in _both(pair)],
        "dcat:landingPage": {"@id": f"{root}/oppna-data/"},
        "dcat:distribution": [{"@id": file["@id"]} for file in files],
    }
    if each.changed is not None:
        node["dct:modified"] = {"@type": "xsd:date", "@value": each.changed.isoformat()}
    return [node, *files]


def _file(root: str, file: File) -> dict[str, Any]:
    return {
        "@id": f"{root}{file.path}#fil",
        "@type": "dcat:Distribution",
        "dct:title": _both(file.title),
        "dcat:accessURL": {"@id": f"{root}{file.path}"},
        "dcat:downloadURL": {"@id": f"{root}{file.path}"},
        "dcat:mediaType": {"@id": f"{FORMATS}{file.kind}"},
        "dct:license": {"@id": CC0},
    }


def _address(root: str, each: Dataset) -> str:
    return f"{root}/oppna-data/#{each.key}"


def _both(pair: Both) -> list[Mapping[str, str]]:
    return [{"@language": "sv", "@value": pair[0]}, {"@language": "en", "@value": pair[1]}]
