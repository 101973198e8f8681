"""The addresses of analyses, surveys and a sub-project's own page, for the table of addresses, and one of each."""

from datetime import timedelta

from pluginnovation.web.projects.models import Analysis, Deviation, Document, Goal, Risk, SubProject, Survey
from tests.pals import HOME, TODAY, Pals

MORE = """
    GET  /nulage/                                            200 200 404 404 200 200 200 200 404 404 302
    GET  /nulage/<slug:kind>/<str:about>/                    200 200 404 404 404 200 200 200 404 404 302
    GET  /nulage/<slug:kind>/<str:about>/skriv/<slug:part>/  200 200 404 404 404 200 404 404 404 404 302
    POST /nulage/<slug:kind>/<str:about>/skriv/<slug:part>/  302 302 404 404 404 302 404 404 404 404 302
    POST /nulage/<slug:kind>/<str:about>/fyll-i/             302 302 404 404 404 302 404 404 404 404 302
    POST /nulage/<slug:kind>/<str:about>/klar/               302 302 404 404 404 302 404 404 404 404 302
    GET  /nulage/<slug:kind>/<str:about>/version/<row:number>/ 200 200 404 404 404 200 200 200 404 404 302
    GET  /nulage/<slug:kind>/<str:about>/en-sida/            200 200 404 404 404 200 200 200 404 404 302
    GET  /nulage/<slug:kind>/<str:about>/enkat/ny/           200 200 404 404 404 200 404 404 404 404 302
    POST /nulage/<slug:kind>/<str:about>/enkat/ny/           422 422 404 404 404 422 404 404 404 404 302
    GET  /nulage/<slug:kind>/<str:about>/enkat/<row:number>/ 200 200 404 404 404 200 200 200 404 404 302
    POST /nulage/<slug:kind>/<str:about>/enkat/<row:number>/stang/ 302 302 404 404 404 302 404 404 404 404 302
    GET  /enkat/<slug:key>/                                  200 200 200 200 200 200 200 200 200 200 200
    POST /enkat/<slug:key>/                                  422 422 422 422 422 422 422 422 422 422 422
    GET  /delprojekt/                                        200 200 404 404 200 302 200 200 404 404 302
    GET  /delprojekt/<row:number>/                           200 200 404 404 404 200 200 200 404 404 302
    GET  /delprojekt/<row:number>/mal/                       200 200 404 404 404 200 200 200 404 404 302
    GET  /delprojekt/<row:number>/mal/nytt/<slug:kind>/      404 404 404 404 404 200 404 404 404 404 302
    POST /delprojekt/<row:number>/mal/nytt/<slug:kind>/      404 404 404 404 404 422 404 404 404 404 302
    GET  /delprojekt/<row:number>/mal/<row:goal>/las-av/     404 404 404 404 404 200 404 404 404 404 302
    POST /delprojekt/<row:number>/mal/<row:goal>/las-av/     404 404 404 404 404 422 404 404 404 404 302
    POST /delprojekt/<row:number>/mal/<row:goal>/slut/       404 404 404 404 404 302 404 404 404 404 302
    GET  /delprojekt/<row:number>/risker/                    200 200 404 404 404 200 200 200 404 404 302
    POST /delprojekt/<row:number>/risker/                    404 404 404 404 404 422 404 404 404 404 302
    POST /delprojekt/<row:number>/risker/<row:risk>/over/    404 404 404 404 404 302 404 404 404 404 302
    GET  /delprojekt/<row:number>/avvikelser/                200 200 404 404 404 200 200 200 404 404 302
    POST /delprojekt/<row:number>/avvikelser/                404 404 404 404 404 422 404 404 404 404 302
    GET  /delprojekt/<row:number>/dokument/                  200 200 404 404 404 200 200 200 404 404 302
    POST /delprojekt/<row:number>/dokument/                  404 404 404 404 404 422 404 404 404 404 302
    GET  /delprojekt/<row:number>/dokument/<row:document>/   200 200 404 404 404 200 200 200 404 404 302
"""
# What stands in these addresses; the longest is filled in first.
PARTS = {
    "nulage/<slug:kind>/<str:about>/": "nulage/delprojekt/1/",
    "skriv/<slug:part>/": "skriv/rutiner/",
    "mal/nytt/<slug:kind>/": "mal/nytt/number/",
    "enkat/<slug:key>/": "enkat/abcdefgh/",
}


def more_once(pals: Pals, told: dict[str, object]) -> None:
    """An analysis, a survey, a goal, a risk, a deviation and a document of sub-project 1, each with the number 1."""
    project = SubProject.objects.get(pk=1)
    school = {"school": pals.place("bjork"), "municipality": HOME}
    Analysis.objects.create(sub_project=project, version=1, document={}, done_at=told["at"], **school, **told)
    Survey.objects.create(
        sub_project=project, key="abcdefgh", audience="pupils", title="Vi", first=TODAY, last=TODAY + timedelta(days=9),
        questions=[{"key": "met", "sv": "Ja", "en": "Yes"}], **school, **told,
    )  # fmt: skip
    Goal.objects.create(sub_project=project, kind="text", text="Mål", text_target="Så", by_when=TODAY, **told)
    Risk.objects.create(sub_project=project, what="Risk", likely=1, serious=1, **told)
    Deviation.objects.create(sub_project=project, what="Sent", decision="Vänta", **told)
    Document.objects.create(sub_project=project, name="Plan", text="Så", **told)
