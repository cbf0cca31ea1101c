"""What happened at the demo company: the planted events that its pages make visible. `docs/demo.md` tells them.

Days are counted back from the last day (0), so that every demo company lives through them lately.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy.typing as npt

from data.demo.columns import Flags

HISTORY_DAYS = 730


@dataclass(frozen=True)
class Window:
    """A stretch of days, both ends included; `first` is the older one."""

    first: int
    last: int

    def dates(self, last_day: date) -> tuple[date, date]:
        """First and last day of the window."""
        return last_day - timedelta(days=self.first), last_day - timedelta(days=self.last)

    def holds(self, day: npt.NDArray[Any]) -> Flags:
        """Which of these days (0 = first day of the history) lie in the window."""
        age = HISTORY_DAYS - 1 - day
        return (age <= self.first) & (age >= self.last)


# The best seller is sold out: two days it is still sold and then cancelled, five days it is off sale.
BEST_SELLER = "NW-TW-0101"
OVERSOLD = Window(38, 37)
OFF_SALE = Window(36, 32)
OVERSOLD_CANCELLED_SHARE = 0.75

# One carrier loses two to three days at one warehouse.
LATE_WAREHOUSE = "Chengdu"
LATE_CARRIER = "Crane Parcel"
LATE = Window(20, 0)
LATE_HOURS = 62.0

# A release drops the purchase event on the mobile web; orders come in as ever.
TRACKING_BUG = Window(11, 8)
TRACKED_SHARE_LEFT = 0.12

# A prize draw is advertised: many come, few buy.
EMPTY_PROMOTION = "lucky_draw"
EMPTY_PROMOTION_DAYS = Window(24, 18)
EMPTY_PROMOTION_CHANNELS = ("paid_social", "kol")
EMPTY_PROMOTION_SALES = ("own_site", "app")
EMPTY_PROMOTION_VISITS = 4.0
EMPTY_PROMOTION_ORDERS = 0.05

# A bad batch of one category comes back.
BAD_BATCH_CATEGORY = "Small appliances"
BAD_BATCH = Window(60, 16)
BAD_BATCH_RETURNS = 3.2

# Those who bought from the bad batch complain: a wave of one reason that hardly anybody had named before.
COMPLAINT_WAVE = Window(56, 6)
COMPLAINT_REASON = "stops_working"
COMPLAINED_SHARE = 0.4

# Customer service loses people it wanted to keep; when they are gone, customers wait longer.
TEAM_LEAVES = Window(100, 41)
TEAM = "customer_service"
TEAM_LEAVERS = 8
TEAM_REGRETTED = 7
SLOW_ANSWERS = Window(34, 0)
SLOW_FACTOR = 2.5

# The prize draw was paid for in the month before: its prizes and fees were never in the budget of marketing.
OVERSPENT_SHARE_OF_ADVERTS = 0.18

# A sorting line is bought in instalments: free cash melts.
SORTING_LINE = Window(95, 0)
SORTING_LINE_MONTHS_OF_REVENUE = 1.5

# The release that loses the purchases (above) also makes the mobile web slow; a later release puts it right.
SLOW_PAGES = ("product", "cart", "checkout")
SLOW_PAGES_FACTOR = 1.5
BUG_HOURS = 24.0 * (TRACKING_BUG.first - TRACKING_BUG.last) + 9.5

# A release breaks the check-out in the evening: for hours no own shop takes an order, though people come.
CHECKOUT_OUTAGE = Window(5, 5)
OUTAGE_SECONDS = (18 * 3600 + 40 * 60, 22 * 3600 + 10 * 60)
OUTAGE_SALES = ("own_site", "app", "mini_program")
OUTAGE_ORDERS_LEFT = 0.62

# The supplier of the best seller delivers a week or more after the day it confirmed; so the best seller runs out.
LATE_SUPPLIER = Window(45, 0)
LATE_SUPPLIER_DAYS = (7, 13)
RESTOCKED_DAYS_AGO = 31

# A price list of one channel is loaded wrong for one category: its products stand there too dear.
PRICE_ERROR = Window(9, 0)
PRICE_ERROR_CHANNEL = "jd"
PRICE_ERROR_CATEGORY = "Kitchen"
PRICE_ERROR_FACTOR = 1.12

# A rival advertises loudly in these last months: it is talked about and searched for more than before.
LOUD_RIVAL = "Maple & Moor"
LOUD_MONTHS = 3
