"""The addresses of current-state analyses and surveys."""

from django.urls import URLPattern, path

from .analyses import pages
from .surveys import pages as surveys

AT = "nulage/<slug:kind>/<str:about>/"

urlpatterns: list[URLPattern] = [
    path("nulage/", pages.analyses, name="analyses"),
    path(AT, pages.analysis, name="analysis"),
    path(f"{AT}skriv/<slug:part>/", pages.write, name="analysis_write"),
    path(f"{AT}fyll-i/", pages.fill_in, name="analysis_fill_in"),
    path(f"{AT}klar/", pages.say_complete, name="analysis_complete"),
    path(f"{AT}version/<row:number>/", pages.version, name="analysis_version"),
    path(f"{AT}en-sida/", pages.one_page, name="analysis_one_page"),
    path(f"{AT}enkat/ny/", surveys.new_survey, name="survey_new"),
    path(f"{AT}enkat/<row:number>/", surveys.survey, name="survey"),
    path(f"{AT}enkat/<row:number>/stang/", surveys.close, name="survey_close"),
    path("enkat/<slug:key>/", surveys.answer, name="survey_answer"),
]
