"""Those who can sign in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class User(AbstractBaseUser):
    """An adult with duties. Made from the source's staff, or recorded by an administrator.

    A password is set by its owner, from a one-time link, and never opens anything alone; most have none: they sign in
    at the authority's own service, or with a passkey.
    """

    login = models.TextField(unique=True)
    name = models.TextField()
    person = models.OneToOneField("people.Person", models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "login"

    def __str__(self) -> str:
        return self.login
