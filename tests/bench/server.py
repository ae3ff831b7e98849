# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of ./run bench server: what an instance answers on loopback, against what l2 asks of two cores and, for reads, against
nginx serving the same bytes as a file. Each row looks at answers while the load is on: a fast wrong answer is none."""
import base64
import contextlib
import datetime
import hashlib
import http.client
import http.server
import json
import multiprocessing
import os
import pathlib
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.request

ACTIVITY = "application/activity+json"
PASSWORD = "a long enough password 1"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Instance:
    """artdagd on a free port with one account and one work that is text: no decoder is needed for it."""

    def __init__(self, programs, folder, *flags):
        self.data = folder / "data"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = (folder / "log").open("w")
        self.process = subprocess.Popen([programs / "artdagd", "serve", "--data", self.data, "--port", str(self.port), "--domain", f"127.0.0.1:{self.port}", "--role", "l2", "--allow-loopback", "--log-level", "warning", *flags],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        assert "listening" in self.process.stdout.readline(), (folder / "log").read_text()
        self.token = self.post("/auth/register", {"user": "giles", "password": PASSWORD})["token"]

    def request(self, method, path, body=None, headers=None):
        request = urllib.request.Request(self.url + path, method=method, data=body, headers=headers or {})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

    def post(self, path, document, **headers):
        if hasattr(self, "token"):
            headers["Authorization"] = f"Bearer {self.token}"
        return json.loads(self.request("POST", path, json.dumps(document).encode(), headers | {"Content-Type": "application/json"}))

    def publish(self, name="poem"):
        text = f"{name}, of the {datetime.datetime.now()}".encode()
        held = json.loads(self.request("POST", "/media", text, {"Authorization": f"Bearer {self.token}", "Content-Type": "application/octet-stream"}))
        self.post("/assets", {"name": name, "content_hash": held["content_hash"], "asset_type": "infrastructure", "tags": ["bench"]})
        return held["content_hash"].removeprefix("sha3-256:")

    def resident(self):
        """Megabytes of the server and its children."""
        kilobytes = 0
        for status in pathlib.Path("/proc").glob("[0-9]*/status"):
            with contextlib.suppress(OSError):
                text = status.read_text()
                own = int(re.search(r"^Pid:\s+(\d+)", text, re.M)[1]) == self.process.pid
                child = int(re.search(r"^PPid:\s+(\d+)", text, re.M)[1]) == self.process.pid
                if (own or child) and (held := re.search(r"^VmRSS:\s+(\d+)", text, re.M)):
                    kilobytes += int(held[1])
        return kilobytes / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        self.log.close()
        assert code == 0, f"artdagd ended with {code}"


@contextlib.contextmanager
def instance(bench, *flags):
    with tempfile.TemporaryDirectory(prefix="artdag-bench-server-") as folder:
        one = Instance(bench.artdag_path.parent, pathlib.Path(folder), *flags)
        try:
            yield one
        finally:
            one.stop()


@contextlib.contextmanager
def nginx(body, kind):
    """The same bytes as a static file, by as many workers as there are cores."""
    with tempfile.TemporaryDirectory(prefix="artdag-bench-nginx-") as name:
        folder, port = pathlib.Path(name), free_port()
        os.chmod(folder, 0o755)
        (folder / "file").write_bytes(body)
        (folder / "conf").write_text(f"""pid {folder}/pid; daemon off; worker_processes {os.cpu_count()}; error_log stderr crit;
events {{ worker_connections 4096; }}
http {{ access_log off; default_type {kind}; keepalive_requests 1000000; server {{ listen 127.0.0.1:{port}; root {folder}; }} }}""")
        process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "conf")])
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}/file"
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_for(port):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"nothing listens on {port}")


def wrk(url, connections, seconds, *headers):
    """Requests a second and the 99th percentile in ms; anything but 2xx fails the row."""
    words = [word for header in headers for word in ("-H", header)]
    run = subprocess.run(["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency", *words, url], check=True, stdout=subprocess.PIPE, text=True)
    assert "Non-2xx" not in run.stdout and "Socket errors" not in run.stdout, run.stdout
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", run.stdout).groups()
    return float(re.search(r"Requests/sec:\s+([\d.]+)", run.stdout)[1]), float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


@contextlib.contextmanager
def looked_at(one, path, expected, *headers):
    """While the load is on, answers are fetched and compared: the same bytes each time."""
    over, wrong, looks = threading.Event(), [], [0]

    def look():
        while not over.is_set():
            body = one.request("GET", path, headers=dict(header.split(": ", 1) for header in headers))
            looks[0] += 1
            if body != expected:
                wrong.append(body[:200])
            over.wait(0.05)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    assert looks[0] > 0 and not wrong, f"{len(wrong)} of {looks[0]} answers were wrong: {wrong[:1]}"


def figure(ours, target, peer=None, smaller=False):
    """`peer` beside it, where there is one: the ratio is then ours to the peer's, else to what is asked."""
    ratio = ours / peer if peer else (target / max(ours, 1e-6) if smaller else ours / target)
    return dict(ratio=ratio, min=ratio, max=ratio, ours=ours, peer=peer or target, met=ours <= target if smaller else ours >= target)


def reads(bench, path_of, accept, peer):
    seconds = 4 if bench.quick else 10
    with instance(bench) as one:
        path = path_of(one, one.publish())
        header = f"Accept: {accept}"
        body = one.request("GET", path, headers={"Accept": accept})
        with looked_at(one, path, body, header):
            rate, _ = wrk(one.url + path, 64, seconds, header)
        if not peer:
            return figure(rate, 10_000)
        with nginx(body, accept) as url:
            return figure(rate, 10_000, wrk(url, 64, seconds)[0])


def object_reads(bench):
    return reads(bench, lambda one, content: f"/objects/{content}", ACTIVITY, True)


def webfinger_reads(bench):
    return reads(bench, lambda one, _: f"/.well-known/webfinger?resource=acct:giles@127.0.0.1:{one.port}", "application/jrd+json", False)


def asset_page(bench):
    """The 99th percentile under 200 connections."""
    with instance(bench) as one:
        one.publish()
        path = "/asset/@giles/poem"
        body = one.request("GET", path, headers={"Accept": "text/html"})
        with looked_at(one, path, body, "Accept: text/html"):
            return figure(wrk(one.url + path, 200, 4 if bench.quick else 10, "Accept: text/html")[1], 50, smaller=True)


class Stranger:
    """An actor of another server on loopback, with a key of its own and a document that anyone may fetch."""

    def __init__(self):
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import rsa
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.port = free_port()
        self.uri = f"http://127.0.0.1:{self.port}/users/carol"
        pem = self.key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
        document = json.dumps({"@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"], "id": self.uri, "type": "Person", "preferredUsername": "carol", "inbox": self.uri + "/inbox",
                               "outbox": self.uri + "/outbox", "followers": self.uri + "/followers", "publicKey": {"id": self.uri + "#main-key", "owner": self.uri, "publicKeyPem": pem}}).encode()

        class Answers(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", ACTIVITY)
                self.send_header("Content-Length", str(len(document)))
                self.end_headers()
                self.wfile.write(document)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Answers)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def signed(self, port, path, activity):
        """One request, signed as draft-cavage has it: (path, headers, body)."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import padding
        body = json.dumps(activity).encode()
        date = datetime.datetime.now(datetime.timezone.utc).strftime("%a, %d %b %Y %H:%M:%S GMT")
        digest = "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()
        text = f"(request-target): post {path}\nhost: 127.0.0.1:{port}\ndate: {date}\ndigest: {digest}"
        value = base64.b64encode(self.key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()
        headers = {"Date": date, "Digest": digest, "Content-Type": ACTIVITY, "Signature": f'keyId="{self.uri}#main-key",algorithm="rsa-sha256",headers="(request-target) host date digest",signature="{value}"'}
        return path, headers, body


def send_all(port, requests):
    """Sends over one kept connection; how many were taken."""
    connection, taken = http.client.HTTPConnection("127.0.0.1", port, timeout=60), 0
    for path, headers, body in requests:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        taken += answer.status == 202
    connection.close()
    return taken


def inbox(bench):
    """Likes, each signed for itself before the clock starts, over 16 connections of two processes; all must be counted."""
    count = 2000 if bench.quick else 10_000
    with instance(bench) as one:
        content, stranger = one.publish(), Stranger()
        make = lambda at: stranger.signed(one.port, "/inbox", {"@context": "https://www.w3.org/ns/activitystreams", "id": f"{stranger.uri}/likes/{at}", "type": "EmojiReact" if at else "Like", "actor": stranger.uri,
                                                                "object": f"{one.url}/objects/{content}"})
        requests = [make(at) for at in range(count)]
        assert send_all(one.port, requests[:1]) == 1  # the actor is known from here on
        lanes = 16
        with multiprocessing.Pool(lanes) as pool:
            start = time.perf_counter()
            taken = sum(pool.starmap(send_all, [(one.port, requests[1 + lane::lanes]) for lane in range(lanes)]))
            seconds = time.perf_counter() - start
        assert taken == count - 1, f"{taken} of {count - 1} were taken"
        likes = json.loads(one.request("GET", f"/objects/{content}/likes", headers={"Accept": ACTIVITY}))["totalItems"]
        assert likes == 1, f"{likes} likes of one person"
        stranger.server.shutdown()
        return figure(taken / seconds, 1000)


def idle_connections(bench):
    """Megabytes with 10,000 kept connections that say nothing after one request each."""
    count = 10_000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, count + 4000), hard))
    with instance(bench) as one, contextlib.ExitStack() as open_ones:
        request = f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{one.port}\r\n\r\n".encode()
        sockets = []
        for _ in range(count):
            sockets.append(open_ones.enter_context(socket.create_connection(("127.0.0.1", one.port), timeout=20)))
            sockets[-1].sendall(request)
            assert sockets[-1].recv(4096).startswith(b"HTTP/1.1 200")
        held = one.resident()
        sockets[0].sendall(request)
        assert sockets[0].recv(4096).startswith(b"HTTP/1.1 200")
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return figure(held, 200, smaller=True)


def idle_memory(bench):
    with instance(bench) as one:
        one.publish()
        return figure(one.resident(), 80, smaller=True)


def large_bodies(bench):
    """Megabytes that a gigabyte up and down adds at the most."""
    size = 1 << 30
    with instance(bench, "--max-upload", str(size)) as one:
        before, most, over = one.resident(), [0.0], threading.Event()

        def watch():
            while not over.is_set():
                most[0] = max(most[0], one.resident())
                over.wait(0.1)

        watcher = threading.Thread(target=watch)
        watcher.start()
        block, digest = os.urandom(1 << 20), hashlib.sha3_256()
        connection = http.client.HTTPConnection("127.0.0.1", one.port, timeout=120)
        connection.putrequest("POST", "/media")
        for name, value in (("Authorization", f"Bearer {one.token}"), ("Content-Length", str(size)), ("Content-Type", "application/octet-stream")):
            connection.putheader(name, value)
        connection.endheaders()
        for _ in range(size >> 20):
            connection.send(block)
            digest.update(block)
        answer = connection.getresponse()
        held = json.loads(answer.read())
        assert held.get("content_hash") == f"sha3-256:{digest.hexdigest()}", held
        connection.request("GET", f"/media/{digest.hexdigest()}", headers={"Authorization": f"Bearer {one.token}"})
        answer, back = connection.getresponse(), hashlib.sha3_256()
        while part := answer.read(1 << 20):
            back.update(part)
        over.set()
        watcher.join()
        assert back.hexdigest() == digest.hexdigest(), "the bytes that came back are others"
        return figure(most[0] - before, 64, smaller=True)


def fan_out(bench):
    """Seconds until a publication to 100,000 followers of 5,000 hosts is planned, which is when the request is answered."""
    with instance(bench) as one:
        now = int(time.time() * 1e6)
        database = sqlite3.connect(one.data / "artdagd.sqlite", timeout=60)
        with database:
            for at in range(100_000):
                host = f"h{at % 5000}.invalid"
                database.execute("INSERT INTO actors (id, uri, host, type, name, display_name, summary, url, icon, inbox, shared_inbox, followers_url, key_id, key_pem, document, fetched_at) "
                                 "VALUES (?, ?, ?, 'Person', 'a', 'a', '', '', '', ?, ?, '', '', '', '{}', ?)", (1000 + at, f"https://{host}/users/{at}", host, f"https://{host}/users/{at}/inbox", f"https://{host}/inbox", now))
                database.execute("INSERT INTO followers (user_id, actor_id, follow_uri, state, created_at) VALUES (1, ?, '', 'accepted', ?)", (1000 + at, now))
        start = time.perf_counter()
        one.publish("to-all")
        seconds = time.perf_counter() - start
        planned = database.execute("SELECT count(*) FROM deliveries WHERE created_at > ?", (now,)).fetchone()[0]
        database.close()
        assert planned > 4000, f"{planned} deliveries are planned"
        return figure(seconds, 1, smaller=True)


ROWS = {"object_reads": (object_reads, "nginx", 10_000, "a second"), "webfinger_reads": (webfinger_reads, "what is asked", 10_000, "a second"), "asset_page_p99": (asset_page, "what is allowed", 50, "ms"),
        "inbox_verified": (inbox, "what is asked", 1000, "a second"), "idle_connections": (idle_connections, "what is allowed", 200, "MB"), "idle_memory": (idle_memory, "what is allowed", 80, "MB"),
        "large_bodies": (large_bodies, "what is allowed", 64, "MB more"), "fan_out": (fan_out, "what is allowed", 1, "s")}
