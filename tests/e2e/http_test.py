#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP layer of the real `artdagd` as its host needs it: proxies, logs, limits, figures, compression."""
import gzip
import json
import re
import subprocess
import time
import unittest

import artdag
import prometheus_text
from browser import PASSWORD, Browser, Server

PAGE = {"Accept": "text/html"}


def by(address, **more):
    """Headers of a proxy on this machine that speaks for that address."""
    return {"X-Forwarded-For": address} | more


class Case(unittest.TestCase):
    settings, options = {}, ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.options, **cls.settings)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def lines(self):
        return (self.server.room / "log").read_text().splitlines()

    def line_of(self, request_id):
        """The log's line of a request: it is written after the answer, so it may take a moment."""
        for _ in range(100):
            found = [one for one in map(json.loads, self.lines()) if one.get("id") == request_id and one["event"] == "request"]
            if found:
                self.assertEqual(len(found), 1)
                return found[0]
            time.sleep(0.02)
        self.fail(f"no line of {request_id}")

    def logged(self, method="GET", path="/about", headers=None, body=None):
        answer = self.server.call(method, path, body, headers)
        return self.line_of(answer.headers["X-Request-Id"])


class Proxies(Case):
    options = ("--trusted-proxy", "127.0.0.1,10.0.0.0/8,2001:db8:1::/48")

    def test_whose_word_counts(self):
        for headers, client in (
                ({}, "127.0.0.1"),
                ({"X-Forwarded-For": "192.0.2.1"}, "192.0.2.1"),
                ({"X-Forwarded-For": "198.51.100.9, 192.0.2.1"}, "192.0.2.1"),  # what the client wrote itself stands before
                ({"X-Forwarded-For": "192.0.2.1, 10.1.2.3"}, "192.0.2.1"),  # through two of ours
                ({"X-Forwarded-For": "198.51.100.9, 192.0.2.1, 10.1.2.3, 2001:db8:1:5::7"}, "192.0.2.1"),
                ({"X-Forwarded-For": "10.9.9.9"}, "10.9.9.9"),
                ({"X-Forwarded-For": "192.0.2.1, unknown"}, "127.0.0.1"),
                ({"X-Forwarded-For": "192.0.2.1:4711"}, "192.0.2.1"),
                ({"X-Forwarded-For": "2001:db8::5"}, "2001:db8::5"),
                ({"Forwarded": 'for=198.51.100.9, for="[2001:db8::5]:4711";proto=https'}, "2001:db8::5"),
                ({"Forwarded": "for=198.51.100.9", "X-Forwarded-For": "192.0.2.1"}, "192.0.2.1"),
                ({"X-Real-IP": "192.0.2.1"}, "127.0.0.1")):
            with self.subTest(headers=headers):
                self.assertEqual(self.logged(headers=headers)["client"], client)

    def test_a_proxy_that_names_nobody_is_told_of(self):
        server = Server("--domain", "artdag.example", "--public-url", "http://artdag.example")
        self.addCleanup(server.stop)
        doctor = lambda: subprocess.run([str(artdag.BIN / "artdagd"), "doctor", "--offline", "--data", str(server.room / "data")], capture_output=True, text=True).stdout
        warnings = lambda: [one for one in map(json.loads, (server.room / "log").read_text().splitlines()) if one["event"] == "proxy"]
        for headers in ({"Host": f"127.0.0.1:{server.port}"}, {"Host": "artdag.example", "X-Forwarded-For": "192.0.2.1"}, {"Host": "artdag.example", "Forwarded": "for=192.0.2.1"}):
            self.assertEqual(server.call("GET", "/about", headers=headers).status, 200)
        self.assertEqual(warnings(), [], "a program of this machine, and proxies that name their client")
        self.assertNotIn("proxy", doctor())
        for _ in range(3):
            self.assertEqual(server.call("GET", "/about", headers={"Host": "artdag.example"}).status, 200)
        (warning,) = warnings()
        self.assertEqual((warning["level"], warning["client"]), ("warning", "127.0.0.1"))
        self.assertIn("X-Forwarded-For", warning["what"])
        self.assertRegex(doctor(), r"proxy\b.*127\.0\.0\.1 asked for others.*X-Forwarded-For")

    def test_ids_of_requests(self):
        self.assertEqual(self.server.call("GET", "/about", headers={"X-Request-Id": "edge-17.a_B"}).headers["X-Request-Id"], "edge-17.a_B")
        self.assertEqual(self.line_of("edge-17.a_B")["status"], 200)
        made = {self.server.call("GET", "/about", headers={"X-Request-Id": bad}).headers["X-Request-Id"] for bad in ("", "a b", 'x"y', "a" * 65, "é".encode("latin-1"))}
        self.assertEqual(len(made), 5)
        for one in made:
            self.assertRegex(one, r"^[0-9a-f]{16}$")
        for path in ("/nothing", "/users/nobody_here", "/auth/me"):
            self.assertEqual(self.line_of(self.server.call("GET", path).headers["X-Request-Id"])["status"], 401 if path == "/auth/me" else 404)


class Strangers(Case):
    options = ("--trusted-proxy", "10.0.0.1")

    def test_nobody_else_is_believed(self):
        for headers in (by("192.0.2.1"), {"Forwarded": "for=192.0.2.1;proto=https"}):
            line = self.logged(headers=headers | {"X-Request-Id": "mine"})
            self.assertEqual(line["client"], "127.0.0.1")
            self.assertNotEqual(line["id"], "mine")
        self.assertNotIn("Strict-Transport-Security", self.server.call("GET", "/about", headers={"X-Forwarded-Proto": "https"}).headers)

    settings = {"HSTS": "3600"}


class Logs(Case):
    def test_a_line_has_what_it_should_and_no_secret(self):
        token = self.server.token("giles")
        line = self.logged("GET", "/users/giles?key=querysecret", by("192.0.2.1", Authorization="Bearer " + token, Cookie="artdag=cookiesecret", **{"User-Agent": "agentname"}))
        self.assertEqual(set(line), {"time", "level", "event", "id", "method", "route", "status", "bytes", "ms", "client"})
        self.assertEqual([line[name] for name in ("level", "event", "method", "route", "status", "client")], ["info", "request", "GET", "/users/{user}", 200, "192.0.2.1"])
        self.assertRegex(line["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        body = self.server.call("GET", "/users/giles")
        self.assertEqual(line["bytes"], len(body.text.encode()))
        self.assertTrue(0 < line["ms"] < 5000)
        self.assertEqual(self.logged("GET", "/media/p/pathsecretpathsecret.png")["route"], "/media/p/{file}")
        self.assertEqual(self.logged("GET", "/nothing/pathsecret")["route"], "-")
        self.assertEqual(self.logged("BREW", "/about")["method"], "other")
        self.assertEqual(self.logged("HEAD", "/about")["bytes"], 0)
        self.logged("POST", "/auth/login", {"Content-Type": "application/json"}, json.dumps({"user": "giles", "password": "passwordsecret"}))
        text = "\n".join(self.lines())
        for secret in ("secret", token, PASSWORD, "agentname"):
            self.assertNotIn(secret, text)

    def test_checks_are_not_worth_a_line(self):
        identity = self.server.call("GET", "/healthz").headers["X-Request-Id"]
        self.logged()
        self.assertNotIn(identity, "\n".join(self.lines()))

    def test_what_is_no_request_has_a_line(self):
        import socket
        with socket.create_connection(("127.0.0.1", self.server.port)) as raw:
            raw.sendall(b"NO\r\n\r\n")
            answer = raw.recv(4096).decode()
        self.assertEqual(self.line_of(re.search(r"X-Request-Id: (\w+)", answer)[1])["status"], 400)


class PlainLogs(Case):
    settings = {"LOG_FORMAT": "plain"}

    def test_the_same_in_words(self):
        identity = self.server.call("GET", "/users/nobody_here", headers=by("192.0.2.1")).headers["X-Request-Id"]
        time.sleep(0.2)
        found = [line for line in self.lines() if identity in line]
        self.assertEqual(len(found), 1)
        self.assertRegex(found[0], rf"^\S+Z info request id={identity} method=GET route=/users/{{user}} status=404 bytes=\d+ ms=\d+\.\d{{3}} client=192\.0\.2\.1$")


class QuietLogs(Case):
    settings = {"LOG_LEVEL": "warning"}

    def test_nothing_is_said_of_what_goes_well(self):
        self.server.call("GET", "/users/nobody_here")
        time.sleep(0.2)
        self.assertEqual(self.lines(), [])


class Limits(Case):
    settings = {"RATE_VISITOR": "6/600", "RATE_MEMBER": "8/600", "RATE_MEDIA": "7/600", "RATE_UPLOAD": "3/600", "RATE_LOGIN": "2/600", "RATE_REGISTER": "4/600", "RATE_RESET": "5/600", "RATE_INBOX": "9/600", "METRICS_TOKEN": "figures-for-everybody"}
    address = 0

    def someone(self):
        Limits.address += 1
        return by(f"192.0.2.{Limits.address}", Accept="application/json")

    def until_refused(self, method, path, headers, body=None):
        """How many were let through, and the refusal."""
        for count in range(30):
            answer = self.server.call(method, path, body, headers)
            if answer.status == 429:
                return count, answer
        self.fail(f"{method} {path} has no limit")

    def test_each_route_by_its_own_limit(self):
        body = {"Content-Type": "application/json"}
        for method, path, limit in (("GET", "/about", 6), ("GET", "/nothing", 6), ("POST", "/oauth/token", 6), ("GET", "/media/avatars/giles.png", 7), ("POST", "/media", 3), ("PATCH", "/media/uploads/x", 3),
                                    ("POST", "/auth/login", 2), ("POST", "/login", 2), ("POST", "/device", 2), ("POST", "/auth/register", 4), ("POST", "/register", 4),
                                    ("POST", "/auth/reset", 5), ("POST", "/recover", 5), ("POST", "/recover/mail", 5), ("POST", "/settings/mail", 5), ("POST", "/reset", 5), ("POST", "/inbox", 9), ("POST", "/users/giles/inbox", 9)):
            with self.subTest(path=path):
                who = self.someone() | (body if method == "POST" else {})
                count, refusal = self.until_refused(method, path, who, None if method == "GET" else "{}")
                self.assertEqual(count, limit)
                self.assertEqual(json.loads(refusal.text)["status"], 429)
                self.assertEqual(refusal.headers["X-RateLimit-Limit"], str(limit))
                self.assertEqual(refusal.headers["X-RateLimit-Remaining"], "0")
                self.assertTrue(1 <= int(refusal.headers["Retry-After"]) < 600 / limit + 1)
                self.assertRegex(refusal.headers["X-RateLimit-Reset"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
                self.assertNotEqual(self.server.call(method, path, None if method == "GET" else "{}", self.someone() | body).status, 429)

    def test_one_kind_does_not_use_up_another(self):
        who = self.someone()
        self.until_refused("POST", "/auth/login", who | {"Content-Type": "application/json"}, "{}")
        answer = self.server.call("GET", "/about", headers=who)
        self.assertEqual((answer.status, answer.headers["X-RateLimit-Remaining"]), (200, "5"))

    def test_an_account_is_counted_wherever_it_is(self):
        token = {"Authorization": "Bearer " + self.server.token("giles")}
        for count in range(8):
            self.assertEqual(self.server.call("GET", "/auth/me", headers=self.someone() | token).status, 200, count)
        self.assertEqual(self.server.call("GET", "/auth/me", headers=self.someone() | token).status, 429)
        self.assertEqual(self.server.call("GET", "/auth/me", headers=self.someone() | {"Authorization": "Bearer " + self.server.token("ann")}).status, 200)

    def test_guessing_at_tokens_is_counted_by_address(self):
        count, _ = self.until_refused("GET", "/auth/me", self.someone() | {"Authorization": "Bearer guess"})
        self.assertEqual(count, 6)

    def test_a_network_of_ipv6_is_one_client(self):
        for last in range(6):
            self.assertEqual(self.server.call("GET", "/about", headers=by(f"2001:db8:7:7::{last + 1:x}")).status, 200)
        self.assertEqual(self.server.call("GET", "/about", headers=by("2001:db8:7:7:ffff::1")).status, 429)
        self.assertEqual(self.server.call("GET", "/about", headers=by("2001:db8:7:8::1")).status, 200)

    def test_this_machine_is_not_counted(self):
        for _ in range(20):
            answer = self.server.call("GET", "/about")
            self.assertEqual(answer.status, 200)
            self.assertNotIn("X-RateLimit-Limit", answer.headers)

    def test_a_page_says_so_to_people(self):
        _, refusal = self.until_refused("GET", "/about", self.someone() | PAGE)
        self.assertIn("text/html", refusal.headers["Content-Type"])
        values = prometheus_text.read(self.server.call("GET", "/metrics").text)
        self.assertGreater(prometheus_text.total(values, "artdag_http_limited_total", kind="visitor"), 0)


class LimitsThatEnd(Case):
    settings = {"RATE_VISITOR": "2/4", "RATE_MEDIA": "off"}

    def test_tokens_come_back(self):
        answers = [self.server.call("GET", "/about", headers=by("192.0.2.1")) for _ in range(8)]
        refusal = next(one for one in answers if one.status == 429)
        time.sleep(int(refusal.headers["Retry-After"]))
        self.assertEqual(self.server.call("GET", "/about", headers=by("192.0.2.1")).status, 200)

    def test_off_is_no_limit(self):
        for _ in range(20):
            self.assertEqual(self.server.call("GET", "/media/avatars/nobody.png", headers=by("192.0.2.2")).status, 404)


class Figures(Case):
    settings = {"METRICS_TOKEN": "figures-for-everybody"}

    def values(self, **headers):
        answer = self.server.call("GET", "/metrics", headers=headers)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
        return prometheus_text.read(answer.text)

    def test_what_is_counted(self):
        before = self.values()
        self.server.token("giles")
        for _ in range(3):
            self.server.call("GET", "/users/giles")
        self.server.call("GET", "/users/nobody_here")
        self.server.call("GET", "/nothing")
        self.server.call("POST", "/inbox", "{}", {"Content-Type": "application/activity+json"})
        self.server.call("POST", "/inbox", "{}", {"Content-Type": "text/plain"})
        after = self.values()

        def more(name, **labels):
            return prometheus_text.total(after, name, **labels) - prometheus_text.total(before, name, **labels)

        self.assertEqual(more("artdag_http_requests_total", route="/users/{user}", method="GET", status="200"), 3)
        self.assertEqual(more("artdag_http_requests_total", route="/users/{user}", status="404"), 1)
        self.assertEqual(more("artdag_http_requests_total", route="-", status="404"), 1)
        self.assertEqual(more("artdag_http_request_duration_seconds_count", route="/users/{user}"), 4)
        self.assertEqual(more("artdag_inbox_total", outcome="signature"), 1)
        self.assertEqual(more("artdag_inbox_total", outcome="malformed"), 1)
        self.assertEqual(more("artdag_http_received_bytes_total", route="/inbox"), 4)
        self.assertEqual(more("artdag_accounts"), 1)
        self.assertGreater(more("artdag_http_sent_bytes_total", route="/users/{user}"), 1000)
        self.assertGreater(more("artdag_database_waits_total"), 0)
        self.assertGreaterEqual(more("artdag_http_connections_total"), 7)
        self.assertGreaterEqual(prometheus_text.total(after, "artdag_http_connections"), 1)
        self.assertGreater(prometheus_text.total(after, "process_resident_memory_bytes"), 5e6)
        self.assertGreater(prometheus_text.total(after, "process_cpu_seconds_total"), 0)
        self.assertGreater(prometheus_text.total(after, "artdag_jobs", state="waiting"), 0)
        self.assertEqual(prometheus_text.total(after, "artdag_database_up"), 1)
        for name in ("artdag_stored_bytes", "artdag_deliveries_waiting", "artdag_database_wait_seconds_total", "artdag_disk_free_bytes", "process_open_fds", "artdag_info"):
            self.assertTrue(any(sample == name for sample, _ in after), name)

    def test_not_for_everybody(self):
        good = {"Authorization": "Bearer figures-for-everybody"}
        for headers, status in (({}, 200), (by("192.0.2.1"), 404), ({"Forwarded": "for=_hidden"}, 404), ({"Via": "1.1 edge"}, 404), ({"Host": "artdag.example"}, 404), (by("192.0.2.1", Authorization="Bearer wrong"), 404),
                                (by("192.0.2.1") | good, 200), ({"Host": "artdag.example"} | good, 200)):
            with self.subTest(headers=headers):
                self.assertEqual(self.server.call("GET", "/metrics", headers=headers).status, status)

    def test_the_reader_is_strict(self):
        head = "# HELP a_total x\n# TYPE a_total counter\n"
        prometheus_text.read(head + 'a_total{b="c\\"d"} 1\n')
        for bad in (head + "a_total 1", head + "a_total -1\n", head + "b_total 1\n", head + "a_total 1\na_total 2\n", head + 'a_total{b="c"d"} 1\n', head + 'a_total{b="1",b="2"} 1\n', head + head, head.replace("counter", "gauge") + "a_total 1\n",
                    '# HELP h x\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n', '# HELP h x\n# TYPE h histogram\nh_bucket{le="1"} 1\nh_sum 1\nh_count 1\n'):
            with self.assertRaises((AssertionError, KeyError), msg=bad):
                prometheus_text.read(bad)


class NoFigures(Case):
    settings = {"METRICS": "false"}

    def test_switched_off(self):
        self.assertEqual(self.server.call("GET", "/metrics").status, 404)


class Compression(Case):
    def raw(self, method, path, coding=None, **headers):
        import http.client
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        connection.request(method, path, headers=headers | ({"Accept-Encoding": coding} if coding is not None else {}))
        answer = connection.getresponse()
        answer.bytes = answer.read()
        connection.close()
        return answer

    def test_who_wants_it_gets_it(self):
        plain = self.raw("GET", "/openapi.json")
        self.assertNotIn("Content-Encoding", plain.headers)
        self.assertIn("Accept-Encoding", plain.headers["Vary"])
        for coding, wanted in (("gzip", True), ("gzip, deflate, br", True), ("br;q=1, gzip;q=0.5", True), ("GZIP ; Q=0.2", True), ("*", True), ("x-gzip", True), ("identity;q=0.5, gzip;q=0.5", True),
                               ("", False), ("gzip;q=0", False), ("gzip;q=0.000", False), ("*;q=0", False), ("br, deflate", False), ("gzip;q=0, *", False), ("identity, gzip;q=0.5", False), ("gzip;q=x", False), ("gzipped", False)):
            with self.subTest(coding=coding):
                answer = self.raw("GET", "/openapi.json", coding)
                self.assertEqual(answer.headers.get("Content-Encoding"), "gzip" if wanted else None)
                self.assertEqual(gzip.decompress(answer.bytes) if wanted else answer.bytes, plain.bytes)
                self.assertIn("Accept-Encoding", answer.headers["Vary"])
                self.assertEqual(int(answer.headers["Content-Length"]), len(answer.bytes))
                if wanted:
                    self.assertLess(len(answer.bytes), len(plain.bytes) / 4)
        head = self.raw("HEAD", "/openapi.json", "gzip")
        self.assertEqual(head.headers["Content-Length"], self.raw("GET", "/openapi.json", "gzip").headers["Content-Length"])

    def test_pages_for_strangers_but_none_with_a_secret(self):
        self.assertEqual(self.raw("GET", "/about", "gzip", **PAGE).headers["Content-Encoding"], "gzip")
        token = {"Authorization": "Bearer " + self.server.token("giles")}
        for path, headers in (("/login?next=/reflected", PAGE), ("/register", PAGE), ("/auth/me", token), ("/assets", token), ("/nothing?reflected", PAGE), ("/healthz", {})):
            with self.subTest(path=path):
                self.assertNotIn("Content-Encoding", self.raw("GET", path, "gzip", **headers).headers)

    def test_no_page_of_somebody_who_is_logged_in(self):
        self.server.token("bob")
        browser = Browser(self.server)
        browser.log_in("bob")
        cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}
        for path in ("/settings?next=reflected", "/about?reflected", "/"):  # each has the token of the form that logs out
            with self.subTest(path=path):
                answer = self.raw("GET", path, "gzip", **PAGE | cookie)
                self.assertIn(b"csrf", answer.bytes)
                self.assertGreater(len(answer.bytes), 1100)
                self.assertNotIn("Content-Encoding", answer.headers)

    def test_media_and_short_answers_stay(self):
        self.server.token("ann")
        for path in ("/media/avatars/ann.png", "/robots.txt"):
            answer = self.raw("GET", path, "gzip")
            self.assertEqual(answer.status, 200)
            self.assertNotIn("Content-Encoding", answer.headers)


class NoCompression(Case):
    settings = {"COMPRESSION": "false"}

    def test_switched_off(self):
        answer = self.server.call("GET", "/openapi.json", headers={"Accept-Encoding": "gzip"})
        self.assertNotIn("Content-Encoding", answer.headers)
        self.assertNotIn("Accept-Encoding", answer.headers.get("Vary", ""))


if __name__ == "__main__":
    unittest.main()
