"""The addresses of time and of places."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
