"""People who log in: HR and the others who work in the console. Employees answer without an account."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from wpm_platform.row_security import ADD, ColumnAccess


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class Colleagues(UserManager):
    """People as the pages of an organisation know them: without the password's hash, which its role cannot read."""

    def get_queryset(self) -> models.QuerySet["User"]:
        return super().get_queryset().defer("password")


class User(AbstractBaseUser):
    """An account. Inside a scope, follow a key to it with `.defer("<key>__password")` beside `select_related`."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=2, default="nl", choices=[("nl", _("Dutch")), ("en", _("English"))]
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    colleagues = Colleagues()
    # HR's pages name who did something, and an invitation makes an account; nothing else happens in a scope.
    column_access = ColumnAccess(hr=ADD, unread=("password",))
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        base_manager_name = "colleagues"
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="organisations_user_email_lower_case")
        ]

    def __str__(self) -> str:
        return self.name or self.email
