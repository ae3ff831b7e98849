#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts as browsers and programs see them: sessions, forms, second step, ways back in, OAuth, roles, moderation."""
import base64
import hashlib
import hmac
import http.server
import json
import re
import statistics
import struct
import subprocess
import threading
import time
import unittest
import urllib.parse

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

import artdag
from browser import PASSWORD, Browser, Fields, Server

DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


def totp(secret, step):
    """RFC 6238, written a second time."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = mac[19] & 15
    return f"{(struct.unpack('>I', mac[offset:offset + 4])[0] & 0x7FFFFFFF) % 1000000:06}"


class Renderer:
    """The other side of an attachment, as docs/formats/http.md tells it: shows its key, signs, hears of revocations."""

    def __init__(self):
        self.key = ed25519.Ed25519PrivateKey.generate()
        spki = self.key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        self.kid = "sha3-256:" + hashlib.sha3_256(spki).hexdigest()
        self.revoked = []
        renderer = self

        class Answers(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                pem = renderer.key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
                self.answer(200 if self.path == "/auth/instance" else 404, {"kid": renderer.kid, "alg": "ed25519", "public": pem})

            def do_POST(self):
                renderer.revoked.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
                self.answer(200, {})

            def answer(self, status, document):
                body = json.dumps(document).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def stop(self):
        self.http.shutdown()
        self.http.server_close()

    def word(self, key=None, **members):
        document = {"type": "artdag.attach", "renderer": self.url, "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())} | members
        text = "artdag.attach.1\n" + json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        value = base64.urlsafe_b64encode((key or self.key).sign(text.encode())).decode().rstrip("=")
        return document | {"sig": [{"kid": self.kid, "alg": "ed25519", "value": value}]}


class Accounts(artdag.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        cls.owner = cls.server.token("owner")

    def browser(self, user=None, password=PASSWORD):
        browser = Browser(self.server)
        if user:
            self.server.token(user)
            self.assertEqual(browser.log_in(user, password).status, 303)
        return browser

    def test_a_session_is_a_cookie_that_scripts_and_other_sites_do_not_get(self):
        self.server.token("giles")
        browser = Browser(self.server)
        visitor = browser.get("/login")
        answer = browser.log_in("giles")
        self.assertEqual((answer.status, answer.getheader("Location")), (303, "/settings"))
        cookie = answer.getheader("Set-Cookie")
        self.assertTrue(cookie.startswith(f"artdag_l2_{self.server.port}="))
        for part in ("HttpOnly", "SameSite=Lax", "Path=/"):
            self.assertIn(part, cookie)
        self.assertNotEqual(cookie.split(";")[0], visitor.getheader("Set-Cookie").split(";")[0], "a login must bring a new value")
        value = cookie.split(";")[0].split("=")[1].encode()
        for file in (self.server.room / "data").glob("artdagd.sqlite*"):
            self.assertNotIn(value, file.read_bytes(), "only a hash may be stored")
        page = browser.get("/settings")
        self.assertEqual(page.status, 200)
        self.assertIn("@giles", page.text)
        self.assertIn("no-store", page.getheader("Cache-Control"))
        self.assertIsNone(page.getheader("Access-Control-Allow-Origin"))

    def test_a_public_address_makes_the_cookie_secure(self):
        server = Server("--public-url", "https://art.example", "--domain", "art.example")
        self.addCleanup(server.stop)
        self.assertIn("; Secure", Browser(server).get("/login").getheader("Set-Cookie"))

    def test_pages_that_need_a_login_lead_to_it_and_back(self):
        answer = Browser(self.server).get("/settings/keys?x=1")
        self.assertEqual((answer.status, answer.getheader("Location")), (303, "/login?next=%2Fsettings%2Fkeys%3Fx%3D1"))
        for bad in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
            browser = Browser(self.server)
            self.server.token("giles")
            answer = browser.post("/login", {"user": "giles", "password": PASSWORD, "next": bad})
            self.assertEqual(answer.getheader("Location"), "/", bad)

    def forms(self):
        paths = json.loads(self.server.call("GET", "/openapi.json").text)["paths"]
        return [path for path, methods in paths.items() for method, words in methods.items()
                if method == "post" and "application/x-www-form-urlencoded" in words.get("requestBody", {}).get("content", {})]

    def test_no_form_is_taken_without_its_token(self):
        forms = self.forms()
        self.assertGreaterEqual(len(forms), 24)
        owner = self.browser("owner")
        good = Fields(owner.get("/settings").text).found["csrf"]
        stranger = Fields(self.browser("giles").get("/settings").text).found["csrf"]
        for path in forms:
            concrete = path.replace("{user}", "giles").replace("{name}", "a-cat").replace("{id}", "999999")
            for name, fields in (("none", {}), ("empty", {"csrf": ""}), ("wrong", {"csrf": "x" * len(good)}), ("of another session", {"csrf": stranger})):
                with self.subTest(path=path, token=name):
                    answer = owner.send("POST", concrete, urllib.parse.urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})
                    self.assertEqual(answer.status, 403)
                    self.assertIn("did not come from a page of this server", answer.text)
            with self.subTest(path=path, token="right"):
                if path not in ("/logout", "/settings/sessions"):
                    answer = owner.post(concrete, {"csrf": good})
                    self.assertNotIn("did not come from a page of this server", answer.text)

    def test_a_session_does_not_speak_for_scripts_of_other_sites(self):
        browser = self.browser("giles")
        answer = browser.send("POST", "/assets", json.dumps({"name": "x"}), {"Content-Type": "application/json"})
        self.assertEqual(answer.status, 403)
        token = Fields(browser.get("/settings").text).found["csrf"]
        answer = browser.send("POST", "/assets", json.dumps({"name": "x"}), {"Content-Type": "application/json", "X-CSRF-Token": token, "Accept": "application/json"})
        self.assertEqual(answer.status, 400, answer.text)  # past the door: now the body is what is wrong
        # A form of our own pages says the same as JSON.
        answer = browser.post("/assets", {"csrf": token, "name": "by-form", "content_hash": "sha3-256:" + "1" * 64, "asset_type": "image"})
        self.assertEqual(answer.status, 201, answer.text)

    def test_guessing_is_slowed_down_on_every_way_in(self):
        server = Server()
        self.addCleanup(server.stop)
        server.token("giles")
        for name, guess in (("page", lambda: Browser(server).log_in("giles", "wrong").status), ("api", lambda: server.json("POST", "/auth/login", {"user": "giles", "password": "wrong"})[0])):
            statuses = [guess() for _ in range(6)]
            with self.subTest(name):
                self.assertEqual(statuses[-1], 429, statuses)
        self.assertEqual(server.json("POST", "/auth/login", {"user": "giles", "password": PASSWORD})[0], 429, "also the right one has to wait")
        answer = server.call("POST", "/auth/login", json.dumps({"user": "giles", "password": PASSWORD}), {"Content-Type": "application/json"})
        self.assertGreater(int(answer.getheader("Retry-After")), 0)

    def test_an_address_that_tries_many_names_is_slowed_down(self):
        server = Server()
        self.addCleanup(server.stop)
        statuses = [server.json("POST", "/auth/login", {"user": f"name{i}", "password": "wrong"})[0] for i in range(21)]
        self.assertEqual(statuses[:20], [401] * 20)
        self.assertEqual(statuses[20], 429)

    def test_an_unknown_name_costs_the_same_time_and_gets_the_same_words(self):
        server = Server()
        self.addCleanup(server.stop)
        known = [f"known{i}" for i in range(6)]
        for name in known:
            server.token(name)
        times = {"known": [], "unknown": []}
        words = set()
        for i, name in enumerate(known):
            for kind, user in (("known", name), ("unknown", f"nobody{i}")):
                begin = time.perf_counter()
                status, body = server.json("POST", "/auth/login", {"user": user, "password": "wrong"})
                times[kind].append(time.perf_counter() - begin)
                words.add((status, body["detail"]))
        self.assertEqual(len(words), 1, words)
        ratio = min(times["unknown"]) / min(times["known"])
        self.assertTrue(0.5 < ratio < 2, times)

    def test_a_second_step_is_asked_and_each_code_is_good_once(self):
        browser = self.browser("stepper")
        page = browser.get("/settings/two-step").text
        secret = Fields(page).found["secret"]
        self.assertIn("<svg class=\"qr\"", page)
        step = int(time.time()) // 30
        wrong = browser.post("/settings/two-step", {"do": "on", "secret": secret, "code": "000000" if totp(secret, step) != "000000" else "000001", "confirm": PASSWORD})
        self.assertEqual(wrong.status, 403)
        answer = browser.post("/settings/two-step", {"do": "on", "secret": secret, "code": totp(secret, step), "confirm": PASSWORD})
        self.assertEqual((answer.status, answer.getheader("Location")), (303, "/settings/security?done=two-step-on"))
        status, body = self.server.json("POST", "/auth/login", {"user": "stepper", "password": PASSWORD})
        self.assertEqual((status, body["needs"]), (401, "code"))
        status, _ = self.server.json("POST", "/auth/login", {"user": "stepper", "password": PASSWORD, "code": totp(secret, step)})
        self.assertEqual(status, 401, "the code was used a moment ago")
        other = Browser(self.server)
        second = other.log_in("stepper")
        self.assertEqual(second.status, 200)
        self.assertIn("Second step", second.text)
        ticket = Fields(second.text).found["ticket"]
        answer = other.post("/login", {"ticket": ticket, "code": totp(secret, step + 1), "next": "/settings"})
        self.assertEqual((answer.status, answer.getheader("Location")), (303, "/settings"))
        forged = Browser(self.server).post("/login", {"ticket": ticket[:-4] + "AAAA", "code": totp(secret, step + 1)})
        self.assertEqual(forged.status, 403)

    def test_a_recovery_code_sets_a_password_once_and_ends_every_login(self):
        browser = self.browser("forgetter")
        token = self.server.token("forgetter")
        page = browser.post("/settings/recovery", {"confirm": PASSWORD}, "/settings/security").text
        codes = re.findall(r"<code>([a-z2-7-]{19})</code>", page)
        self.assertEqual(len(set(codes)), 10)
        lost = Browser(self.server)
        self.assertEqual(lost.post("/recover", {"user": "forgetter", "code": "aaaa-aaaa-aaaa-aaaa", "password": "a new password 2"}).status, 403)
        answer = lost.post("/recover", {"user": "forgetter", "code": codes[3].upper().replace("-", " "), "password": "a new password 2"})
        self.assertEqual(answer.status, 303, answer.text)
        self.assertEqual(lost.post("/recover", {"user": "forgetter", "code": codes[3], "password": "a new password 3"}).status, 403, "a code is good once")
        self.assertEqual(browser.get("/settings").status, 303, "the session has ended")
        self.assertEqual(self.server.json("GET", "/auth/me", token=token)[0], 401, "the token has ended")
        self.assertEqual(Browser(self.server).log_in("forgetter", "a new password 2").status, 303)

    def test_a_new_password_ends_every_other_login(self):
        here, there = self.browser("changer"), self.browser("changer")
        token = self.server.token("changer")
        self.assertEqual(here.post("/settings/password", {"current": "wrong", "password": "a new password 2"}, "/settings/security").status, 403)
        self.assertEqual(here.post("/settings/password", {"current": PASSWORD, "password": "12345678"}, "/settings/security").status, 400)
        self.assertEqual(here.post("/settings/password", {"current": PASSWORD, "password": "a new password 2"}, "/settings/security").status, 303)
        self.assertEqual(here.get("/settings").status, 200)
        self.assertEqual(there.get("/settings").status, 303)
        self.assertEqual(self.server.json("GET", "/auth/me", token=token)[0], 401)

    def test_sessions_are_listed_and_ended(self):
        here, there = self.browser("lister"), self.browser("lister")
        page = here.get("/settings/security").text
        self.assertEqual(page.count("Firefox on Linux"), 2)
        self.assertEqual(here.post("/settings/sessions", {"session": Fields(page).found["session"]}, "/settings/security").status, 303)
        self.assertEqual(there.get("/settings").status, 303)
        self.assertEqual(here.get("/settings").status, 200)
        self.assertEqual(here.post("/logout", {}, "/settings").status, 303)
        self.assertEqual(here.get("/settings").status, 303)

    def test_logging_out_everywhere_ends_tokens_too(self):
        token, other = self.server.token("leaver"), self.server.token("leaver")
        browser = self.browser("leaver")
        self.assertEqual(self.server.json("POST", "/auth/logout", {"everywhere": True}, token)[0], 204)
        self.assertEqual(self.server.json("GET", "/auth/me", token=other)[0], 401)
        self.assertEqual(browser.get("/settings").status, 303)

    def test_a_profile_is_changed_and_shown(self):
        browser = self.browser("shower")
        answer = browser.post("/settings/profile", {"display_name": "Sho <b>wer</b>", "summary": "Two\r\nlines", "label1": "Site", "url1": "https://a.example/"}, "/settings")
        self.assertEqual(answer.status, 303)
        page = Browser(self.server).get("/@shower").text
        self.assertIn("Sho &lt;b&gt;wer&lt;/b&gt;", page)
        self.assertIn('href="https://a.example/"', page)
        self.assertEqual(browser.post("/settings/profile", {"display_name": "x", "url1": "javascript:alert(1)"}, "/settings").status, 400)

    # -- OAuth

    def device(self, client="artdag-cli", scope="read publish"):
        status, body = self.server.form("/oauth/device_authorization", client_id=client, scope=scope)
        self.assertEqual(status, 200, body)
        return body

    def poll(self, device, client="artdag-cli"):
        return self.server.form("/oauth/token", grant_type=DEVICE, client_id=client, device_code=device["device_code"])

    def test_a_device_is_logged_in_by_a_browser(self):
        device = self.device()
        self.assertRegex(device["user_code"], r"^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$")
        self.assertEqual((device["interval"], device["verification_uri"]), (5, self.server.url + "/device"))
        self.assertEqual(self.poll(device)[1]["error"], "authorization_pending")
        self.assertEqual(self.poll(device)[1]["error"], "slow_down")
        browser = self.browser("giles")
        self.assertEqual(browser.get("/device?user_code=BBBB-BBBB").status, 404)
        page = browser.get("/device?user_code=" + device["user_code"].lower().replace("-", "")).text
        self.assertIn("May the artdag command act for you?", page)
        self.assertEqual(browser.post("/device", {"csrf": Fields(page).found["csrf"], "user_code": device["user_code"], "answer": "allow"}).status, 200)
        self.assertEqual(self.poll(device, "artdag-studio")[1]["error"], "invalid_grant", "another client's code")

    def test_tokens_of_a_device_have_their_scope_and_no_more(self):
        device = self.device(scope="read")
        browser = self.browser("reader")
        browser.post("/device", {"user_code": device["user_code"], "answer": "allow"}, "/device?user_code=" + device["user_code"])
        status, tokens = self.poll(device)
        self.assertEqual(status, 200, tokens)
        self.assertEqual((tokens["token_type"], tokens["scope"], tokens["account"]), ("Bearer", "read", f"@reader@127.0.0.1:{self.server.port}"))
        self.assertLessEqual(tokens["expires_in"], 3600)
        self.assertEqual(self.poll(device)[1]["error"], "invalid_grant", "a device code is good once")
        self.assertEqual(self.server.json("GET", "/auth/me", token=tokens["access_token"])[0], 200)
        status, body = self.server.json("POST", "/assets", {"name": "x"}, tokens["access_token"])
        self.assertEqual(status, 403)
        self.assertIn("scope 'publish'", body["detail"])
        status, body = self.server.form("/oauth/token", grant_type="refresh_token", client_id="artdag-cli", refresh_token=tokens["refresh_token"], scope="read publish")
        self.assertEqual((status, body["error"]), (400, "invalid_scope"))

    def test_a_refused_and_an_unanswered_device_are_told_so(self):
        device = self.device()
        self.browser("giles").post("/device", {"user_code": device["user_code"], "answer": "deny"}, "/device?user_code=" + device["user_code"])
        self.assertEqual(self.poll(device)[1]["error"], "access_denied")
        self.assertEqual(self.server.form("/oauth/token", grant_type=DEVICE, client_id="artdag-cli", device_code="unknown")[1]["error"], "invalid_grant")
        self.assertEqual(self.server.form("/oauth/token", grant_type="password", client_id="artdag-cli")[1]["error"], "unsupported_grant_type")
        self.assertEqual(self.server.form("/oauth/device_authorization", client_id="evil")[1]["error"], "invalid_client")
        self.assertEqual(self.server.form("/oauth/device_authorization", client_id="artdag-cli", scope="admin")[1]["error"], "invalid_scope")

    def refresh(self, token):
        return self.server.form("/oauth/token", grant_type="refresh_token", client_id="artdag-cli", refresh_token=token)

    def test_a_refresh_token_used_twice_ends_its_whole_family(self):
        device = self.device()
        self.browser("giles").post("/device", {"user_code": device["user_code"], "answer": "allow"}, "/device?user_code=" + device["user_code"])
        first = self.poll(device)[1]
        status, second = self.refresh(first["refresh_token"])
        self.assertEqual(status, 200, second)
        self.assertNotEqual(first["refresh_token"], second["refresh_token"])
        self.assertEqual(self.refresh(first["refresh_token"])[1]["error"], "invalid_grant", "a thief's copy")
        self.assertEqual(self.refresh(second["refresh_token"])[1]["error"], "invalid_grant", "and so the family has ended")

    def test_a_revoked_token_is_over(self):
        token = self.server.token("revoker")
        self.assertEqual(self.server.json("POST", "/auth/revoke", {"token": token})[0], 200)
        self.assertEqual(self.server.json("GET", "/auth/me", token=token)[0], 401)
        self.assertEqual(self.server.json("POST", "/auth/revoke", {"token": "unknown"})[0], 200, "nothing is told of unknown ones")

    def authorize(self, **changes):
        verifier = base64.urlsafe_b64encode(b"v" * 40).decode().rstrip("=")
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        asked = {"client_id": "artdag-studio", "redirect_uri": "http://127.0.0.1:5555/back", "response_type": "code", "code_challenge": challenge, "code_challenge_method": "S256", "scope": "read publish", "state": "s t"} | changes
        return verifier, asked

    def test_a_code_with_pkce_becomes_tokens_once(self):
        verifier, asked = self.authorize()
        browser = self.browser("giles")
        page = browser.get("/oauth/authorize?" + urllib.parse.urlencode(asked))
        self.assertIn("form-action 'self' http://127.0.0.1:5555;", page.getheader("Content-Security-Policy"))
        answer = browser.post("/oauth/authorize", asked | {"csrf": Fields(page.text).found["csrf"], "answer": "allow"})
        back = urllib.parse.urlsplit(answer.getheader("Location"))
        query = dict(urllib.parse.parse_qsl(back.query))
        self.assertEqual((back.netloc, back.path, query["state"], query["iss"]), ("127.0.0.1:5555", "/back", "s t", self.server.url))
        grant = {"grant_type": "authorization_code", "client_id": "artdag-studio", "redirect_uri": asked["redirect_uri"], "code": query["code"]}
        self.assertEqual(self.server.form("/oauth/token", **grant, code_verifier="w" * 43)[1]["error"], "invalid_grant")
        self.assertEqual(self.server.form("/oauth/token", **grant, code_verifier=verifier)[1]["error"], "invalid_grant", "a wrong try uses it up")
        answer = browser.post("/oauth/authorize", asked | {"csrf": Fields(page.text).found["csrf"], "answer": "allow"})
        grant["code"] = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answer.getheader("Location")).query))["code"]
        status, tokens = self.server.form("/oauth/token", **grant, code_verifier=verifier)
        self.assertEqual((status, tokens.get("scope")), (200, "read publish"), tokens)

    def test_no_redirect_leads_elsewhere(self):
        browser = self.browser("giles")
        for changes in ({"redirect_uri": "https://evil.example/"}, {"redirect_uri": "http://127.0.0.1.evil.example:80/"}, {"redirect_uri": "http://127.0.0.1:80@evil.example/"}, {"redirect_uri": "http://localhost:1/"},
                        {"code_challenge_method": "plain"}, {"response_type": "token"}, {"client_id": "evil"}, {"code_challenge": ""}):
            with self.subTest(**changes):
                self.assertEqual(browser.get("/oauth/authorize?" + urllib.parse.urlencode(self.authorize(**changes)[1])).status, 400)

    def test_the_command_logs_in_by_a_code(self):
        self.home.mkdir()
        command = subprocess.Popen([str(artdag.BIN / "artdag"), "login", self.server.url, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={"ARTDAG_HOME": str(self.home), "PATH": "/usr/bin"})
        self.addCleanup(command.stderr.close)
        self.addCleanup(command.stdout.close)
        code = None
        while not code:
            line = command.stderr.readline()
            self.assertTrue(line, "it ended without a code")
            code = re.search(r"[B-Z]{4}-[B-Z]{4}", line)
        self.browser("giles").post("/device", {"user_code": code[0], "answer": "allow"}, "/device?user_code=" + code[0])
        self.assertEqual(command.wait(timeout=30), 0)
        self.assertEqual(json.loads(command.stdout.read())["account"], f"@giles@127.0.0.1:{self.server.port}")
        self.assertEqual((self.home / "accounts.json").stat().st_mode & 0o77, 0)

    def test_only_our_own_tokens_are_taken(self):
        secret = "0123456789abcdefghijklmnopqrstuvwxyzABCD"
        server = Server("--jwt-secret", secret)
        self.addCleanup(server.stop)
        server.token("giles")
        now = int(time.time())
        right = {"iss": server.url, "aud": "artdag-l2 " + server.url, "sub": "giles", "scope": "read publish", "jti": "1", "iat": now, "nbf": now, "exp": now + 600, "epoch": 0}

        def token(header=None, key=secret, **changes):
            text = ".".join(base64.urlsafe_b64encode(json.dumps(part, separators=(",", ":")).encode()).decode().rstrip("=") for part in (header or {"alg": "HS256", "typ": "JWT"}, {k: v for k, v in (right | changes).items() if v is not None}))
            return text + "." + base64.urlsafe_b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode().rstrip("=")
        self.assertEqual(server.json("GET", "/auth/me", token=token())[0], 200)
        tampered = token().split(".")
        tampered[1] = base64.urlsafe_b64encode(json.dumps(right | {"sub": "owner"}).encode()).decode().rstrip("=")
        bad = {"none": token({"alg": "none", "typ": "JWT"}).rsplit(".", 1)[0] + ".", "none, signed": token({"alg": "none", "typ": "JWT"}), "RS256 with the HS key": token({"alg": "RS256", "typ": "JWT"}),
               "kid": token({"alg": "HS256", "typ": "JWT", "kid": "../../dev/null"}), "expired": token(exp=now - 1), "another audience": token(aud="https://l1.example"), "another issuer": token(iss="https://l2.example"),
               "tampered": ".".join(tampered), "another key": token(key="x" * 40), "nobody": token(sub="nobody"), "another epoch": token(epoch=1), "too long a life": token(exp=now + 90_000)}
        bad |= {"without " + name: token(**{name: None}) for name in ("iss", "aud", "sub", "scope", "jti", "iat", "nbf", "exp")}
        for name, text in bad.items():
            with self.subTest(name):
                self.assertEqual(server.json("GET", "/auth/me", token=text)[0], 401)
        self.assertEqual(server.json("POST", "/auth/revoke", {"token": token()})[0], 200)
        self.assertEqual(server.json("GET", "/auth/me", token=token())[0], 401, "revoked")
        self.assertEqual(server.json("GET", "/auth/me", token=token(jti="2", scope="publish"))[0], 403, "another scope")

    # -- renderers

    def attach(self, server, renderer, browser):
        """The code that a consent brings."""
        journey = {"renderer": renderer.url, "state": "s" * 20, "nonce": "n" * 20}
        page = browser.get("/renderers/attach?" + urllib.parse.urlencode(journey))
        self.assertIn(f"form-action 'self' {renderer.url};", page.getheader("Content-Security-Policy"))
        answer = browser.post("/renderers/attach", journey | {"csrf": Fields(page.text).found["csrf"]})
        self.assertEqual(answer.getheader("Referrer-Policy"), "no-referrer")
        back = answer.getheader("Location")
        self.assertTrue(back.startswith(renderer.url + "/auth?auth_token="), back)
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(back).query))["auth_token"]

    def test_a_renderer_is_attached_by_a_code_that_only_it_can_exchange(self):
        one, other, dead = Renderer(), Renderer(), Renderer()
        for renderer in (one, other):
            self.addCleanup(renderer.stop)
        dead.stop()
        server = Server("--l1-server", f"{one.url},{other.url},{dead.url}")
        self.addCleanup(server.stop)
        server.token("giles")
        browser = Browser(server)
        browser.log_in("giles")
        self.assertEqual(browser.get("/renderers/attach?renderer=https://evil.example&state=" + "s" * 20).status, 403)
        self.assertEqual(browser.get("/renderers/attach?renderer=" + one.url).getheader("Location"), f"{one.url}/auth?registry={urllib.parse.quote(server.url, safe='')}")

        def verify(speaker, **members):
            return server.json("POST", "/auth/verify", speaker.word(**members))
        journey = {"state": "s" * 20, "nonce": "n" * 20}
        for name, renderer, members in (("another renderer", other, journey), ("another state", one, journey | {"state": "x" * 20}), ("another nonce", one, journey | {"nonce": "x" * 20}), ("an unknown code", one, journey | {"code": "x"}),
                                        ("a foreign key", one, journey | {"key": ed25519.Ed25519PrivateKey.generate()}), ("an old word", one, journey | {"created": "2020-01-01T00:00:00Z"}), ("a renderer not configured", one, journey | {"renderer": "http://127.0.0.1:1"})):
            with self.subTest(name):
                self.assertEqual(verify(renderer, **({"code": self.attach(server, one, browser)} | members))[0], 403)
        code = self.attach(server, one, browser)
        status, said = verify(one, code=code, **journey)
        self.assertEqual((status, said.get("active"), said.get("user"), said.get("scope")), (200, True, "giles", "render"), said)
        self.assertLessEqual(said["expires"] - time.time(), 901)
        self.assertEqual(verify(one, code=code, **journey)[0], 403, "a code is good once")
        self.assertEqual(server.json("GET", "/auth/me", token=said["token"])[0], 401, "a renderer's token is nothing here")
        self.assertEqual(verify(other, token=said["token"])[1], {"active": False}, "nor for another renderer")
        renewed = verify(one, token=said["token"])[1]
        self.assertEqual((renewed["active"], renewed["user"]), (True, "giles"))
        self.assertIn("attached since", browser.get("/renderers").text)
        self.assertEqual(browser.post("/renderers/detach", {"renderer": one.url}, "/renderers").getheader("Location"), "/renderers?done=detached")
        path, word = one.revoked[-1]
        self.assertEqual((path, word["type"], word["user"], word["renderer"], word["registry"]), ("/auth/revoke-user", "artdag.revoke", "giles", one.url, server.url))
        self.assertEqual(word["sig"][0]["kid"], server.json("GET", "/auth/instance")[1]["kid"])
        self.assertEqual(verify(one, token=renewed["token"])[1], {"active": False})
        # A program asks for the code with its token, whose scope must allow it; what it detaches is told as well.
        token = server.token("giles")
        for name, asked, by, status in (("nobody", {"renderer": one.url} | journey, None, 401), ("another renderer", {"renderer": "https://evil.example"} | journey, token, 403), ("no nonce", {"renderer": one.url, "state": "s" * 20}, token, 400),
                                        ("a short state", {"renderer": one.url} | journey | {"state": "s"}, token, 400)):
            with self.subTest(name):
                self.assertEqual(server.json("POST", "/renderers/attach", asked, by)[0], status)
        status, said = server.json("POST", "/renderers/attach", {"renderer": one.url} | journey, token)
        self.assertEqual((status, said["expires_in"]), (201, 60), said)
        self.assertEqual(verify(one, code=said["code"], **journey)[1]["user"], "giles")
        shown = server.json("GET", "/users/giles/keys")[1]["renderers"]
        self.assertEqual(sorted((key["renderer"], key["kid"]) for key in shown), sorted([(one.url, one.kid), (other.url, other.kid)]), "those that showed their key, each once")
        self.assertEqual(server.json("POST", "/renderers/detach", {"renderer": one.url}, token), (200, {"renderer": one.url, "told": True}))
        self.assertEqual(server.json("POST", "/renderers/detach", {"renderer": one.url}, token)[0], 404)
        # Logging out tells every one; a dead one blocks nothing.
        for renderer in (one, other):
            self.assertEqual(verify(renderer, code=self.attach(server, renderer, browser), **journey)[0], 200)
        before = len(one.revoked), len(other.revoked)
        begin = time.monotonic()
        self.assertEqual(browser.post("/logout", {}, "/settings").status, 303)
        self.assertLess(time.monotonic() - begin, 8)
        self.assertEqual((len(one.revoked), len(other.revoked)), (before[0] + 1, before[1] + 1))

    # -- roles and moderation

    def test_only_who_may_sees_the_administration(self):
        for user, status in ((None, 303), ("giles", 403), ("owner", 200)):
            browser = self.browser(user)
            for path in ("/admin", "/admin/accounts", "/admin/reports", "/admin/people", "/admin/domains", "/admin/hashes", "/admin/log", "/admin/jobs", "/admin/invitations", "/admin/texts"):
                with self.subTest(user=user, path=path):
                    self.assertEqual(browser.get(path).status, status)
        self.assertEqual(self.server.json("GET", "/admin/domains.csv", token=self.owner)[0], 403, "no token administers")

    def decide(self, browser, user, **fields):
        return browser.post(f"/admin/accounts/{user}", fields)

    def test_a_suspension_ends_logins_and_can_be_appealed(self):
        owner, villain = self.browser("owner"), self.browser("villain")
        token = self.server.token("villain")
        self.assertEqual(self.decide(owner, "villain", do="suspend", reason="").status, 200, "a reason is asked")
        self.assertEqual(self.decide(owner, "villain", do="suspend", reason="Copied <works>").status, 303)
        self.assertEqual(villain.get("/settings").status, 303)
        self.assertEqual(self.server.json("GET", "/auth/me", token=token)[0], 401)
        self.assertEqual(Browser(self.server).get("/@villain").status, 410)
        page = Browser(self.server)
        answer = page.log_in("villain")
        self.assertEqual(answer.status, 403)
        self.assertIn("Copied &lt;works&gt;", answer.text)
        answer = page.post("/appeal", {"ticket": Fields(answer.text).found["ticket"], "csrf": Fields(answer.text).found["csrf"], "appeal": "They are mine"})
        self.assertIn("They are mine", answer.text)
        log = owner.get("/admin/log").text
        self.assertIn("They are mine", log)
        number = re.search(r'action="/admin/log/(\d+)"', log)[1]
        self.assertEqual(owner.post(f"/admin/log/{number}", {"answer": "accept"}, "/admin/log").status, 303)
        self.assertEqual(Browser(self.server).log_in("villain").status, 303)

    def test_roles_can_only_be_given_below_ones_own(self):
        owner = self.browser("owner")
        self.browser("mod1"), self.browser("mod2"), self.browser("plain")
        for user in ("mod1", "mod2"):
            self.assertEqual(self.decide(owner, user, do="role", role="moderator").status, 303)
        self.assertEqual(self.decide(owner, "plain", do="role", role="owner").status, 403)
        moderator = self.browser("mod1")
        token = Fields(moderator.get("/settings").text).found["csrf"]
        for user, fields, status in (("mod2", {"do": "silence", "reason": "x"}, 403), ("owner", {"do": "suspend", "reason": "x"}, 403), ("plain", {"do": "role", "role": "moderator"}, 403), ("plain", {"do": "limit", "reason": "x"}, 303)):
            with self.subTest(user=user, **fields):
                self.assertEqual(moderator.post(f"/admin/accounts/{user}", fields | {"csrf": token}).status, status)
        status, body = self.server.json("POST", "/assets", {"name": "x"}, self.server.token("plain"))
        self.assertEqual(status, 403)
        self.assertIn("limited", body["detail"])
        self.assertEqual(moderator.get("/admin/jobs").status, 403)

    def test_an_administrators_link_sets_a_password_once(self):
        owner = self.browser("owner")
        self.server.token("locked")
        link = re.search(r"/reset\?code=[\w-]+", self.decide(owner, "locked", do="reset").text)[0]
        page = Browser(self.server)
        form = page.get(link)
        self.assertEqual(form.getheader("Referrer-Policy"), "no-referrer")
        fields = Fields(form.text).found
        self.assertEqual(page.post("/reset", {"csrf": fields["csrf"], "code": fields["code"], "password": "a new password 2"}).status, 303)
        self.assertEqual(page.get(link).status, 404)
        self.assertEqual(Browser(self.server).log_in("locked", "a new password 2").status, 303)

    def test_registration_by_approval_and_by_invitation(self):
        server = Server("--registration", "approval")
        self.addCleanup(server.stop)
        server.token("owner")
        owner = Browser(server)
        owner.log_in("owner")
        newcomer = Browser(server)
        answer = newcomer.post("/register", {"user": "newcomer", "password": PASSWORD})
        self.assertIn("approved", answer.text)
        self.assertEqual(newcomer.log_in("newcomer").status, 403)
        self.assertIn("newcomer", owner.get("/admin/accounts?state=pending").text)
        self.assertEqual(owner.post("/admin/accounts/newcomer", {"do": "approve"}, "/admin/accounts?state=pending").status, 303)
        self.assertEqual(newcomer.log_in("newcomer").status, 303)
        Browser(server).post("/register", {"user": "spammer", "password": PASSWORD})
        self.assertEqual(owner.post("/admin/accounts/spammer", {"do": "reject"}, "/admin/accounts?state=pending").status, 303)
        page = owner.post("/admin/invitations", {"do": "add", "role": "member", "uses": "1", "days": "7"}).text
        link = re.search(r"/register\?invitation=([\w-]+)", page)[1]
        invited = Browser(server)
        self.assertIn("You are invited", invited.get("/register?invitation=" + link).text)
        self.assertEqual(invited.post("/register", {"user": "guest", "password": PASSWORD, "invitation": link}).status, 303)
        self.assertEqual(Browser(server).post("/register", {"user": "guest2", "password": PASSWORD, "invitation": link}).status, 403, "it was for one")
        for name in ("owner", "newcomer"):
            status, body = server.json("POST", "/auth/register", {"user": name, "password": PASSWORD})
            self.assertEqual((status, body["detail"]), (409, f"user '{name}': the name is taken"))

    def test_domain_blocks_come_and_go_in_mastodons_form(self):
        owner = self.browser("owner")
        self.assertEqual(owner.post("/admin/domains", {"do": "add", "domain": "Bad.Example.", "severity": "suspend", "comment": 'spam, "lots"'}).status, 303)
        csv = owner.get("/admin/domains.csv").text
        self.assertEqual(csv.splitlines()[0], "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate")
        self.assertIn('bad.example,suspend,false,false,"spam, ""lots""",false', csv)
        self.assertEqual(owner.post("/admin/domains", {"do": "import", "csv": "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\nworse.example,silence,True,False,\"a, b\",False\n"}).status, 303)
        self.assertIn('worse.example,silence,true,false,"a, b",false', owner.get("/admin/domains.csv").text)
        self.assertEqual(owner.post("/admin/domains", {"do": "import", "csv": 'x,"open'}).status, 400)
        self.assertEqual(owner.post("/admin/domains", {"do": "remove", "domain": "worse.example"}).status, 303)
        self.assertNotIn("worse.example,", owner.get("/admin/domains.csv").text)

    def test_texts_of_the_server_are_written_by_admins_and_escaped(self):
        owner = self.browser("owner")
        owner.post("/admin/texts", {"about": "# Hello\n<script>alert(1)</script>\n- one", "rules": "", "privacy": "", "contact": "mail us"})
        page = Browser(self.server).get("/about").text
        self.assertIn("<h2>Hello</h2>", page)
        self.assertIn("&lt;script&gt;", page)
        self.assertIn("<li>one</li>", page)
        self.assertIn("mail us", Browser(self.server).get("/contact").text)
        self.assertIn("Contact: ", self.server.call("GET", "/.well-known/security.txt").text)


if __name__ == "__main__":
    unittest.main()
