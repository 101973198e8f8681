"""The addresses of the methods."""

from django.urls import path

from .pages import methods

urlpatterns = [
    path("metoder/", methods.methods, name="methods"),
    path("metoder/jamfor/", methods.compare, name="methods_compared"),
    path("metoder/<slug:key>/", methods.method, name="method"),
]
