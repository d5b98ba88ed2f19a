"""Unguessable tokens and idempotency keys."""

import hashlib
import re
import secrets

_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}\Z")


def new_token() -> str:
    """Return a secret of 256 bits, safe in URLs and cookies."""
    return secrets.token_urlsafe(32)


def new_key() -> str:
    """Return an idempotency key: a form that carries it counts once, however often it is sent (DESIGN section 6)."""
    return secrets.token_urlsafe(16)


def is_key(value: str) -> bool:
    """Tell whether `value` has the shape of an idempotency key, made here or by a client."""
    return bool(_KEY.match(value))


def token_digest(token: str) -> str:
    """Return what the database keeps of a token, so that a copy of the database opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()
