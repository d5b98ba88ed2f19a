"""Somebody with cookies, asking a running site over the network."""

import re
import urllib.request
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import cast
from urllib.parse import urlencode

DEMO_PASSWORD = "demo-password"


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def http_error_303(self, _request, answer, *_rest):  # type: ignore[no-untyped-def]
        """Return the redirection itself: it is the acknowledgement."""
        return answer

    http_error_302 = http_error_303


class Visitor:
    """A browser without scripts that follows nothing by itself."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), _NoRedirects())

    def get(self, path: str) -> str:
        """Return a page."""
        with self._opener.open(self.address + path, timeout=30) as answer:
            return str(answer.read().decode())

    def field(self, path: str, name: str) -> str:
        """Return the value of a hidden field of a page."""
        found = re.search(rf'name="{name}"[^>]*value="([^"]+)"', self.get(path))
        assert found, f"no field {name} on {path}"
        return found[1]

    def post(self, path: str, fields: dict[str, str] | list[tuple[str, str]]) -> int:
        """Send a form; return the status. Raises OSError where the site ends before it answers."""
        with cast(
            HTTPResponse, self._opener.open(self.address + path, urlencode(fields).encode(), timeout=30)
        ) as answer:
            return answer.status

    def sign_in(self, email: str = "learner@example.org") -> None:
        """Sign in with a demo account."""
        token = self.field("/en/sign-in", "csrf_token")
        assert self.post("/en/sign-in", {"csrf_token": token, "email": email, "password": DEMO_PASSWORD}) in {302, 303}
