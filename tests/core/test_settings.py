"""Settings name the variable that cannot be used."""

from pathlib import Path

import pytest

from elearning.core.settings import PROJECT, Settings, SettingsError, settings_page


def test_every_mistake_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"DEMO": "maybe", "PROXIES": "9", "DATABASE_URL": "mysql://x", "SECRET_KEY": "short"})

    assert str(caught.value).splitlines() == [
        "DATABASE_URL: found 'mysql://x', expected an address that begins with sqlite:/// or postgresql://",
        "SECRET_KEY: found a value, expected at least 32 characters;"
        " make one with: python -c 'import secrets; print(secrets.token_hex(32))'",
        "DEMO: found 'maybe', expected 1 or 0",
        "PROXIES: found '9', expected a whole number from 0 to 5",
    ]


def test_a_key_is_made_once_and_kept(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    assert settings.signing_key() == settings.signing_key()
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_the_page_of_settings_is_true() -> None:
    written = (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert written == settings_page(), "python -m elearning.core.settings > docs/settings.md"
