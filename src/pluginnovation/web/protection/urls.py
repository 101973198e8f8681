"""The addresses of the data protection."""

from django.urls import path

from . import anomaly_pages, disposal_pages, incident_pages, processing_pages, visit_pages

urlpatterns = [
    path("besok/", visit_pages.visits_page, name="visits"),
    path("besok/atgarder/", visit_pages.acts_page, name="acts"),
    path("avvikelser/", anomaly_pages.anomalies_page, name="anomalies"),
    path("avvikelser/<import_number:number>/", anomaly_pages.anomaly_page, name="anomaly"),
    path("gallring/", disposal_pages.disposal_page, name="disposal"),
    path("gallring/prov/", disposal_pages.try_page, name="disposal_try"),
    path("gallring/regel/<slug:name>/", disposal_pages.rule_page, name="retention_rule"),
    path("gallring/undantag/ny/", disposal_pages.hold_page, name="hold"),
    path("gallring/undantag/<import_number:number>/", disposal_pages.lift_page, name="hold_lift"),
    path("gallring/protokoll/<import_number:number>/", disposal_pages.protocol_page, name="protocol"),
    path("behandlingar/", processing_pages.processing_page, name="processing"),
    path("behandlingar/bedomning/", processing_pages.assessment_page, name="assessment"),
    path("incidenter/", incident_pages.incidents_page, name="incidents"),
    path("incidenter/ny/", incident_pages.new_incident_page, name="incident_new"),
    path("incidenter/<import_number:number>/", incident_pages.incident_page, name="incident"),
]
