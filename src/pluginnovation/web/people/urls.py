"""The pages about who you are."""

from django.urls import include, path
from django.views.i18n import set_language

from . import views

urlpatterns = [
    path("", views.start, name="start"),
    path("demo/", views.demo, name="enter_demo"),
    path("roll/", views.choose_role, name="choose_role"),
    path("", include("pluginnovation.web.people.signin.urls")),
    path("logga-ut/", views.sign_out, name="sign_out"),
    path("sprak/", set_language, name="set_language"),
    path("", include("pluginnovation.web.people.rights.urls")),
]
