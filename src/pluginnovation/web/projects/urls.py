"""The addresses of what is tried together, each subject's in a file of its own."""

from django.urls import URLPattern

from . import urls_analysis, urls_calls, urls_process, urls_project, urls_work

urlpatterns: list[URLPattern] = [
    *urls_calls.urlpatterns,
    *urls_analysis.urlpatterns,
    *urls_project.urlpatterns,
    *urls_work.urlpatterns,
    *urls_process.urlpatterns,
]
