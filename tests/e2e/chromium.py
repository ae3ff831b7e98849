# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Chromium without a screen, spoken to over its own pipe (Chrome DevTools Protocol)."""
import base64
import json
import os
import pathlib
import shutil
import subprocess
import tempfile


class Chromium:
    def __init__(self):
        program = shutil.which("chromium")
        assert program, "chromium is missing: packaging/dependencies.txt"
        self.home = tempfile.mkdtemp(prefix="artdag-chromium-")
        to_read, self.to_write = os.pipe()
        self.from_read, from_write = os.pipe()

        def wire():  # the protocol's two pipes are descriptors 3 and 4
            for source, target in ((os.dup(to_read), 3), (os.dup(from_write), 4)):
                os.dup2(source, target)
        self.process = subprocess.Popen([program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars", "--remote-debugging-pipe", f"--user-data-dir={self.home}"],
                                        preexec_fn=wire, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.number = 0
        self.rest = b""
        self.session = None
        self.loaded = False
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)
        os.close(self.to_write)
        os.close(self.from_read)
        shutil.rmtree(self.home, True)

    def message(self):
        while b"\0" not in self.rest:
            block = os.read(self.from_read, 1 << 20)
            assert block, "chromium has ended"
            self.rest += block
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def ask(self, method, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        block = json.dumps(request).encode() + b"\0"
        while block:
            block = block[os.write(self.to_write, block):]
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                assert "error" not in answer, (method, answer)
                return answer["result"]
            self.loaded = self.loaded or answer.get("method") == "Page.loadEventFired"

    def open(self, url):
        self.loaded = False
        self.ask("Page.navigate", url=url)
        while not self.loaded:
            self.loaded = self.message().get("method") == "Page.loadEventFired"

    def look(self, width, dark):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)  # a mobile one would grow its window with the page
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def evaluate(self, expression):
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def picture(self, path: pathlib.Path):
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        shot = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip={"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 4000), "scale": 1})
        path.write_bytes(base64.b64decode(shot["data"]))

    def press(self, key):
        for kind in ("rawKeyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode={"Tab": 9, "Enter": 13}[key])

    def wait_for_page(self):
        while not self.loaded:
            self.loaded = self.message().get("method") == "Page.loadEventFired"

    def enter(self):
        """The key that follows a link or sends a form; returns on the page to which it leads."""
        self.loaded = False
        self.ask("Input.dispatchKeyEvent", type="keyDown", key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r")
        self.wait_for_page()

    def submit(self, selector):
        """Sends a form without its browser's own checks, as a page of other makers might."""
        self.loaded = False
        self.evaluate(f"document.querySelector({json.dumps(selector)}).submit()")
        self.wait_for_page()

    def set_cookie(self, url, name, value):
        self.ask("Network.setCookie", url=url, name=name, value=value)

    def clear_cookies(self):
        self.ask("Network.clearBrowserCookies")
