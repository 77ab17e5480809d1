"""Going by keys alone, as somebody without a mouse does; what has the focus must be seen to have it."""

from playwright.sync_api import Page

MOST_STEPS = 150
FOCUSED = """() => {
  const here = document.activeElement;
  const named = here.labels?.[0]?.innerText ?? here.getAttribute("aria-label") ?? here.innerText ?? "";
  return (named || here.value || "").trim().replace(/\\s+/g, " ");
}"""
IS_VISIBLY_FOCUSED = """() => {
  const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
  return box.width > 0 && (style.outlineStyle !== "none" || style.boxShadow !== "none");
}"""


def tab_to(page: Page, name: str, *, inside: str = "*", key: str = "Tab") -> None:
    """Press Tab until what has the focus is named so and lies ``inside`` the selector."""
    page.wait_for_load_state()  # a page that has just come may not have all its scripts
    for _step in range(MOST_STEPS):
        page.keyboard.press(key)
        is_inside = inside == "*" or page.evaluate("(where) => !!document.activeElement.closest(where)", inside)
        if is_inside and page.evaluate(FOCUSED).startswith(name):
            assert page.evaluate(IS_VISIBLY_FOCUSED), f"nothing shows that “{name}” has the focus"
            return
    raise AssertionError(f"“{name}” was not reached with {key} on {page.url}")


def enter(page: Page, name: str, *, to: str = "") -> None:
    """Go to what is named so and press Enter; ``to`` is the pattern of the page it leads to."""
    tab_to(page, name)
    page.keyboard.press("Enter")
    if to:
        page.wait_for_url(to)
