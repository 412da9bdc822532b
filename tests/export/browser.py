"""A headless Chromium that is asked through its DevTools protocol, for what only a browser can say."""

from __future__ import annotations

import base64
import io
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import websocket
from pypdf import PdfReader

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0")
_SECONDS = 30
# The rows of a table are all made alike; a list of 295 villages would be 4 seconds of the same findings.
_SHORTEN = "document.querySelectorAll('tbody').forEach(b => [...b.rows].slice(2).forEach(r => r.remove()))"


class Page:
    """One page. ``requested`` are the addresses that it asked for since the last :meth:`open`."""

    def __init__(self, address: str) -> None:
        self._socket: Any = websocket.create_connection(address, timeout=_SECONDS, suppress_origin=True)
        self._sent = 0
        self._events: list[dict[str, Any]] = []
        self.requested: list[str] = []
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result; events that come before it are kept."""
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": params}))
        while (message := self._receive()).get("id") != self._sent:
            self._events.append(message)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']}")
        result: dict[str, Any] = message["result"]
        return result

    def _receive(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self._socket.recv())
        if message.get("method") == "Network.requestWillBeSent":
            self.requested.append(message["params"]["request"]["url"])
        return message

    def open(self, path: Path) -> None:
        """Open a file and wait until it is loaded."""
        self._events.clear()
        self.requested.clear()
        self.send("Emulation.setEmulatedMedia", media="screen")
        self.send("Page.navigate", url=path.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self._events):
            self._events.append(self._receive())

    def evaluate(self, expression: str) -> Any:
        """Return the value of a JavaScript expression, awaited where it is a promise."""
        answer = self.send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def printed(self, pages: str) -> str:
        """Return the words on some pages of A4 paper, ``"1"`` or ``"2-3"``, as the browser prints them."""
        self.send("Emulation.setEmulatedMedia", media="print")
        paper = {"paperWidth": 210 / 25.4, "paperHeight": 297 / 25.4}
        answer = self.send("Page.printToPDF", pageRanges=pages, preferCSSPageSize=True, **paper)
        found = PdfReader(io.BytesIO(base64.b64decode(answer["data"]))).pages
        return " ".join(" ".join(page.extract_text() for page in found).split())

    def violations(self, *, media: str) -> list[str]:
        """Return what axe-core finds wrong on the page as a medium shows it: rule and first place."""
        self.send("Emulation.setEmulatedMedia", media=media)
        self.evaluate(_SHORTEN)
        if not self.evaluate("'axe' in window"):
            self.evaluate(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8") + ";0")
        found: Any = self.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
        return [f"{item['id']}: {item['nodes'][0]['html']}" for item in found]

    def refused(self) -> list[str]:
        """Return what the page's own security policy and the console complained of."""
        logged = [event["params"]["entry"]["text"] for event in self._events if event.get("method") == "Log.entryAdded"]
        thrown = [str(e["params"]) for e in self._events if e.get("method") == "Runtime.exceptionThrown"]
        return logged + thrown


@contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """Start Chromium with a profile of its own, and give its one page."""
    assert CHROMIUM is not None
    with subprocess.Popen(
        [CHROMIUM, *_ARGUMENTS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield Page(_first_page(_port(profile / "DevToolsActivePort")))
        finally:
            process.terminate()


def _port(file: Path) -> str:
    deadline = time.monotonic() + _SECONDS
    while not (file.exists() and file.read_text(encoding="utf-8").strip()):
        if time.monotonic() > deadline:
            raise TimeoutError("Chromium did not start")
        time.sleep(0.05)
    return file.read_text(encoding="utf-8").split()[0]


def _first_page(port: str) -> str:
    from urllib.request import urlopen

    with urlopen(f"http://127.0.0.1:{port}/json/list", timeout=_SECONDS) as answer:
        targets = json.load(answer)
    return next(str(target["webSocketDebuggerUrl"]) for target in targets if target["type"] == "page")
