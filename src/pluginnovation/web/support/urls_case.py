"""The addresses of cases, measures and notes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
