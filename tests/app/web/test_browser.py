"""The report in a real browser: quiet, offline, within the window, led by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from app.web.report import render_report
from tests.app.web import samples
from tests.app.web.browsers import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium, or a loud skip."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of the report of the made-up plan as a file."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render_report(samples.plan()), "utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def page(browser: Browser, report: str) -> Iterator[Page]:
    """The report, opened at a desk once: a test begins where it goes itself."""
    opened = browser.new_page(viewport={"width": 1440, "height": 1000})
    opened.goto(report)
    yield opened
    opened.close()


def focused(page: Page) -> str:
    """Text of the element that has the focus."""
    return str(page.evaluate("document.activeElement.textContent"))


@pytest.mark.parametrize(
    ("width", "theme"),
    [
        pytest.param(1440, "light", marks=pytest.mark.nightly),
        pytest.param(1400, "dark", marks=pytest.mark.nightly),
        pytest.param(1280, "light", marks=pytest.mark.nightly),
        (390, "dark"),
        pytest.param(320, "light", marks=pytest.mark.nightly),
    ],
)
def test_it_is_quiet_offline_and_never_wider_than_the_window(
    browser: Browser, report: str, width: int, theme: str
) -> None:
    """No message on the console, no request but the file's own, no sideways scroll."""
    page = browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme=theme,  # type: ignore[arg-type]
    )
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: said.append(asked.url) if asked.url != report else None)
    page.goto(report)
    page.get_by_text("Show as a table").first.click()
    assert [line for line in said if not line.startswith("data:")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_theme_follows_the_system_until_one_is_chosen(page: Page) -> None:
    """The ground is dark with a dark system, light again by the switch."""
    ground = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == "rgb(13, 19, 23)"
    page.get_by_label("Light").check(force=True)
    assert page.evaluate(ground) == "rgb(246, 248, 248)"


def test_the_grid_is_one_tab_stop_and_the_arrows_move_inside(page: Page) -> None:
    """One cell takes the tab; arrows, Home, End and Page keys move; the line tells the cell."""
    stops = page.locator(".roster [tabindex='0']")
    assert stops.count() == 1
    stops.focus()
    first = page.locator(".told").inner_text()
    assert "Monday 5 October" in first
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert "Tuesday 6 October" in page.locator(".told").inner_text()
    page.keyboard.press("End")
    assert "Sunday 1 November" in page.locator(".told").inner_text()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Home")
    assert "Monday 5 October" in page.locator(".told").inner_text()
    assert stops.count() == 1


def test_a_key_goes_to_the_next_breach(page: Page) -> None:
    """B lands on a shift that breaks a rule, and the line says so."""
    page.locator(".roster [tabindex='0']").focus()
    page.keyboard.press("b")
    assert "breaks a rule: daily rest" in focused(page)
    assert "breaks a rule: daily rest" in page.locator(".told").inner_text()


def test_the_focused_cell_is_never_under_the_head(page: Page) -> None:
    """Walking down and up again, the whole cell stays visible below the sticky rows."""
    page.locator(".roster [tabindex='0']").focus()
    for key in ["PageDown"] * 5 + ["PageUp"] * 4 + ["ArrowUp"] * 4:
        page.keyboard.press(key)
        inside = page.evaluate(
            """() => {
                const box = document.activeElement.getBoundingClientRect();
                const head = document.querySelector('.roster thead').getBoundingClientRect();
                const below = document.activeElement.closest('thead') || box.top >= head.bottom - 1;
                return Boolean(below) && box.bottom <= innerHeight;
            }"""
        )
        assert inside, key


def test_values_are_read_with_the_arrow_keys(page: Page) -> None:
    """A chart is a slider whose text tells time, need and cover; G goes to the next shortage."""
    chart = page.locator("#cover .pane.i0 .sheet").nth(0)
    chart.focus()
    page.keyboard.press("ArrowRight")
    text = chart.get_attribute("aria-valuetext") or ""
    assert text.startswith("Monday 5 October 00:15: needed ")
    page.keyboard.press("g")
    assert (chart.get_attribute("aria-valuetext") or "").endswith(" short")


def test_the_night_of_the_clock_change_is_read_on_the_wall(page: Page) -> None:
    """On Sunday 25 October 01:00 comes twice, an hour apart."""
    chart = page.locator("#cover .pane.i0 .sheet").nth(2)
    chart.focus()
    for _ in range(6):
        page.keyboard.press("PageUp")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert "Sunday 25 October 01:00" in (chart.get_attribute("aria-valuetext") or "")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert "Sunday 25 October 01:00" in (chart.get_attribute("aria-valuetext") or "")


def test_one_queue_shows_at_a_time_even_without_a_script(browser: Browser, report: str) -> None:
    """Choosing a queue is plain style: it works with scripts switched off."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report)
    assert page.locator("#demand .pane:visible").count() == 1
    page.get_by_role("radio", name="101", exact=True).first.check(force=True)
    assert page.locator("#demand .pane.i1").is_visible()
    assert not page.locator("#demand .pane.i0").is_visible()
    context.close()


def test_everything_that_scrolls_can_be_reached_by_keyboard(page: Page) -> None:
    """Each scrolling region takes the focus itself or holds something that does."""
    page.set_viewport_size({"width": 390, "height": 800})
    lost = page.evaluate(
        """() => [...document.querySelectorAll('.scroll')].filter((region) =>
            region.offsetParent && region.scrollWidth > region.clientWidth
            && region.tabIndex < 0 && !region.querySelector('[tabindex="0"]')).length"""
    )
    assert lost == 0


def test_targets_are_large_enough_and_controls_have_names(page: Page) -> None:
    """Everything to press is at least 24 by 24 and has a name."""
    poor = page.evaluate(
        """() => [...document.querySelectorAll('a[href], summary, .seg label')].filter((e) => {
            const box = e.getBoundingClientRect();
            if (!e.offsetParent || e.matches('.skip')) return false;
            return box.height < 24 || box.width < 24 || !e.textContent.trim();
        }).map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert poor == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(page: Page, theme: str) -> None:
    """Contrast of text on plain ground is 4.5 to 1 or better, in both themes."""
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    assert page.evaluate(POOR_CONTRAST) == []


POOR_CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255];
  };
  const over = (top, under) => top.slice(0, 3).map((v, i) => v * top[3] + under[i] * (1 - top[3]));
  const ground = (e) => {
    if (!e) return [255, 255, 255];
    const style = getComputedStyle(e), own = rgba(style.backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, ground(e.parentElement));
  };
  const light = (c) => {
    const [r, g, b] = c.map((v) => v / 255).map((v) =>
      v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const seen = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    const hidden = !e.offsetParent && !e.ownerSVGElement;
    if (!node.data.trim() || hidden || e.closest('i, .vh, script, title, desc')) continue;
    const style = getComputedStyle(e);
    const text = rgba(e.ownerSVGElement ? style.fill : style.color), under = ground(e);
    const [a, b] = [light(over(text, under)), light(under)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const name = `${e.tagName}.${e.className.baseVal ?? e.className}`;
    if (ratio < 4.5) seen.set(name, ratio.toFixed(2));
  }
  return [...seen.entries()];
}"""
