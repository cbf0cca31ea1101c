"""Chinese in either script compared as one: 訂單編號 is 订单编号. What is stored stays as it was written."""

from __future__ import annotations

from functools import cache, lru_cache

import polars as pl
from opencc import OpenCC

CHINESE = r"\p{Han}"


@lru_cache(10_000)
def simplified(text: str) -> str:
    """The text with its Traditional glyphs as Simplified ones; words are not translated (資訊 is 资讯, not 信息)."""
    return text if text.isascii() else str(_converter().convert(text))


def in_simplified(texts: pl.Series) -> pl.Series:
    """The texts as `simplified` has them, each different one converted once."""
    distinct = texts.unique().drop_nulls()
    chinese = distinct.filter(distinct.str.contains(CHINESE))
    changed = {text: plain for text in chinese if (plain := _converter().convert(text)) != text}
    return texts.replace(changed) if changed else texts


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
