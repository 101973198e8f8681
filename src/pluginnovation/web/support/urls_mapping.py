"""The addresses of mapping."""

from django.urls import URLPattern, path

from .mapping.pages import analysis, class_answers, measures, pupil, rounds, templates

urlpatterns: list[URLPattern] = [
    path("kartlaggning/", rounds.rounds, name="mapping"),
    path("kartlaggning/<row:number>/", rounds.one_round, name="mapping_round"),
    path("kartlaggning/<row:number>/klass/<str:code>/", class_answers.of_class, name="mapping_class"),
    path("kartlaggning/<row:number>/klass/<str:code>/svara/", class_answers.answer, name="mapping_answer"),
    path(
        "kartlaggning/<row:number>/klass/<str:code>/elever/<slug:part>/", class_answers.marks, name="mapping_marks"
    ),
    path("kartlaggning/<row:number>/klass/<str:code>/analys/", analysis.analysis, name="mapping_analysis"),
    path(
        "kartlaggning/<row:number>/klass/<str:code>/insats/", measures.measure_from_analysis,
        name="mapping_measure_from",
    ),
    path("kartlaggning/elev/<str:code>/", pupil.of_pupil, name="mapping_pupil"),
    path("kartlaggning/elev/<str:code>/skriv/", pupil.write, name="mapping_write"),
    path("kartlaggning/insatser/<row:number>/", measures.measure, name="mapping_measure"),
    path("kartlaggning/skola/<str:code>/ny/", rounds.new_round, name="mapping_new_round"),
    path("kartlaggning/skola/<str:code>/insatser/", measures.measures, name="mapping_measures"),
    path("kartlaggning/skola/<str:code>/insatser/ny/", measures.new_measure, name="mapping_new_measure"),
    path("kartlaggning/skola/<str:code>/mallar/", templates.templates, name="mapping_templates"),
    path(
        "kartlaggning/skola/<str:code>/mallar/<slug:part>/<row:number>/", templates.template_version,
        name="mapping_template",
    ),
    path(
        "kartlaggning/skola/<str:code>/mallar/<slug:part>/skriv/", templates.write_template,
        name="mapping_template_write",
    ),
    path(
        "kartlaggning/skola/<str:code>/mallar/<slug:part>/jamfor/", templates.compare_template,
        name="mapping_template_compare",
    ),
]  # fmt: skip
