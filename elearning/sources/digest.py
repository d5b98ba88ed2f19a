"""The hash that is a version: of anything that can be written as JSON."""

import hashlib
import json
from typing import Any


def digest_of(document: Any) -> str:
    """Return the short hash of a JSON document: 16 hexadecimal digits, whatever the order of its keys."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
