"""The addresses of my day and of answering."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
