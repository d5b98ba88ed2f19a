"""Settings name the variable that cannot be used."""

from pathlib import Path

import pytest

from elearning.core.settings import PROJECT, Settings, SettingsError, settings_page


def test_every_mistake_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"DEMO": "maybe", "PROXIES": "9", "DATABASE_URL": "mysql://x", "SECRET_KEY": "short"})

    assert str(caught.value).splitlines() == [
        "DATABASE_URL: found a value, expected an address that begins with sqlite:///FILE or postgresql://",
        "SECRET_KEY: found a value, expected at least 32 characters;"
        " make one with: python -c 'import secrets; print(secrets.token_hex(32))'",
        "DEMO: found 'maybe', expected 1 or 0",
        "PROXIES: found '9', expected a whole number from 0 to 5",
    ]


def test_settings_that_do_not_go_together_are_named() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"ARGON2_MEMORY_KIB": "8", "ARGON2_PARALLELISM": "16"})
    assert str(caught.value) == "ARGON2_MEMORY_KIB: found 8, expected at least 128: 8 for each lane"


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError) as caught:
        Settings(data_dir=tmp_path / "file" / "var").make_data_dir()
    assert str(caught.value) == (
        f"DATA_DIR: found {str(tmp_path / 'file' / 'var')!r}, where nothing can be written (Not a directory),"
        " expected a folder that the site may write to"
    )


@pytest.mark.parametrize("address", ["sqlite:///", "sqlite://", "postgres", "http://x"])
def test_an_address_without_a_database_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL: found a value"):
        Settings.from_environment({"DATABASE_URL": address})


def test_a_key_is_made_once_and_kept(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    assert settings.signing_key() == settings.signing_key()
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_the_page_of_settings_is_true() -> None:
    written = (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert written == settings_page(), "python -m elearning.core.settings > docs/settings.md"
