"""A form that is sent twice counts once; gone back to, changed and sent again, it counts anew (DESIGN section 6)."""

import hashlib
import json
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from elearning.core.database import Base


def keys_of(key: str, content: Any) -> tuple[str, str]:
    """Return the keys that a form may be kept under: its own, and, where that holds other content, one for both.

    `content` is made of JSON values. The second key is the same whenever the same change is sent. Where both hold
    something else, one of them was forged: a service refuses it with ConflictError `key-taken`.
    """
    document = json.dumps([key, content], sort_keys=True)
    return key, hashlib.sha256(document.encode()).hexdigest()


def added(session: Session, row: Base) -> bool:
    """Add a row; False where one with the same key is there already: another tab was quicker."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True
