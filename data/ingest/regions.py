"""Regions under one name: 上海, 上海市, Shanghai and a full address in Shanghai are the same region."""

from __future__ import annotations

import polars as pl

from data.ingest.script import in_simplified, simplified

# The one name of a region: the other names it goes by, in either script.
PROVINCES = {
    "北京": "beijing|北京市|京",
    "天津": "tianjin|天津市|津",
    "河北": "hebei|河北省|冀",
    "山西": "shanxi|山西省|晋",
    "内蒙古": "inner mongolia|neimenggu|nei mongol|内蒙古自治区|内蒙",
    "辽宁": "liaoning|辽宁省|辽",
    "吉林": "jilin|吉林省",
    "黑龙江": "heilongjiang|黑龙江省",
    "上海": "shanghai|上海市|沪",
    "江苏": "jiangsu|江苏省|苏",
    "浙江": "zhejiang|浙江省|浙",
    "安徽": "anhui|安徽省|皖",
    "福建": "fujian|福建省|闽",
    "江西": "jiangxi|江西省|赣",
    "山东": "shandong|山东省|鲁",
    "河南": "henan|河南省|豫",
    "湖北": "hubei|湖北省|鄂",
    "湖南": "hunan|湖南省|湘",
    "广东": "guangdong|广东省|粤",
    "广西": "guangxi|广西壮族自治区|广西省|桂",
    "海南": "hainan|海南省|琼",
    "重庆": "chongqing|重庆市|渝",
    "四川": "sichuan|四川省|川",
    "贵州": "guizhou|贵州省|黔",
    "云南": "yunnan|云南省|滇",
    "西藏": "tibet|xizang|西藏自治区",
    "陕西": "shaanxi|陕西省|陕",
    "甘肃": "gansu|甘肃省",
    "青海": "qinghai|青海省",
    "宁夏": "ningxia|宁夏回族自治区|宁",
    "新疆": "xinjiang|新疆维吾尔自治区",
    "香港": "hong kong|hongkong|香港特别行政区",
    "澳门": "macau|macao|澳门特别行政区",
    "台湾": "taiwan|台湾省",
    "海外": "overseas|国外",
}
TAIWAN = {
    "臺北市": "taipei|taipei city|台北",
    "新北市": "new taipei|new taipei city|新北",
    "桃園市": "taoyuan|taoyuan city|桃園",
    "臺中市": "taichung|taichung city|台中",
    "臺南市": "tainan|tainan city|台南",
    "高雄市": "kaohsiung|kaohsiung city|高雄",
    "臺東縣": "taitung|台東",
}
COUNTRIES = {
    "United Kingdom": "uk|u.k.|great britain|gb|england",
    "United States": "usa|u.s.a.|us|united states of america",
    "Ireland": "eire",
    "South Africa": "rsa",
    "China": "cn|中国|mainland china",
}


def _names(tables: tuple[dict[str, str], ...]) -> dict[str, str]:
    known = {}
    for table in tables:
        for region, others in table.items():
            for name in (region, *others.split("|")):
                known[simplified(name.casefold())] = region
    return known


KNOWN = _names((PROVINCES, TAIWAN, COUNTRIES))
# An address begins with its province; single signs (京, 苏) stand for one only alone.
BEGINNINGS = sorted((name for name in KNOWN if len(name) > 1 and not name.isascii()), key=len, reverse=True)
# 中国 and a blank or two may stand before the province.
HEAD = 4 + max(map(len, BEGINNINGS))
BEGINNING = "^(?:中国)?\\s*(" + "|".join(BEGINNINGS) + ")"


def conform(texts: pl.Series, known_only: bool = False) -> pl.Series:
    """Regions under their one name; a Chinese address becomes its province.

    What is not known stays as it is, or with `known_only` becomes null: for columns whose cells may be addresses,
    of which nothing finer than the province may be kept.
    """
    places = texts.unique().drop_nulls()
    plain = places.str.to_lowercase().str.replace_all(r"\s+(province|municipality|sheng|shi|sar)$", "")
    # Whole addresses are all different, their first signs are not.
    heads = in_simplified(plain.str.head(HEAD))
    plain = plain.zip_with(plain.str.len_chars() > HEAD, heads)
    begun = heads.str.extract(BEGINNING, 1)
    regions = pl.DataFrame({"place": places, "plain": plain, "begun": begun}).select(
        "place",
        pl.coalesce(
            pl.col("plain").replace_strict(KNOWN, default=None),
            pl.col("begun").replace_strict(KNOWN, default=None),
            pl.lit(None, pl.String) if known_only else pl.col("place"),
        ).alias("region"),
    )
    return texts.replace_strict(regions["place"], regions["region"], default=None, return_dtype=pl.String)
