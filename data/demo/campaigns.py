"""Campaign reports: what the ad platforms and message senders say of the visits that they brought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from data.demo import stories
from data.demo.columns import Floats, Ints, days_from, frame, money, only, picks, stream, total
from data.demo.demand import CELLS, PROMOTION, SLOTS, Demand
from data.demo.orders import Settled
from data.demo.placed import Placed
from data.demo.traffic import flat

CUT = "ad_group,campaign_id,marketing_channel,platform,touch_type"
VISITS_PER_CLICK = 0.93
CLAIMED_FACTOR = 1.12
# Conversions come in over days: the newest day is told short by this share, and it heals with this half-time.
NOT_YET_CLAIMED_SHARE = 0.36
CLAIM_DAYS = 2.2
PROMOTION_BID_FACTOR = 1.2
COST_NOISE = 0.07
UNSUBSCRIBE_SHARE = 0.0007


@dataclass(frozen=True)
class Platform:
    """What a click costs in fen and how often an impression (or a message delivered) is clicked."""

    click_fen: int
    click_share: float
    is_media: bool = True
    engagement_share: float = 0.0
    open_share: float = 0.0


PLATFORMS = {
    "baidu": Platform(150, 0.028),
    "xiaohongshu": Platform(105, 0.012, engagement_share=0.021),
    "wechat": Platform(190, 0.014, engagement_share=0.006),
    "wanxiangtai": Platform(235, 0.031),
    "taobaoke": Platform(150, 0.02),
    "jd_ads": Platform(250, 0.029),
    "duoduo_ads": Platform(180, 0.026),
    "douyin_ads": Platform(150, 0.017, engagement_share=0.03),
    "klaviyo": Platform(25, 0.018, is_media=False, open_share=0.22),
    "sms": Platform(200, 0.022, is_media=False),
    "push": Platform(3, 0.03, is_media=False, open_share=0.05),
}
# How a campaign's clicks divide: ad group (of the marketing channel), kind of touch, share.
MEDIA_PARTS = (("prospecting", "", 0.62), ("retargeting", "", 0.38))
MESSAGE_PARTS = {
    "email": (("", "newsletter", 0.57), ("", "win_back", 0.2), ("", "welcome", 0.13), ("", "birthday", 0.1)),
    "sms": (("", "coupon", 0.6), ("", "vip_offer", 0.26), ("", "birthday", 0.14)),
    "push": (("", "newsletter", 0.65), ("", "coupon", 0.2), ("", "points", 0.15)),
}
# Which share of a reward's value is used, by the occasion on which it is given.
REDEEMED = {"coupon": 0.17, "vip_offer": 0.31, "win_back": 0.11, "welcome": 0.24, "birthday": 0.43, "points": 0.36}
REWARD_FEN_PER_CLICK = 600
SENDERS = tuple(dict.fromkeys((cell.source.platform, cell.source.channel) for cell in CELLS if cell.source.platform))


def campaign_frame(demand: Demand, placed: Placed, settled: Settled, visits: Ints, seed: int) -> pl.DataFrame:
    """`fact_campaign_daily`: one row a day, platform, campaign, ad group and kind of touch."""
    rng = stream(seed, "campaigns", placed.first_day)
    sums = _sums(placed, settled, visits)
    return pl.concat([_part(demand, placed, number, sums, rng) for number in range(len(SENDERS))])


@dataclass(frozen=True)
class _Sums:
    """Visits, paid orders and what they paid (fen), by day, sender, slot: shape (days, senders, slots)."""

    visits: Ints
    bought: Ints
    spent: Ints


def _sums(placed: Placed, settled: Settled, visits: Ints) -> _Sums:
    at, size = flat(placed), len(visits)
    shape = (-1, len(CELLS), SLOTS)
    bought = total(at, placed.is_paid, size).reshape(shape)
    spent = total(at, np.where(placed.is_paid, settled.gross - settled.discount, 0), size).reshape(shape)
    belongs = np.array(
        [[(cell.source.platform, cell.source.channel) == sender for sender in SENDERS] for cell in CELLS],
        dtype=np.int64,
    )
    by_sender = [np.einsum("dcs,ck->dks", counts, belongs) for counts in (visits.reshape(shape), bought, spent)]
    return _Sums(*by_sender)


def _part(demand: Demand, placed: Placed, number: int, sums: _Sums, rng: np.random.Generator) -> pl.DataFrame:
    """The rows of one sender."""
    platform, channel = SENDERS[number]
    facts = PLATFORMS[platform]
    parts = MEDIA_PARTS if facts.is_media else MESSAGE_PARTS[channel]
    shares = [share for _, _, share in parts]
    day, slot = np.nonzero(sums.visits[:, number])
    clicks = np.round(sums.visits[day, number, slot] / VISITS_PER_CLICK).astype(np.int64)
    cell = next(i for i, one in enumerate(CELLS) if (one.source.platform, one.source.channel) == (platform, channel))
    by_part = rng.multinomial(clicks, shares)
    row, part = np.nonzero(by_part)
    clicks = by_part[row, part]
    day, slot = day[row] + placed.first_day, slot[row]
    share = clicks / np.maximum(by_part.sum(axis=1)[row], 1)
    claimed = _claimed(day) * share
    conversions = sums.bought[day - placed.first_day, number, slot] * claimed
    value = sums.spent[day - placed.first_day, number, slot] * claimed
    touch = np.array([one[1] for one in parts])[part]
    bid = np.where(slot == PROMOTION, PROMOTION_BID_FACTOR, 1.0) * rng.lognormal(0.0, COST_NOISE, len(row))
    names = [f"{channel}_{group}" if group else "" for group, _, _ in parts]
    date = days_from(demand.first_day, day)
    return frame(
        "fact_campaign_daily",
        {
            "date": date, "from_date": date, "to_date": date, "cut": CUT, "region": "", "audience_segment": "",
            "platform": platform,
            "marketing_channel": channel,
            "campaign_id": picks(demand.campaigns, demand.campaign[day, cell, slot]),
            "ad_group": picks(names, part),
            "touch_type": pl.Series(touch),
            "is_paid_media": facts.is_media,
            "clicks": clicks,
            "conversions": money(np.round(conversions * 100).astype(np.int64)),
            "conversion_value": money(np.round(value).astype(np.int64)),
            "cost": money(np.round(clicks * facts.click_fen * bid).astype(np.int64)),
            **_reach(facts, clicks, rng),
            **_rewards(touch, clicks, rng),
        },
    )  # fmt: skip


def _claimed(day: Ints) -> Floats:
    """Conversions a platform claims for each that the ledger has; the newest days are not complete yet."""
    age = stories.HISTORY_DAYS - 1 - day
    claimed: Floats = CLAIMED_FACTOR * (1 - NOT_YET_CLAIMED_SHARE * np.exp(-age / CLAIM_DAYS))
    return claimed


def _reach(facts: Platform, clicks: Ints, rng: np.random.Generator) -> dict[str, Ints | None]:
    """Impressions for media, messages for senders; null for what a platform does not count."""
    reached = clicks + rng.poisson(clicks * (1 / facts.click_share - 1))
    is_social, is_opened = facts.engagement_share > 0, facts.open_share > 0
    return {
        "impressions": reached if facts.is_media else None,
        "engagements": rng.binomial(reached, facts.engagement_share) if is_social else None,
        "delivered": None if facts.is_media else reached,
        "opened": np.maximum(clicks, rng.binomial(reached, facts.open_share)) if is_opened else None,
        "unsubscribed": None if facts.is_media else rng.binomial(reached, UNSUBSCRIBE_SHARE),
    }


def _rewards(touch: npt.NDArray[np.str_], clicks: Ints, rng: np.random.Generator) -> dict[str, pl.Series]:
    """What was given with the messages, and what of it was used; null for a kind that gives nothing."""
    share = np.array([REDEEMED.get(str(kind), 0.0) for kind in touch])
    is_rewarded = share > 0
    issued = clicks * REWARD_FEN_PER_CLICK
    usual = np.where(is_rewarded, share, 0.5)
    redeemed = (issued * rng.beta(40 * usual, 40 * (1 - usual))).astype(np.int64)
    return {
        "reward_value_issued": only(is_rewarded, money(issued)),
        "reward_value_redeemed": only(is_rewarded, money(redeemed)),
    }
