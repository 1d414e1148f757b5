"""A file to download, with an ETag: who has it already gets a short answer instead."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers


def download(request: HttpRequest, *, name: str, content_type: str, content: bytes) -> HttpResponseBase:
    """The file, or 304 when `If-None-Match` names it. The ETag is over the bytes, so it differs per language too."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["ETag"] = f'"{hashlib.sha256(content).hexdigest()}"'
    patch_vary_headers(response, ["Accept-Language"])
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response
