"""Password hashing: argon2id, with parameters by setting (OWASP ASVS 5.0, V6.2; NIST SP 800-63B section 5.1.1)."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from elearning.core.settings import Settings

MIN_PASSWORD_LENGTH = 8
MAX_PASSWORD_LENGTH = 256
HASHES_AT_ONCE = 2  # in one process: each takes 64 MiB unless told otherwise, and a core


class Passwords:
    """Makes and checks password hashes."""

    def __init__(self, settings: Settings) -> None:
        self._hasher = PasswordHasher(
            time_cost=settings.argon2_time_cost,
            memory_cost=settings.argon2_memory_kib,
            parallelism=settings.argon2_parallelism,
        )
        self._turns = BoundedSemaphore(HASHES_AT_ONCE)
        self._nobody = self.digest("nobody has this password")

    def digest(self, password: str) -> str:
        """Return the hash to keep."""
        with self._turns:
            return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Tell whether the password is right. For nobody (None) it takes as long, so that time tells nothing."""
        if kept is None:
            kept, password = self._nobody, ""
        try:
            with self._turns:
                return self._hasher.verify(kept, password)
        except (VerifyMismatchError, InvalidHashError):
            return False

    def is_outdated(self, kept: str) -> bool:
        """Tell whether a hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)
