"""A system that calls the API with a key."""

import json
from typing import Any

from django.test import Client


class System:
    """Sends JSON with a key. A body that is bytes or text is sent as it is."""

    def __init__(self, key: str = "") -> None:
        self.client = Client()
        self.headers = {"authorization": f"Bearer {key}", "accept-language": "en"} if key else {}

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", query, headers=self.headers)

    def put(self, path: str, body: Any, *, content_type: str = "application/json") -> Any:
        content = body if isinstance(body, bytes | str) else json.dumps(body)
        return self.client.put(f"/api/v1/{path}", content, content_type=content_type, headers=self.headers)

    def post(self, path: str, body: Any, *, content_type: str = "application/json") -> Any:
        content = body if isinstance(body, bytes | str) else json.dumps(body)
        return self.client.post(f"/api/v1/{path}", content, content_type=content_type, headers=self.headers)

    def put_rows(self, *rows: Any) -> Any:
        return self.put("staff", {"rows": list(rows)})


def problem(response: Any) -> tuple[int, str]:
    """Status and content type of an error, whose body repeats the status."""
    assert response.json()["status"] == response.status_code
    return response.status_code, response["Content-Type"]


def wrong(status: int) -> tuple[int, str]:
    return status, "application/problem+json"
