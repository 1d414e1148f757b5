"""Lists of the API, a part at a time, with an opaque cursor."""

import base64
import binascii
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from wpm_platform.organisations.door.api_problems import InvalidInput, problems

DEFAULT_SIZE, MOST = 100, 500
LARGEST_KEY = 2**63 - 1
PAGE_PARAMETERS = [
    OpenApiParameter("cursor", str, description="`next_cursor` of the part before; leave it out for the first."),
    OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_SIZE}),
]


def page_of(queryset: QuerySet[Any], *, request: Request) -> tuple[list[Any], str | None]:
    """One part of the rows in the order of their keys, and the cursor of the next part (None at the end).

    New rows come last, so that no row is missed or repeated while others are added.
    """
    size = _size(_given(request, "limit"))
    after = _key(_given(request, "cursor"))
    rows = list(queryset.order_by("pk").filter(pk__gt=after)[: size + 1])
    if len(rows) <= size:
        return rows, None
    return rows[:size], base64.urlsafe_b64encode(str(rows[size - 1].pk).encode()).decode().rstrip("=")


def list_page(*, queryset: QuerySet[Any], serializer: type[BaseSerializer[Any]], request: Request) -> Response:
    """The answer with one part of a list."""
    rows, cursor = page_of(queryset, request=request)
    return Response(serializer({"items": rows, "next_cursor": cursor}).data)


def list_schema(*, serializer: type[BaseSerializer[Any]], tag: str, summary: str, description: str) -> Any:
    """How the OpenAPI document describes the list of a tag."""
    return extend_schema(
        operation_id=f"list_{tag}",
        tags=[tag],
        summary=summary,
        description=description,
        parameters=PAGE_PARAMETERS,
        responses={200: serializer} | problems(401, 403, 422, 429),
    )


def _given(request: Request, name: str) -> str | None:
    """A parameter's text; None when it is left out. Of one that is given twice, nobody can say which is meant."""
    values = request.query_params.getlist(name)
    if len(values) > 1:
        raise InvalidInput([{"field": name, "code": "repeated", "detail": _("Give this parameter once.")}])
    return values[0] if values else None


def _size(text: str | None) -> int:
    if text is None:
        return DEFAULT_SIZE
    if text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= MOST:
        return int(text)
    raise InvalidInput(
        [{"field": "limit", "code": "out_of_range", "detail": _("Ask for 1 to %(most)s rows.") % {"most": MOST}}]
    )


def _key(text: str | None) -> int:
    if not text:
        return 0
    try:
        key = int(base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        key = -1
    if not 0 <= key <= LARGEST_KEY or len(text) > 40:
        raise InvalidInput(
            [{"field": "cursor", "code": "unknown", "detail": _("Use the cursor of the answer before as it is.")}]
        )
    return key
