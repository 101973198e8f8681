"""The addresses of the pages of school, class and pupil."""

from django.urls import path

from .views import about, group, lessons, pupil, pupils, region, rules, rules_writing, school, youths

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
    path("ungdomar/", youths.youths, name="youths"),
    path("ungdomar/motet/", youths.youths_meeting, name="youths_meeting"),
    path("signaler/", about.definitions, name="definitions"),
    path("regler/", rules.rules, name="rules"),
    path("regler/jamfor/", rules_writing.rules_compare, name="rules_compare"),
    path("regler/utkast/", rules_writing.rules_draft, name="rules_draft"),
    path("regler/utkast/spara/", rules_writing.rules_save, name="rules_save"),
    path("regler/utkast/<slug:part>/", rules_writing.rules_part, name="rules_part"),
    path("regler/<import_number:number>/", rules.rules_version, name="rules_version"),
    path("tillganglighet/", about.accessibility, name="accessibility"),
    path("personuppgifter/", about.personal_data, name="personal_data"),
    path("regionen/", region.region, name="region"),
]
