"""The addresses of cases, measures and notes."""

from django.urls import URLPattern, path

from .pages import (
    case,
    case_deciding,
    case_following,
    case_opening,
    case_planning,
    case_promising,
    case_transfer,
    case_writing,
    cases,
    concern,
    measure,
    notes,
)

urlpatterns: list[URLPattern] = [
    path("arenden/", cases.cases, name="cases"),
    path("elev/<str:code>/arende/", case_opening.open_page, name="case_open"),
    path("arende/<row:number>/", case.case, name="case"),
    path("arende/<row:number>/vidare/", case.move, name="case_move"),
    path("arende/<row:number>/igen/", case_opening.again, name="case_again"),
    path("arende/<row:number>/steg/<row:row>/<slug:what>/", case.step, name="case_step"),
    path("arende/<row:number>/text/<slug:section>/", case_writing.text, name="case_text"),
    path("arende/<row:number>/hinder/", case_writing.obstacles_page, name="case_obstacles"),
    path("arende/<row:number>/mal/", case_planning.goal, name="case_goal"),
    path("arende/<row:number>/mal/<row:row>/avsluta/", case_planning.goal_ends, name="case_goal_ends"),
    path("arende/<row:number>/insats/", case_planning.measure_in_case, name="case_measure"),
    path("arende/<row:number>/lofte/", case_promising.promise_page, name="case_promise"),
    path("arende/<row:number>/beslut/", case_deciding.decision, name="case_decide"),
    path("arende/<row:number>/beslut/<row:row>/underrattad/", case_deciding.told_of, name="case_told"),
    path("arende/<row:number>/atgardsprogram/", case_deciding.programme, name="case_programme"),
    path("arende/<row:number>/uppfoljning/", case_following.planned, name="case_plan"),
    path("arende/<row:number>/uppfoljning/<row:row>/", case_following.looked, name="case_looked"),
    path("arende/<row:number>/overlamna/", case_transfer.give, name="case_give"),
    path("arende/<row:number>/overlamna/angra/", case_transfer.take_back, name="case_take_back"),
    path("arenden/ta-emot/<row:number>/", case_transfer.take, name="case_take"),
    path("elev/<str:code>/insats/", case_planning.measure_of_pupil, name="measure_open"),
    path("insats/<row:number>/", measure.measure, name="measure"),
    path("insats/<row:number>/tillfalle/", measure.given, name="measure_given"),
    path("insats/<row:number>/punkter/", measure.marked, name="measure_marked"),
    path("insats/<row:number>/borja/", measure.begun, name="measure_begun"),
    path("insats/<row:number>/avsluta/", measure.ended, name="measure_ended"),
    path("elev/<str:code>/anteckningar/", notes.notes, name="notes"),
    path("orosanmalan/", concern.concern, name="concern"),
]
