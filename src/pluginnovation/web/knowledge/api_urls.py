"""The address of the open API: one for all languages, since it gives both."""

from django.urls import path

from .api import api

urlpatterns = [path("api/", api.urls)]
