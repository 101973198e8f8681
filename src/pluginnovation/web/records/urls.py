"""The pages about what has arrived."""

from django.urls import path, register_converter

from . import profile_pages, server_views, views


class ImportNumber:
    """A number that a database integer can hold: a longer one is no page."""

    regex = "[0-9]{1,9}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Its digits."""
        return str(value)


register_converter(ImportNumber, "import_number")

urlpatterns = [
    path("inlasningar/", views.imports_page, name="imports"),
    path("inlasningar/profiler/", profile_pages.profiles_page, name="profiles"),
    path("inlasningar/profiler/<slug:name>/", profile_pages.profile_page, name="profile"),
    path("inlasningar/profiler/<slug:name>/skriv/", profile_pages.edit_page, name="profile_edit"),
    path("inlasningar/servrar/", server_views.servers_page, name="servers"),
    path("andrat/<import_number:number>/<str:secret>/", server_views.changed, name="changed"),
    path("inlasningar/<import_number:number>/", views.import_page, name="import"),
]
