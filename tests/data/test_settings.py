"""Settings are read, checked with their line, and written back without losing what a person wrote."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from data.settings import Settings, WrongSetting, read_settings, write_settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == Settings()


def test_a_wrong_value_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('# ours\ncompany_name = "Acme"\ntime_zone = "Asia/Shanghi"\n')
    with pytest.raises(WrongSetting) as caught:
        read_settings(file)
    assert "settings.toml, line 3: time_zone cannot be 'Asia/Shanghi'" in str(caught.value)
    assert "第 3 行" in caught.value.say("zh-Hans")


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("base_curency = 'CNY'\n")
    with pytest.raises(WrongSetting, match="base_curency"):
        read_settings(file)


def test_what_is_not_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("company_name = 'A'\nlanguage = \n")
    with pytest.raises(WrongSetting, match="line 2"):
        read_settings(file)


def test_writing_keeps_comments_and_reads_back(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('# our company\ncompany_name = "Acme"\n')
    settings = read_settings(file).model_copy(update={"base_currency": "GBP", "tax_rate": Decimal("0.2")})
    write_settings(file, settings)
    assert "# our company" in file.read_text()
    assert read_settings(file) == settings


def test_a_setting_can_be_taken_back_to_none(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    write_settings(file, Settings(tax_rate=Decimal("0.13")))
    write_settings(file, Settings())
    assert read_settings(file).tax_rate is None
