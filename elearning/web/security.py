"""Security headers and cookies (OWASP ASVS 5.0: V3.3.1 cookies, V3.4.3 content security policy)."""

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

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
ONE_YEAR_SECONDS = 365 * 24 * 3600


class SignedCookies(SecureCookieSessionInterface):
    """Flask's own session cookie, whose signer is made once for the application and not for each request."""

    _signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return the signer of the application's key."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer


def _harden(response: Response) -> Response:
    response.headers.extend(HEADERS)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR_SECONDS}")
    if request.endpoint != "static":
        response.headers.setdefault(
            "Cache-Control", "private, no-store" if request.method == "POST" else "private, no-cache"
        )
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
        MAX_CONTENT_LENGTH=settings.max_request_kib * 1024,
        MAX_FORM_MEMORY_SIZE=settings.max_request_kib * 1024,
    )
    app.session_interface = SignedCookies()
    app.after_request(_harden)
