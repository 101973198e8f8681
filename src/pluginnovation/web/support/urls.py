"""The addresses of what is done, each subject's in a file of its own."""

from . import urls_case, urls_day, urls_mapping, urls_meeting, urls_time

urlpatterns = [
    *urls_case.urlpatterns,
    *urls_day.urlpatterns,
    *urls_mapping.urlpatterns,
    *urls_meeting.urlpatterns,
    *urls_time.urlpatterns,
]
