"""Who the demo company is: shops, channels, regions, warehouses, carriers. All names but the platforms' are made up."""

from __future__ import annotations

from dataclasses import dataclass

NAME = "Northwind Living 北风生活"
CURRENCY = "CNY"
TAX_PERCENT = 13


@dataclass(frozen=True)
class Surface:
    """Where people shop: share of the channel's orders, purchases per visit (share)."""

    touchpoint: str
    device: str
    share: float
    conversion: float


@dataclass(frozen=True)
class Source:
    """A marketing channel: share of the sales channel's orders, conversion against the surface's, ad platform."""

    channel: str
    share: float
    conversion: float
    platform: str = ""


@dataclass(frozen=True)
class Sales:
    """A sales channel: its share of orders at the beginning and at the end of the history.

    `customers` names the pool of buyer accounts: one person has one key in it, and another in every other pool.
    """

    channel: str
    store: str
    customers: str
    share_first: float
    share_last: float
    price_level: float
    surfaces: tuple[Surface, ...]
    sources: tuple[Source, ...]
    payments: tuple[tuple[str, float], ...]


_OWN_PAYMENTS = (("alipay", 0.44), ("wechat_pay", 0.46), ("card", 0.08), ("cod", 0.02))
_ALIBABA_SOURCES = (
    Source("marketplace_search", 0.34, 1.2),
    Source("marketplace_recommendation", 0.24, 0.75),
    Source("paid_shopping", 0.22, 0.95, "wanxiangtai"),
    Source("affiliate", 0.08, 0.8, "taobaoke"),
    Source("kol", 0.07, 0.8, "wanxiangtai"),
    Source("direct", 0.05, 1.5),
)
SALES = (
    Sales(
        "own_site", "", "own", 0.13, 0.12, 1.0,
        (
            Surface("web", "desktop", 0.37, 0.031),
            Surface("web", "mobile", 0.56, 0.019),
            Surface("web", "tablet", 0.07, 0.024),
        ),
        (
            Source("organic_search", 0.21, 1.1),
            Source("paid_search", 0.18, 1.0, "baidu"),
            Source("direct", 0.21, 1.4),
            Source("paid_social", 0.12, 0.6, "xiaohongshu"),
            Source("email", 0.06, 1.6, "klaviyo"),
            Source("sms", 0.05, 1.2, "sms"),
            Source("referral", 0.04, 0.9),
            Source("kol", 0.06, 0.8, "xiaohongshu"),
            Source("content", 0.07, 0.7),
        ),
        _OWN_PAYMENTS,
    ),
    Sales(
        "app", "", "own", 0.09, 0.13, 1.0,
        (Surface("app", "mobile", 0.95, 0.05), Surface("app", "tablet", 0.05, 0.043)),
        (
            Source("direct", 0.45, 1.2),
            Source("push", 0.2, 1.1, "push"),
            Source("paid_social", 0.15, 0.6, "wechat"),
            Source("sms", 0.06, 1.0, "sms"),
            Source("kol", 0.06, 0.8, "xiaohongshu"),
            Source("organic_social", 0.08, 0.7),
        ),
        _OWN_PAYMENTS,
    ),
    Sales(
        "mini_program", "", "own", 0.05, 0.07, 1.0,
        (Surface("mini_program", "mobile", 1.0, 0.03),),
        (
            Source("wechat", 0.5, 1.1),
            Source("paid_social", 0.22, 0.7, "wechat"),
            Source("organic_social", 0.16, 0.8),
            Source("direct", 0.12, 1.3),
        ),
        (("wechat_pay", 0.97), ("card", 0.03)),
    ),
    Sales(
        "tmall", "北风生活天猫旗舰店", "alibaba", 0.32, 0.26, 0.99,
        (Surface("marketplace", "mobile", 0.93, 0.041), Surface("marketplace", "desktop", 0.07, 0.033)),
        _ALIBABA_SOURCES,
        (("alipay", 0.9), ("card", 0.06), ("wechat_pay", 0.04)),
    ),
    Sales(
        "taobao", "北风生活工厂店", "alibaba", 0.06, 0.05, 0.93,
        (Surface("marketplace", "mobile", 0.95, 0.036), Surface("marketplace", "desktop", 0.05, 0.028)),
        _ALIBABA_SOURCES,
        (("alipay", 0.93), ("card", 0.07)),
    ),
    Sales(
        "jd", "北风生活京东自营店", "jd", 0.18, 0.15, 1.02,
        (Surface("marketplace", "mobile", 0.88, 0.044), Surface("marketplace", "desktop", 0.12, 0.036)),
        (
            Source("marketplace_search", 0.42, 1.2),
            Source("marketplace_recommendation", 0.2, 0.75),
            Source("paid_shopping", 0.25, 0.95, "jd_ads"),
            Source("direct", 0.13, 1.5),
        ),
        (("wechat_pay", 0.44), ("jd_pay", 0.4), ("card", 0.16)),
    ),
    Sales(
        "pinduoduo", "北风生活官方店", "pinduoduo", 0.05, 0.06, 0.9,
        (Surface("marketplace", "mobile", 1.0, 0.038),),
        (
            Source("marketplace_search", 0.5, 1.2),
            Source("marketplace_recommendation", 0.34, 0.8),
            Source("paid_shopping", 0.16, 0.9, "duoduo_ads"),
        ),
        (("wechat_pay", 0.75), ("alipay", 0.25)),
    ),
    Sales(
        "douyin", "北风生活抖音旗舰店", "douyin", 0.12, 0.16, 0.96,
        (Surface("marketplace", "mobile", 1.0, 0.025),),
        (
            Source("kol", 0.38, 1.1, "douyin_ads"),
            Source("paid_social", 0.27, 0.7, "douyin_ads"),
            Source("content", 0.2, 0.9),
            Source("marketplace_search", 0.15, 1.4),
        ),
        (("douyin_pay", 0.45), ("alipay", 0.35), ("wechat_pay", 0.2)),
    ),
)  # fmt: skip
CUSTOMER_POOLS = tuple(dict.fromkeys(sales.customers for sales in SALES))


@dataclass(frozen=True)
class Warehouse:
    """A warehouse: median hours from payment to pick-up scan, and its carriers with their shares."""

    name: str
    median_hours: float
    carriers: tuple[tuple[str, float], ...]


WAREHOUSES = (
    Warehouse("Jiaxing", 14.0, (("Swift Express", 0.45), ("Heron Logistics", 0.35), ("Crane Parcel", 0.2))),
    Warehouse("Foshan", 15.0, (("Swift Express", 0.4), ("Kingfisher", 0.4), ("Crane Parcel", 0.2))),
    Warehouse("Tianjin", 17.0, (("Heron Logistics", 0.55), ("Swift Express", 0.45))),
    Warehouse("Chengdu", 18.0, (("Crane Parcel", 0.5), ("Swift Express", 0.3), ("Kingfisher", 0.2))),
)
CARRIERS = tuple(dict.fromkeys(name for house in WAREHOUSES for name, _ in house.carriers))


@dataclass(frozen=True)
class Province:
    """A province: people in millions (census of 2020), nearest warehouse, median transit hours, freight in fen."""

    name: str
    people: float
    warehouse: str
    transit_hours: float
    freight: int


def _near(warehouse: str, transit_hours: float, freight: int, people: dict[str, float]) -> tuple[Province, ...]:
    return tuple(Province(name, count, warehouse, transit_hours, freight) for name, count in people.items())


PROVINCES = (
    *_near("Jiaxing", 25.0, 380, {"上海": 24.9, "江苏": 84.7, "浙江": 64.6}),
    *_near("Jiaxing", 34.0, 480, {"安徽": 61.0, "福建": 41.5, "江西": 45.2, "山东": 101.5}),
    *_near("Foshan", 25.0, 380, {"广东": 126.0}),
    *_near("Foshan", 36.0, 490, {"广西": 50.1, "湖南": 66.4, "湖北": 57.8, "海南": 10.1}),
    *_near("Tianjin", 26.0, 400, {"北京": 21.9, "天津": 13.9, "河北": 74.6}),
    *_near("Tianjin", 38.0, 520, {"河南": 99.4, "山西": 34.9, "辽宁": 42.6, "吉林": 24.1}),
    *_near("Tianjin", 48.0, 640, {"黑龙江": 31.9, "内蒙古": 24.0}),
    *_near("Chengdu", 27.0, 400, {"四川": 83.7, "重庆": 32.1}),
    *_near("Chengdu", 38.0, 540, {"陕西": 39.5, "贵州": 38.6, "云南": 47.2}),
    *_near("Chengdu", 56.0, 780, {"甘肃": 25.0, "宁夏": 7.2, "青海": 5.9}),
    *_near("Chengdu", 88.0, 1400, {"新疆": 25.9, "西藏": 3.6}),
)
