"""What a company sets once: name, money, time, limits. Kept in `settings.toml`, edited by a page or by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

import tomlkit
from babel.numbers import is_currency
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from data.errors import DataError, Text

Share = Annotated[Decimal, Field(ge=0, le=1)]


class WrongSetting(DataError):
    """A value of settings.toml cannot be used."""

    text = Text(
        en="{file}, line {line}: {name} cannot be {value}: {reason}. The program did not start with wrong settings; "
        "put the line right or delete it to get the default.",
        zh_hans="{file} 第 {line} 行：{name} 不能是 {value}：{r"
        "eason}。程序没有带着错误的设置启动；请改正该行，或删除该行以使用默认值。",
        zh_hant="{file} 第 {line} 行：{name} 不能是 {value}：{r"
        "eason}。程式沒有帶著錯誤的設定啟動；請改正該行，或刪除該行以使用預設值。",
    )


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("no such time zone; write it like Asia/Shanghai")
    return name


def _currency(code: str) -> str:
    if not is_currency(code):
        raise ValueError("no such ISO 4217 currency; write it like CNY")
    return code


class Settings(BaseModel):
    """The settings of one installation, with the defaults of a company in mainland China."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    company_name: str = Field("Sevenboard", min_length=1, max_length=80)
    base_currency: Annotated[str, AfterValidator(_currency)] = "CNY"
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "Asia/Shanghai"
    country: Literal["CN", "TW", "HK", "US", "GB"] = "CN"
    language: Literal["en", "zh-Hans", "zh-Hant"] = "en"
    tax_rate: Share | None = Field(None, description="Tax inside selling prices, e.g. 0.13; none = unknown")
    fiscal_year_first_month: int = Field(1, ge=1, le=12)
    week_start: Literal["monday", "sunday"] = "monday"
    reject_share_limit: Share = Field(Decimal("0.5"), description="A file with more refused rows is not loaded")
    max_upload_mb: int = Field(2048, ge=1)
    max_columns: int = Field(2000, ge=10)
    max_cell_characters: int = Field(100_000, ge=1000)
    max_sheet_cells: int = Field(50_000_000, ge=100_000, description="A sheet that reaches further is refused")
    max_archive_files: int = Field(200, ge=1)
    max_unpacked_mb: int = Field(4096, ge=16, description="What an archive or workbook may unpack to")
    max_unpack_ratio: int = Field(200, ge=10, description="Unpacked bytes for each packed byte, beyond 16 MB")
    keep_versions_days: int = Field(30, ge=1, description="Older versions of the lake are let go by `maintain`")
    keep_pack_weeks: int = Field(60, ge=1, description="So long the version a weekly pack was made from is kept")
    archive_days: int = Field(30, ge=1, description="Original files are deleted after this many days")

    pack_weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "never"] = (
        Field("monday", description="The day on which the app opens the draft of last week's pack")
    )
    pack_hour: int = Field(8, ge=0, le=23, description="And the hour, by the company's clock")
    pack_template: str = Field("", description="A .pptx whose layouts the packs' slides use; none = the house's look")
    public_address: str = Field("", description="Where people reach the pages, for links in mails: https://…")
    smtp_host: str = Field("", description="The mail server; the password is read from SEVENBOARD_SMTP_PASSWORD")
    smtp_port: int = Field(587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_sender: str = Field("", description="Whom packs come from: Sevenboard <kpi@example.com>")


def read_settings(file: Path) -> Settings:
    """The settings of a file; defaults where it or a line is missing.

    Raises:
        WrongSetting: a value that cannot be used, with its line.
    """
    if not file.exists():
        return Settings()
    text = file.read_text(encoding="utf-8")
    try:
        return Settings(**tomlkit.parse(text).unwrap())
    except tomlkit.exceptions.ParseError as error:
        raise WrongSetting(file=file.name, line=error.line, name="TOML", value="?", reason=str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise WrongSetting(
            file=file.name, line=_line_of(name, text), name=name, value=repr(first["input"]), reason=first["msg"]
        ) from error


def write_settings(file: Path, settings: Settings) -> None:
    """Write the settings that differ from the defaults; comments and order of an existing file stay."""
    document = tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()
    default = Settings()
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if value == getattr(default, name) and name not in document:
            continue
        if value is None:
            document.pop(name, None)
        else:
            document[name] = float(value) if isinstance(value, Decimal) else value
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    partial.write_text(tomlkit.dumps(document), encoding="utf-8")
    partial.replace(file)


def _line_of(name: str, text: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if line.split("=")[0].strip() == name:
            return number
    return 1
