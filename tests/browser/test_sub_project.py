"""A whole sub-project, from the call to what is left of it half a year later, by everyone who has a part in it."""

import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from pluginnovation.projects.analysis_words import FACTORS, ROUTINES
from tests.browser.conftest import Enter
from tests.browser.server import OURS, Server

NAME = "Hela onsdagen"
STARTS, AS_OF = date(2026, 1, 12), date(2026, 6, 12)
ANSWERS = "Frånvaron ökar tredje terminen i rad. Det märks mest på onsdagar."


def fill(page: Page, **said: str) -> None:
    """Fill in the fields of a page's form by name: texts, days, choices."""
    for name, value in said.items():
        field = page.locator(f"[name='{name}']:not([type=hidden])").first
        kind = field.evaluate("one => one.tagName + '.' + one.type")
        if kind == "INPUT.radio":
            page.locator(f"[name='{name}'][value='{value}']").check()
        elif kind.startswith("SELECT"):
            field.select_option(value)
        else:
            field.fill(value)


def send(page: Page, button: str) -> None:
    """Press a button, and let the answer be a page without an error."""
    page.get_by_role("button", name=button, exact=True).first.click()
    expect(page.locator(".errors")).to_have_count(0)


def opened(page: Page, summary: str) -> None:
    """Unfold what a summary hides."""
    page.locator("summary", has_text=summary).first.click()


def apply_with_a_filled_analysis(page: Page) -> str:
    """The school applies; its analysis comes filled in from the registers. The application's address."""
    page.goto("/utlysningar/")
    page.get_by_role("link", name="Tidiga insatser").click()
    page.get_by_role("link", name="Börja en ansökan").click()
    fill(page, name=NAME)
    if not page.locator("[name=place]:checked").count():
        page.locator("[name=place]").first.check()
    send(page, "Börja")
    there = page.url
    for number in (1, 2, 3):
        page.goto(f"{there}svar/{number}/")
        fill(page, text=ANSWERS)
        send(page, "Spara")
    page.goto(f"{there}budget/")
    fill(page, grant="100000", own="100000", ore_staff="200000", text_staff="Två vuxna")
    send(page, "Spara budgeten")
    page.goto(there)
    page.get_by_role("link", name="Nulägesanalysen, ifylld ur registret").click()
    analysis = page.url
    assert page.locator("table").count() > 0, "nothing came from the registers"
    expect(page.locator("main")).to_contain_text(re.compile(r"\d+,\d\s%"))
    for part, said in parts_of_the_analysis().items():
        page.goto(f"{analysis}skriv/{part}/")
        fill(page, **said)
        page.locator("form .btn.main").first.click()
        expect(page.locator(".errors")).to_have_count(0)
    page.goto(analysis)
    send(page, "Analysen är klar")
    page.goto(f"{there}skicka/")
    send(page, "Skicka in")
    expect(page.locator(".answer")).to_contain_text("Inskickad")
    return there


def parts_of_the_analysis() -> dict[str, dict[str, str]]:
    """What the school writes beside the figures."""
    return {
        "rutiner": {f"svar-{key}": "missing" for key in ROUTINES},
        "faktorer": {f"svar-{key}": "weak" for key in FACTORS},
        "problem": {"ord": "Vi har saknat någon som håller i det."},
        "modell": {"problem": "För många är borta.", "orsak-1": "Ingen möter upp.", "mal-1": "Någon märker samma dag.",
                  "mal-orsak-1": "1", "insats-1": "Två vuxna möter upp.", "insats-mal-1": "1"},
    }  # fmt: skip


def judge(enter: Enter, there: str) -> str:
    """The region screens, two review without seeing each other, and the region decides. The sub-project's address."""
    lead, process = enter("regional_lead"), enter("process_leader")
    lead.goto(f"{there}villkor/")
    for box in lead.locator("[name^=check_][value=yes]").all():
        box.check()
    fill(lead, verdict="eligible")
    send(lead, "Spara prövningen")
    lead.goto(there)
    names = lead.locator("select[name=reviewer] option").all_text_contents()
    for name in [name for name in names if "Exempel" in name][:2]:
        lead.goto(there)
        opened(lead, "Be någon granska")
        lead.locator("select[name=reviewer]").select_option(label=name)
        send(lead, "Be om granskning")
    for page in (lead, process):
        page.goto(f"{there}jav/")
        fill(page, conflict="no")
        send(page, "Svara")
        page.goto(f"{there}granskning/")
        for name in {box.get_attribute("name") for box in page.locator("[name^=score_]").all()}:
            page.locator(f"[name={name}][value='3']").check()
        fill(page, advice="grant", text="Problemet är visat.")
        send(page, "Skicka granskningen")
    lead.goto(f"{there}beslut/")
    fill(lead, verdict="grant", grant="100000", reasons="Problemet är visat med egna siffror.")
    send(lead, "Fatta beslutet")
    lead.goto(there)
    lead.get_by_role("link", name="Till delprojektet").click()
    project = lead.url
    lead.goto(f"{project}ledare/")
    fill(lead, who="demo:leader-1", first=STARTS.isoformat())
    lead.locator("form .btn.main").first.click()
    expect(lead.locator(".errors")).to_have_count(0)
    lead.goto(f"{project}tid/")
    fill(lead, starts=STARTS.isoformat(), ends="2026-12-18")
    send(lead, "Spara")
    return project


def start(page: Page, project: str) -> None:
    """Goals, a locked plan, the start, and an activity that is held."""
    later = (date.today() + timedelta(days=3)).isoformat()
    last = max("2026-12-18", (date.today() + timedelta(days=30)).isoformat())
    page.goto(f"{project}mal/nytt/text/")
    fill(page, text="Fler kommer i tid på onsdagar", text_target="De flesta", by_when=last)
    page.locator("form .btn.main").first.click()
    expect(page.locator(".errors")).to_have_count(0)
    page.goto(f"{project}plan/")
    fill(page, question="Minskar frånvaron?", outcome="absence_share", design="comparison", opens=later, closes=last,
         comparison="Klasser som inte har börjat.")  # fmt: skip
    send(page, "Lås planen")
    expect(page.locator(".answer")).to_contain_text("Planen låstes")
    page.goto(f"{project}laget/")
    send(page, "Starta delprojektet")
    expect(page.locator(".answer")).to_contain_text("Pågår")
    page.goto(f"{project}aktiviteter/")
    opened(page, "Ny aktivitet")
    fill(page, name="Möta upp", intent="remedial", reach="intensive", level="individual", starts=STARTS.isoformat(),
         planned="20")  # fmt: skip
    send(page, "Planera")
    for day in ("2026-02-04", "2026-03-04", "2026-04-15"):
        opened(page, "Skriv ett tillfälle")
        fill(page, on=day, times="5", held="yes")
        send(page, "Spara")
    expect(page.locator(".answer")).to_contain_text("15 av 20 planerade tillfällen har hållits.")


def let_pupils_take_part(page: Page, least: int) -> int:
    """An adult who sees the pupils lets some of whom enough is known take part, from the day that it began."""
    page.goto("/elever/?visa=ovriga")
    pupils = page.locator("table.pupils tbody th a, table.pupils tbody a")
    addresses = list(dict.fromkeys(one.get_attribute("href") for one in pupils.all()))
    joined = 0
    for address in addresses:
        page.goto(f"{address.split('?')[0]}delprojekt/")
        option = page.locator("select[name=sub_project] option", has_text=NAME)
        if not option.count():
            continue
        fill(page, starts=STARTS.isoformat())
        page.locator("select[name=sub_project]").select_option(label=NAME)
        send(page, "Låt eleven delta")
        joined += 1
        if joined == least:
            break
    return joined


def counted(server: Server) -> None:
    """What the night counts, counted now, as of the last day of the made-up records."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    command = [str(Path(sys.executable).with_name("plug")), "projects", "count", "--as-of", AS_OF.isoformat(), "--json"]
    done = subprocess.run(command, env=kept | {"PLUG_HOME": str(server.home)}, stdout=subprocess.PIPE, check=True)
    assert json.loads(done.stdout)["sub_projects"] > 0


def report(page: Page, project: str, kind: str) -> str:
    """Write a report, section by section, and hand it in. Its address."""
    page.goto(f"{project}rapporter/")
    fill(page, kind=kind, first=STARTS.isoformat(), last=AS_OF.isoformat())
    send(page, "Börja")
    there = page.url
    texts = {"goals": {"goals_reached": "partly", "goals_text": "En bit på väg."}, "organisation": {"methods": "some"},
             "experience": {"worked": "Samma vuxna.", "did_not_work": "Sms."}}  # fmt: skip
    sections = ["goals", "participants", "organisation", "experience"]
    if kind == "final":
        texts["after"] = {"absorbed": "partly", "absorbed_owner": "Arbetslagsledarna"}
        sections.append("after")
    for section in sections:
        page.goto(f"{there}skriv/{section}/")
        fill(page, **texts.get(section, {}))
        if section == "participants":
            for name in ("attendance", "unexcused", "grades", "mapped", "in_school"):
                unmeasured = page.locator(f"[name={name}][value=not_measured]")
                (unmeasured if unmeasured.count() else page.locator(f"[name={name}][value=same]")).check()
            assert page.locator("[name=attendance][value=not_measured]").count() == 0, "absence is in the registers"
        send(page, "Spara")
    page.goto(there)
    said = page.locator(".answer").inner_text()
    share = int(re.search(r"\((\d+)\s%\)", said)[1])
    assert share >= 80, said
    send(page, "Lämna in rapporten")
    expect(page.locator(".answer")).to_contain_text("Inlämnad")
    return there


def test_a_sub_project_from_the_call_to_what_is_left_of_it(enter: Enter, server: Server):
    there = apply_with_a_filled_analysis(enter("principal"))
    project = judge(enter, there)
    leader, lead = enter("sub_project_leader"), enter("regional_lead")
    start(leader, project)
    assert let_pupils_take_part(enter("principal"), 12) == 12
    leader.goto(f"{project}deltagare/")
    expect(leader.locator(".answer")).to_contain_text("Tolv elever deltar i dag.")
    counted(server)
    leader.goto(f"{project}ekonomi/")
    opened(leader, "Arbetad tid eller kostnad")
    fill(leader, on="2026-03-02", category="staff", text="Arbetad tid", hours="40", rate="380", paid_by="grant")
    leader.locator("form .btn.main").first.click()

    for kind in ("interim", "final"):
        where = report(leader, project, kind)
        lead.goto(where)
        send(lead, "Godkänn rapporten")
        expect(lead.locator(".answer")).to_contain_text("Godkänd")
    leader.goto(where)
    send(leader, "Publicera till kunskapsbanken")
    expect(leader.locator(".answer")).to_contain_text("Publicerad")
    leader.goto(f"{project}overlamning/")
    opened(leader, "Lämna över")
    fill(leader, absorbed="partly", owner_role="Arbetslagsledarna", what="Det fortsätter på onsdagar.")
    send(leader, "Lämna över")
    for move in ("Slutrapporten är godkänd", "Avsluta"):
        lead.goto(f"{project}laget/")
        send(lead, move)

    # Among those that have been over for half a year, one answered and its neighbour never has.
    lead.goto("/behov/")
    said = lead.locator("section", has_text="Finns det kvar?").inner_text()
    assert re.search(r"Efter 6 månader: 1 av 2 finns kvar\. Andelen är mellan 50\s% och 100\s%\. En är okänd", said)
