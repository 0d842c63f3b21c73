"""A fact-checker at the desk: narrows, judges, saves, changes the look; and what a machine says of access to it."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline.alerts.stage import would_tell
from pipeline.index.sqlite import SqliteIndex
from schemas.rejected import Rejected
from tests.board import sample, stories
from tests.browser.test_browser_walk import PAGES, WITHDRAWAL
from tests.pipeline.alerts.alert_builders import rules

pytestmark = pytest.mark.browser

NOW = datetime(2019, 6, 5, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def told(index: SqliteIndex) -> None:
    """Alerts and a rejected message beside the sample, so that their pages show something."""
    first, *_ = would_tell([WITHDRAWAL], rules(), NOW)
    waiting = msgspec.structs.replace(
        first, alert_id="w", status="held", told_at=None, due_at=NOW, reason="quiet hours"
    )
    letter = Rejected(
        rejected_id="0123456789abcdef", stage="claims", topic="articles", partition=3, offset=17,
        reason="JSON is malformed at byte 2", error="DecodeError", rejected_at=NOW, key=b"k", raw=b'{"url": \xff\n<b>',
    )  # fmt: skip
    sample.keep(index, [first, waiting, letter])


def test_from_a_search_to_a_judgement_and_back(page: Page) -> None:
    page.goto("/search?q=rostec")
    page.get_by_role("navigation", name="Narrow the search").get_by_role("link", name="Tass").click()
    expect(page).to_have_url(re.compile("outlet=Tass"))
    expect(page.locator("section[aria-labelledby=in-claims] .hit").first).to_contain_text("Tass")
    page.get_by_role("link", name=stories.WITHDRAWAL_HEADLINE).first.click()
    expect(page.locator(".plot circle").first).to_be_visible()
    page.get_by_role("link", name="Rostec denies what a person close").click()
    expect(page.locator("figure.side mark strong").first).to_be_visible()
    page.get_by_placeholder("A note, if you like").first.fill("other years")
    page.get_by_role("button", name="both can be true").first.click()
    expect(page.locator(".notice")).to_have_text("You judged: both can be true.")
    expect(page.locator("#judged")).to_contain_text("other years")
    page.goto("/contradictions")
    expect(page.locator(".chip.judged")).to_have_text("judged: both can be true")
    page.goto(PAGES["contradiction"])
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".notice")).to_have_count(0)
    page.goto("/alerts")
    page.locator(".alert [data-open]").first.click()
    expect(page).to_have_url(re.compile(WITHDRAWAL.contradiction_id))


def test_names_are_suggested_and_chosen_by_keys(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("ros")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Rostec")
    field = page.get_by_role("combobox", name="Search claims, people, outlets")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Backspace")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=Rostec"))


def test_a_search_is_saved_and_deleted_with_undo(page: Page) -> None:
    page.goto("/search?q=rostec")
    page.get_by_label("Name of the saved search").fill("Rostec abroad")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile("/watches$"))
    page.get_by_role("link", name="Rostec abroad").click()
    expect(page.locator(".hit").first).to_be_visible()
    page.goto("/watches")
    page.get_by_role("button", name="Delete Rostec abroad").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Rostec abroad")).to_be_visible()


def test_the_look_is_chosen_and_kept(page: Page) -> None:
    page.goto("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Change to the dark look").click()
    dark = page.evaluate(ground)
    assert dark != light
    page.goto("/feeds")
    assert page.evaluate(ground) == dark
    page.get_by_role("button", name="Change to the light look").click()
    assert page.evaluate(ground) == light


def test_rejected_bytes_are_shown_as_text(page: Page) -> None:
    page.goto("/rejected")
    expect(page.locator(".letter pre")).to_have_text('{"url": \\xff\n<b>')


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_axe_finds_no_fault(browser: Browser, board: str, scheme: str, width: int) -> None:
    """WCAG 2.2 A and AA and best practices, by axe-core, on every page; not only the serious faults."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright") if os.environ.get("CI") != "true" else None
    if axe is None:
        import axe_playwright_python.sync_playwright as axe  # type: ignore[no-redef]
    context = browser.new_context(
        base_url=board, bypass_csp=True, viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce",
    )  # fmt: skip
    window = context.new_page()
    found = {}
    for name, path in PAGES.items():
        window.goto(path)
        results = axe.Axe().run(window).response["violations"]
        found |= {f"{name}: {each['id']}": [node["html"][:160] for node in each["nodes"]][:3] for each in results}
    context.close()
    assert found == {}


def test_a_page_weighs_little(page: Page) -> None:
    """At most 300 KB with everything that it loads, uncompressed."""
    entries = "['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))"
    for name, path in PAGES.items():
        page.goto(path)
        loaded = page.evaluate(f"{entries}.map(entry => entry.decodedBodySize)")
        assert len(loaded) >= 4, name
        assert 10_000 < sum(loaded) <= 300_000, name
