#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail, through a mail server of another program (aiosmtpd): addresses are confirmed, forgotten passwords replaced by a link, and
nobody learns who is here."""
import asyncio
import base64
import email
import email.policy
import email.utils
import hashlib
import hmac
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import ssl
import struct
import subprocess
import tempfile
import threading
import time
import unittest

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

import artdag
from browser import PASSWORD, Browser, Fields, Server

NEW = "another good password 2"


def certificate(folder):
    """An authority and a certificate of it for localhost."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Test authority", "-days", "2", "-keyout", "authority.key", "-out", "authority.pem")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
    (folder / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "server.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context


class MailServer:
    """Keeps what it is given; can refuse an address, say `later`, and wait with its answer."""

    def __init__(self, port=0, **options):
        self.mails, self.logins, self.refused, self.later = [], [], set(), False
        self.go_on = threading.Event()
        self.go_on.set()
        self.asked = threading.Event()
        mails = self

        class Keep:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if mails.later:
                    return "451 later"
                if address in mails.refused:
                    return "550 nobody of that name"
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):
                mails.asked.set()
                while not mails.go_on.is_set():
                    await asyncio.sleep(0.05)
                mails.mails.append((envelope, session.ssl is not None))
                return "250 OK"

        def login(server, session, envelope, mechanism, data):
            good = (data.login, data.password) == (b"artdag", b"se:cret/1")
            mails.logins.append(good)
            return AuthResult(success=good)
        self.controller = Controller(Keep(), hostname="127.0.0.1", port=port or free_port(), authenticator=login, **options)
        self.controller.start()
        self.port = self.controller.port

    def stop(self):
        self.go_on.set()
        self.controller.stop()

    def wait(self, count, seconds=20):
        end = time.monotonic() + seconds
        while len(self.mails) < count and time.monotonic() < end:
            time.sleep(0.05)
        return len(self.mails) >= count

    def message(self, number=-1):
        envelope = self.mails[number][0]
        return envelope, email.message_from_bytes(envelope.content, policy=email.policy.default)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def path_in(message):
    """The path of the one link of a mail."""
    links = re.findall(r"http://127\.0\.0\.1:\d+(/\S+)", message.get_content())
    assert len(links) == 1, links
    return links[0]


class Mail(artdag.Case):
    def start(self, mail, **settings):
        server = Server(**({"SMTP_URL": f"smtp://127.0.0.1:{mail.port}"} | settings))
        self.addCleanup(lambda: server.process.poll() is None and server.stop())
        return server

    def mail_server(self, **options):
        mail = MailServer(**options)
        self.addCleanup(mail.stop)
        return mail

    def browser(self, server, user, password=PASSWORD):
        server.token(user) if password == PASSWORD else None
        browser = Browser(server)
        self.assertEqual(browser.log_in(user, password).status, 303)
        return browser

    def ask(self, browser, address, password=PASSWORD):
        return browser.post("/settings/mail", {"do": "ask", "csrf": Fields(browser.get("/settings/mail").text).found["csrf"], "address": address, "confirm": password})

    def give_address(self, server, mail, user, address):
        browser, before = self.browser(server, user), len(mail.mails)
        self.assertEqual(self.ask(browser, address).status, 303)
        self.assertTrue(mail.wait(before + 1))
        link = path_in(mail.message()[1])
        page = browser.get(link)
        self.assertEqual(browser.post("/settings/mail/confirm", {"ticket": Fields(page.text).found["ticket"]}, page=link).status, 303)
        return browser

    def forget(self, server, account):
        browser = Browser(server)
        csrf = Fields(browser.get("/recover").text).found["csrf"]
        return browser.post("/recover/mail", {"csrf": csrf, "account": account})

    def column(self, server, sql, *values):
        with sqlite3.connect(server.room / "data" / "artdagd.sqlite", timeout=20) as database:
            return database.execute(sql, values).fetchall()

    def idle(self, server, seconds=10):
        """True when no mail job waits any more."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.column(server, "SELECT count(*) FROM jobs WHERE kind LIKE 'mail-%' AND state = 'waiting'")[0][0] == 0:
                return True
            time.sleep(0.05)
        return False

    def test_an_address_counts_once_its_own_account_opened_the_link(self):
        mail = self.mail_server()
        server = self.start(mail)
        server.token("owner")
        giles = self.browser(server, "giles")
        self.assertEqual(self.ask(giles, "giles@mail.example", "not the password").status, 403)
        for bad in ("giles", "giles@", "@mail.example", "a b@mail.example", "giles@mail.example\r\nBcc: eve@mail.example", "<giles@mail.example>", "giles@mail.example,eve@mail.example", "a" * 65 + "@mail.example", "gïles@mail.example"):
            self.assertEqual(self.ask(giles, bad).status, 400, bad)
        self.assertEqual(self.ask(giles, "giles@mail.example").status, 303)
        self.assertTrue(mail.wait(1))
        envelope, message = mail.message()
        self.assertEqual((envelope.mail_from, envelope.rcpt_tos), ("artdag@127.0.0.1", ["giles@mail.example"]))
        self.assertEqual(message["To"], "<giles@mail.example>" if "<" in str(message["To"]) else "giles@mail.example")
        self.assertIn("@giles@", message["Subject"])
        self.assertEqual(message["Auto-Submitted"], "auto-generated")
        self.assertLess(abs(email.utils.parsedate_to_datetime(message["Date"]).timestamp() - time.time()), 60)
        link = path_in(message)
        self.assertEqual(self.column(server, "SELECT mail, mail_asked FROM users WHERE name = 'giles'"), [("", "giles@mail.example")])
        self.assertIn("A link was sent to", giles.get("/settings/mail").text)
        # Looking at a link, as programs that read mail do, changes nothing; nor does it work for another or when it was changed.
        self.assertEqual(Browser(server).get(link).status, 303)
        page = giles.get(link)
        self.assertEqual((page.status, page.getheader("Referrer-Policy")), (200, "no-referrer"))
        self.assertEqual(self.column(server, "SELECT mail FROM users WHERE name = 'giles'"), [("",)])
        carol = self.browser(server, "carol")
        self.assertEqual(carol.get(link).status, 404)
        self.assertEqual(giles.get(link[:-3] + "abc").status, 404)
        self.ask(carol, "giles@mail.example")
        ticket = Fields(page.text).found["ticket"]
        self.assertEqual(carol.post("/settings/mail/confirm", {"ticket": ticket}, page="/settings/mail").status, 404)
        self.assertEqual(giles.post("/settings/mail/confirm", {"ticket": ticket}, page=link).status, 303)
        self.assertEqual(self.column(server, "SELECT name, mail FROM users WHERE mail <> ''"), [("giles", "giles@mail.example")])
        self.assertIn("giles@mail.example", giles.get("/settings/mail").text)
        self.assertEqual(giles.get(link).status, 404, "a link is good once")
        for path in ("/@giles", "/users", "/users/giles"):
            self.assertNotIn("mail.example", server.call("GET", path).text)
        self.assertEqual(giles.post("/settings/mail", {"csrf": Fields(giles.get("/settings/mail").text).found["csrf"], "do": "remove", "remove_confirm": PASSWORD}).status, 303)
        self.assertEqual(self.column(server, "SELECT count(*) FROM users WHERE mail <> ''"), [(0,)])

    def test_a_link_is_over_when_another_address_was_asked_for_or_the_password_changed(self):
        mail = self.mail_server()
        server = self.start(mail)
        giles = self.browser(server, "giles")
        self.ask(giles, "old@mail.example")
        self.assertTrue(mail.wait(1))
        old = path_in(mail.message()[1])
        self.ask(giles, "new@mail.example")
        self.assertTrue(mail.wait(2))
        new = path_in(mail.message()[1])
        self.assertEqual((giles.get(old).status, giles.get(new).status), (404, 200))
        csrf = Fields(giles.get("/settings/security").text).found["csrf"]
        self.assertEqual(giles.post("/settings/password", {"csrf": csrf, "current": PASSWORD, "password": NEW}).status, 303)
        self.assertEqual(giles.get(new).status, 404)
        for number in range(4):
            self.assertEqual(self.ask(giles, f"more{number}@mail.example", NEW).status, 303 if number < 3 else 429, number)

    def test_a_forgotten_password_is_replaced_by_a_link_and_the_second_step_stays(self):
        mail = self.mail_server()
        server = self.start(mail)
        server.token("owner")
        giles = self.give_address(server, mail, "giles", "giles@mail.example")
        page = giles.get("/settings/two-step").text
        secret = Fields(page).found["secret"]
        key, step = base64.b32decode(secret + "=" * (-len(secret) % 8)), int(time.time()) // 30
        mac = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
        code = f"{(struct.unpack('>I', mac[mac[19] & 15:(mac[19] & 15) + 4])[0] & 0x7FFFFFFF) % 1000000:06}"
        self.assertEqual(giles.post("/settings/two-step", {"csrf": Fields(page).found["csrf"], "do": "on", "secret": secret, "code": code, "confirm": PASSWORD}).status, 303)
        for account in ("giles", "@giles", "GILES@mail.example"):
            before = len(mail.mails)
            self.assertEqual(self.forget(server, account).status, 303)
            self.assertTrue(mail.wait(before + 1), account)
        link = path_in(mail.message()[1])
        self.assertTrue(link.startswith("/reset?code="))
        browser = Browser(server)
        fields = Fields(browser.get(link).text).found
        self.assertEqual(browser.post("/reset", {"csrf": fields["csrf"], "code": fields["code"], "password": NEW}).status, 303)
        self.assertEqual(browser.get(link).status, 404)
        self.assertEqual(giles.get("/settings").status, 303, "every login ended")
        answer = Browser(server).log_in("giles", NEW)
        self.assertEqual(answer.status, 200)
        self.assertIn("Second step", answer.text)
        self.assertEqual(server.json("POST", "/auth/login", {"user": "giles", "password": PASSWORD})[0], 401)

    def test_who_asks_does_not_learn_who_is_here(self):
        mail = self.mail_server()
        server = self.start(mail)
        server.token("owner")
        self.give_address(server, mail, "giles", "giles@mail.example")
        server.token("carol")  # without an address
        giles = self.browser(server, "eve")
        self.ask(giles, "eve@mail.example")  # not confirmed
        self.assertTrue(mail.wait(2))
        answers = {account: self.forget(server, account) for account in ("giles", "giles@mail.example", "carol", "nobody", "nobody@mail.example", "eve", "eve@mail.example", "owner", "x" * 250)}
        self.assertEqual({(answer.status, answer.getheader("Location"), answer.text) for answer in answers.values()}, {(303, "/recover?done=mail", "")})
        self.assertTrue(self.idle(server))
        self.assertEqual([envelope.rcpt_tos for envelope, _ in mail.mails[2:]], [["giles@mail.example"]] * len(mail.mails[2:]))
        self.assertIn(len(mail.mails), (3, 4))  # two that come at once are one
        self.assertEqual(self.column(server, "SELECT DISTINCT name FROM reset_links JOIN users ON users.id = user_id"), [("giles",)])

    def test_an_account_gets_no_more_than_five_links_a_day(self):
        mail = self.mail_server()
        server = self.start(mail)
        self.give_address(server, mail, "giles", "giles@mail.example")
        for _ in range(8):
            self.forget(server, "giles")
            self.assertTrue(self.idle(server))
        self.assertEqual(len(mail.mails), 1 + 5)

    def test_what_the_mail_server_does_not_take_now_goes_later_and_once(self):
        mail = self.mail_server()
        server = self.start(mail)
        giles = self.browser(server, "giles")
        mail.later = True
        self.ask(giles, "giles@mail.example")
        for _ in range(200):
            tried = self.column(server, "SELECT tries, error FROM jobs WHERE kind = 'mail-confirmation'")
            if tried and tried[0][0] == 1:
                break
            time.sleep(0.05)
        self.assertEqual(tried[0][0], 1)
        self.assertIn("451", tried[0][1])
        self.assertNotIn("giles@mail.example", tried[0][1])
        # Killed while the mail server has it in hand: the job is in the table, and is done again when its lease is over.
        mail.later = False
        mail.go_on.clear()
        self.column(server, "UPDATE jobs SET run_at = 0 WHERE kind = 'mail-confirmation'")
        self.assertTrue(mail.asked.wait(20))
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        self.assertEqual(self.column(server, "SELECT count(*) FROM jobs WHERE kind = 'mail-confirmation' AND state = 'waiting' AND lease_until > 0"), [(1,)])
        self.column(server, "UPDATE jobs SET lease_until = 0")
        mail.go_on.set()
        time.sleep(0.3)
        before = len(mail.mails)
        server.begin()
        self.assertTrue(mail.wait(before + 1))
        self.assertTrue(self.idle(server))
        self.assertEqual(len(mail.mails), before + 1)

    def test_an_address_that_the_server_refuses_is_not_tried_for_ever(self):
        mail = self.mail_server()
        mail.refused.add("gone@mail.example")
        server = self.start(mail)
        self.ask(self.browser(server, "giles"), "gone@mail.example")
        self.assertTrue(self.idle(server))
        state, error = self.column(server, "SELECT state, error FROM jobs WHERE kind = 'mail-confirmation'")[0]
        self.assertEqual(state, "failed")
        self.assertIn("550", error)
        self.assertNotIn("gone@", error)

    def test_a_password_goes_over_tls_only(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="artdag-mail-"))
        self.addCleanup(shutil.rmtree, folder, True)
        context = certificate(folder)
        url = "artdag:se%3Acret%2F1@localhost"
        trusted = {"SMTP_AUTHORITIES": str(folder / "authority.pem"), "SMTP_FROM": "mail@artdag.example"}
        cases = [("STARTTLS", {"tls_context": context}, "smtp", trusted, True), ("TLS first", {"ssl_context": context, "auth_require_tls": False}, "smtps", trusted, True),
                 ("no STARTTLS", {"auth_require_tls": False}, "smtp", trusted, False), ("an authority that is not known", {"tls_context": context}, "smtp", {}, False)]
        for name, options, scheme, settings, goes in cases:
            with self.subTest(name):
                mail = MailServer(**options)
                server = Server(SMTP_URL=f"{scheme}://{url}:{mail.port}", **settings)
                try:
                    self.ask(self.browser(server, "giles"), "giles@mail.example")
                    if goes:
                        self.assertTrue(mail.wait(1), (server.room / "log").read_text()[-500:])
                        self.assertEqual(mail.logins, [True])
                        self.assertTrue(mail.mails[0][1] or scheme == "smtps")
                        self.assertEqual(mail.message()[0].mail_from, "mail@artdag.example")
                    else:
                        for _ in range(200):
                            tried = self.column(server, "SELECT tries FROM jobs WHERE kind = 'mail-confirmation'")
                            if tried and tried[0][0] > 0:
                                break
                            time.sleep(0.05)
                        self.assertEqual(tried, [(1,)])
                        self.assertEqual((mail.mails, mail.logins), ([], []))
                    everything = (server.room / "log").read_text() + str(self.column(server, "SELECT error FROM jobs"))
                    for secret in ("se:cret", "se%3Acret", "giles@mail.example", "ticket=ey"):
                        self.assertNotIn(secret, everything)
                finally:
                    server.stop()
                    mail.stop()

    def test_an_account_that_goes_takes_its_address_along(self):
        mail = self.mail_server()
        server = self.start(mail)
        server.token("owner")
        self.give_address(server, mail, "giles", "giles@mail.example")
        token = server.token("giles")
        export = server.call("GET", "/account/export", headers={"Authorization": "Bearer " + token})
        self.assertIn("giles@mail.example", export.text)
        self.assertLess(server.json("DELETE", "/account", {"password": PASSWORD}, token)[0], 300)
        self.assertEqual(self.column(server, "SELECT mail, mail_asked FROM users WHERE name = 'giles' OR state = 'erased'"), [("", "")])

    def test_without_a_mail_server_there_is_nothing_of_it(self):
        server = Server()
        self.addCleanup(server.stop)
        browser = self.browser(server, "giles")
        self.assertEqual(browser.get("/settings/mail").status, 404)
        self.assertNotIn("/settings/mail", browser.get("/settings").text)
        self.assertNotIn("/recover/mail", browser.get("/recover").text)
        self.assertEqual(self.forget(server, "giles").status, 404)


if __name__ == "__main__":
    unittest.main()
