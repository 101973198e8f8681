"""How long a complete analysis takes: counted on its own pages, with rates that are said, and walked form by form.

Reading 200 words a minute; an answer that is chosen 10 seconds, with thought; a list of boxes 2 seconds a box; own
words 19 a minute, thinking counted (what people manage who compose at a keyboard); a page that is opened 5 seconds.
"""

import re
from html import unescape

from pluginnovation.projects.analysis import done, unpacked
from pluginnovation.web.projects.models import Analysis
from tests.pals import Pals
from tests.web.projects.analysed import counted_at
from tests.web.projects.test_current_state_pages import Visiting, at

READ, CHOICE, BOX, WRITTEN, PAGE = 60 / 200, 10, 2, 60 / 19, 5
LIMIT = 30 * 60
PROBLEM = (
    "Frånvaron ökar tredje terminen i rad och mest på måndagar. De som är borta kommer sällan tillbaka samma vecka, och"
    " vi märker det för sent. Ingen har ansvar för att möta upp den som varit borta, och det missade växer."
)
FACTOR = "Vi ringer hem samma dag men pratar sällan med eleven."
CHAIN = {
    "orsak-1": "Ingen vuxen möter upp den som varit borta", "orsak-2": "Det missade känns för stort att ta igen",
    "mal-1": "Någon möter varje elev första dagen", "mal-orsak-1": "1",
    "mal-2": "Det missade går att ta igen på två veckor", "mal-orsak-2": "2",
    "insats-1": "Två vuxna möter upp varje måndag", "insats-mal-1": "1",
    "insats-2": "Studiepass med plan för det missade", "insats-mal-2": "2",
}  # fmt: skip


def words(page: str) -> int:
    main = page.split("<main", 1)[1].split("</main>")[0]
    return len(re.findall(r"\w+", unescape(re.sub(r"<[^>]+>", " ", main))))


def named(page: str, kind: str) -> set[str]:
    return set(re.findall(rf'<input type="{kind}" name="([^"]+)"', page))


def test_a_complete_analysis_takes_less_than_half_an_hour(visit_as: Visiting, pals: Pals) -> None:
    counted_at(pals)
    taken, opened, where = 0.0, 0, at(pals)
    page = visit_as(pals.petra, where).content.decode()
    taken, opened = taken + PAGE + words(page) * READ, opened + 1
    where = re.search(r'class="btn main" href="([^"]+)"', page)[1]
    while "/skriv/" in where:
        page = visit_as(pals.petra, where).content.decode()
        opened += 1
        choices, boxes = named(page, "radio"), set(re.findall(r'name="hinder" value="([^"]+)"', page))
        form = {name: re.search(rf'name="{name}" value="(\w+)"', page)[1] for name in choices if "saker" not in name}
        own = dict.fromkeys(re.findall(r'<textarea[^>]*name="(text-[^"]+)"', page), FACTOR)
        own |= {"ord": PROBLEM} if 'name="ord"' in page else {}
        if 'name="orsak-1"' in page:
            own |= CHAIN
            form["problem"] = PROBLEM
            assert PROBLEM in unescape(page), "the chain begins with the problem as it is written"
        taken += PAGE + words(page) * READ + len(form) * CHOICE + len(boxes) * BOX
        taken += sum(len(text.split()) * WRITTEN if len(text) > 1 else CHOICE for text in own.values())
        version = re.search(r'name="version" value="(\d+)"', page)[1]
        assert opened < 9
        where = visit_as(pals.petra, where, vidare="1", version=version, **form, **own).headers["Location"]
    assert done(unpacked(Analysis.objects.latest("version").document)).complete
    # Its page once more, to say that it is complete: five pages and six buttons in all, and nothing else to find.
    assert opened == 5
    assert visit_as(pals.petra, at(pals, "klar/"), nu="1").status_code == 302
    taken += PAGE + CHOICE
    assert 8 * 60 < taken < LIMIT, taken
    print(f"{taken / 60:.1f} minutes")  # noqa: T201 read with -s, for the documentation
