"""Settings: what was set is read, and the number of the console is made once."""

import threading
from pathlib import Path

import pytest

from console.store.database import Store, open_store
from console.store.settings import Settings
from console.store.trouble import StoreTrouble


def test_a_setting_is_read_as_it_was_set_last(store: Store) -> None:
    settings = Settings(store)
    assert settings.get("language") is None
    settings.set("language", "en")
    settings.set("language", "简体中文 'quoted'; drop table settings")
    assert settings.get("language") == "简体中文 'quoted'; drop table settings"


def test_what_is_too_long_is_refused_and_the_old_stays(store: Store) -> None:
    settings = Settings(store)
    settings.set("theme", "dark")
    with pytest.raises(StoreTrouble, match="4096 are the limit"):
        settings.set("theme", "x" * 5_000)
    assert settings.get("theme") == "dark"


def test_the_console_id_is_made_once_whoever_asks(store_path: Path) -> None:
    with open_store(store_path) as store:
        told: list[str] = []
        threads = [threading.Thread(target=lambda: told.append(Settings(store).console_id())) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    with open_store(store_path) as store:
        told.append(Settings(store).console_id())
    assert len(told) == 9
    assert len(set(told)) == 1
    assert len(told[0]) == 36
