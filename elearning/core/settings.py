"""Settings, read once from the environment into a frozen object. docs/settings.md is made from this file."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

PROJECT = Path(__file__).resolve().parents[2]
MIGRATIONS = PROJECT / "migrations"
ARGON2_KIB_A_LANE = 8
SECRETS = frozenset({"secret_key", "database_url"})  # an address may hold a password
T = TypeVar("T")


class SettingsError(Exception):
    """A variable of the environment has a value that cannot be used. The message names the variable."""


def _text(value: str) -> str:
    return value


def _whole(minimum: int, maximum: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        try:
            number = int(value)
        except ValueError:
            raise ValueError(f"expected a whole number from {minimum} to {maximum}") from None
        if not minimum <= number <= maximum:
            raise ValueError(f"expected a whole number from {minimum} to {maximum}")
        return number

    return read


def _switch(value: str) -> bool:
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise ValueError("expected 1 or 0")


def _path(value: str) -> Path:
    return Path(value).resolve()


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            raise ValueError(f"expected one of {', '.join(choices)}")
        return value

    return read


def _database(value: str) -> str:
    if value.startswith("postgres://"):
        value = "postgresql://" + value.removeprefix("postgres://")
    if value.startswith("postgresql://"):
        return "postgresql+psycopg://" + value.removeprefix("postgresql://")
    if value.startswith("postgresql+psycopg://") or (value.startswith("sqlite:///") and value != "sqlite:///"):
        return value
    raise ValueError("expected an address that begins with sqlite:///FILE or postgresql://")


def _secret(value: str) -> str:
    if len(value) < 32:
        raise ValueError(
            "expected at least 32 characters; make one with: python -c 'import secrets; print(secrets.token_hex(32))'"
        )
    return value


def _setting(read: Callable[[str], T], default: T | object = MISSING, *, about: str) -> Any:
    metadata = {"read": read, "about": about}
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a deployment may choose. Each field is the variable of the same name in capitals."""

    project_dir: Path = _setting(_path, PROJECT, about="Folder that holds courses/, simulations/ and translations/.")
    data_dir: Path = _setting(
        _path, PROJECT / "var", about="Folder for the SQLite database, the content store and the secret key."
    )
    database_url: str = _setting(_database, "", about="Database address; empty means SQLite in DATA_DIR.")
    secret_key: str = _setting(_secret, "", about="Signs cookies; empty means a key made once and kept in DATA_DIR.")
    demo: bool = _setting(_switch, False, about="1 shows and allows the demo accounts; never on a real site.")
    secure_cookies: bool = _setting(
        _switch, True, about="0 lets cookies travel over plain http, for a site on 127.0.0.1."
    )
    proxies: int = _setting(
        _whole(0, 5), 0, about="How many trusted proxies stand before the site and set X-Forwarded-*."
    )
    log_format: str = _setting(_one_of("json", "text"), "json", about="How log lines are written: json or text.")
    log_level: str = _setting(_one_of("DEBUG", "INFO", "WARNING", "ERROR"), "INFO", about="Least level that is logged.")
    argon2_time_cost: int = _setting(_whole(1, 20), 3, about="argon2id passes over memory.")
    argon2_memory_kib: int = _setting(_whole(8, 1_048_576), 65_536, about="argon2id memory, in KiB.")
    argon2_parallelism: int = _setting(_whole(1, 16), 4, about="argon2id lanes.")
    sign_in_limit: int = _setting(
        _whole(1, 1000), 10, about="Failed sign-ins allowed for one address and e-mail in 15 minutes."
    )
    max_request_kib: int = _setting(_whole(16, 1_048_576), 1024, about="Largest request that is read, in KiB.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the variables; raise SettingsError naming every one that cannot be used."""
        values: dict[str, Any] = {}
        mistakes: list[str] = []
        for setting in fields(cls):
            raw = environment.get(setting.name.upper(), "").strip()
            if not raw:
                continue
            try:
                values[setting.name] = setting.metadata["read"](raw)
            except ValueError as error:
                shown = "a value" if setting.name in SECRETS else repr(raw)
                mistakes.append(f"{setting.name.upper()}: found {shown}, {error}")
        if not mistakes:
            made = cls(**values)
            mistakes = made._mistakes()
        if mistakes:
            raise SettingsError("\n".join(mistakes))
        return made

    def _mistakes(self) -> list[str]:
        """Return what is wrong with settings that are right one by one."""
        least = ARGON2_KIB_A_LANE * self.argon2_parallelism
        if self.argon2_memory_kib >= least:
            return []
        return [f"ARGON2_MEMORY_KIB: found {self.argon2_memory_kib}, expected at least {least}: 8 for each lane"]

    def make_data_dir(self) -> None:
        """Make the folder for data and the key in it, where they are missing; raise SettingsError where they cannot."""
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            self.signing_key()
        except OSError as error:
            message = f"DATA_DIR: found {str(self.data_dir)!r}, where nothing can be written ({error.strerror})"
            raise SettingsError(f"{message}, expected a folder that the site may write to") from error

    @property
    def database_address(self) -> str:
        """The SQLAlchemy address in use."""
        return self.database_url or f"sqlite:///{self.data_dir / 'elearning.db'}"

    @property
    def store_dir(self) -> Path:
        """Folder of the content store."""
        return self.data_dir / "store"

    @property
    def interface_dir(self) -> Path:
        """Folder of the interface's compiled translations."""
        return self.data_dir / "interface"

    @property
    def catalogues_dir(self) -> Path:
        """Folder of the catalogues as they were read last; can be made anew at any time."""
        return self.data_dir / "catalogues"

    def signing_key(self) -> str:
        """Return the secret key, making and keeping one on the first start."""
        return self.secret_key or _kept_key(self.data_dir / "secret-key")


def _kept_key(path: Path) -> str:
    """Return the key in `path`; of several processes that start at once, one makes it and all read the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32), encoding="ascii")
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")


def settings_page() -> str:
    """Return docs/settings.md; a test holds the file against it."""
    lines = [
        "# Settings",
        "",
        "Read once from the environment when the site starts. A value that cannot be used stops it with the name of",
        "the variable. `make serve` also takes `HOST` and `PORT`; unless told otherwise it sets `DEMO=1`,",
        "`LOG_FORMAT=text` and `LOG_LEVEL=WARNING`, and `SECURE_COOKIES=0` for a demo or on this machine alone.",
        "",
        "| variable | without it | what it does |",
        "|---|---|---|",
    ]
    for setting in fields(Settings):
        default = setting.default
        if isinstance(default, Path):
            default = "the project's folder" if default == PROJECT else f"`{default.relative_to(PROJECT)}`"
        elif isinstance(default, bool):
            default = f"`{int(default)}`"
        else:
            default = f"`{default}`" if default != "" else "empty"
        lines.append(f"| `{setting.name.upper()}` | {default} | {setting.metadata['about']} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(settings_page(), end="")  # noqa: T201
