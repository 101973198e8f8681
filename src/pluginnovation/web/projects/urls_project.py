"""The addresses of sub-projects: their list, their own page, goals, risks, deviations and documents."""

from django.urls import URLPattern, path

from .pages import goals, logged, sub_project

AT = "delprojekt/<row:number>/"

urlpatterns: list[URLPattern] = [
    path("delprojekt/", sub_project.sub_projects, name="sub_projects"),
    path(AT, sub_project.sub_project, name="sub_project"),
    path(f"{AT}mal/", goals.goals, name="goals"),
    path(f"{AT}mal/nytt/<slug:kind>/", goals.new_goal, name="goal_new"),
    path(f"{AT}mal/<row:goal>/las-av/", goals.goal_read, name="goal_read"),
    path(f"{AT}mal/<row:goal>/slut/", goals.goal_ended, name="project_goal_ended"),
    path(f"{AT}risker/", logged.risks, name="risks"),
    path(f"{AT}risker/<row:risk>/over/", logged.risk_over, name="risk_over"),
    path(f"{AT}avvikelser/", logged.deviations, name="deviations"),
    path(f"{AT}dokument/", logged.documents, name="documents"),
    path(f"{AT}dokument/<row:document>/", logged.document, name="document"),
]
