"""The addresses of what a sub-project does: activities, participants, plan, reports, hand-over."""

from django.urls import URLPattern, path

from .pages import activities, after, moving, participants, plan, process, report_deciding, reports, time

AT = "delprojekt/<row:number>/"
REPORT = "rapporter/<row:number>/"

urlpatterns: list[URLPattern] = [
    path(f"{AT}aktiviteter/", activities.activities, name="activities"),
    path(f"{AT}aktiviteter/ny/", activities.activity_planned, name="activity_planned"),
    path(f"{AT}aktiviteter/<row:activity>/hallen/", activities.activity_held, name="activity_held"),
    path(f"{AT}aktiviteter/<row:activity>/slut/", activities.activity_ended, name="activity_ended"),
    path(f"{AT}deltagare/", participants.participants, name="participants"),
    path(f"{AT}deltagare/<str:code>/", participants.participant, name="participant"),
    path(f"{AT}deltagare/<str:code>/slut/", participants.participant_left, name="participant_left"),
    path("elev/<str:code>/delprojekt/", participants.join, name="join"),
    path(f"{AT}plan/", plan.evaluation_plan, name="evaluation_plan"),
    path(f"{AT}plan/las/", plan.plan_locked, name="plan_locked"),
    path(f"{AT}plan/fil/", plan.plan_file, name="plan_file"),
    path(f"{AT}tid/", time.sub_project_time, name="sub_project_time"),
    path(f"{AT}laget/", moving.sub_project_state, name="sub_project_state"),
    path(f"{AT}processtod/", process.sub_project_support, name="sub_project_support"),
    path(f"{AT}rapporter/", reports.reports_of, name="reports_of"),
    path(f"{AT}rapporter/ny/", reports.report_begun, name="report_begun"),
    path("rapporter/", report_deciding.reports_handed_in, name="reports_handed_in"),
    path(REPORT, reports.report, name="report"),
    path(f"{REPORT}skriv/<slug:section>/", reports.report_section, name="report_section"),
    path(f"{REPORT}pastaende/", reports.report_claim, name="report_claim"),
    path(f"{REPORT}pastaende/<row:claimed>/bort/", reports.claim_taken_back, name="claim_taken_back"),
    path(f"{REPORT}lamna/", reports.report_handed_in, name="report_handed_in"),
    path(f"{REPORT}tillbaka/", report_deciding.report_sent_back, name="report_sent_back"),
    path(f"{REPORT}godkann/", report_deciding.report_approved, name="report_approved"),
    path(f"{REPORT}publicera/", report_deciding.report_published, name="report_published"),
    path(f"{REPORT}dokument/", report_deciding.report_document, name="report_document"),
    path(f"{REPORT}pdf/", report_deciding.report_paper, name="report_paper"),
    path(f"{AT}overlamning/", after.hand_over_page, name="hand_over_work"),
    path(f"{AT}overlamning/ny/", after.handed_over_work, name="handed_over_work"),
    path(f"{AT}uppfoljning/<row:months>/", after.follow_up_answered, name="follow_up_answered"),
]
