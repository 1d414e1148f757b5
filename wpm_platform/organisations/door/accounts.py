"""How allauth works here: accounts begin with an invitation, and account mail goes out by itself."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from wpm_platform.organisations.models import User


def user_display(user: User) -> str:
    return str(user)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        raise PermissionError("Accounts begin with an invitation.")
