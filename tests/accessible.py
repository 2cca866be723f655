"""What a checker finds wrong with a page: axe-core, run in the browser and in every frame of it."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Frame, Page

# Each two of direction, size and colours together once: a fault needs two of them at most.
LOOKS = [
    ("en", (360, 640), "light"),
    ("en", (1280, 800), "dark"),
    ("ar", (360, 640), "dark"),
    ("ar", (1280, 800), "light"),
]
# All its rules, those beyond WCAG 2.2 AA as well; each frame by itself, since it sees through no other origin.
_RUN = """async (rules) => {
    // What still moves is looked at when it has come to rest; some of it never does.
    const moves = document.getAnimations().filter((one) => one.effect.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(moves.map((one) => one.finished));
    const found = await axe.run(document, { iframes: false, resultTypes: ["violations"], rules });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
}"""


async def faults(page: Page) -> list[str]:
    """Return a line for each broken rule, with the parts that break it."""
    return [fault for frame in page.frames for fault in await _faults(frame)]


async def _faults(frame: Frame) -> list[str]:
    # A button can be seen before its style sheet has come, and a page without one has other colours.
    await frame.wait_for_load_state()
    await frame.evaluate(AXE_SCRIPT)
    # The size of what is to be hit, which the checker leaves out unless it is asked.
    return list(await frame.evaluate(_RUN, {"target-size": {"enabled": True}}))
