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
