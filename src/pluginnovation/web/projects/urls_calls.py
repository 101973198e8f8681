"""The addresses of programmes, calls and applications."""

from django.urls import URLPattern, path

from .pages import accounts, applications, calls, judging, programmes, writing

urlpatterns: list[URLPattern] = [
    path("program/", programmes.programmes_page, name="programmes"),
    path("program/nytt/", programmes.new_programme, name="new_programme"),
    path("program/<slug:key>/", programmes.programme_page, name="programme"),
    path("program/<slug:key>/mal/", programmes.new_goal, name="programme_goal"),
    path("program/<slug:key>/mal/<row:number>/slut/", programmes.goal_ended, name="programme_goal_ended"),
    path("program/<slug:key>/kommuner/", programmes.new_municipality, name="programme_joined"),
    path("program/<slug:key>/kommuner/<row:number>/lamna/", programmes.municipality_leaves, name="programme_left"),
    path("utlysningar/", calls.calls_page, name="calls"),
    path("utlysningar/ny/", calls.new_call, name="new_call"),
    path("utlysningar/<row:number>/", calls.call_page, name="call"),
    path("utlysningar/<row:number>/fraga/", calls.new_question, name="call_question"),
    path("utlysningar/<row:number>/kriterium/", calls.new_criterion, name="call_criterion"),
    path("utlysningar/<row:number>/bort/<slug:kind>/<row:part>/", calls.dropped, name="call_dropped"),
    path("utlysningar/<row:number>/publicera/", calls.published, name="call_published"),
    path("utlysningar/<row:number>/ansok/", applications.start_page, name="start_application"),
    path("ansokningar/", applications.applications_page, name="applications"),
    path("ansokningar/<row:number>/", applications.application_page, name="application"),
    path("ansokningar/<row:number>/svar/<row:question>/", writing.answer_page, name="application_answer"),
    path("ansokningar/<row:number>/budget/", writing.budget_page, name="application_budget"),
    path("ansokningar/<row:number>/skicka/", writing.send_page, name="application_sent"),
    path("ansokningar/<row:number>/ta-tillbaka/", writing.withdraw_page, name="application_withdrawn"),
    path("ansokningar/<row:number>/villkor/", judging.screening_page, name="application_screening"),
    path("ansokningar/<row:number>/granskare/", judging.reviewer_asked, name="application_reviewer"),
    path("ansokningar/<row:number>/granskare/<row:review>/bort/", judging.review_withdrawn, name="review_withdrawn"),
    path("ansokningar/<row:number>/jav/", judging.conflict_page, name="application_conflict"),
    path("ansokningar/<row:number>/granskning/", judging.review_page, name="application_review"),
    path("ansokningar/<row:number>/beslut/", judging.decision_page, name="application_decision"),
    path("ansokningar/<row:number>/beslut.pdf", judging.letter, name="decision_letter"),
    path("delprojekt/<row:number>/ekonomi/", accounts.account_page, name="account"),
    path("delprojekt/<row:number>/ekonomi/<row:entry>/tillbaka/", accounts.taken_back, name="booking_taken_back"),
    path("delprojekt/<row:number>/ledare/", accounts.leader_page, name="sub_project_leader"),
]
