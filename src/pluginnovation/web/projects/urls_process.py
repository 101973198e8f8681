"""The addresses of process support, networks, offers, needs and requests."""

from django.urls import URLPattern, path

from .pages import needs, networks, process, requests

AT = "processtod/<row:number>/"

urlpatterns: list[URLPattern] = [
    path("processtod/", process.process, name="process"),
    path("processtod/natverk/", networks.networks, name="networks"),
    path("processtod/natverk/ny/", networks.network_begun, name="network_begun"),
    path("processtod/natverk/<row:network>/med/", networks.network_joined, name="network_joined"),
    path("processtod/natverk/<row:network>/mote/", networks.network_met, name="network_met"),
    path("processtod/natverk/<row:network>/overenskommelse/", networks.network_agreed, name="network_agreed"),
    path("processtod/natverk/<row:network>/<row:member>/lamna/", networks.network_left, name="network_left"),
    path("processtod/utbud/", networks.offers_page, name="offers"),
    path("processtod/utbud/ny/", networks.offered, name="offered"),
    path("processtod/utbud/<row:number>/bort/", networks.offer_taken_away, name="offer_taken_away"),
    path(AT, process.process_of, name="process_of"),
    path(f"{AT}mote/", process.session_held, name="session_held"),
    path(f"{AT}overenskommelse/", process.agreed, name="agreed"),
    path(
        "delprojekt/<row:number>/overenskommelse/<row:agreement>/klar/", process.agreement_kept, name="agreement_kept"
    ),
    path("behov/", needs.needs, name="needs"),
    path("behov/beslut/", needs.need_decided, name="need_decided"),
    path("behov/beslut/<row:number>/", needs.decision_done, name="decision_done"),
    path("stod/", requests.support_requests, name="support_requests"),
    path("stod/<row:number>/svar/", requests.offer_answered, name="offer_answered"),
    path("behov/stod/<row:number>/", requests.support_request, name="support_request"),
    path("behov/stod/<row:number>/erbjud/", requests.request_offered, name="request_offered"),
    path("behov/stod/<row:number>/mote/", requests.request_session, name="request_session"),
    path("behov/stod/<row:number>/avsluta/", requests.request_closed, name="request_closed"),
]
