"""The addresses of time and of places."""

from django.urls import URLPattern, path

from .pages import time

urlpatterns: list[URLPattern] = [
    path("i-tid/", time.time_page, name="time"),
]
