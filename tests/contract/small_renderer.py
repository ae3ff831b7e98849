# SPDX-License-Identifier: GPL-3.0-or-later
"""A renderer for tests: a small HTTP server with one finished run, one that is running, and a cache. Says its port first.

usage: small_renderer.py BYTES    (the film's bytes, as text)
"""
import hashlib
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FILM = sys.argv[1].encode()
NAME = "sha3-256:" + hashlib.sha3_256(FILM).hexdigest()
LIED_ABOUT = "sha3-256:" + "ab" * 32
DONE = {
    "run_id": "run-done", "status": "completed", "content_hash": NAME, "frames_hash": "sha3-256:" + "cd" * 32, "media_type": "video/mp4",
    "provenance": {"recipe": "beat-sync", "inputs": {"footage": "sha3-256:" + "ef" * 32}, "effects": ["effect:rotate"]},
}
RUNS = {
    "run-done": DONE,
    "run-running": dict(DONE, run_id="run-running", status="running"),
    "run-malformed": {"run_id": "run-malformed", "status": "completed", "content_hash": "../../etc/passwd"},
}


class Renderer(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/runs/run-broken":
            return self.answer(500, b"{}")
        if self.path == "/runs/run-garbage":
            return self.answer(200, b"<html>no json</html>")
        if self.path == "/runs/run-huge":
            return self.answer(200, b"[" + b"1," * 2_000_000 + b"1]")
        if self.path.startswith("/runs/") and self.path[6:] in RUNS:
            return self.answer(200, json.dumps(RUNS[self.path[6:]]).encode())
        if self.path == "/cache/" + NAME[9:]:
            return self.answer(200, FILM, "video/mp4")
        if self.path == "/cache/" + LIED_ABOUT[9:]:
            return self.answer(200, b"other bytes than were asked for")
        return self.answer(404, b"{}")

    def answer(self, status, body, kind="application/json"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Renderer)
print(server.server_address[1], flush=True)
server.serve_forever()
