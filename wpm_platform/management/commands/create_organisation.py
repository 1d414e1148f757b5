"""`manage.py create_organisation`: a new customer, by an operator."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email, validate_slug

from wpm_platform import clock
from wpm_platform.organisations.models.organisation import kvk_number_validator
from wpm_platform.organisations.services.founding import create_organisation
from wpm_platform.organisations.services.invitations import invitation_url
from wpm_platform.organisations.services.refusal import Refused
from wpm_platform.owner import owner_connection


class Command(BaseCommand):
    help = "Sets up an organisation, invites its owner by mail and prints the invitation's link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="name of the employer")
        parser.add_argument("--slug", required=True, help="its part of the address: /o/<slug>/")
        parser.add_argument("--owner-email", required=True, help="address of the first owner")
        parser.add_argument("--kvk", default="", help="KvK number of the first legal entity")
        parser.add_argument("--language", default="nl", choices=[code for code, _ in settings.LANGUAGES])

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_slug(options["slug"])
            validate_email(options["owner_email"])
            if options["kvk"]:
                kvk_number_validator(options["kvk"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        try:
            with owner_connection():
                invitation = create_organisation(
                    name=options["name"],
                    slug=options["slug"].lower(),
                    kvk_number=options["kvk"],
                    owner_email=options["owner_email"],
                    language=options["language"],
                    now=clock.now(),
                )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['name']}: /o/{options['slug'].lower()}/")
        self.stdout.write(f"Invitation of {invitation.email}, valid until {invitation.expires_at:%Y-%m-%d %H:%M} UTC:")
        self.stdout.write(invitation_url(invitation))
