"""Regions under one name: 上海, 上海市, Shanghai and a full address in Shanghai are the same region."""

from __future__ import annotations

import polars as pl

# The one name of a region: the other names it goes by.
PROVINCES = {
    "北京": "beijing|北京市|京",
    "天津": "tianjin|天津市|津",
    "河北": "hebei|河北省|冀",
    "山西": "shanxi|山西省|晋",
    "内蒙古": "inner mongolia|neimenggu|nei mongol|内蒙古自治区|內蒙古|內蒙古自治區|内蒙",
    "辽宁": "liaoning|辽宁省|遼寧|遼寧省|辽",
    "吉林": "jilin|吉林省",
    "黑龙江": "heilongjiang|黑龙江省|黑龍江|黑龍江省",
    "上海": "shanghai|上海市|沪",
    "江苏": "jiangsu|江苏省|江蘇|江蘇省|苏",
    "浙江": "zhejiang|浙江省|浙",
    "安徽": "anhui|安徽省|皖",
    "福建": "fujian|福建省|闽",
    "江西": "jiangxi|江西省|赣",
    "山东": "shandong|山东省|山東|山東省|鲁",
    "河南": "henan|河南省|豫",
    "湖北": "hubei|湖北省|鄂",
    "湖南": "hunan|湖南省|湘",
    "广东": "guangdong|广东省|廣東|廣東省|粤",
    "广西": "guangxi|广西壮族自治区|廣西|廣西壯族自治區|广西省|桂",
    "海南": "hainan|海南省|琼",
    "重庆": "chongqing|重庆市|重慶|重慶市|渝",
    "四川": "sichuan|四川省|川",
    "贵州": "guizhou|贵州省|貴州|貴州省|黔",
    "云南": "yunnan|云南省|雲南|雲南省|滇",
    "西藏": "tibet|xizang|西藏自治区|西藏自治區",
    "陕西": "shaanxi|陕西省|陝西|陝西省|陕",
    "甘肃": "gansu|甘肃省|甘肅|甘肅省",
    "青海": "qinghai|青海省",
    "宁夏": "ningxia|宁夏回族自治区|寧夏|寧夏回族自治區|宁",
    "新疆": "xinjiang|新疆维吾尔自治区|新疆維吾爾自治區",
    "香港": "hong kong|hongkong|香港特别行政区|香港特別行政區",
    "澳门": "macau|macao|澳门特别行政区|澳門|澳門特別行政區",
    "台湾": "taiwan|台湾省|台灣|臺灣|臺灣省|台灣省",
    "海外": "overseas|国外",
}
TAIWAN = {
    "臺北市": "taipei|taipei city|台北市|台北",
    "新北市": "new taipei|new taipei city|新北",
    "桃園市": "taoyuan|taoyuan city|桃園|桃园市",
    "臺中市": "taichung|taichung city|台中市|台中",
    "臺南市": "tainan|tainan city|台南市|台南",
    "高雄市": "kaohsiung|kaohsiung city|高雄",
    "臺東縣": "taitung|台東縣|台東",
}
COUNTRIES = {
    "United Kingdom": "uk|u.k.|great britain|gb|england",
    "United States": "usa|u.s.a.|us|united states of america",
    "Ireland": "eire",
    "South Africa": "rsa",
    "China": "cn|中国|中國|mainland china",
}


def _names(tables: tuple[dict[str, str], ...]) -> dict[str, str]:
    known = {}
    for table in tables:
        for region, others in table.items():
            for name in (region, *others.split("|")):
                known[name.casefold()] = region
    return known


KNOWN = _names((PROVINCES, TAIWAN, COUNTRIES))
# An address begins with its province; single signs (京, 苏) stand for one only alone.
BEGINNINGS = sorted((name for name in KNOWN if len(name) > 1 and not name.isascii()), key=len, reverse=True)
BEGINNING = "^(?:中国|中國)?\\s*(" + "|".join(BEGINNINGS) + ")"


def conform(texts: pl.Series, known_only: bool = False) -> pl.Series:
    """Regions under their one name; a Chinese address becomes its province.

    What is not known stays as it is, or with `known_only` becomes null: for columns whose cells may be addresses,
    of which nothing finer than the province may be kept.
    """
    places = texts.unique().drop_nulls()
    plain = places.str.to_lowercase().str.replace_all(r"\s+(province|municipality|sheng|shi|sar)$", "")
    begun = plain.str.extract(BEGINNING, 1)
    regions = pl.DataFrame({"place": places, "plain": plain, "begun": begun}).select(
        "place",
        pl.coalesce(
            pl.col("plain").replace_strict(KNOWN, default=None),
            pl.col("begun").replace_strict(KNOWN, default=None),
            pl.lit(None, pl.String) if known_only else pl.col("place"),
        ).alias("region"),
    )
    return texts.replace_strict(regions["place"], regions["region"], default=None, return_dtype=pl.String)
