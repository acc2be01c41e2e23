"""The patterns page in a real browser: quiet, accessible, led by keys or without a script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.app.web.browsers import chromium
from tests.app.web.kit import make_kit, served
from tests.app.web.test_browser import POOR_CONTRAST

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

WORDS = "document.activeElement.getAttribute('aria-label')"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium, or a loud skip."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the kit is served."""
    with served(make_kit()) as found:
        yield found


@contextmanager
def at_a_desk(browser: Browser, address: str) -> Iterator[Page]:
    """The patterns page, opened at a desk by a manager."""
    opened = browser.new_page(viewport={"width": 1440, "height": 1000})
    opened.goto(f"{address}/patterns")
    opened.wait_for_selector(".roster[role=grid]")
    yield opened
    opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The patterns page, for a test that changes what it shows."""
    with at_a_desk(browser, address) as opened:
        yield opened


@pytest.fixture(scope="module")
def read(browser: Browser, address: str) -> Iterator[Page]:
    """The patterns page, for tests that read it and move about in it."""
    with at_a_desk(browser, address) as opened:
        yield opened


def stop_at(page: Page, name: str, day: int) -> None:
    """Move to a cell of the roster, by the keyboard."""
    row = page.locator(".live .roster tbody tr", has_text=name)
    row.locator("td").nth(day).focus()


@pytest.mark.parametrize(
    ("width", "theme"),
    [
        pytest.param(1440, "light", marks=pytest.mark.nightly),
        pytest.param(1280, "dark", marks=pytest.mark.nightly),
        pytest.param(768, "light", marks=pytest.mark.nightly),
        (390, "dark"),
        pytest.param(320, "light", marks=pytest.mark.nightly),
    ],
)
def test_it_is_quiet_and_never_wider_than_the_window(
    browser: Browser, address: str, width: int, theme: str
) -> None:
    """Nothing breaks the policy, no request fails or leaves, no sideways scroll."""
    page = browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme=theme,  # type: ignore[arg-type]
    )
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(address) else said.append(r.url))
    page.on("response", lambda r: said.append(r.url) if r.status >= 400 else None)
    page.goto(f"{address}/patterns")
    page.wait_for_selector(".roster[role=grid]")
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize(
    ("who", "width"),
    [("manager", 1440), pytest.param("officer", 390, marks=pytest.mark.nightly)],
)
def test_the_checker_of_accessibility_finds_nothing(
    browser: Browser, address: str, who: str, width: int
) -> None:
    """No violation of WCAG 2.2 A and AA, nor of good practice, with a panel and a menu open."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="BROWSER CHECKS NOT RUN: axe is missing"
    )
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{address}/patterns?as={who}")
    page.wait_for_selector(".roster[role=grid]")
    stop_at(page, "Gill, Owen", 3)
    page.keyboard.press("n")
    page.wait_for_selector(".live .panel form")
    page.locator("details.menu.me").evaluate_all("menus => menus.forEach((m) => { m.open = true })")
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(page: Page, theme: str) -> None:
    """Contrast of text on plain ground is 4.5 to 1 or better, whichever theme leads.

    Words on the parts of a bar lie over shapes that the ground of their element does not know.
    """
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    poor = page.evaluate(POOR_CONTRAST)
    assert [line for line in poor if not line[0].startswith("text.in on-")] == []


def test_contrasts_are_measured_live(read: Page) -> None:
    """The page says what the palette promises: ink 16.5 on the light surface, 14.8 on the dark."""
    told = read.locator("li[data-contrast=ground]", has_text="text, need").locator("output")
    assert told.all_inner_texts() == ["#14202b 16.5", "#e8eef2 14.8"]


def test_moving_in_the_roster_announces_person_day_shift_and_marks(read: Page) -> None:
    """One tab stop; the focused cell says itself in full."""
    assert read.locator(".live .roster [tabindex='0']").count() == 1
    stop_at(read, "Evans, Lauren", 0)
    read.keyboard.press("ArrowRight")
    assert read.evaluate(WORDS) == (
        "Evans, Lauren, Tuesday 22 December, rest, wish not met: any shift"
    )
    read.keyboard.press("ArrowLeft")
    assert read.evaluate(WORDS) == "Evans, Lauren, Monday 21 December, Night 22:00 to 07:00"
    assert read.locator(".live .roster [tabindex='0']").count() == 1
    read.keyboard.press("End")
    assert "Sunday 3 January" in read.evaluate(WORDS)


def test_an_odd_start_is_told_though_its_letter_is_the_same(read: Page) -> None:
    """The earlier Early has its own times."""
    read.locator(".live .roster td[data-s]").first.focus()
    assert "Early 06:00 to 14:00" in read.evaluate(WORDS)


def test_keys_go_to_breaches_gaps_and_wishes(read: Page) -> None:
    """B, G and W land on the next of their kind."""
    stop_at(read, "Ahmed, Dan", 0)
    read.keyboard.press("b")
    assert read.evaluate(WORDS).endswith("breaks a rule: daily rest")
    read.keyboard.press("w")
    assert "wish not met" in read.evaluate(WORDS)
    read.keyboard.press("g")
    assert read.evaluate("document.activeElement.closest('tr').dataset.kind") == "L"
    assert read.evaluate(WORDS).startswith("L over or short Late, Monday 21 December, −1")


def test_a_proposal_shows_its_effect_and_escape_puts_it_back(page: Page) -> None:
    """A letter marks the cell and fills the panel; Escape undoes both and the focus stays."""
    stop_at(page, "Gill, Owen", 4)
    before = page.evaluate("document.activeElement.outerHTML")
    page.keyboard.press("l")
    page.wait_for_selector(".live .panel .verdict")
    assert page.evaluate("document.activeElement.className") == "L u chosen"
    page.locator("#polite", has_text="No breach").wait_for(state="attached")
    page.keyboard.press("Escape")
    assert not page.locator(".live .panel").is_visible()
    after = page.evaluate("document.activeElement.outerHTML")
    assert after == before
    assert "Gill, Owen, Friday 25 December, public holiday" in page.evaluate(WORDS)


def test_enter_keeps_a_proposal_and_the_page_takes_over_what_was_kept(page: Page) -> None:
    """The table is taken anew, the focus stays on the cell, and the note is announced."""
    stop_at(page, "Gill, Owen", 4)
    page.keyboard.press("d")
    page.wait_for_selector(".live .panel form")
    with page.expect_response("**/patterns/keep") as asked:
        page.keyboard.press("Enter")
    assert asked.value.request.headers["x-csrf-token"] == "token"
    assert "csrf=token&reason=own" in (asked.value.request.post_data or "")
    page.locator("#polite", has_text="made up").wait_for(state="attached")
    assert not page.locator(".live .panel").is_visible()
    assert "Gill, Owen, Friday 25 December" in page.evaluate(WORDS)
    assert page.locator(".live .roster td.chosen").count() == 0
    assert page.locator(".live .roster td.changed").count() == 1


@pytest.mark.nightly
def test_the_panel_stands_beside_a_roster_of_more_weeks_than_fit(page: Page) -> None:
    """A grid that scrolls inside itself makes room for the panel and never pushes it below."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator(".live .gridbox").evaluate("box => box.classList.add('wide')")
    stop_at(page, "Gill, Owen", 3)
    page.keyboard.press("n")
    page.wait_for_selector(".live .panel form")
    grid, panel = (page.locator(f".live {each}").bounding_box() for each in (".gridbox", ".panel"))
    assert grid is not None
    assert panel is not None
    assert panel["x"] >= grid["x"] + grid["width"] - 1
    assert panel["y"] < grid["y"] + grid["height"]


@pytest.mark.nightly
def test_what_is_wrong_in_a_form_of_the_panel_is_said_in_it(page: Page) -> None:
    """What was typed and the effect stay; the words are told and have the focus."""

    def refuse(route: Route) -> None:
        words = '<h2>Not kept</h2><p class="verdict">Say why published duties change.</p>'
        route.fulfill(status=422, content_type="text/html", body=words)

    page.route("**/patterns/keep", refuse)
    stop_at(page, "Gill, Owen", 4)
    page.keyboard.press("e")
    page.wait_for_selector(".live .panel form[data-keep]")
    for _ in range(2):
        page.keyboard.press("Enter")
        page.wait_for_selector(".live .panel form[data-keep] .note:focus")
        assert page.locator(".live .panel form .note").all_inner_texts() == [
            "Say why published duties change."
        ]
        page.locator(".live .roster td.chosen").focus()
    assert page.locator(".live .panel .fromto").count() == 1


def test_a_refusal_stays_in_the_panel_with_its_words(page: Page) -> None:
    """What was refused is said at once; the roster stays as it is."""

    def refuse(route: Route) -> None:
        words = "Not kept: Owen Gill would have 9 h of rest."
        route.fulfill(status=409, content_type="text/html", body=f'<p class="note">{words}</p>')

    page.route("**/patterns/keep", refuse)
    stop_at(page, "Gill, Owen", 4)
    page.keyboard.press("e")
    page.wait_for_selector(".live .panel form")
    page.keyboard.press("Enter")
    page.locator("#at-once", has_text="9 h of rest").wait_for(state="attached")
    assert "9 h of rest" in page.locator(".live .panel").inner_text()
    assert page.locator(".live .roster td.changed").count() == 0


@pytest.mark.nightly
def test_a_lost_connection_is_said_and_nothing_is_lost(page: Page) -> None:
    """The panel says so in words."""
    page.route("**/patterns/panel**", lambda route: route.abort())
    stop_at(page, "Gill, Owen", 4)
    page.keyboard.press("n")
    page.wait_for_selector(".live .panel .note")
    assert "No connection. Nothing was changed" in page.locator(".live .panel").inner_text()


def test_a_press_opens_a_cell_and_buttons_do_what_keys_do(page: Page) -> None:
    """Without a keyboard: press a cell, press Night, see the effect."""
    page.locator(".live .roster tbody tr", has_text="Gill, Owen").locator("td").nth(2).click()
    page.wait_for_selector(".live .panel .changes")
    page.locator(".live .panel [data-shift=N]").click()
    page.wait_for_selector(".live .panel form[data-keep]")
    assert page.locator(".live .roster td.chosen").inner_text() == "N"
    page.get_by_role("button", name="Put back").last.click()
    assert page.locator(".live .roster td.chosen").count() == 0


@pytest.mark.nightly
def test_what_the_panel_told_of_another_cell_cannot_be_pressed(page: Page) -> None:
    """While the next cell's panel is awaited, the shifts offered for the last one do nothing."""
    row = page.locator(".live .roster tbody tr", has_text="Gill, Owen")
    row.locator("td").nth(2).click()
    page.wait_for_selector(".live .panel .changes")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/patterns/panel**", hold)
    row.locator("td").nth(3).click()
    page.locator(".live .panel[aria-busy=true] [data-shift=N]").click()
    assert len(held) == 1, "the press of a stale shift asked for its effect"
    held[0].continue_()
    page.wait_for_selector(".live .panel[aria-busy=false] .changes")


@pytest.mark.nightly
def test_a_proposed_shift_of_any_code_shows_the_letter_of_its_kind(page: Page) -> None:
    """A night whose code is `N23` stands in the cell as N, not as a rest day."""
    page.locator(".live .roster tbody tr", has_text="Gill, Owen").locator("td").nth(2).click()
    night = page.locator(".live .panel .changes [data-shift=N]")
    night.evaluate("button => { button.dataset.shift = 'N23'; }")
    page.locator(".live .panel .changes [data-shift=N23]").click()
    assert page.locator(".live .roster td.chosen").inner_text() == "N"


@pytest.mark.nightly
def test_a_gap_opens_who_could_fill_it_and_try_moves_to_that_person(page: Page) -> None:
    """From a cover cell to a candidate's own cell of that day."""
    page.locator(".live .roster tr.cover td.s1").nth(2).click()
    page.wait_for_selector(".live .panel .candidates")
    page.locator(".live .panel [data-row='19']").click()
    page.wait_for_selector(".live .panel form[data-keep]")
    assert page.evaluate(WORDS).startswith("Wood, Tariq, Wednesday 23 December")


def test_a_person_is_found_by_the_slash_and_the_others_step_aside(page: Page) -> None:
    """The arrows then pass over whom the search hides; Escape shows everyone again."""
    stop_at(page, "Ahmed, Dan", 0)
    page.keyboard.press("/")
    page.keyboard.type("dan")
    rows = page.locator(".live .roster tbody tr:visible")
    assert rows.count() == 2
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(WORDS).startswith("Iqbal, Dan")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    assert rows.count() == 20


@pytest.mark.nightly
def test_a_search_leads_to_the_person_found_and_says_when_there_is_none(page: Page) -> None:
    """Enter goes to the first who fits, wherever the grid was left; words say if nobody does."""
    stop_at(page, "Ahmed, Dan", 0)
    page.keyboard.press("/")
    page.keyboard.type("wood")
    page.keyboard.press("Enter")
    assert page.evaluate(WORDS).startswith("Wood, Tariq")
    page.keyboard.press("/")
    page.keyboard.type("x")
    nobody = page.get_by_text("Nobody here is called that.").first
    assert nobody.is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    page.keyboard.press("Escape")
    assert not nobody.is_visible()


@pytest.mark.nightly
def test_f6_goes_round_and_the_question_mark_tells_all_keys(page: Page) -> None:
    """Grid, panel, search and back; the list of keys is a dialog that Escape closes."""
    stop_at(page, "Ahmed, Dan", 0)
    page.keyboard.press("Enter")
    page.wait_for_selector(".live .panel .verdict")
    places = []
    for _ in range(3):
        page.keyboard.press("F6")
        places.append(page.evaluate("document.activeElement.tagName"))
    assert places == ["ASIDE", "INPUT", "TD"]
    page.keyboard.press("?")
    assert page.locator("#grid-keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#grid-keys").is_visible()


@pytest.mark.nightly
def test_what_is_hard_to_undo_is_asked_first(page: Page) -> None:
    """The form goes on after yes alone; the safe answer has the focus."""
    page.get_by_role("button", name="Withdraw…").first.click()
    asked = page.get_by_role("dialog", name="Withdraw your wish for Saturday 12 December?")
    assert page.evaluate("document.activeElement.textContent") == "Not now"
    page.keyboard.press("Enter")
    assert not asked.is_visible()
    assert not page.url.endswith("#main")
    page.get_by_role("button", name="Withdraw…").first.click()
    with page.expect_navigation():
        asked.get_by_role("button", name="Withdraw").click()
    assert "#main" in page.url


@pytest.mark.nightly
def test_the_theme_changes_at_once_and_stays(page: Page) -> None:
    """Chosen in the menu, kept over a reload."""
    ground = "getComputedStyle(document.body).backgroundColor"
    page.locator(".menu.me summary").click()
    page.get_by_role("button", name="Dark", exact=True).click()
    assert page.evaluate(ground) == "rgb(13, 19, 23)"
    page.reload()
    assert page.evaluate(ground) == "rgb(13, 19, 23)"


@pytest.mark.nightly
def test_a_menu_closes_by_escape_and_by_a_press_outside(page: Page) -> None:
    """The focus returns to what opened it."""
    menu = page.locator(".menu.rooms")
    menu.locator("summary").click()
    assert menu.locator("li a").count() == 2
    page.keyboard.press("Escape")
    assert not menu.locator("ul").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    menu.locator("summary").click()
    page.locator("h1").click()
    assert not menu.locator("ul").is_visible()


@pytest.mark.nightly
def test_the_error_summary_leads_to_the_field(page: Page) -> None:
    """Pressing an error puts the focus into its field."""
    page.get_by_role("link", name="Goal for 999 must be between 1 and 100").first.click()
    assert page.evaluate("document.activeElement.name") == "goal-1"


def test_every_target_is_large_enough_on_a_phone(browser: Browser, address: str) -> None:
    """44 by 44 for what stands alone, 24 by 24 for the rest."""
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{address}/patterns?as=officer")
    small = page.evaluate(
        """() => [...document.querySelectorAll('.button, .in, .tabs > *, nav a, .chipf')]
          .filter((e) => e.offsetParent && !e.closest('dialog, .gridfoot'))
          .map((e) => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])
          .filter(([, box]) => box.height < 44 || box.width < 24).map(([html]) => html)"""
    )
    assert small == []
    assert page.locator("nav.places").evaluate("n => getComputedStyle(n).position") == "fixed"
    page.close()


def test_everything_is_there_without_a_script(browser: Browser, address: str) -> None:
    """Menus open, the theme is chosen by a form, the roster can be read."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/patterns")
    page.locator(".menu.me summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Dark", exact=True).click()
    assert page.locator("html[data-theme=dark]").count() == 1
    assert page.locator(".live .roster td", has_text="E").first.is_visible()
    context.close()


def test_a_running_job_is_drawn_anew_with_each_event_and_left_when_it_ends(
    browser: Browser, address: str
) -> None:
    """An event fetches the page's own words; the end of the job leads on."""
    page = browser.new_page()
    states = iter(["40 s", "50 s"])
    shown = {"state": "running", "time": "30 s"}

    def progress(route: Route) -> None:
        body = (
            f'<main><div id="polite"></div><section data-job data-state="{shown["state"]}" '
            f'data-events="/events" data-done="/patterns/panel?day=1&kind=N">'
            f'<p data-part="words">After {shown["time"]}</p></section></main>'
            '<script type="module" src="/static/x/js/page.js"></script>'
        )
        route.fulfill(content_type="text/html", body=f"<!doctype html><title>t</title>{body}")

    def events(route: Route) -> None:
        shown["time"] = next(states, "60 s")
        shown["state"] = "done" if shown["time"] == "60 s" else "running"
        told = json.dumps({"state": shown["state"]})
        route.fulfill(content_type="text/event-stream", body=f"retry: 100\n\ndata: {told}\n\n")

    page.route("**/progress", progress)
    page.route("**/events", events)
    page.goto(f"{address}/progress")
    page.locator("p", has_text="After 40 s").wait_for()
    page.get_by_role("heading", name="Who could fill it").wait_for()
    assert "/patterns/panel" in page.url
    page.close()


@pytest.mark.nightly
def test_a_file_is_named_before_it_goes(browser: Browser, address: str) -> None:
    """The name and size of the chosen file stand under the field; the button sends once."""
    page = browser.new_page()
    body = (
        '<form data-upload method="post" action="/there"><div><input type="file" name="file">'
        '</div><button class="button main">Upload</button></form>'
        '<script type="module" src="/static/x/js/page.js"></script>'
    )
    html = f"<!doctype html><title>t</title>{body}"
    page.route("**/upload", lambda route: route.fulfill(content_type="text/html", body=html))
    page.goto(f"{address}/upload")
    page.wait_for_load_state("networkidle")
    page.locator("input").set_input_files(
        files=[{"name": "calls.csv", "mimeType": "text/csv", "buffer": b"x" * 12_000}]
    )
    page.get_by_text("calls.csv, 12 kB").wait_for()
    page.close()
