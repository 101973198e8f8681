"""The pages about what has arrived."""

from django.urls import path, register_converter

from . import decision_pages, profile_pages, server_edit, server_views, upload_pages, views


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
    path("inlasningar/servrar/ny/", server_edit.add_page, name="server_add"),
    path("inlasningar/servrar/<import_number:number>/gor/", server_edit.do_page, name="server_do"),
    path("inlasningar/servrar/<import_number:number>/ta-bort/", server_edit.remove_page, name="server_remove"),
    path("inlasningar/ny/", upload_pages.new_page, name="upload_new"),
    path("inlasningar/ny/<import_number:number>/", upload_pages.upload_page, name="upload"),
    path("inlasningar/ny/<import_number:number>/las-in/", upload_pages.read_in_page, name="upload_read_in"),
    path("inlasningar/ny/<import_number:number>/kasta/", upload_pages.throw_page, name="upload_throw"),
    path("inlasningar/arbete/<import_number:number>/", decision_pages.job_page, name="job"),
    path("inlasningar/<import_number:number>/slapp/", decision_pages.release_page, name="import_release"),
    path("inlasningar/<import_number:number>/kasta/", decision_pages.discard_page, name="import_discard"),
    path("inlasningar/<import_number:number>/ta-tillbaka/", decision_pages.undo_page, name="import_undo"),
    path("andrat/<import_number:number>/<str:secret>/", server_views.changed, name="changed"),
    path("inlasningar/<import_number:number>/", views.import_page, name="import"),
]
