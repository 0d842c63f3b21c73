"""A fact-checker's walk through the board, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.index.sqlite import SqliteIndex
from tests.board import sample, stories

pytestmark = pytest.mark.browser

WITHDRAWAL = stories.withdrawal()
PAGES = {
    "overview": "/",
    "contradictions": "/contradictions",
    "contradiction": f"/contradictions/{WITHDRAWAL.contradiction_id}",
    "cluster": f"/clusters/{stories.WITHDRAWAL_ID}",
    "claim": f"/claims/{stories.JOURNAL.claim_id}",
    "search": "/search?q=rostec+staff",
    "like": f"/search?like={stories.JOURNAL.claim_id}",
    "watches": "/watches",
    "alerts": "/alerts",
    "rejected": "/rejected",
    "feeds": "/feeds",
}

# Every text against the colour behind it, by the formula of WCAG 2.2; 4.5 is what level AA asks of ordinary text.
CONTRAST = """() => {
  const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = node => {
    for (let at = node; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = new Set();
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !node.getClientRects().length) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) faint.add(`${node.tagName}.${node.className}: ${node.textContent.trim()}`);
  }
  return [...faint];
}"""


def test_from_the_overview_to_the_source(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Rostec denies what a person close to the Russian defense ministry says").click()
    sides = page.locator("figure.side")
    expect(sides.nth(0).locator("mark")).to_have_text(WITHDRAWAL.a.quote)
    expect(sides.nth(1).locator("mark")).to_have_text(WITHDRAWAL.b.quote)
    for number in (0, 1):
        expect(sides.nth(number).locator("mark")).to_be_visible()
        assert _highlighted(page, number)
    page.get_by_role("link", name=stories.WITHDRAWAL_HEADLINE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(stories.WITHDRAWAL_HEADLINE)
    speakers = page.locator(".said .speaker b").all_inner_texts()
    assert speakers[0] == "a person close to the Russian defense ministry"
    assert speakers[3:] == ["Vladimir Zaemsky", "Rostec", "Rostec"]
    expect(page.locator(".said.denies")).to_have_count(3)


def _highlighted(page: Page, number: int) -> bool:
    script = "n => getComputedStyle(document.querySelectorAll('figure.side mark')[n]).backgroundColor"
    return page.evaluate(script, number) not in ("rgba(0, 0, 0, 0)", "transparent")


def test_search_marks_words_and_narrows(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("rostec")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=rostec$"))
    expect(page.locator(".hit mark").first).to_have_text("Rostec")
    page.get_by_role("navigation", name="Narrow the search").get_by_text("Stance").click()
    page.get_by_role("link", name=re.compile("^denies")).click()
    expect(page).to_have_url(re.compile("stance=denies"))
    expect(page.locator(".hit .stance").first).to_have_text("denies")
    assert set(page.locator(".hit .stance").all_inner_texts()) == {"denies"}


def test_everything_by_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.evaluate("document.activeElement.blur()")
    cards = page.locator("[data-item] [data-open]")
    for key, at in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)):
        page.keyboard.press(key)
        expect(cards.nth(at)).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(WITHDRAWAL.contradiction_id))


def test_keys_are_letters_while_writing(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("j/k")
    expect(page.locator("#q")).to_have_value("j/k")
    page.keyboard.press("Escape")
    expect(page.locator("#q")).not_to_be_focused()


def test_a_phone_scrolls_only_down(phone: Page) -> None:
    for name, path in PAGES.items():
        phone.goto(path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, name
        heights = phone.eval_on_selector_all(
            "button, input, select", "all => all.filter(each => each.checkVisibility()).map(each => each.offsetHeight)"
        )
        assert min(heights) >= 40, name


def test_news_comes_in_while_a_page_is_open(page: Page, index: SqliteIndex) -> None:
    page.goto("/")
    expect(page.locator("#live")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    kept = page.locator("[data-item] [data-open]").nth(1)
    expect(kept).to_be_focused()
    page.evaluate("document.activeElement.closest('[data-item]').witness = true")
    sample.keep(index, [stories.rates_later()])
    expect(page.locator("#newest-list > article")).to_have_count(3)
    expect(page.locator("#newest-list > article").first).to_have_class("card conflict is-new")
    expect(page.locator("#news")).to_contain_text("New contradiction: Norland Business and traders")
    expect(page.locator("#tally dd").first).to_have_text("3")
    assert page.evaluate("document.activeElement.closest('[data-item]').witness === true")


def test_news_does_not_move_what_is_read(phone: Page, index: SqliteIndex) -> None:
    phone.goto("/")
    expect(phone.locator("#live")).to_be_visible()
    reading = phone.locator(f"#c-{WITHDRAWAL.contradiction_id}")
    phone.evaluate("id => document.getElementById(id).scrollIntoView()", f"c-{WITHDRAWAL.contradiction_id}")
    before = reading.bounding_box()
    sample.keep(index, [stories.rates_later()])
    expect(phone.locator("#newest-list > article")).to_have_count(3)
    after = reading.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2


def test_a_growing_cluster_grows_on_its_page(page: Page, index: SqliteIndex) -> None:
    page.goto(PAGES["cluster"])
    expect(page.locator("#live")).to_be_visible()
    sample.keep(index, [stories.growth()])
    expect(page.locator(".said")).to_have_count(7)
    expect(page.locator("#facts")).to_contain_text("7 reports")


def test_without_a_script_all_is_there(page: Page) -> None:
    page.route("**/board.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto("/")
    page.locator("#q").fill("ferry")
    page.locator("#q").press("Enter")
    expect(page.locator(".hit")).to_have_count(1)


def test_pictures(page: Page, phone: Page, dark: Page, pictures: Path) -> None:
    for window, look in ((page, "wide"), (phone, "phone"), (dark, "dark")):
        for name, path in PAGES.items():
            window.goto(path)
            expect(window.locator("h1")).to_have_count(1)
            window.screenshot(path=pictures / f"{look}-{name}.png", full_page=True)


def test_words_stand_out_from_their_ground(page: Page, dark: Page) -> None:
    for window in (page, dark):
        for name, path in PAGES.items():
            window.goto(path)
            assert window.evaluate(CONTRAST) == [], name
