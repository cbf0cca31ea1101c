"""Homes for page tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data.home import VARIABLE, Home
from tests.data.lakes import MadeOnce
from tests.pages.homes import fill, small_shop


@pytest.fixture(scope="session")
def shop_folder(made_once: MadeOnce, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation whose company lake holds the small shop and that has no demo. Tests only read it."""
    root = tmp_path_factory.mktemp("shop")
    shutil.copytree(made_once("small-shop", lambda folder: fill(folder, small_shop())), root / "company")
    return root


@pytest.fixture
def shop_home(shop_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The current installation is the small shop's."""
    monkeypatch.setenv(VARIABLE, str(shop_folder))
    return Home(shop_folder)


@pytest.fixture
def bare_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The current installation: nothing was ever loaded."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home"))
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def empty_folder(lake_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation whose company lake is empty and that has no demo. Tests load nothing into it."""
    root = tmp_path_factory.mktemp("empty")
    shutil.copytree(lake_template, root / "company")
    return root


@pytest.fixture
def empty_home(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The current installation is the empty one that such tests share."""
    monkeypatch.setenv(VARIABLE, str(empty_folder))
    return Home(empty_folder)


@pytest.fixture
def home(lake_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The current installation: an empty company lake of the test's own, no demo."""
    shutil.copytree(lake_template, tmp_path / "home" / "company")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home"))
    return Home(tmp_path / "home")
