"""Marketing channels under the catalogue's names, whatever a tool calls them."""

from __future__ import annotations

import polars as pl

from data.contracts.codes import MARKETING_CHANNELS
from data.ingest.script import in_simplified

UNKNOWN = "(unknown)"
# Chinese names in Simplified: a name in Traditional is looked up as such.
NAMES = {
    "direct": "direct",
    "paid search": "paid_search",
    "paid social": "paid_social",
    "paid shopping": "paid_shopping",
    "paid video": "video",
    "paid other": "unassigned",
    "cross-network": "paid_search",
    "organic search": "organic_search",
    "organic social": "organic_social",
    "organic shopping": "organic_shopping",
    "organic video": "video",
    "mobile push notifications": "push",
    "push notifications": "push",
    "affiliates": "affiliate",
    "e-mail": "email",
    "audio": "unassigned",
    "(other)": "unassigned",
    "other": "unassigned",
    "search": "paid_search",
    "shopping": "paid_shopping",
    "手淘搜索": "marketplace_search",
    "手淘推荐": "marketplace_recommendation",
    "首页推荐": "marketplace_recommendation",
    "直通车": "paid_search",
    "微信": "wechat",
    "短信": "sms",
    "简讯": "sms",
    "直接访问": "direct",
}
KNOWN = {name: name for name in MARKETING_CHANNELS} | {name.replace(" ", "_"): known for name, known in NAMES.items()}


def conform(texts: pl.Series) -> pl.Series:
    """Channel names as the contract allows them; `(unknown)` for a name of the company's own, null for none."""
    plain = in_simplified(texts.str.to_lowercase().str.replace_all(" ", "_", literal=True))
    return plain.replace_strict(KNOWN, default=UNKNOWN, return_dtype=pl.String).set(plain.is_null(), None)
