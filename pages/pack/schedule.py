"""What happens by itself: drafts are opened on their day and hour, effects recorded, waiting deliveries tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from data.settings import Settings
from data.state_delivery import DeliveryStore
from data.state_schedule import open_draft, opened_drafts
from pages.pack.delivery.post import Post, deliver
from pages.pack.desk import Desk
from pages.pack.effects import catch_up
from pages.pack.weeks import week_days, week_name

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SCHEDULE = "schedule"


@dataclass(frozen=True)
class Done:
    """What one look at the clock did: the week whose draft was opened (None: none was due), deliveries begun."""

    opened: str | None
    delivered: int


def due_week(settings: Settings, local: datetime) -> str | None:
    """The week whose draft should be there by now: the last that ended before the latest appointment.

    None where the company opens drafts by hand. local: the moment by the company's clock.
    """
    if settings.pack_weekday == "never":
        return None
    back = (local.weekday() - WEEKDAYS.index(settings.pack_weekday)) % 7
    appointment = (local - timedelta(days=back)).replace(hour=settings.pack_hour, minute=0, second=0, microsecond=0)
    if appointment > local:
        appointment -= timedelta(days=7)
    week = week_name(appointment.date(), settings.week_start)
    if week_days(week, settings.week_start).last < appointment.date():
        return week
    return week_name(week_days(week, settings.week_start).first - timedelta(days=1), settings.week_start)


def tick(desk: Desk, post: Post, now: datetime) -> Done:
    """Do what is due; call it every minute or so. A run that was missed is caught up by the next. now: UTC, no zone."""
    state, lake = desk.store.state, desk.store.lake
    catch_up(desk, now)
    week = due_week(desk.settings, desk.local(now))
    is_new = (
        week is not None
        and desk.store.issued(week) is None
        and all(one.week < week for one in opened_drafts(state, lake))
        and open_draft(state, lake, week, SCHEDULE, now)
    )
    deliveries, begun = DeliveryStore(state, lake), 0
    for waiting in deliveries.due(now):
        pack = desk.store.issued(waiting.week)
        begun += len(deliver(deliveries, pack, post, now, only=waiting.recipient)) if pack else 0
    return Done(week if is_new else None, begun)
