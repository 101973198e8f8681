"""The addresses of the pages of school, class and pupil."""

from django.urls import path

from .views import about, group, lessons, pupil, pupils, region, school

urlpatterns = [
    path("jag/", about.me, name="me"),
    path("laget/", school.own_school, name="own_school"),
    path("skola/<str:code>/", school.school, name="school"),
    path("klasser/", group.groups, name="groups"),
    path("klass/<str:code>/", group.group, name="group"),
    path("klass/<str:code>/motet/", group.meeting, name="meeting"),
    path("elever/", pupils.pupils, name="pupils"),
    path("elev/<str:code>/", pupil.pupil, name="pupil"),
    path("elev/<str:code>/lektioner/", lessons.lessons, name="lessons"),
    path("elev/<str:code>/signal/<str:name>/svar", pupil.answer, name="answer"),
    path("signaler/", about.definitions, name="definitions"),
    path("tillganglighet/", about.accessibility, name="accessibility"),
    path("personuppgifter/", about.personal_data, name="personal_data"),
    path("regionen/", region.region, name="region"),
]
