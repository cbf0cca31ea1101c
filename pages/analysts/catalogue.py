"""Metric dictionary: what every number means, how it is computed, where it is used, and whether its files are there."""

from pages.kit import dictionary

page = dictionary.board()

page.refusals()
page.finder()
page.entry()
page.duties()
page.list()
