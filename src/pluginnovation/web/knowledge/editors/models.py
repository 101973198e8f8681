"""An account at the hub. It has nothing to do with the accounts of a node, and lives in another database."""

from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

CONTRIBUTOR: Final = "contributor"
PEER_REVIEWER: Final = "peer_reviewer"
EDITOR: Final = "editor"
# The names of Wagtail's groups, in the order of the workflow. Keys, since a group's name is not translated.
ROLES: Final = (CONTRIBUTOR, PEER_REVIEWER, EDITOR)


class Editor(AbstractBaseUser, PermissionsMixin):
    """An adult who writes at the hub.

    login    the name to sign in with
    name     shown to colleagues in the editor, and never on a public page: pages name roles
    school   where somebody works, as a word: a review is made at another one than where a page was written
    email    told when a page waits for its reviewer; may be empty
    demo     one of the demo's one-click roles, which nobody can sign in to in another way
    """

    login = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    school = models.CharField(max_length=200, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)

    objects = BaseUserManager["Editor"]()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.login

    @property
    def first_name(self) -> str:
        """What Wagtail calls them in its menu."""
        return self.name

    def get_full_name(self) -> str:
        """What the editor shows."""
        return self.name

    def get_short_name(self) -> str:
        """The same: a name is not taken apart."""
        return self.name
