"""The addresses of the pupil health meeting."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
