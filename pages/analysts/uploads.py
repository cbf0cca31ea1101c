"""Uploads: an export goes in, and comes out again if it was the wrong one."""

from pages import kit
from pages.kit import uploads

visit = kit.current()
uploads.use_style()
corner = kit.page_header(visit.say("uploads.title"), visit.say("uploads.sentence"))
with corner:
    uploads.help_menu()

uploads.drop()
uploads.taken_back()
uploads.first_steps()
uploads.files()
uploads.batches()
uploads.mappings()
