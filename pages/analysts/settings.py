"""Settings: what the company is called, its money and time, and what may be uploaded."""

from pages import kit
from pages.kit import settings

visit = kit.current()
settings.use_style()
kit.page_header(visit.say("settings.title"), visit.say("settings.sentence"))

settings.form()
settings.changes()
