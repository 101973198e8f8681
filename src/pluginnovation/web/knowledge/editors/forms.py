"""The form to sign in with: allauth's, without a way to a forgotten password, since links come from the editors."""

from typing import Any

from allauth.account.forms import LoginForm


class SignIn(LoginForm):
    """One of settings' ACCOUNT_FORMS."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
