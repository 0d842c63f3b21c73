"""The page of feeds in a real browser, with a thousand of them."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Page, expect

from pipeline.index.sqlite import SqliteIndex
from tests.board import sample
from tests.board.test_board_feeds import NOW, many
from tests.browser.test_browser_walk import CONTRAST

pytestmark = pytest.mark.browser


@pytest.fixture
def index(index: SqliteIndex) -> SqliteIndex:
    """The sample's seven feeds and 1,000 more."""
    sample.keep(index, list(many(1_000)))
    return index


def test_the_worst_are_seen_at_once_and_others_are_found(page: Page) -> None:
    page.goto("/feeds")
    rows = page.locator("#rows tr")
    expect(rows).to_have_count(50)
    expect(rows.nth(0)).to_contain_text("Valley Echo")
    expect(rows.nth(0).locator(".state")).to_have_text("Silent")
    expect(rows.nth(0).locator(".state")).to_be_in_viewport()
    expect(rows.nth(2)).to_contain_text("status 500, the server has a fault")
    page.get_by_role("navigation", name="Health").get_by_role("link", name=re.compile("Fails")).click()
    expect(rows).to_have_count(2)
    page.get_by_label("Find feeds by name").fill("outlet 0999")
    page.get_by_role("button", name="Find").click()
    expect(rows).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/feeds\?q=outlet\+0999&state=failing$"))
    page.get_by_role("navigation", name="Health").get_by_role("link", name=re.compile("All")).click()
    page.get_by_label("Find feeds by name").fill("outlet")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".pager")).to_contain_text("Page 2 of 20")


def test_a_feed_that_fails_comes_up_while_the_page_is_open(page: Page, index: SqliteIndex) -> None:
    page.goto("/feeds")
    expect(page.locator("#live")).to_be_visible()
    failing = msgspec.structs.replace(many(1_000)[700], polled_at=NOW, failures=1, state="status 403")
    sample.keep(index, [failing])
    expect(page.locator("#rows tr").nth(2)).to_contain_text("outlet0700.example")
    expect(page.locator("#sum")).to_contain_text("3 fail")


def test_it_fits_a_phone_and_can_be_read_in_the_dark(phone: Page, dark: Page, pictures: Path) -> None:
    for name, window in (("phone", phone), ("dark", dark)):
        window.goto("/feeds")
        window.screenshot(path=pictures / f"feeds-{name}.png")
        assert window.evaluate("document.documentElement.scrollWidth") <= (390 if name == "phone" else 1280)
        assert window.evaluate(CONTRAST) == [], name
    heights = phone.eval_on_selector_all(
        ".filter a, button, input:not([type=hidden])", "all => all.map(each => each.offsetHeight)"
    )
    assert min(heights) >= 32
