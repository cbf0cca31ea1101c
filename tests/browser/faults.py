"""What a browser can tell of a page that looks wrong: words that leave their place, cut labels, empty panels."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.serving import IDLE, PATIENCE_SECONDS

_CALM_MS, _LOOKS = 250, 60

# What a run still has to draw: the page's height, its charts, and whether it runs.
_PROGRESS = """() => [
  document.querySelector('[data-testid=stMain]').scrollHeight,
  document.querySelectorAll('.js-plotly-plot .main-svg').length,
  document.querySelectorAll('[data-testid=stSkeleton]').length,
]"""

_FAULTS = """() => {
  const found = [];
  const main = document.querySelector('[data-testid=stMain]');
  const said = node => JSON.stringify((node.textContent || '').trim().slice(0, 60));
  const seen = rect => rect.width > 0 && rect.height > 0;

  const widest = Math.max(document.documentElement.scrollWidth, main.scrollWidth);
  if (widest > window.innerWidth) found.push(`the page is ${widest} px wide`);

  // Words that are cut must say themselves in full to the pointer, or scroll.
  const own = node => [...node.childNodes].some(child => child.nodeType === 3 && child.nodeValue.trim());
  for (const node of main.querySelectorAll('.sb *, .sb-head *, .sb-reason, .sb-list *')) {
    if (!own(node) || !node.clientWidth) continue;
    const isWide = node.scrollWidth > node.clientWidth + 1, isHigh = node.scrollHeight > node.clientHeight + 3;
    const style = getComputedStyle(node);
    const isCut = style.overflowX !== 'visible' && (isWide || isHigh);
    if (isCut && !node.closest('[title]')) found.push(`cut without a title: ${said(node)}`);
    if (isWide && style.overflowX === 'visible') found.push(`wider than its place: ${said(node)}`);
  }

  // Whether something between the words and their card scrolls them or keeps them for readers that do not see.
  const held = (node, card) => {
    for (; node !== card; node = node.parentElement) if (getComputedStyle(node).overflowX !== 'visible') return true;
    return false;
  };

  // Words inside a card or panel end inside it.
  for (const card of main.querySelectorAll('[class*="st-key-card_"], [class*="st-key-panel_"]')) {
    const edge = card.getBoundingClientRect();
    const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, around = node.parentElement;
      if (!node.nodeValue.trim() || around.closest('svg, style')) continue;
      if (!around.checkVisibility() || getComputedStyle(around).visibility === 'hidden') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rect = range.getBoundingClientRect();
      const leaves = rect.right > edge.right + 1 || rect.left < edge.left - 1 || rect.bottom > edge.bottom + 1;
      if (seen(rect) && leaves && !held(around, card)) found.push(`leaves its card: ${said(node)}`);
    }
  }

  // Every word of a chart stands inside the chart.
  for (const plot of main.querySelectorAll('.js-plotly-plot')) {
    const edge = plot.getBoundingClientRect();
    for (const word of plot.querySelectorAll('.main-svg text')) {
      const rect = word.getBoundingClientRect();
      if (!seen(rect) || word.closest('.hoverlayer')) continue;
      const sides = [edge.left - rect.left, rect.right - edge.right, edge.top - rect.top, rect.bottom - edge.bottom];
      const out = Math.max(...sides);
      if (out > 2) found.push(`cut by ${Math.round(out)} px on a chart: ${said(word)}`);
    }
  }

  // A panel draws something or says why not.
  for (const panel of main.querySelectorAll('[class*="st-key-panel_"]')) {
    const drawn = '.trace path, .trace image, .hm image, .shapelayer path, .points path';
    const written = '.sb-reason, table, li, p, .sb a';
    if (!panel.querySelector(`${drawn}, ${written}`)) found.push(`an empty panel: ${said(panel)}`);
  }
  return [...new Set(found)];
}"""


def settle(page: Page) -> None:
    """Wait until the run has ended and the page no longer grows."""
    page.wait_for_selector(IDLE, timeout=PATIENCE_SECONDS * 1000)
    before = None
    for _ in range(_LOOKS):
        now = page.evaluate(_PROGRESS)
        if now == before and now[2] == 0:
            return
        before = now
        page.wait_for_timeout(_CALM_MS)
        page.wait_for_selector(IDLE, timeout=PATIENCE_SECONDS * 1000)
    raise TimeoutError(f"{page.url} still changed after {_LOOKS * _CALM_MS / 1000:.0f} s")


def faults(page: Page) -> list[str]:
    """What looks wrong on a settled page, in words; nothing when all is well."""
    found = page.evaluate(_FAULTS)
    assert isinstance(found, list)
    return [str(fault) for fault in found]
