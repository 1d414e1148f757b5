"""How allauth works here: accounts begin with an invitation, and account mail goes out by itself."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from wpm_platform.organisations.models import User


def user_display(user: User) -> str:
    return str(user)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
