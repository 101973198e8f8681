"""What the hub answers beside its editors' pages, in both languages: lists, files, feeds and registrations."""

from django.urls import path, re_path

from .pages import comparing, downloads, events, feeds, open_data, registration_pages, search, versions

urlpatterns = [
    path("sok/", search.search, name="search"),
    path("metoder/jamfor/", comparing.compare, name="compare"),
    path("vad-vet-vi/", comparing.evidence_map, name="evidence_map"),
    path("nytt.atom", feeds.feed, name="feed"),
    path("metod/<slug:slug>/nytt.atom", feeds.method_feed, name="method_feed"),
    path("metod/<slug:slug>/metod.json", downloads.method_file, name="method_file"),
    path("metod/<slug:slug>/underlag.csv", downloads.evidence_file, name="evidence_file"),
    path("metod/<slug:slug>/<slug:outcome>.svg", downloads.forest_file, name="forest_file"),
    path("sida/<int:pk>/version/<int:number>/", versions.version, name="version"),
    path("kalender.ics", events.calendar_feed, name="calendar"),
    path("handelse/<int:pk>.ics", events.event_file, name="event_file"),
    path("anmalan/<int:pk>/", registration_pages.registration, name="registration"),
    path("anmalan/<int:pk>/skickad/", registration_pages.registered_sent, name="registered_sent"),
    path("min-anmalan/<str:word>/", registration_pages.registered, name="registered"),
    path("oppna-data/", open_data.open_data, name="open_data"),
    path("oppna-data/dcat.jsonld", open_data.dcat, name="dcat"),
    re_path(r"^oppna-data/(?P<key>[a-z]+)\.(?P<kind>csv|json)$", open_data.data_file, name="data_file"),
]
