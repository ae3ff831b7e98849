#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`artdagd` as a service: its own TLS, certificates that change under it, systemd's sockets and datagrams, stopping in order."""
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import unittest

import artdag
from browser import PASSWORD, Server


def openssl(*arguments, folder):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def make_certificate(folder, name, days=30, host="127.0.0.1"):
    """NAME.pem and NAME.key, signed by itself."""
    kind = "IP" if host[0].isdigit() else "DNS"
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", str(days), "-subj", f"/CN={name}", "-addext", f"subjectAltName={kind}:{host}", folder=folder)
    (folder / f"{name}.key").chmod(0o600)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="artdag-hosting-"))
        self.addCleanup(shutil.rmtree, self.folder, True)

    def serve(self, *options, **settings):
        server = Server(*options, **settings)
        self.addCleanup(server.stop)
        return server


class Tls(Folder):
    def setUp(self):
        super().setUp()
        make_certificate(self.folder, "first")
        make_certificate(self.folder, "second")
        for end in ("pem", "key"):
            shutil.copy(self.folder / f"first.{end}", self.folder / f"now.{end}")
        self.server = self.serve("--tls-certificate", str(self.folder / "now.pem"), "--tls-key", str(self.folder / "now.key"), HSTS="31536000")

    def connect(self, *names, context=None):
        """A connection that trusts only these certificates."""
        if context is None:
            context = ssl.create_default_context()
            for name in names:
                context.load_verify_locations(self.folder / f"{name}.pem")
        connection = http.client.HTTPSConnection("127.0.0.1", self.server.port, timeout=30, context=context)
        self.addCleanup(connection.close)
        return connection

    def get(self, connection, path="/about", **headers):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.bytes = answer.read()
        return answer

    def replace(self, name):
        for end in ("pem", "key"):
            shutil.copy(self.folder / f"{name}.{end}", self.folder / f"now.{end}")

    def reload(self, word):
        """SIGHUP, and the log says `word`."""
        before = (self.server.room / "log").read_text().count(word)
        self.server.process.send_signal(signal.SIGHUP)
        for _ in range(200):
            if (self.server.room / "log").read_text().count(word) > before:
                return
            time.sleep(0.02)
        self.fail((self.server.room / "log").read_text())

    def test_pages_and_their_headers(self):
        self.assertTrue(self.server.url.startswith("https://"))
        connection = self.connect("first")
        for path in ("/about", "/nothing", "/healthz"):
            self.assertEqual(self.get(connection, path).headers["Strict-Transport-Security"], "max-age=31536000")
        links = json.loads(self.get(connection, "/.well-known/nodeinfo").bytes)["links"]
        self.assertTrue(links[0]["href"].startswith(f"https://127.0.0.1:{self.server.port}/"))

    def test_uploads_and_large_answers(self):
        connection = self.connect("first")
        connection.request("POST", "/auth/register", json.dumps({"user": "giles", "password": PASSWORD}), {"Content-Type": "application/json"})
        token = {"Authorization": "Bearer " + json.loads(connection.getresponse().read())["token"]}
        body = os.urandom(3_000_001)
        connection.request("POST", "/media", body, token | {"Content-Type": "application/octet-stream"})
        media = json.loads(connection.getresponse().read())
        self.assertEqual(self.get(connection, "/media/" + media["content_hash"], **token).bytes, body)
        self.assertEqual(self.get(connection, "/media/" + media["content_hash"], Range="bytes=2999999-", **token).bytes, body[-2:])

    def test_only_new_protocols(self):
        for version, good in ((ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_3, True)):
            context = ssl.create_default_context(cafile=self.folder / "first.pem")
            context.set_ciphers("DEFAULT@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.TLSv1_1
            context.maximum_version = version
            context.set_alpn_protocols(["h2", "http/1.1"])
            with self.subTest(version=version):
                try:
                    connection = self.connect(context=context)
                    self.assertEqual(self.get(connection).status, 200)
                    self.assertEqual(connection.sock and connection.sock.selected_alpn_protocol(), "http/1.1")
                    self.assertTrue(good)
                except ssl.SSLError:
                    self.assertFalse(good)

    def test_a_new_certificate_without_a_dropped_connection(self):
        old = self.connect("first")
        self.assertEqual(self.get(old).status, 200)
        half = self.connect("first")
        half.putrequest("POST", "/auth/login")
        half.putheader("Content-Length", "30")
        half.endheaders()
        half.send(b'{"user":"a",')
        self.replace("second")
        self.reload("certificate " + str(self.folder / "now.pem"))
        self.assertEqual(self.get(self.connect("second")).status, 200)
        with self.assertRaises(ssl.SSLCertVerificationError):
            self.get(self.connect("first"))
        self.assertEqual(self.get(old).status, 200)
        half.send(b'"password":"bcdefg"}'[:18])
        self.assertIn(half.getresponse().status, (400, 401))

    def test_a_bad_one_is_not_taken(self):
        shutil.copy(self.folder / "second.pem", self.folder / "now.pem")  # of which now.key is not the key
        self.reload("belongs to another certificate")
        self.assertEqual(self.get(self.connect("first")).status, 200)

    def test_what_speaks_no_tls_is_cut_and_nobody_else(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as raw:
            raw.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            self.assertNotIn(b"200", raw.recv(4096))
        self.assertEqual(self.get(self.connect("first")).status, 200)


class Redirection(Folder):
    """The port that leads from http to https."""

    def setUp(self):
        super().setUp()
        make_certificate(self.folder, "mine", host="artdag.example")
        self.port = free_port()
        self.server = self.serve("--domain", "artdag.example", "--tls-certificate", str(self.folder / "mine.pem"), "--tls-key", str(self.folder / "mine.key"), REDIRECT_PORT=str(self.port))

    def say(self, text, port=None):
        """All that comes back for these bytes."""
        with socket.create_connection(("127.0.0.1", port or self.port), timeout=20) as plain:
            plain.sendall(text.encode())
            answer = b""
            with contextlib.suppress(ConnectionResetError):
                while part := plain.recv(4096):
                    answer += part
        return answer.decode()

    def test_every_path_is_led_to_https_and_nothing_is_served(self):
        for line, status, target in (("GET / HTTP/1.1", "301", "/"), ("HEAD /@giles?a=b%20c HTTP/1.1", "301", "/@giles?a=b%20c"), ("GET //evil.example/x HTTP/1.0", "301", "//evil.example/x"), ("POST /inbox HTTP/1.1", "308", "/inbox")):
            with self.subTest(line=line):
                answer = self.say(f"{line}\r\nHost: evil.example\r\nContent-Length: 5\r\n\r\nabcde")
                self.assertTrue(answer.startswith(f"HTTP/1.1 {status} "), answer)
                self.assertIn(f"\r\nLocation: https://artdag.example{target}\r\n", answer)
                self.assertTrue(answer.endswith("\r\nConnection: close\r\n\r\n"), answer)
        self.assertNotIn("/inbox", (self.server.room / "log").read_text())

    def test_what_is_no_path_of_ours_is_refused(self):
        for line in ("GET http://evil.example/ HTTP/1.1", "OPTIONS * HTTP/1.1", "GET /a\tb HTTP/1.1", "GET /a\nSet-Cookie:x HTTP/1.1", "GET /", "nonsense", "GET /ü HTTP/1.1"):
            with self.subTest(line=line):
                answer = self.say(f"{line}\r\nHost: artdag.example\r\n\r\n")
                self.assertTrue(answer.startswith("HTTP/1.1 400 "), answer)
                self.assertNotIn("Location", answer)

    def test_who_says_nothing_or_too_much_is_cut_and_nobody_else(self):
        began = time.monotonic()
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as silent:
            silent.sendall(b"GET / HTTP/1.1\r\n")
            self.assertEqual(self.say("GET /" + "x" * 20_000), "")
            self.assertIn("301", self.say("GET / HTTP/1.1\r\n\r\n"))
            self.assertEqual(silent.recv(4096), b"")
        self.assertLess(time.monotonic() - began, 15)

    def test_it_goes_with_tls_of_our_own_only(self):
        ran = subprocess.run([str(artdag.BIN / "artdagd"), "serve", "--data", str(self.folder / "other"), "--port", "0", "--redirect-port", str(free_port())], capture_output=True, text=True, timeout=60)
        self.assertEqual(ran.returncode, 2, ran.stderr)
        self.assertIn("the proxy must do it", ran.stderr)


class Configuration(Folder):
    def check(self, **settings):
        ran = subprocess.run([str(artdag.BIN / "artdagd"), "check-config", "--data", str(self.folder)], env=os.environ | settings, capture_output=True, text=True)
        return ran.returncode, ran.stdout

    def test_bad_certificates_are_told(self):
        make_certificate(self.folder, "good", host="artdag.example")
        make_certificate(self.folder, "other", host="artdag.example")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "old.key", "-out", "old.csr", "-subj", "/CN=artdag.example", folder=self.folder)
        openssl("x509", "-req", "-in", "old.csr", "-signkey", "old.key", "-days", "-1", "-out", "old.pem", folder=self.folder)
        (self.folder / "old.key").chmod(0o600)
        shutil.copy(self.folder / "good.key", self.folder / "open.key")
        (self.folder / "open.key").chmod(0o644)
        (self.folder / "text.pem").write_text("no certificate\n")
        for certificate, key, domain, words in (("good.pem", "good.key", "artdag.example", "Nothing is wrong"), ("good.pem", "good.key", "other.example", "not for other.example"), ("good.pem", "other.key", "artdag.example", "belongs to another certificate"),
                                                ("old.pem", "old.key", "artdag.example", "it is over"), ("good.pem", "open.key", "artdag.example", "0600"), ("text.pem", "good.key", "artdag.example", "no certificate in PEM"),
                                                ("missing.pem", "good.key", "artdag.example", "cannot be read"), ("good.pem", "", "artdag.example", "belong together"), ("good.pem", "text.pem", "artdag.example", "no key in PEM")):
            with self.subTest(certificate=certificate, key=key):
                if key == "text.pem":
                    (self.folder / key).chmod(0o600)
                code, told = self.check(ARTDAG_DOMAIN=domain, TLS_CERTIFICATE=str(self.folder / certificate), TLS_KEY=str(self.folder / key) if key else "")
                self.assertIn(words, told)
                self.assertEqual(code, 0 if words.startswith("Nothing") else 2)

    def test_settings_that_are_wrong(self):
        for name, value in (("TRUSTED_PROXIES", "10.0.0.0/33"), ("TRUSTED_PROXIES", "proxy.example"), ("RATE_LOGIN", "5"), ("RATE_LOGIN", "0/5"), ("LOG_LEVEL", "loud"), ("LOG_FORMAT", "xml"), ("HSTS", "-1"), ("METRICS_TOKEN", "short"), ("COMPRESSION", "yes")):
            with self.subTest(name=name):
                code, told = self.check(**{name: value})
                self.assertEqual(code, 2)
                self.assertIn("! ", told)
        self.assertEqual(self.check(RATE_LOGIN="off", TRUSTED_PROXIES="10.0.0.0/8, 2001:db8::/32", LOG_FORMAT="plain")[0], 0)


class Service(Folder):
    """What systemd does, done by hand."""

    def setUp(self):
        super().setUp()
        self.notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.notices.close)
        self.notices.settimeout(20)
        self.notices.bind(str(self.folder / "notify"))

    def notice(self):
        return self.notices.recv(4096).decode()

    def test_it_tells_how_it_is(self):
        make_certificate(self.folder, "own")
        server = Server("--tls-certificate", str(self.folder / "own.pem"), "--tls-key", str(self.folder / "own.key"), NOTIFY_SOCKET=str(self.folder / "notify"), WATCHDOG_USEC="400000")
        self.assertEqual(self.notice(), "READY=1")
        began = time.monotonic()
        self.assertEqual([self.notice() for _ in range(6)], ["WATCHDOG=1"] * 6)
        self.assertTrue(0.6 < time.monotonic() - began < 5)
        server.process.send_signal(signal.SIGHUP)
        told = [self.notice() for _ in range(4)]
        self.assertIn("RELOADING=1", told)
        self.assertIn("READY=1", told)
        server.stop()
        rest = []
        self.notices.settimeout(0.2)
        with self.assertRaises(TimeoutError):
            while True:
                rest.append(self.notice())
        self.assertEqual(rest[-1], "STOPPING=1")

    def test_an_abstract_name(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
            notices.settimeout(20)
            notices.bind(f"\0artdag-{os.getpid()}")
            self.serve(NOTIFY_SOCKET=f"@artdag-{os.getpid()}")
            self.assertEqual(notices.recv(100), b"READY=1")

    def test_a_watchdog_of_another_process_is_not_fed(self):
        self.serve(NOTIFY_SOCKET=str(self.folder / "notify"), WATCHDOG_USEC="100000", WATCHDOG_PID="1")
        self.assertEqual(self.notice(), "READY=1")
        self.notices.settimeout(0.5)
        with self.assertRaises(TimeoutError):
            self.notice()

    def test_sockets_that_are_open_already(self):
        with socket.create_server(("127.0.0.1", 0)) as first, socket.create_server(("127.0.0.1", 0)) as second:
            ports = [one.getsockname()[1] for one in (first, second)]
            early = http.client.HTTPConnection("127.0.0.1", ports[1], timeout=30)
            early.request("GET", "/healthz")  # before there is a server at all
            given = [os.dup(one.fileno()) for one in (first, second)]
            command = f'exec 3<&{given[0]} 4<&{given[1]}; export LISTEN_PID=$$ LISTEN_FDS=2; exec "$@"'
            process = subprocess.Popen(["bash", "-c", command, "bash", str(artdag.BIN / "artdagd"), "serve", "--data", str(self.folder / "data"), "--allow-loopback"], pass_fds=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            self.assertIn(f":{ports[0]}", process.stdout.readline())
            self.assertEqual(early.getresponse().status, 200)
            for port in ports:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
                connection.request("GET", "/healthz")
                self.assertEqual(connection.getresponse().status, 200)
            process.terminate()
            self.assertEqual(process.wait(20), 0)
            process.stdout.close()
            waiting = http.client.HTTPConnection("127.0.0.1", ports[0], timeout=1)
            waiting.connect()  # the socket is still open: who comes now waits for the next server
            for one in given:
                os.close(one)

    def test_what_is_under_way_is_finished(self):
        server = Server()
        token = server.token("giles")
        body = os.urandom(200_000)
        slow = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        slow.putrequest("POST", "/media")
        for name, value in (("Authorization", "Bearer " + token), ("Content-Length", str(len(body)))):
            slow.putheader(name, value)
        slow.endheaders()
        slow.send(body[:100_000])
        idle = socket.create_connection(("127.0.0.1", server.port))
        time.sleep(0.3)
        server.process.terminate()
        time.sleep(0.3)
        self.assertEqual(idle.recv(100), b"")
        with self.assertRaises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", server.port))
        slow.send(body[100_000:])
        answer = slow.getresponse()
        self.assertEqual(answer.status, 201)
        self.assertEqual(answer.headers["Connection"], "close")
        self.assertEqual(json.loads(answer.read())["size"], len(body))
        idle.close()
        server.stop()


if __name__ == "__main__":
    unittest.main()
