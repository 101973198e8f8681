"""Where nodes fetch the catalogue, and where whoever runs one reads the key that it is signed with."""

from django.urls import path

from pluginnovation.knowledge.signing import KEY_SHOWN_AT, SHOWN_AT

from .pages import exported

urlpatterns = [
    path(SHOWN_AT, exported.catalogue_file, name="exported_catalogue"),
    path(KEY_SHOWN_AT, exported.key_file, name="catalogue_key"),
]
