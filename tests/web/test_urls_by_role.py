"""Every address and everyone who may ask for it, in one table. A new address without a line here fails."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from tests.pals import Pals, move_in
from tests.settings import HOME
from tests.web.evidence.test_addresses_by_role import lines as of_evidence
from tests.web.projects.test_addresses_by_role import lines as of_projects
from tests.web.signals.conftest import draw
from tests.web.standing import Build

# Åsa and Omar are mentors at two schools, Tova teaches a group with Mira in it, Petra and Hanna are principal and
# nurse at Mira's school, Kim looks for youths without a school, Rut leads the region, Adam administers, Dag protects
# data, Charlie has no duty, and the last column isn't signed in. Each cell is the answer's status: 302 for a stranger
# leads to the start page.
WHO = ("asa", "omar", "tova", "petra", "hanna", "kim", "rut", "adam", "dag", "charlie", "nobody")

TABLE = """
    GET  /                                          302 302 302 302 302 302 302 302 302 200 200
    POST /demo/                                     302 302 302 302 302 302 302 302 302 302 302
    GET  /roll/                                     200 200 200 200 200 200 200 200 200 200 302
    POST /roll/                                     404 404 404 404 404 404 404 404 404 404 302
    GET  /logga-in/                                 302 302 302 302 302 302 302 302 302 302 200
    POST /logga-in/                                 302 302 302 302 302 302 302 302 302 302 422
    GET  /logga-in/kod/                             302 302 302 302 302 302 302 302 302 302 302
    GET  /logga-in/nyckel/                          200 200 200 200 200 200 200 200 200 200 200
    POST /logga-in/nyckel/                          422 422 422 422 422 422 422 422 422 422 422
    GET  /logga-in/mer/                             302 302 302 302 302 302 302 302 302 302 302
    GET  /logga-in/via/<slug:service>/              404 404 404 404 404 404 404 404 404 404 404
    GET  /logga-in/svar/<slug:service>/             404 404 404 404 404 404 404 404 404 404 404
    GET  /inbjudan/                                 410 410 410 410 410 410 410 410 410 410 410
    GET  /inbjudan/<str:token>/                     200 200 200 200 200 200 200 200 200 200 200
    POST /inbjudan/<str:token>/                     410 410 410 410 410 410 410 410 410 410 410
    GET  /konton/                                   404 404 404 404 404 404 404 200 404 404 302
    POST /konton/                                   404 404 404 404 404 404 404 404 404 404 302
    GET  /konto/                                    200 200 200 200 200 200 200 200 200 200 302
    POST /konto/                                    404 404 404 404 404 404 404 404 404 404 302
    POST /logga-ut/                                 302 302 302 302 302 302 302 302 302 302 302
    GET  /logga-ut/<slug:service>/                  404 404 404 404 404 404 404 404 404 404 404
    GET  /logga-ut/<slug:service>/dar/              404 404 404 404 404 404 404 404 404 404 404
    POST /sprak/                                    302 302 302 302 302 302 302 302 302 302 302
    GET  /halsa/                                    200 200 200 200 200 200 200 200 200 200 200
    GET  /jag/                                      200 200 200 200 200 200 200 200 200 200 302
    GET  /laget/                                    404 404 404 302 302 404 404 404 404 404 302
    GET  /skola/<str:code>/                         404 404 404 200 200 404 404 404 404 404 302
    GET  /klasser/                                  200 200 200 200 200 404 404 404 404 404 302
    GET  /klass/<str:code>/                         200 404 404 200 200 404 404 404 404 404 302
    GET  /klass/<str:code>/motet/                   200 404 404 200 200 404 404 404 404 404 302
    GET  /elever/                                   200 200 200 200 200 404 404 404 404 404 302
    GET  /elev/<str:code>/                          200 404 200 200 200 404 404 404 404 404 302
    GET  /elev/<str:code>/lektioner/                200 404 200 200 200 404 404 404 404 404 302
    POST /elev/<str:code>/signal/<str:name>/svar    422 404 422 422 422 404 404 404 404 404 302
    GET  /elev/<str:code>/varfor/                   200 404 200 200 200 404 404 404 404 404 302
    GET  /elev/<str:code>/utdrag/                   404 404 404 200 200 404 404 404 404 404 302
    POST /elev/<str:code>/utdrag/                   404 404 404 422 422 404 404 404 404 404 302
    GET  /elev/<str:code>/utdrag/<row:number>/      404 404 404 200 200 404 404 404 404 404 302
    POST /elev/<str:code>/utdrag/<row:number>/      404 404 404 302 302 404 404 404 404 404 302
    POST /elev/<str:code>/utdrag/<row:number>/slapp/ 404 404 404 302 409 404 404 404 404 404 302
    POST /elev/<str:code>/utdrag/<row:number>/kasta/ 404 404 404 302 410 404 404 404 404 404 302
    POST /elev/<str:code>/utdrag/<row:number>/hamta/ 404 404 404 404 404 404 404 404 404 404 302
    GET  /elev/<str:code>/synpunkter/               200 404 200 200 200 404 404 404 404 404 302
    POST /elev/<str:code>/synpunkter/               422 404 404 422 422 404 404 404 404 404 302
    POST /elev/<str:code>/synpunkter/<row:number>/svar/ 404 404 404 422 422 404 404 404 404 404 302
    GET  /min-dag/                                  200 200 200 200 200 404 404 404 404 404 302
    POST /min-dag/svar/<str:code>/                  422 404 422 422 422 404 404 404 404 404 302
    GET  /elev/<str:code>/steg/                     200 404 200 200 200 404 404 404 404 404 302
    POST /elev/<str:code>/steg/                     422 404 422 422 422 404 404 404 404 404 302
    POST /steg/<row:number>/klart/                  302 404 302 302 302 404 404 404 404 404 302
    POST /steg/<row:number>/angra/                  302 404 302 302 302 404 404 404 404 404 302
    GET  /steg/<row:number>/lamna-over/             200 404 200 200 200 404 404 404 404 404 302
    POST /steg/<row:number>/lamna-over/             422 404 422 422 422 404 404 404 404 404 302
    GET  /mote/                                     404 404 404 200 200 404 404 404 404 404 302
    POST /mote/nytt/                                404 404 404 404 404 404 404 404 404 404 302
    POST /mote/skarm/                               404 404 404 302 302 404 404 404 404 404 302
    GET  /mote/<row:number>/                        404 404 404 200 200 404 404 404 404 404 302
    POST /mote/<row:number>/borja/                  404 404 404 302 302 404 404 404 404 404 302
    POST /mote/<row:number>/avsluta/                404 404 404 302 302 404 404 404 404 404 302
    GET  /mote/<row:number>/protokoll/              404 404 404 200 200 404 404 404 404 404 302
    GET  /mote/<row:number>/punkt/<row:place>/      404 404 404 200 200 404 404 404 404 404 302
    POST /mote/<row:number>/punkt/<row:place>/      404 404 404 422 422 404 404 404 404 404 302
    GET  /arenden/                                  200 200 404 200 200 404 404 404 404 404 302
    GET  /elev/<str:code>/arende/                   200 404 404 200 200 404 404 404 404 404 302
    POST /elev/<str:code>/arende/                   422 404 404 422 422 404 404 404 404 404 302
    GET  /arende/<row:number>/                      200 404 404 200 200 404 404 404 404 404 302
    POST /arende/<row:number>/vidare/               422 404 404 422 422 404 404 404 404 404 302
    POST /arende/<row:number>/igen/                 409 404 404 409 409 404 404 404 404 404 302
    POST /arende/<row:number>/steg/<row:row>/<slug:what>/ 422 404 404 422 422 404 404 404 404 404 302
    GET  /arende/<row:number>/text/<slug:section>/  200 404 404 200 200 404 404 404 404 404 302
    POST /arende/<row:number>/text/<slug:section>/  422 404 404 422 422 404 404 404 404 404 302
    GET  /arende/<row:number>/hinder/               200 404 404 200 200 404 404 404 404 404 302
    POST /arende/<row:number>/hinder/               302 404 404 302 302 404 404 404 404 404 302
    GET  /arende/<row:number>/filer/                200 404 404 200 200 404 404 404 404 404 302
    POST /arende/<row:number>/filer/                422 404 404 422 422 404 404 404 404 404 302
    GET  /arende/<row:number>/filer/<row:row>/      200 404 404 200 200 404 404 404 404 404 302
    POST /arende/<row:number>/filer/<row:row>/bort/ 404 404 404 422 404 404 404 404 404 404 302
    GET  /arende/<row:number>/mal/                  200 404 404 200 200 404 404 404 404 404 302
    POST /arende/<row:number>/mal/                  422 404 404 422 422 404 404 404 404 404 302
    POST /arende/<row:number>/mal/<row:row>/avsluta/ 302 404 404 409 409 404 404 404 404 404 302
    GET  /arende/<row:number>/insats/               200 404 404 200 200 404 404 404 404 404 302
    POST /arende/<row:number>/insats/               422 404 404 422 422 404 404 404 404 404 302
    GET  /arende/<row:number>/lofte/                200 404 404 200 200 404 404 404 404 404 302
    POST /arende/<row:number>/lofte/                422 404 404 422 422 404 404 404 404 404 302
    POST /arende/<row:number>/beslut/               404 404 404 422 404 404 404 404 404 404 302
    POST /arende/<row:number>/beslut/<row:row>/underrattad/ 422 404 404 422 422 404 404 404 404 404 302
    GET  /arende/<row:number>/atgardsprogram/       200 404 404 200 200 404 404 404 404 404 302
    POST /arende/<row:number>/uppfoljning/          422 404 404 422 422 404 404 404 404 404 302
    POST /arende/<row:number>/uppfoljning/<row:row>/ 422 404 404 422 422 404 404 404 404 404 302
    GET  /arende/<row:number>/overlamna/            404 404 404 200 200 404 404 404 404 404 302
    POST /arende/<row:number>/overlamna/            404 404 404 422 422 404 404 404 404 404 302
    POST /arende/<row:number>/overlamna/angra/      404 404 404 404 404 404 404 404 404 404 302
    GET  /arenden/ta-emot/<row:number>/             404 404 404 404 404 404 404 404 404 404 302
    POST /arenden/ta-emot/<row:number>/             404 404 404 404 404 404 404 404 404 404 302
    GET  /elev/<str:code>/insats/                   200 404 200 200 200 404 404 404 404 404 302
    POST /elev/<str:code>/insats/                   422 404 422 422 422 404 404 404 404 404 302
    GET  /insats/<row:number>/                      200 404 200 200 200 404 404 404 404 404 302
    POST /insats/<row:number>/tillfalle/            422 404 422 422 422 404 404 404 404 404 302
    POST /insats/<row:number>/punkter/              422 404 422 422 422 404 404 404 404 404 302
    POST /insats/<row:number>/borja/                302 404 409 409 409 404 404 404 404 404 302
    POST /insats/<row:number>/avsluta/              422 404 422 422 422 404 404 404 404 404 302
    GET  /elev/<str:code>/anteckningar/             200 404 200 200 200 404 404 404 404 404 302
    POST /elev/<str:code>/anteckningar/             422 404 422 422 422 404 404 404 404 404 302
    GET  /metoder/                                  200 200 200 200 200 200 200 200 200 404 302
    GET  /metoder/jamfor/                           200 200 200 200 200 200 200 200 200 404 302
    GET  /metoder/<slug:key>/                       200 200 200 200 200 200 200 200 200 404 302
    GET  /orosanmalan/                              200 200 200 200 200 200 200 200 200 200 200
    GET  /kartlaggning/                              200 200 200 200 200 404 404 404 404 404 302
    GET  /kartlaggning/<row:number>/                 200 404 200 200 200 404 404 404 404 404 302
    POST /kartlaggning/<row:number>/                 404 404 404 422 422 404 404 404 404 404 302
    GET  /kartlaggning/<row:number>/klass/<str:code>/ 200 404 200 200 200 404 404 404 404 404 302
    GET  /kartlaggning/<row:number>/klass/<str:code>/svara/ 200 404 200 404 404 404 404 404 404 404 302
    POST /kartlaggning/<row:number>/klass/<str:code>/svara/ 422 404 422 404 404 404 404 404 404 404 302
    GET  /kartlaggning/<row:number>/klass/<str:code>/elever/<slug:part>/ 200 404 200 404 404 404 404 404 404 404 302
    POST /kartlaggning/<row:number>/klass/<str:code>/elever/<slug:part>/ 302 404 302 404 404 404 404 404 404 404 302
    GET  /kartlaggning/<row:number>/klass/<str:code>/analys/ 200 404 404 200 200 404 404 404 404 404 302
    POST /kartlaggning/<row:number>/klass/<str:code>/analys/ 422 404 404 422 422 404 404 404 404 404 302
    GET  /kartlaggning/<row:number>/klass/<str:code>/insats/ 200 404 404 200 200 404 404 404 404 404 302
    POST /kartlaggning/<row:number>/klass/<str:code>/insats/ 422 404 404 422 422 404 404 404 404 404 302
    GET  /kartlaggning/elev/<str:code>/              200 404 404 200 200 404 404 404 404 404 302
    GET  /kartlaggning/elev/<str:code>/skriv/        200 404 404 200 200 404 404 404 404 404 302
    POST /kartlaggning/elev/<str:code>/skriv/        422 404 404 422 422 404 404 404 404 404 302
    GET  /kartlaggning/insatser/<row:number>/        200 404 404 200 200 404 404 404 404 404 302
    POST /kartlaggning/insatser/<row:number>/        422 404 404 422 422 404 404 404 404 404 302
    GET  /kartlaggning/skola/<str:code>/ny/          404 404 404 200 200 404 404 404 404 404 302
    POST /kartlaggning/skola/<str:code>/ny/          404 404 404 422 422 404 404 404 404 404 302
    GET  /kartlaggning/skola/<str:code>/insatser/    200 404 200 200 200 404 404 404 404 404 302
    GET  /kartlaggning/skola/<str:code>/insatser/ny/ 200 404 404 200 200 404 404 404 404 404 302
    POST /kartlaggning/skola/<str:code>/insatser/ny/ 422 404 404 422 422 404 404 404 404 404 302
    GET  /kartlaggning/skola/<str:code>/mallar/      200 404 200 200 200 404 404 404 404 404 302
    GET  /kartlaggning/skola/<str:code>/mallar/<slug:part>/<row:number>/ 200 404 200 200 200 404 404 404 404 404 302
    GET  /kartlaggning/skola/<str:code>/mallar/<slug:part>/skriv/ 404 404 404 200 200 404 404 404 404 404 302
    POST /kartlaggning/skola/<str:code>/mallar/<slug:part>/skriv/ 404 404 404 422 422 404 404 404 404 404 302
    GET  /kartlaggning/skola/<str:code>/mallar/<slug:part>/jamfor/ 404 404 404 200 200 404 404 404 404 404 302
    POST /kartlaggning/skola/<str:code>/mallar/<slug:part>/jamfor/ 404 404 404 409 409 404 404 404 404 404 302
    GET  /i-tid/                                    404 404 404 200 404 404 404 404 404 404 302
    GET  /overlamning/                              404 404 404 200 404 404 404 404 404 404 302
    GET  /overlamning/gjord/<row:number>/           404 404 404 200 404 404 404 404 404 404 302
    POST /overlamning/gjord/<row:number>/tillbaka/  404 404 404 302 404 404 404 404 404 404 302
    GET  /overlamning/<str:code>/                   404 404 404 200 404 404 404 404 404 404 302
    POST /overlamning/<str:code>/                   404 404 404 422 404 404 404 404 404 404 302
    GET  /overlamning/<str:code>/papper/            404 404 404 200 404 404 404 404 404 404 302
    GET  /platser/                                  404 404 404 200 200 404 404 404 404 404 302
    GET  /platser/ko/<row:number>/                  404 404 404 200 200 404 404 404 404 404 302
    POST /platser/ko/<row:number>/                  404 404 404 422 422 404 404 404 404 404 302
    GET  /platser/fyllda/<row:number>/              404 404 404 200 200 404 404 404 404 404 302
    GET  /platser/<str:code>/<slug:kind>/           404 404 404 200 200 404 404 404 404 404 302
    POST /platser/<str:code>/<slug:kind>/           404 404 404 302 302 404 404 404 404 404 302
    POST /platser/<str:code>/<slug:kind>/fyll/      404 404 404 422 422 404 404 404 404 404 302
    GET  /paminnelser/                              200 200 200 200 200 200 404 404 404 404 302
    POST /paminnelser/                              302 302 302 302 302 302 404 404 404 404 302
    GET  /nodatkomst/                               200 200 200 200 200 404 404 404 200 404 302
    POST /nodatkomst/                               422 422 404 422 422 404 404 404 404 404 302
    GET  /nodatkomst/regler/                        404 404 404 404 404 404 404 200 404 404 302
    POST /nodatkomst/regler/                        404 404 404 404 404 404 404 422 404 404 302
    POST /nodatkomst/<row:number>/avsluta/          404 404 302 302 404 404 404 404 302 404 302
    POST /nodatkomst/<row:number>/last/             404 404 404 302 404 404 404 404 302 404 302
    GET  /tillstand/                                200 200 200 200 200 200 404 200 404 404 302
    POST /tillstand/begar-lista/                    404 404 404 404 404 404 404 404 404 404 302
    GET  /tillstand/namn/                           200 200 200 200 200 200 404 404 404 404 302
    POST /tillstand/namn/                           422 422 422 422 422 422 404 404 404 404 302
    GET  /tillstand/<row:number>/                   200 404 404 200 404 404 404 200 404 404 302
    POST /tillstand/<row:number>/                   422 404 404 422 404 404 404 422 404 404 302
    POST /tillstand/<row:number>/gor/               409 404 404 404 404 404 404 404 404 404 302
    GET  /ungdomar/                                 404 404 404 404 404 200 404 404 404 404 302
    GET  /ungdomar/motet/                           404 404 404 404 404 200 404 404 404 404 302
    GET  /signaler/                                 200 200 200 200 200 200 200 200 200 200 200
    GET  /tillganglighet/                           200 200 200 200 200 200 200 200 200 200 200
    GET  /personuppgifter/                          200 200 200 200 200 200 200 200 200 200 200
    GET  /regler/                                   200 200 200 200 200 200 200 200 200 404 302
    GET  /regler/<import_number:number>/            200 200 200 200 200 200 200 200 200 404 302
    GET  /regler/jamfor/                            404 404 404 404 404 404 404 200 404 404 302
    GET  /regler/utkast/                            404 404 404 404 404 404 404 200 404 404 302
    POST /regler/utkast/                            404 404 404 404 404 404 404 422 404 404 302
    POST /regler/utkast/spara/                      404 404 404 404 404 404 404 422 404 404 302
    GET  /regler/utkast/<slug:part>/                404 404 404 404 404 404 404 200 404 404 302
    POST /regler/utkast/<slug:part>/                404 404 404 404 404 404 404 422 404 404 302
    GET  /regionen/                                 404 404 404 404 404 404 200 404 404 404 302
    GET  /inlasningar/                              404 404 404 404 404 404 404 200 404 404 302
    GET  /inlasningar/profiler/                     404 404 404 404 404 404 404 200 404 404 302
    GET  /inlasningar/profiler/<slug:name>/         404 404 404 404 404 404 404 200 404 404 302
    GET  /inlasningar/profiler/<slug:name>/skriv/   404 404 404 404 404 404 404 200 404 404 302
    POST /inlasningar/profiler/<slug:name>/skriv/   404 404 404 404 404 404 404 422 404 404 302
    GET  /inlasningar/servrar/                      404 404 404 404 404 404 404 200 404 404 302
    GET  /inlasningar/servrar/ny/                   404 404 404 404 404 404 404 200 404 404 302
    POST /inlasningar/servrar/ny/                   404 404 404 404 404 404 404 200 404 404 302
    POST /inlasningar/servrar/<import_number:number>/gor/ 404 404 404 404 404 404 404 404 404 404 302
    GET  /inlasningar/servrar/<import_number:number>/ta-bort/ 404 404 404 404 404 404 404 404 404 404 302
    POST /inlasningar/servrar/<import_number:number>/ta-bort/ 404 404 404 404 404 404 404 404 404 404 302
    GET  /inlasningar/ny/                           404 404 404 404 404 404 404 200 404 404 302
    POST /inlasningar/ny/                           404 404 404 404 404 404 404 422 404 404 302
    GET  /inlasningar/ny/<import_number:number>/    404 404 404 404 404 404 404 404 404 404 302
    POST /inlasningar/ny/<import_number:number>/las-in/ 404 404 404 404 404 404 404 404 404 404 302
    POST /inlasningar/ny/<import_number:number>/kasta/ 404 404 404 404 404 404 404 404 404 404 302
    GET  /inlasningar/arbete/<import_number:number>/ 404 404 404 404 404 404 404 404 404 404 302
    GET  /inlasningar/<import_number:number>/slapp/ 404 404 404 404 404 404 404 404 404 404 302
    POST /inlasningar/<import_number:number>/slapp/ 404 404 404 404 404 404 404 404 404 404 302
    GET  /inlasningar/<import_number:number>/kasta/ 404 404 404 404 404 404 404 404 404 404 302
    POST /inlasningar/<import_number:number>/kasta/ 404 404 404 404 404 404 404 404 404 404 302
    GET  /inlasningar/<import_number:number>/ta-tillbaka/ 404 404 404 404 404 404 404 200 404 404 302
    POST /inlasningar/<import_number:number>/ta-tillbaka/ 404 404 404 404 404 404 404 422 404 404 302
    GET  /skyddade/                                 200 200 200 200 200 200 404 404 200 404 302
    GET  /skyddade/nytt/                            404 404 404 200 404 404 404 404 404 404 302
    POST /skyddade/nytt/                            404 404 404 422 404 404 404 404 404 404 302
    POST /skyddade/meddelanden/<row:number>/last/   404 404 404 302 404 404 404 404 404 404 302
    GET  /skyddade/<row:number>/                    200 404 404 404 404 404 404 404 404 404 302
    POST /skyddade/<row:number>/aterkalla/          404 404 404 302 404 404 404 404 302 404 302
    POST /skyddade/<row:number>/namngivna/          404 404 404 302 404 404 404 404 404 404 302
    POST /skyddade/<row:number>/namngivna/bort/     404 404 404 302 404 404 404 404 404 404 302
    GET  /besok/                                    404 404 404 404 404 404 404 404 200 404 302
    GET  /besok/atgarder/                           404 404 404 404 404 404 404 404 200 404 302
    GET  /avvikelser/                               404 404 404 404 404 404 404 404 200 404 302
    GET  /avvikelser/<import_number:number>/        404 404 404 404 404 404 404 404 200 404 302
    POST /avvikelser/<import_number:number>/        404 404 404 404 404 404 404 404 422 404 302
    GET  /gallring/                                 404 404 404 404 404 404 404 200 200 404 302
    POST /gallring/prov/                            404 404 404 404 404 404 404 302 302 404 302
    GET  /gallring/regel/<slug:name>/               404 404 404 404 404 404 404 200 404 404 302
    POST /gallring/regel/<slug:name>/               404 404 404 404 404 404 404 422 404 404 302
    GET  /gallring/undantag/ny/                     404 404 404 404 404 404 404 200 200 404 302
    POST /gallring/undantag/ny/                     404 404 404 404 404 404 404 422 422 404 302
    GET  /gallring/undantag/<import_number:number>/ 404 404 404 404 404 404 404 200 200 404 302
    POST /gallring/undantag/<import_number:number>/ 404 404 404 404 404 404 404 422 422 404 302
    GET  /gallring/protokoll/<import_number:number>/ 404 404 404 404 404 404 404 200 200 404 302
    GET  /behandlingar/                             404 404 404 404 404 404 404 200 200 404 302
    GET  /behandlingar/bedomning/                   404 404 404 404 404 404 404 200 200 404 302
    GET  /incidenter/                               404 404 404 404 404 404 404 200 200 404 302
    GET  /incidenter/ny/                            404 404 404 404 404 404 404 200 200 404 302
    POST /incidenter/ny/                            404 404 404 404 404 404 404 422 422 404 302
    GET  /incidenter/<import_number:number>/        404 404 404 404 404 404 404 200 200 404 302
    POST /incidenter/<import_number:number>/        404 404 404 404 404 404 404 422 422 404 302
    POST /andrat/<import_number:number>/<str:secret>/ 404 404 404 404 404 404 404 404 404 404 404
    GET  /inlasningar/<import_number:number>/       404 404 404 404 404 404 404 200 404 404 302
"""


def lines() -> dict[tuple[str, str], list[int]]:
    found = {}
    for line in TABLE.strip().splitlines():
        method, path, *statuses = line.split()
        found[(method, path)] = [int(status) for status in statuses]
    return found


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        route = before + str(pattern.pattern)
        found |= addresses(pattern.url_patterns, route) if isinstance(pattern, URLResolver) else {f"/{route}"}
    return found


def filled_in(path: str, pals: Pals) -> str:
    """The address with Mira, her class, her school and the first import in it."""
    values = {
        "elev": pals.mira, "min-dag": pals.mira, "klass": pals.group("9A"), "skola": pals.place("bjork"),
        "inlasningar": "1", "andrat": "1", "overlamning": str(pals.asa.person_id),
        "platser": pals.place("bjork"), "regler": "1", "avvikelser": "1", "gallring": "1", "incidenter": "1",
    }  # fmt: skip
    # Mapping has pupils, classes and schools further in.
    for folder, value in (("elev", pals.mira), ("klass", pals.group("9A")), ("skola", pals.place("bjork"))):
        if path.startswith("/kartlaggning/"):
            path = path.replace(f"{folder}/<str:code>", f"{folder}/{value}")
    section = path.split("/")[1]
    for part in ("<str:code>", "<import_number:number>"):
        path = path.replace(part, values.get(section, ""))
    return (
        path.replace("<str:name>", "absence_28d")
        .replace("kartlaggning/insatser/<row:number>", "kartlaggning/insatser/70")
        .replace("platser/ko/<row:number>", "platser/ko/80")
        .replace("<slug:kind>", "study_coach")
        .replace("mallar/<slug:part>", "mallar/a")
        .replace("elever/<slug:part>", "elever/on_time")
        .replace("<str:token>", "unknown")
        .replace("regel/<slug:name>", "regel/lessons")
        .replace("<slug:name>", "vklass")
        .replace("<slug:service>", "bjorkeby")
        .replace("<slug:part>", "absence_28d")
        .replace("<str:secret>", "x")
        .replace("<row:number>", "1")
        .replace("<row:row>", "1")
        .replace("<row:place>", "1")
        .replace("<slug:section>", "needs")
        .replace("<slug:key>", "morgonstart")
        .replace("<slug:what>", "klart")
    )


THURSDAY = datetime(2026, 4, 23, 10, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture(scope="module")
def built(standing: Build) -> Pals:
    """The world, built once for the tests of a file."""
    found = []

    def build(_folder: Path) -> None:
        # Its sealed fields are opened with the session's keys.
        with override_settings(PLUG_HOME=HOME), time_machine.travel(THURSDAY):
            found.append(furnished(move_in()))

    standing(build)
    return found[0]


@pytest.fixture
def world(built: Pals, db: None) -> Iterator[Pals]:
    """The pals, with pictures and one of everything, on a Thursday in April 2026. What a test changes is undone."""
    with time_machine.travel(THURSDAY):
        yield Pals(deepcopy(built.users))


def furnished(pals: Pals) -> Pals:
    """The pals, with pictures and one import."""
    from pluginnovation.web.people.clock import today
    from pluginnovation.web.records.models import Import

    at = f"{today().isoformat()}T05:00Z"
    Import.objects.create(
        id=1, source="bjorkeby", place="x", by="test", at=at, finished_at=at, status="done", simulated=False,
        lateness_is_absence=True, profile="csv", files=[], counts={}, fingerprints={}, because=[],
    )  # fmt: skip
    draw()
    watched_over(pals)
    with_rights(pals, at)
    with_mapping(pals, at)
    with_a_case(pals, at)
    with_places(pals, at)
    with_a_meeting(pals, at)
    with_methods()
    with_a_protected_pupil(pals)
    return pals


def with_a_protected_pupil(pals: Pals) -> None:
    """The first decision to let a protected pupil in, in which Åsa alone is named."""
    from django.db import connection

    from pluginnovation.web.people.models import ProtectionNotice
    from tests.web.admitted import let_in

    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('people_admission_id_seq', 1, false)")
    assert let_in(pals, "asa").pk == 1
    ProtectionNotice.objects.create(
        id=1,
        kind="marked",
        role="principal",
        source="bjorkeby",
        school=pals.place("bjork"),
        at=datetime(2026, 4, 23, 8, tzinfo=UTC),
    )


def with_methods() -> None:
    """The made-up catalogue of methods."""
    from pluginnovation.knowledge.signing import public_key_of, signed
    from pluginnovation.web.sharing.taking import take_over_catalogue
    from tests.unit.knowledge.made_up import AT, KEY, catalogue_of

    take_over_catalogue(raw=signed(catalogue_of(), KEY), trusted=public_key_of(KEY), by=None, at=AT)


def with_a_meeting(pals: Pals, at: str) -> None:
    """Björkskolan's first meeting, which goes on, with Mira as its first point; and a promise about her."""
    from pluginnovation.web.people.clock import today
    from pluginnovation.web.support.models import Meeting, MeetingPoint, NextStep

    said = {"school": pals.place("bjork"), "by": pals.hanna, "at": at}
    meeting = Meeting.objects.create(id=1, on=today(), started_at=at, started_by=pals.hanna, **said)
    MeetingPoint.objects.create(
        id=1, meeting=meeting, number=1, part="new", pupil=pals.mira, why="raised", since=today(),
        reasons=[["raised", at[:10], None]], **said,
    )  # fmt: skip
    NextStep.objects.create(id=1, pupil=pals.mira, what="Ring hem", owner_role="mentor", due=today(), **said)


def with_places(pals: Pals, at: str) -> None:
    """Something of Åsa's that is open and was handed over before; a measure that waits, and a draw."""
    from pluginnovation.web.support.models import Draw, HandOver, Measure

    school, asa = pals.place("bjork"), str(pals.asa.person_id)
    HandOver.objects.create(
        id=1, school=school, giver=asa, receiver=str(pals.hanna.person_id), role="each", why="Prov", by=pals.petra,
        at=at,
    )  # fmt: skip
    Measure.objects.create(
        id=80, pupil=pals.mira, school=school, kind="study_coach", level="individual", intent="remedial",
        reach="intensive", starts="2026-04-23", state="queued", owner=asa, owner_role="mentor", by=pals.asa, at=at,
    )  # fmt: skip
    Draw.objects.create(
        id=1, school=school, kind="study_coach", term="2026VT", way="sha256-1", seed=1, places=1,
        lots=[["80", "", 1, 1, True]], by=pals.petra, at=at,
    )  # fmt: skip


def with_a_case(pals: Pals, at: str) -> None:
    """The first case, of Mira's, with the first of everything in it, and a measure that hasn't begun."""
    from pluginnovation.web.support.models import (
        Case,
        CaseFile,
        CaseFileContent,
        CaseStep,
        Decision,
        FollowUp,
        Goal,
        Measure,
    )

    case = Case.objects.create(
        id=1, pupil=pals.mira, school=pals.place("bjork"), kind="support_investigation", state="programme",
        opened_at=at, by=pals.petra, at=at,
    )  # fmt: skip
    own = {"id": 1, "case": case, "pupil": pals.mira, "by": pals.petra, "at": at}
    CaseStep.objects.create(step="begin", **own)
    file = CaseFile.objects.create(
        school=case.school, kind="report", secrecy="special_support", size=4, role="principal", **own
    )
    CaseFileContent.objects.create(
        file=file, pupil=pals.mira, school=case.school, secrecy=file.secrecy, sealed_title="Avtal",
        sealed_name="avtal.txt", media_type="text/plain", sealed=b"Avtal", by=pals.petra,
    )  # fmt: skip
    Goal.objects.create(text="Komma i tid", by_when="2026-06-01", **own)
    Decision.objects.create(kind="special_support", verdict="granted", text="Ja.", role="principal", **own)
    FollowUp.objects.create(school=case.school, kind="own", due="2026-05-04", **own)
    Measure.objects.create(
        school=case.school, kind="mentor_talk", level="individual", intent="preventive", reach="targeted",
        starts="2026-05-04", state="planned", **own,
    )  # fmt: skip


def with_rights(pals: Pals, at: str) -> None:
    """The first of each: an extract and words of Mira's, a look at Noor in an emergency, a list asked for."""
    from pluginnovation.web.people.models import Approval, EmergencyAccess, Extract, Statement

    later = f"{at[:4]}-12-31T00:00Z"
    Extract.objects.create(
        id=1, pupil=pals.mira, source="bjorkeby", for_whom="pupil", identity="card", language="sv", content="[]",
        asked_by=pals.petra, asked_role="principal", asked_at=at, expires_at=later,
    )  # fmt: skip
    Statement.objects.create(
        id=1, pupil=pals.mira, source="bjorkeby", said_by="pupil", kind="view", about="whole", text="Bra.",
        said_on=at[:10], by=pals.asa, role="mentor", at=at,
    )  # fmt: skip
    EmergencyAccess.objects.create(
        id=1, pupil=pals.noor, source="bjorkeby", school=pals.place("bjork"), by=pals.tova, role="teacher",
        reason="Prov", opened_at=at, ends_at=later,
    )  # fmt: skip
    Approval.objects.create(
        id=1, kind="bulk_export", source="bjorkeby", what={"path": "/elever/"}, pupils=300, reason="Prov",
        asked_by=pals.asa, asked_role="mentor", asked_at=at, expires_at=later,
    )  # fmt: skip


def with_mapping(pals: Pals, at: str) -> None:
    """A round that goes on, the school's own template from another day, and a measure for 9A."""
    from pluginnovation.web.people.clock import today
    from pluginnovation.web.support.models import MappingRound, MappingTemplate, Measure

    school = pals.place("bjork")
    said = {"school": school, "by": pals.petra, "role": "principal", "at": at}
    MappingRound.objects.create(id=1, first=today(), last=today(), **said)
    MappingTemplate.objects.create(
        id=1, kind="class", number=1, since="2027-01-01", statements=[["k", "social", "Ord.", ""]], several=2,
        why="Prov", **said,
    )  # fmt: skip
    Measure.objects.create(
        id=70, group=pals.group("9A"), school=school, kind="timetable_change", level="organisation", reach="universal",
        intent="preventive", goal="Flyttar lektionen.", starts=today(), by=pals.petra, at=at,
    )  # fmt: skip


def watched_over(pals: Pals) -> None:
    """Something for the data protection officer: a finding, a hold, a protocol and an incident, each number 1."""
    from pluginnovation.web.people.clock import today
    from pluginnovation.web.protection.models import Anomaly, DisposalProtocol, Incident, LegalHold

    at = datetime(2026, 4, 23, 8, tzinfo=UTC)
    Anomaly.objects.create(id=1, rule="off_hours", viewer=pals.tova, role="teacher", day=today(), n=4, found_at=at)
    LegalHold.objects.create(id=1, pupil=pals.ali, why="Tvist.", by=pals.adam, at=at)
    DisposalProtocol.objects.create(id=1, at=at, by="plug", dry_run=False, finished_at=at, rules={"lessons": 36})
    Incident.objects.create(id=1, title="Fel mottagare", what="Ett brev.", aware_at=at, by=pals.dag, at=at)


def test_every_address_has_a_line():
    # With roles of their own; a draft has the same addresses as a locked plan.
    elsewhere = {path.replace("<row:draft>", "<row:number>") for _, path in (*of_projects(), *of_evidence())}
    assert addresses(get_resolver().url_patterns) == {path for _, path in lines()} | elsewhere


def test_every_line_has_a_status_for_everyone():
    assert [line for line, statuses in lines().items() if len(statuses) != len(WHO)] == []


@pytest.mark.parametrize(("method", "path"), lines())
def test_everyone_gets_what_the_table_says(world, client_of, method, path):
    got = [
        getattr(client_of(who), method.lower())(filled_in(path, world)).status_code for who in WHO
    ]  # fmt: skip
    assert got == lines()[(method, path)], f"\n    {method:4} {path:36} {' '.join(map(str, got))}"


@pytest.fixture
def client_of(world):
    from django.test import Client

    def signed_in(name: str) -> Client:
        client = Client(raise_request_exception=True)
        if name != "nobody":
            client.force_login(getattr(world, name))
        return client

    return signed_in


@pytest.mark.parametrize("who", ["omar", "kim", "rut", "adam", "dag", "charlie"])
@pytest.mark.parametrize("line", [line for line in lines() if "<str:code>" in line[1]], ids=str)
def test_refused_and_absent_are_the_same_bytes(world, client_of, who, line):
    method, path = line
    client = client_of(who)
    refused, absent = (
        getattr(client, method.lower())(address)
        for address in (filled_in(path, world), filled_in(path.replace("<str:code>", "0123456789abcdef"), world))
    )
    assert (refused.status_code, refused.content) == (absent.status_code, absent.content)
    assert refused.headers.items() == absent.headers.items()
    assert refused.status_code == 404
