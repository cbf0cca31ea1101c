"""A pack's content: written exactly, read back equal, and cut to what a reader may see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages.pack.canonical import numbers_of, read, written
from tests.pages.pack.samples import sample


def test_content_is_read_back_equal_and_written_again_byte_by_byte() -> None:
    content = sample()
    text = written(content)
    assert read(text) == content
    assert written(read(text)) == text


def test_floats_keep_their_last_digit_and_what_is_no_number_is_refused() -> None:
    content = sample()
    odd = replace(content.cards[0], value=0.1 + 0.2)
    assert read(written(replace(content, cards=(odd,)))).cards[0].value == 0.1 + 0.2
    endless = replace(content.cards[0], value=float("inf"))
    with pytest.raises(ValueError, match="JSON"):
        written(replace(content, cards=(endless,)))


def test_words_do_not_move_the_hash_of_the_numbers_and_a_value_does() -> None:
    content = sample()
    card = content.cards[0]
    assert numbers_of(replace(content, comments=(), company="Other")) == numbers_of(content)
    assert numbers_of(replace(content, cards=(replace(card, value=1.0), *content.cards[1:]))) != numbers_of(content)


def test_a_reader_without_an_access_level_gets_nothing_that_speaks_of_it() -> None:
    content = sample()
    hidden = {card.kpi for card in content.cards if card.access != "open"}
    assert hidden
    seen = written(content.seen_by(frozenset({"open"})))
    assert [kpi for kpi in hidden if f'"{kpi}"' in seen] == []
    assert content.seen_by(frozenset({"open", "restricted", "salary"})) == content


def test_those_who_owe_an_answer_are_the_red_and_amber_without_comment_or_action() -> None:
    content = sample()
    owed = {card.kpi for card in content.unanswered}
    red = {card.kpi for card in content.cards if card.light in ("warn", "bad")}
    assert owed == red - {content.cards[2].kpi, content.cards[3].kpi}
