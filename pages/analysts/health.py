"""Data health: are the tables fresh and complete, and do they agree with each other?"""

from pages import kit
from pages.kit import health

visit = kit.current()
health.use_style()
corner = kit.page_header(visit.say("health.title"), visit.say("health.sentence"))
with corner:
    health.overview()

health.next_step()
health.reconciliations()
health.tables()
health.missing_files()
health.newest_files()
