#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A registry and renderers as processes of their own: people attach, render there, and register here what came of it."""
import hashlib
import http.client
import json
import socket
import time
import unittest
import urllib.parse

import artdag
from browser import Browser, Fields, Server


def free_ports(count):
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def small(seconds, title):
    document = json.loads((artdag.SAMPLES / "spinning_cat.artdag").read_text())
    document["canvas"] |= {"width": 160, "height": 90, "duration": seconds}
    document["title"] = title
    return document


class Attached(artdag.Case):
    def setUp(self):
        super().setUp()
        ports = free_ports(4)
        registry, *self.urls = [f"http://127.0.0.1:{port}" for port in ports]
        servers = ",".join(self.urls[:2])
        self.registry = Server("--role", "l2", PORT=str(ports[0]), L1_SERVERS=servers)
        self.renderers = [Server("--role", "l1", PORT=str(port), L2_SERVERS=registry) for port in ports[1:]]  # the third names the registry, which does not name it
        for server in (self.registry, *self.renderers):
            self.addCleanup(lambda server=server: server.process.poll() is None and server.stop())
        self.token = self.registry.token("giles")
        self.person = Browser(self.registry)
        self.assertEqual(self.person.log_in("giles").status, 303)
        self.there = [Browser(server) for server in self.renderers]

    def follow(self, answer, host):
        """Where a redirect leads, which must be there."""
        self.assertEqual(answer.status, 303, answer.text[-500:])
        location = answer.getheader("Location")
        self.assertTrue(location.startswith(host + "/"), location)
        return location[len(host):]

    def begin(self, number):
        """To the renderer and back to the question; the answer to yes: where the code is carried to."""
        at = self.follow(self.person.get("/renderers/attach?renderer=" + urllib.parse.quote(self.urls[number], "")), self.urls[number])
        back = self.follow(self.there[number].get(at), self.registry.url)
        fields = Fields(self.person.get(back).text).found
        answer = self.person.post("/renderers/attach", fields)
        self.assertEqual(answer.getheader("Referrer-Policy"), "no-referrer")
        return self.follow(answer, self.urls[number])

    def attach(self, number):
        """The token of the renderer's cookie."""
        answer = self.there[number].get(self.begin(number))
        self.assertEqual(self.follow_plain(answer), "/ui")
        cookie = next(value for name, value in answer.getheaders() if name.lower() == "set-cookie" and "_state=" not in value)
        self.assertIn("HttpOnly", cookie)
        return cookie.split(";")[0].split("=", 1)[1]

    def follow_plain(self, answer):
        self.assertEqual(answer.status, 303, answer.text[-500:])
        return answer.getheader("Location")

    def attached(self):
        status, body = self.registry.json("GET", "/renderers", token=self.token)
        self.assertEqual(status, 200)
        return [one["url"] for one in body["renderers"] if one["attached_at"]]

    def rendered(self, number, document, token):
        status, run = self.renderers[number].json("POST", "/runs", {"recipe": document}, token)
        self.assertIn(status, (200, 202), run)
        end = time.monotonic() + 120
        while time.monotonic() < end:
            run = self.renderers[number].json("GET", "/runs/" + run["run_id"], token=token)[1]
            if run["status"] in ("completed", "cached", "failed"):
                break
            time.sleep(0.1)
        self.assertIn(run["status"], ("completed", "cached"), run)
        return run

    def media(self, server, path, token=None):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body

    def test_what_was_rendered_where_one_is_attached_is_registered(self):
        there = self.attach(0)
        self.assertEqual(self.attached(), [self.urls[0]])
        run = self.rendered(0, small(0.5, "Spun there"), there)
        document = {"run_id": run["run_id"], "l1_server": self.urls[0], "output_name": "spun-there"}
        with self.subTest("a stranger at the renderer learns nothing"):
            self.assertEqual(self.registry.json("POST", "/assets/record-run", document, self.token)[0], 404)
            self.assertEqual(self.registry.json("GET", "/assets/@giles/spun-there")[0], 404)
        with self.subTest("record-run"):
            status, asset = self.registry.json("POST", "/assets/record-run", document | {"l1_token": there}, self.token)
            self.assertEqual(status, 201, asset)
            self.assertEqual((asset["content_hash"], asset["frames_hash"], asset["asset_type"]), (run["content_hash"], run["frames_hash"], "video"))
            self.assertEqual((asset["provenance"]["run_id"], asset["provenance"]["l1_server"]), (run["run_id"], self.urls[0]))
            self.assertEqual(self.registry.json("GET", "/assets/by-run-id/" + run["run_id"])[1]["name"], "spun-there")
        other = self.rendered(0, small(0.4, "Another"), there)
        with self.subTest("publish-cache"):
            document = {"content_hash": other["content_hash"], "l1_server": self.urls[0], "l1_token": there, "name": "another", "asset_type": "video"}
            status, asset = self.registry.json("POST", "/assets/publish-cache", document, self.token)
            self.assertEqual(status, 201, asset)
            path = other["content_hash"].split(":")[1]
            here, film = self.media(self.registry, "/media/" + path + ".mp4")
            self.assertEqual(here, 200)
            self.assertEqual(hashlib.sha3_256(film).hexdigest(), path)
            self.assertEqual(self.media(self.renderers[0], "/cache/" + path, there), (200, film))
        with self.subTest("a renderer that nobody named"):
            for path, body in (("record-run", {"run_id": "elsewhere", "output_name": "x"}), ("publish-cache", {"content_hash": "sha3-256:" + "5" * 64, "name": "x", "asset_type": "video"})):
                self.assertEqual(self.registry.json("POST", "/assets/" + path, body | {"l1_server": self.urls[2]}, self.token)[0], 403)
            self.assertEqual(self.person.get("/renderers/attach?renderer=" + urllib.parse.quote(self.urls[2], "")).status, 403)
        with self.subTest("a renderer that is down"):
            self.renderers[0].stop()
            status, _ = self.registry.json("POST", "/assets/record-run", {"run_id": "later", "l1_server": self.urls[0], "l1_token": there, "output_name": "later"}, self.token)
            self.assertEqual(status, 502)
            self.assertEqual(self.registry.json("GET", "/assets/@giles/later")[0], 404)

    def test_a_code_is_good_for_one_renderer_and_one_journey(self):
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(self.begin(0)).query)
        own = self.follow(self.person.get("/renderers/attach?renderer=" + urllib.parse.quote(self.urls[1], "")), self.urls[1])
        state = urllib.parse.parse_qs(urllib.parse.urlsplit(self.follow(self.there[1].get(own), self.registry.url)).query)["state"][0]
        stolen = self.there[1].get(f"/auth?auth_token={code['auth_token'][0]}&state={state}")
        self.assertIn(stolen.status, (403, 502))
        self.assertIsNone(stolen.getheader("Set-Cookie") if "_state" not in (stolen.getheader("Set-Cookie") or "") else None)
        self.assertEqual(self.attached(), [])
        # It was used up by that: who shows a code to another has lost it.
        self.assertIn(self.there[0].get(f"/auth?auth_token={code['auth_token'][0]}&state={code['state'][0]}").status, (403, 502))
        self.assertEqual(self.attached(), [])
        # And the browser in which another journey began takes none of ours.
        again = self.begin(0)
        self.assertEqual(Browser(self.renderers[0]).get(again).status, 403)
        self.assertEqual(self.there[0].get(again).status, 303)
        self.assertIn(self.there[0].get(again).status, (403, 502))
        self.assertEqual(self.attached(), [self.urls[0]])

    def test_a_logout_ends_it_at_every_renderer_and_a_dead_one_delays_nobody(self):
        tokens = [self.attach(0), self.attach(1)]
        self.assertEqual(sorted(self.attached()), sorted(self.urls[:2]))
        for number, token in enumerate(tokens):
            self.assertEqual(self.renderers[number].json("GET", "/runs", token=token)[0], 200)
        self.renderers[1].stop()
        begin = time.monotonic()
        self.assertEqual(self.person.post("/logout", {}).status, 303)
        self.assertLess(time.monotonic() - begin, 10)
        end = time.monotonic() + 20
        while self.renderers[0].json("GET", "/runs", token=tokens[0])[0] != 401 and time.monotonic() < end:
            time.sleep(0.05)
        self.assertEqual(self.renderers[0].json("GET", "/runs", token=tokens[0])[0], 401)

    def test_detaching_ends_it_there(self):
        token = self.attach(0)
        self.assertEqual(self.person.post("/renderers/detach", {"renderer": self.urls[0]}, page="/renderers").status, 303)
        self.assertEqual(self.attached(), [])
        self.assertEqual(self.renderers[0].json("GET", "/runs", token=token)[0], 401)
        self.assertEqual(self.registry.json("GET", "/renderers", token="x")[0], 401)


if __name__ == "__main__":
    unittest.main()
