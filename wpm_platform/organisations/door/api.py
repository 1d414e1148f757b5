"""The door of the API: a key instead of a login, and the organisation's scope around every request."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from typing import IO, Any, ClassVar

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.views import APIView

from wpm_platform import clock
from wpm_platform.organisations.door.api_keys import ApiKeyAuthentication, KeyHasScope, PerKey
from wpm_platform.organisations.door.api_problems import BodyTooLarge
from wpm_platform.organisations.enums import ApiScope
from wpm_platform.organisations.models import Organisation
from wpm_platform.organisations.services.api_keys import record_api_key_use
from wpm_platform.scoping import Role, organisation_scope


class BoundedJSONParser(BaseParser):
    """JSON up to DATA_UPLOAD_MAX_MEMORY_SIZE bytes; whatever is wrong with it is the sender's mistake."""

    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        content = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(content) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise BodyTooLarge
        try:
            return json.loads(content, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError(_("This is not JSON that we can read. Check the text and its UTF-8 encoding.")) from error


def _refuse(constant: str) -> None:
    raise ValueError(constant)


class ApiView(APIView):
    """What every page of the API has in common. A subclass sets `scopes`: HTTP method → the scope it needs.

    After the checks `self.organisation` is the key's organisation, and the handler runs in its scope, thus in
    one transaction under the role `wpm_hr`; an answer of 400 and more rolls it back.
    """

    authentication_classes = (ApiKeyAuthentication,)
    permission_classes = (KeyHasScope,)
    throttle_classes = (PerKey,)
    parser_classes = (BoundedJSONParser,)
    scopes: ClassVar[Mapping[str, ApiScope]] = {}
    organisation: Organisation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with ExitStack() as self.opened:
            self.is_open = False
            response = super().dispatch(request, *args, **kwargs)
            if self.is_open and response.status_code >= 400:
                transaction.set_rollback(True)
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        key: Any = request.auth
        with organisation_scope(key.organisation_id, role=Role.HR):
            self.organisation = Organisation.objects.get(pk=key.organisation_id)
            record_api_key_use(organisation=self.organisation, key_id=key.key_id, now=clock.now())
        self.opened.enter_context(organisation_scope(self.organisation, role=Role.HR))
        self.is_open = True

    def scope_of(self, request: Request) -> ApiScope | None:
        """The scope for this method; HEAD and OPTIONS are asked what GET is."""
        method = request.method or ""
        return self.scopes.get(method) or next(iter(self.scopes.values()), None)


class UnknownAddress(APIView):
    """Every other address below `/api/v1/`: a problem instead of a page for people."""

    authentication_classes = ()
    permission_classes = ()
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound
