# SPDX-License-Identifier: GPL-3.0-or-later
"""The real `artdagd`, and a browser without a screen: cookies, forms with their tokens, redirects on demand."""
import html.parser
import http.client
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import urllib.parse

import artdag

PASSWORD = "correct horse battery 1"


class Server:
    def __init__(self, *more, **settings):
        """Options of `artdagd serve`, and settings by their names in the environment; PORT where others must know it before."""
        self.room = pathlib.Path(tempfile.mkdtemp(prefix="artdag-server-"))
        self.log = (self.room / "log").open("w")
        self.more, self.settings, self.port = more, settings, int(settings.pop("PORT", 0))
        self.begin()

    def begin(self):
        """Once more, on the same port, after it was killed."""
        self.process = subprocess.Popen([str(artdag.BIN / "artdagd"), "serve", "--data", str(self.room / "data"), "--port", str(self.port), "--allow-loopback", *self.more],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True, env=os.environ | self.settings)
        line = self.process.stdout.readline()
        assert "listening" in line, line + (self.room / "log").read_text()
        self.url = line.split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])

    def stop(self):
        self.process.terminate()
        code = self.process.wait(timeout=20)
        self.process.stdout.close()
        self.log.close()
        shutil.rmtree(self.room, True)
        assert code == 0, f"artdagd ended with {code}"

    def call(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        answer.text = answer.read().decode(errors="replace")
        connection.close()
        return answer

    def json(self, method, path, document=None, token=None):
        headers = {"Accept": "application/json"} | ({"Content-Type": "application/json"} if document is not None else {}) | ({"Authorization": f"Bearer {token}"} if token else {})
        answer = self.call(method, path, json.dumps(document) if document is not None else None, headers)
        return answer.status, json.loads(answer.text) if answer.text else None

    def form(self, path, **fields):
        """A form as programs send it: no cookie, no token."""
        answer = self.call("POST", path, urllib.parse.urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"})
        return answer.status, json.loads(answer.text)

    def token(self, user):
        status, body = self.json("POST", "/auth/register", {"user": user, "password": PASSWORD})
        if status == 409:
            status, body = self.json("POST", "/auth/login", {"user": user, "password": PASSWORD})
        return body["token"]


class Fields(html.parser.HTMLParser):
    """The hidden fields of a page, by name; the first of each."""

    def __init__(self, text):
        super().__init__()
        self.found = {}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "input" and attributes.get("type") == "hidden":
            self.found.setdefault(attributes["name"], attributes.get("value", ""))


class Browser:
    def __init__(self, server):
        self.server = server
        self.cookies = {}

    def send(self, method, path, body=None, headers=None):
        headers = {"Accept": "text/html", "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"} | (headers or {})
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.server.call(method, path, body, headers)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                name, value = value.split(";")[0].split("=", 1)
                self.cookies[name] = value
                if not value:
                    del self.cookies[name]
        return answer

    def get(self, path):
        return self.send("GET", path)

    def post(self, path, fields, page=None):
        """Sends a form of `page` (the path itself by default) with its hidden token, unless `fields` has one."""
        if "csrf" not in fields:
            fields = {"csrf": Fields(self.get(page or path).text).found["csrf"]} | fields
        return self.send("POST", path, urllib.parse.urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})

    def log_in(self, user, password=PASSWORD):
        return self.post("/login", {"user": user, "password": password, "next": "/settings"})
