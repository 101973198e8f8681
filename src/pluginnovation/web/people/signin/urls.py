"""The ways in and out. There is no other page of sign-in."""

from django.urls import path

from . import account_pages, authority_pages, invitation_pages, pages, staff_pages

urlpatterns = [
    path("logga-in/", pages.sign_in, name="sign_in"),
    path("logga-in/kod/", pages.sign_in_code, name="sign_in_code"),
    path("logga-in/nyckel/", pages.sign_in_passkey, name="sign_in_passkey"),
    path("logga-in/mer/", pages.step_up, name="step_up"),
    path("logga-in/via/<slug:service>/", authority_pages.sign_in_through, name="sign_in_through"),
    path("logga-in/svar/<slug:service>/", authority_pages.sign_in_answer, name="sign_in_answer"),
    path("logga-ut/<slug:service>/", authority_pages.signed_out, name="signed_out"),
    path("logga-ut/<slug:service>/dar/", authority_pages.sign_out_there, name="sign_out_there"),
    path("inbjudan/", invitation_pages.invited, name="invited"),
    path("inbjudan/<str:token>/", invitation_pages.invitation, name="invitation"),
    path("konton/", staff_pages.accounts, name="accounts"),
    path("konto/", account_pages.account, name="account"),
]
