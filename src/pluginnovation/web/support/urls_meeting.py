"""The addresses of the pupil health meeting."""

from django.urls import URLPattern, path

from .pages import meeting, meeting_point, minutes

urlpatterns: list[URLPattern] = [
    path("mote/", meeting.meeting_home, name="meeting_home"),
    path("mote/nytt/", meeting.plan, name="meeting_plan"),
    path("mote/skarm/", meeting.screen, name="meeting_screen"),
    path("mote/<row:number>/", meeting.meeting, name="health_meeting"),
    path("mote/<row:number>/borja/", meeting.begin, name="meeting_begin"),
    path("mote/<row:number>/avsluta/", meeting.end, name="meeting_end"),
    path("mote/<row:number>/protokoll/", minutes.minutes, name="minutes"),
    path("mote/<row:number>/punkt/<row:place>/", meeting_point.meeting_point, name="meeting_point"),
]
