"""The company: where does it stand, and what needs a decision?"""

from pages import kit

page = kit.company()
page.banners()
page.cards()
page.rows_behind()
