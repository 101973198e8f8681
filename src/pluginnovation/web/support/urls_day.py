"""The addresses of my day, of answering and of promises."""

from django.urls import URLPattern, path

from .pages import my_day, steps

urlpatterns: list[URLPattern] = [
    path("min-dag/", my_day.my_day, name="my_day"),
    path("min-dag/svar/<str:code>/", my_day.answer_pupil, name="answer_pupil"),
    path("elev/<str:code>/steg/", steps.new_step, name="step_new"),
    path("steg/<row:number>/klart/", steps.keep, name="step_keep"),
    path("steg/<row:number>/angra/", steps.undo, name="step_undo"),
    path("steg/<row:number>/lamna-over/", steps.hand_over, name="step_hand_over"),
]
