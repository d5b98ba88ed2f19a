"""Security headers and cookies (OWASP ASVS 5.0: V3.3.1 cookies, V3.4.3 content security policy)."""

import time
from collections import OrderedDict
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from elearning.core.settings import Settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
VERIFIED_SECONDS = 60
MOST_VERIFIED = 5000  # of some 500 bytes each
ONE_YEAR_SECONDS = 365 * 24 * 3600


class SignedCookies(SecureCookieSessionInterface):
    """Flask's own session cookie; one that was verified is remembered, as a browser sends it with every request."""

    def __init__(self) -> None:
        self._verified: OrderedDict[str, tuple[float, dict[str, Any]]] = OrderedDict()

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of a request. A cookie is verified again, its age too, after a minute at the latest."""
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        until, values = self._verified.get(cookie, (0.0, {}))
        if until > time.monotonic():
            return self.session_class(values)
        opened = super().open_session(app, request)
        # Only what cannot change can be shared by requests: a session with messages, a list, is read each time.
        if opened and all(isinstance(value, str | int | None) for value in opened.values()):
            self._verified[cookie] = (time.monotonic() + VERIFIED_SECONDS, dict(opened))
            while len(self._verified) > MOST_VERIFIED:
                self._verified.popitem(last=False)
        return opened


def _harden(response: Response) -> Response:
    response.headers.extend(HEADERS)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR_SECONDS}")
    if request.endpoint != "static":
        # no-cache, not no-store: history may show a page again, also one that answered a form (Back in a play).
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def init_security(app: Flask, settings: Settings) -> None:
    """Set cookie rules and add the headers to every response."""
    app.config.update(
        SECRET_KEY=settings.signing_key(),
        SESSION_COOKIE_NAME="session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=30 * 24 * 3600,
        SESSION_REFRESH_EACH_REQUEST=False,
        # A form lives as long as its session: whoever reads for an hour before answering is not turned away.
        WTF_CSRF_TIME_LIMIT=None,
        # The token, and cookies that other sites' forms do not carry, suffice; some browsers send no Referer at all.
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=settings.max_request_kib * 1024,
        MAX_FORM_MEMORY_SIZE=settings.max_request_kib * 1024,
    )
    app.session_interface = SignedCookies()
    app.after_request(_harden)
