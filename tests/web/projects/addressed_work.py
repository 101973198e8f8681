"""The addresses of what a sub-project does, of process support and of needs, for the table; and one of each."""

from datetime import timedelta

from pluginnovation.web.projects.models import (
    Activity,
    Agreement,
    Claim,
    Network,
    NetworkMember,
    Offer,
    Participant,
    RegionDecision,
    Report,
    SubProject,
    SupportRequest,
)
from tests.pals import HOME, TODAY, Pals

WORK = """
    GET  /delprojekt/<row:number>/aktiviteter/                        200 200 404 404 404 200 200 200 404 404 302
    POST /delprojekt/<row:number>/aktiviteter/ny/                     404 404 404 404 404 422 404 404 404 404 302
    POST /delprojekt/<row:number>/aktiviteter/<row:activity>/hallen/  404 404 404 404 404 422 404 404 404 404 302
    POST /delprojekt/<row:number>/aktiviteter/<row:activity>/slut/    404 404 404 404 404 302 404 404 404 404 302
    GET  /delprojekt/<row:number>/deltagare/                          200 200 404 404 404 200 200 200 404 404 302
    GET  /delprojekt/<row:number>/deltagare/<str:code>/               404 404 404 404 404 200 404 404 404 404 302
    POST /delprojekt/<row:number>/deltagare/<str:code>/slut/          404 404 404 404 404 422 404 404 404 404 302
    GET  /elev/<str:code>/delprojekt/                                 200 200 200 404 404 404 404 404 404 404 302
    POST /elev/<str:code>/delprojekt/                                 422 422 422 404 404 404 404 404 404 404 302
    GET  /delprojekt/<row:number>/plan/                               200 200 404 404 404 200 200 200 404 404 302
    POST /delprojekt/<row:number>/plan/las/                           404 404 404 404 404 422 404 404 404 404 302
    GET  /delprojekt/<row:number>/plan/fil/                           302 302 404 404 404 302 302 302 404 404 302
    GET  /delprojekt/<row:number>/tid/                                404 404 404 404 404 200 200 200 404 404 302
    POST /delprojekt/<row:number>/tid/                                404 404 404 404 404 422 422 422 404 404 302
    GET  /delprojekt/<row:number>/laget/                              200 200 404 404 404 200 200 200 404 404 302
    POST /delprojekt/<row:number>/laget/                              422 422 404 404 404 422 422 422 404 404 302
    GET  /delprojekt/<row:number>/processtod/                         404 404 404 404 404 200 404 404 404 404 302
    GET  /delprojekt/<row:number>/rapporter/                          200 200 404 404 404 200 200 200 404 404 302
    POST /delprojekt/<row:number>/rapporter/ny/                       404 404 404 404 404 422 404 404 404 404 302
    GET  /rapporter/                                                  404 404 404 404 404 404 200 200 404 404 302
    GET  /rapporter/<row:number>/                                     404 404 404 404 404 200 404 404 404 404 302
    GET  /rapporter/<row:number>/skriv/<slug:section>/                404 404 404 404 404 200 404 404 404 404 302
    POST /rapporter/<row:number>/skriv/<slug:section>/                404 404 404 404 404 422 404 404 404 404 302
    GET  /rapporter/<row:number>/pastaende/                           404 404 404 404 404 200 404 404 404 404 302
    POST /rapporter/<row:number>/pastaende/                           404 404 404 404 404 422 404 404 404 404 302
    POST /rapporter/<row:number>/pastaende/<row:claimed>/bort/        404 404 404 404 404 302 404 404 404 404 302
    POST /rapporter/<row:number>/lamna/                               404 404 404 404 404 422 404 404 404 404 302
    POST /rapporter/<row:number>/tillbaka/                            404 404 404 404 404 404 404 404 404 404 302
    POST /rapporter/<row:number>/godkann/                             404 404 404 404 404 404 404 404 404 404 302
    POST /rapporter/<row:number>/publicera/                           404 404 404 404 404 409 404 404 404 404 302
    GET  /rapporter/<row:number>/dokument/                            404 404 404 404 404 404 404 404 404 404 302
    GET  /rapporter/<row:number>/pdf/                                 404 404 404 404 404 200 404 404 404 404 302
    GET  /delprojekt/<row:number>/overlamning/                        200 200 404 404 404 200 200 200 404 404 302
    POST /delprojekt/<row:number>/overlamning/ny/                     422 422 404 404 404 422 404 404 404 404 302
    POST /delprojekt/<row:number>/uppfoljning/<row:months>/           404 404 404 404 404 404 404 404 404 404 302
    GET  /processtod/                                                 404 404 404 404 404 404 200 200 404 404 302
    GET  /processtod/natverk/                                         404 404 404 404 404 404 200 200 404 404 302
    POST /processtod/natverk/ny/                                      404 404 404 404 404 404 422 422 404 404 302
    POST /processtod/natverk/<row:network>/med/                       404 404 404 404 404 404 422 422 404 404 302
    POST /processtod/natverk/<row:network>/mote/                      404 404 404 404 404 404 422 422 404 404 302
    POST /processtod/natverk/<row:network>/overenskommelse/           404 404 404 404 404 404 422 422 404 404 302
    POST /processtod/natverk/<row:network>/<row:member>/lamna/        404 404 404 404 404 404 302 302 404 404 302
    GET  /processtod/utbud/                                           404 404 404 404 404 404 200 200 404 404 302
    POST /processtod/utbud/ny/                                        404 404 404 404 404 404 422 422 404 404 302
    POST /processtod/utbud/<row:number>/bort/                         404 404 404 404 404 404 302 302 404 404 302
    GET  /processtod/<row:number>/                                    404 404 404 404 404 404 200 200 404 404 302
    POST /processtod/<row:number>/mote/                               404 404 404 404 404 404 422 422 404 404 302
    POST /processtod/<row:number>/overenskommelse/                    404 404 404 404 404 404 422 422 404 404 302
    POST /delprojekt/<row:number>/overenskommelse/<row:agreement>/klar/ 404 404 404 404 404 302 302 302 404 404 302
    GET  /behov/                                                      404 404 404 404 404 404 200 200 404 404 302
    POST /behov/beslut/                                               404 404 404 404 404 404 422 422 404 404 302
    POST /behov/beslut/<row:number>/                                  404 404 404 404 404 404 422 422 404 404 302
    GET  /stod/                                                       200 200 404 404 200 404 404 404 404 404 302
    POST /stod/                                                       422 422 404 404 422 404 404 404 404 404 302
    POST /stod/<row:number>/svar/                                     302 302 404 404 404 404 404 404 404 404 302
    GET  /behov/stod/<row:number>/                                    404 404 404 404 404 404 200 200 404 404 302
    POST /behov/stod/<row:number>/erbjud/                             404 404 404 404 404 404 422 422 404 404 302
    POST /behov/stod/<row:number>/mote/                               404 404 404 404 404 404 422 422 404 404 302
    POST /behov/stod/<row:number>/avsluta/                            404 404 404 404 404 404 422 422 404 404 302
"""
PARTS_OF_WORK = {"skriv/<slug:section>/": "skriv/goals/"}


def work_once(pals: Pals, told: dict[str, object]) -> None:
    """What sub-project 1 does, each with the number 1, and one request, need and offer of the region's."""
    project = SubProject.objects.get(pk=1)
    own = {"sub_project": project, **told}
    Activity.objects.create(
        name="Möta upp", intent="remedial", reach="intensive", level="individual", starts=TODAY, **own
    )
    Participant.objects.create(pupil=pals.mira, start_date=TODAY, **own)
    report = Report.objects.create(kind="interim", first=TODAY, last=TODAY, **own)
    Claim.objects.create(report=report, text="Bättre", **told)
    Agreement.objects.create(what="Lista", due=TODAY + timedelta(days=9), **own)
    network = Network.objects.create(name="Närvaro", **told)
    NetworkMember.objects.create(network=network, **own)
    Offer.objects.create(kind="training", name="Bemötande", **told)
    RegionDecision.objects.create(text="Konferens", owner="Processledaren", due=TODAY, **told)
    SupportRequest.objects.create(school=pals.place("bjork"), municipality=HOME, kind="training", text="Ja", **told)
