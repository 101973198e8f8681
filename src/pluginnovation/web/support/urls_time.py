"""The addresses of time, of hand-overs, of places and of reminders."""

from django.urls import URLPattern, path

from .pages import handing, places, reminders, time

urlpatterns: list[URLPattern] = [
    path("i-tid/", time.time_page, name="time"),
    path("overlamning/", handing.hand_overs_page, name="hand_overs"),
    path("overlamning/gjord/<row:number>/", handing.handed_over_page, name="handed_over"),
    path("overlamning/gjord/<row:number>/tillbaka/", handing.take_back_page, name="hand_over_back"),
    path("overlamning/<str:code>/", handing.hand_over_page, name="hand_over"),
    path("overlamning/<str:code>/papper/", handing.pack_paper, name="hand_over_paper"),
    path("platser/", places.places_page, name="places"),
    path("platser/ko/<row:number>/", places.priority_page, name="queue_priority"),
    path("platser/fyllda/<row:number>/", places.draw_page, name="draw"),
    path("platser/<str:code>/<slug:kind>/", places.places_of_kind, name="places_of_kind"),
    path("platser/<str:code>/<slug:kind>/fyll/", places.fill_page, name="fill_places"),
    path("paminnelser/", reminders.reminders_page, name="reminders"),
]
