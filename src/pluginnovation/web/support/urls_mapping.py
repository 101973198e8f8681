"""The addresses of mapping."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
