"""The papers around the code say what the code does: versions, licences, reasons, glossary."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution

import pluginnovation
from tests.house.tree import ROOT, SRC, texts

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FREE = re.compile(
    r"\b(MIT|BSD|ISC|Apache|MPL|PSF|LGPL|Lesser|OFL|PostgreSQL|Unlicense|0BSD|CC0)",
    re.IGNORECASE,
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_changelog_begins_with_the_version_that_is_installed():
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", read("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == PROJECT["version"] == distribution(pluginnovation.__name__).version


def test_the_licence_is_the_european_union_public_licence():
    assert PROJECT["license"] == "EUPL-1.2"
    assert read("LICENSE").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


def test_everything_it_runs_on_has_a_free_licence():
    unknown = {}
    for name in re.findall(r"^([a-z0-9][\w.-]*)==", read("requirements/run.txt"), re.MULTILINE):
        try:
            about = distribution(name).metadata
        except PackageNotFoundError:  # meant for another system or a newer Python
            continue
        classifiers = [c for c in about.get_all("Classifier") or () if c.startswith("License")]
        said = [about.get("License-Expression"), *classifiers, (about.get("License") or "")[:200]]
        licences = " ".join(filter(None, said))
        if not FREE.search(licences):
            unknown[name] = licences
    assert not unknown


def test_every_dependency_carries_its_reason():
    lines = read("pyproject.toml").split("[project.scripts]")[0].splitlines()
    named = [line for line in lines if re.match(r'\s+"[a-z]', line)]
    assert len(named) > 20
    assert not [line for line in named if not re.search(r"# \S+ ", line)]


def test_every_dependency_is_in_the_lists():
    def pinned(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9][\w.-]*)==", read(f"requirements/{name}.txt"), re.MULTILINE))

    def wanted(requirements: list[str]) -> set[str]:
        return {re.split(r"[\[<>=;]", r)[0].lower() for r in requirements}

    extras = PROJECT["optional-dependencies"]
    run = wanted(PROJECT["dependencies"] + extras["build"])
    assert run <= pinned("run")
    assert run | wanted(extras["dev"]) <= pinned("dev")
    assert run | wanted(extras["dev"]) | wanted(extras["spark"]) <= pinned("spark")


def test_the_readme_shows_the_map_as_it_is():
    flow = re.search(r"```text\n(.*?)```", read("README.md"), re.DOTALL)
    assert flow
    told = re.findall(r"\b(\w+)/", flow[1].split("\n", 1)[1])
    folders = {p.name for p in SRC.iterdir() if (p / "__init__.py").exists()}
    assert set(told) == folders
    river = ["records", "signals", "support", "projects", "evidence", "knowledge", "outcomes"]
    assert [name for name in told if name in river] == river


def test_the_glossary_uses_the_codes_own_words():
    code = "\n".join(text for path, text in texts(".py", ".html") if SRC in path.parents)
    built = read("docs/glossary.md").split("## Later")[0]
    words = {word for row in built.splitlines() if row.startswith("|") for word in re.findall(r"`(\w+)`", row)}
    assert len(words) > 30
    assert not {word for word in words if not re.search(rf"\b{word}s?\b|_{word}\b|\b{word}_", code, re.IGNORECASE)}


def test_every_link_of_the_papers_leads_somewhere():
    dead = [
        f"{path.relative_to(ROOT)}: {link}"
        for path, text in texts(".md")
        if path.parent == ROOT
        for link in re.findall(r"\]\(([^)#:]+)\)", text)
        if not (path.parent / link).exists()
    ]
    assert not dead
