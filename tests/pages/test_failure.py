"""What goes wrong is said in a sentence, never as a stack trace."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def break_with(code: str, language: str = "en") -> AppTest:
    """A page that meets an error, as `st.App` hands it to us."""
    script = f"from pages.kit.failure import show_failure\n{code}\nassert show_failure(error)"
    page = AppTest.from_string(script, default_timeout=30)
    page.query_params["lang"] = language
    return page.run()


def test_an_expected_error_says_its_sentence_in_the_readers_language() -> None:
    code = "from metrics.errors import NotSplittable\nerror = NotSplittable('gmv', 'carrier', ['region'])"
    page = break_with(code, "zh-Hans")
    assert not page.exception
    assert "不能按“carrier”拆分" in page.warning[0].value


def test_an_unexpected_error_gives_the_time_under_which_the_log_tells_the_rest() -> None:
    page = break_with("error = ZeroDivisionError('secret detail')")
    assert "UTC" in page.error[0].value
    assert "secret detail" not in page.error[0].value
    assert "No data was changed" in page.error[0].value
