#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""packaging/nginx.conf and packaging/Caddyfile, run by nginx and Caddy in front of a server that plays artdagd's part: it hears for whom they ask, large
bodies go through as they come, and events arrive while their answer is not over. usage: in_front_test.py [BUILD]"""
import http.client
import http.server
import json
import os
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest

PACKAGING = pathlib.Path(__file__).resolve().parents[2] / "packaging"
CLIENT = "127.0.0.9"  # not the address of the proxy


class Part(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    goes_on, heard_first = threading.Event(), threading.Event()

    def do_GET(self):
        if self.path == "/events":
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"d\r\ndata: first\n\n\r\n")
            Part.goes_on.wait(20)
            self.wfile.write(b"0\r\n\r\n")
            return
        self.answer(dict((name.lower(), value) for name, value in self.headers.items()))

    def do_PUT(self):
        length, first = int(self.headers["Content-Length"]), self.rfile.read(1 << 16)
        Part.heard_first.set()
        left = length - len(first)
        while left > 0:
            left -= len(self.rfile.read(min(left, 1 << 20)))
        self.answer({"bytes": length})

    def answer(self, document):
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class InFront:
    def setUp(self):
        Part.goes_on.clear()
        Part.heard_first.clear()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="artdag-front-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem", "-out", "chain.pem", "-days", "2", "-subj", "/CN=artdag.example",
                        "-addext", "subjectAltName=DNS:artdag.example"], cwd=self.folder, check=True, capture_output=True)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Part)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.port, self.plain = free_port(), free_port()
        homes = {name: str(self.folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
        with (self.folder / "log").open("w") as log:
            proxy = subprocess.Popen(self.command(server.server_port), cwd=self.folder, stderr=log, env=os.environ | homes)
        self.addCleanup(proxy.wait)
        self.addCleanup(proxy.terminate)
        self.addCleanup(Part.goes_on.set)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            self.assertIsNone(proxy.poll(), (self.folder / "log").read_text())
            time.sleep(0.05)
        self.fail((self.folder / "log").read_text())

    def connect(self):
        """A connection as a browser elsewhere makes it: TLS for the domain."""
        context = ssl.create_default_context(cafile=self.folder / "chain.pem")
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30, source_address=(CLIENT, 0))
        connection = http.client.HTTPConnection("artdag.example", timeout=30)
        connection.sock = context.wrap_socket(plain, server_hostname="artdag.example")
        self.addCleanup(connection.close)
        return connection

    def test_it_says_for_whom_it_asks(self):
        connection = self.connect()
        connection.request("GET", "/", headers={"Forwarded": "for=192.0.2.1"})
        heard = json.load(connection.getresponse())
        self.assertEqual(heard["x-forwarded-for"].split(", ")[-1], CLIENT)
        self.assertEqual((heard["x-forwarded-proto"], heard["host"]), ("https", "artdag.example"))
        self.assertNotIn("forwarded", heard)
        self.assertRegex(heard["x-request-id"], r"^[0-9a-f-]{32,36}$")

    def test_a_large_body_goes_through_as_it_comes(self):
        connection, size = self.connect(), 60_000_000
        connection.putrequest("PUT", "/media")
        connection.putheader("Content-Length", str(size))
        connection.endheaders()
        connection.send(b"x" * (4 << 20))
        self.assertTrue(Part.heard_first.wait(20), "the body was held back")
        connection.send(b"x" * (size - (4 << 20)))
        answer = connection.getresponse()
        self.assertEqual((answer.status, json.load(answer)), (200, {"bytes": size}))

    def test_events_arrive_while_the_answer_is_not_over(self):
        connection = self.connect()
        connection.request("GET", "/events")
        answer = connection.getresponse()
        self.assertEqual(answer.readline(), b"data: first\n")
        self.assertFalse(Part.goes_on.is_set())


class Nginx(InFront, unittest.TestCase):
    def command(self, port):
        site = (PACKAGING / "nginx.conf").read_text()
        site = site.replace("127.0.0.1:8200", f"127.0.0.1:{port}").replace("/etc/letsencrypt/live/artdag.example/fullchain.pem", "chain.pem").replace("/etc/letsencrypt/live/artdag.example/privkey.pem", "key.pem")
        site = re.sub(r"listen \[::\].*\n", "", site).replace("listen 443", f"listen 127.0.0.1:{self.port}").replace("listen 80", f"listen 127.0.0.1:{self.plain}")
        places = "".join(f"{name}_temp_path {self.folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (self.folder / "nginx.conf").write_text(f"pid {self.folder}/pid;\nerror_log stderr;\ndaemon off;\n{'user root;' if os.geteuid() == 0 else ''}\nevents {{}}\nhttp {{\naccess_log off;\n{places}{site}}}\n")
        return ["nginx", "-p", self.folder, "-c", self.folder / "nginx.conf"]

    def test_plain_http_is_sent_to_tls(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=30)
        self.addCleanup(connection.close)
        connection.request("GET", "/about", headers={"Host": "artdag.example"})
        self.assertEqual(connection.getresponse().headers["Location"], "https://artdag.example/about")


class Caddy(InFront, unittest.TestCase):
    def command(self, port):
        site = (PACKAGING / "Caddyfile").read_text().replace("127.0.0.1:8200", f"127.0.0.1:{port}")
        site = site.replace("artdag.example {\n", "artdag.example {\n\ttls chain.pem key.pem\n", 1)
        (self.folder / "Caddyfile").write_text(f"{{\n\tadmin off\n\tdefault_bind 127.0.0.1\n\thttps_port {self.port}\n\thttp_port {self.plain}\n}}\n{site}")
        return ["caddy", "run", "--config", self.folder / "Caddyfile", "--adapter", "caddyfile"]


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
