"""The officers' desk as a person uses it.

desk = DeskPage(browser_page, "http://127.0.0.1:8000")
desk.log_in("rina", "…")
desk.open(conversation_id)
desk.press("Ambil alih")
desk.reply("Selamat pagi")
"""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

_AXE = Axe()
_RULES = {"target-size": {"enabled": True}, "label-content-name-mismatch": {"enabled": True}}
"""Rules that axe leaves out unless they are asked for."""


class DeskPage:
    """One browser window with the desk in it.

    Args:
        page: a Playwright page.
        url: of the backend, without a slash at the end.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", self._note)

    def _note(self, line: ConsoleMessage) -> None:
        if "Content Security" in line.text:
            self.problems.append(line.text)

    def see(self, address: str) -> None:
        """Open a page of the desk."""
        self.page.goto(self.url + address)

    def log_in(self, login: str, password: str) -> None:
        """Log in; the first page that this role may see opens."""
        self.see("/desk/login")
        self.page.get_by_label("Nama masuk").fill(login)
        self.page.get_by_label("Kata sandi").fill(password)
        self.page.get_by_role("button", name="Masuk").click()
        expect(self.page.get_by_label("Kata sandi", exact=True)).to_have_count(0)

    def open(self, conversation_id: int, query: str = "") -> None:
        """Open a conversation."""
        self.see(f"/desk/conversations/{conversation_id}?view=all{query}")

    def search(self, text: str) -> None:
        """Search everywhere."""
        self.see("/desk")
        box = self.page.get_by_label("Cari percakapan")
        box.fill(text)
        box.press("Enter")
        expect(box).to_have_value(text)

    def press(self, name: str) -> None:
        """Press a button of that name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def unfold(self, name: str) -> None:
        """Open one of the menus."""
        self.page.locator("summary", has_text=name).click()

    def reply(self, text: str) -> None:
        """Answer the citizen."""
        self.box.fill(text)
        self.press("Kirim")

    @property
    def box(self) -> Locator:
        """The reply box."""
        return self.page.get_by_label("Balasan", exact=True)

    @property
    def lines(self) -> Locator:
        """The transcript."""
        return self.page.locator("#lines")

    @property
    def head(self) -> Locator:
        """Who answers, above the transcript."""
        return self.page.locator("#head")

    def violations(self, within: str | None = None) -> list[str]:
        """What axe finds wrong with the page as it stands, or with a part: the rule and where."""
        options = {"resultTypes": ["violations"], "rules": _RULES}
        found = _AXE.run(self.page, context=within, options=options)
        return [
            f"{violation['id']}: {node['html'][:160]} ({'; '.join(_why(node))[:200]})"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]


def _why(node: dict[str, list[dict[str, str]]]) -> list[str]:
    return [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
