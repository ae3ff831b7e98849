#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The container built on a clean Debian and started as the compose file says: not root, without privileges, on a system that it cannot write to, with secrets in
files; a registry on PostgreSQL, and a renderer. No image comes from elsewhere. usage: container_test.py BUILD"""
import contextlib
import http.client
import json
import os
import pathlib
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import yaml

import clean_root

SOURCE = pathlib.Path(__file__).resolve().parents[2]
CONTAINER = SOURCE / "packaging/container"
BUILD = pathlib.Path(sys.argv[1]).resolve() if __name__ == "__main__" else None
SETTINGS = {"ARTDAG_DOMAIN": "artdag.example", "ARTDAG_RENDERER": "render.artdag.example"}
LIMITS = ("--ulimit=nofile=4096:4096", "--ulimit=nproc=4096:4096")  # not more than this machine may give
POSTGRES = pathlib.Path("/usr/lib/postgresql/15/bin")


def filled(text):
    """What compose makes of a value: ${NAME} and ${NAME:?what is missing}."""
    return re.sub(r"\$\{(\w+)(?::\?[^}]*)?\}", lambda found: SETTINGS[found[1]], text)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def podman(*words, code=0):
    """Images and containers of the test's own, which nobody else's are mixed with. What it says. Where control groups of both versions are mounted, podman would refuse: it
    sees the second only."""
    place = BUILD / "package-test/containers"
    own = ["podman", "--root", place / "root", "--runroot", place / "run", "--storage-driver", "vfs", "--cgroup-manager", "cgroupfs"]
    command = ["unshare", "--mount", "sh", "-ec", 'mount -t cgroup2 cgroup2 /sys/fs/cgroup; exec "$@"', "sh", *own, *words]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if code is not None and done.returncode != code:
        raise AssertionError(f"podman {' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


class Cluster:
    """PostgreSQL on a port of its own."""

    def __init__(self, folder, password):
        self.user = pwd.getpwnam("postgres")
        self.folder, self.port = folder, free_port()
        (folder / "password").write_text(password)
        shutil.chown(folder, self.user.pw_uid)
        shutil.chown(folder / "password", self.user.pw_uid)
        self.run("initdb", "-D", "data", "-U", "artdag", "-A", "scram-sha-256", "--pwfile", "password", "--no-sync", "-E", "UTF8", "--locale", "C.UTF-8")
        self.run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", f"-p {self.port} -k {folder} -c listen_addresses=127.0.0.1", "start")

    def run(self, program, *words):
        subprocess.run(["setpriv", "--reuid", str(self.user.pw_uid), "--regid", str(self.user.pw_gid), "--clear-groups", POSTGRES / program, *words], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        self.run("pg_ctl", "-D", "data", "-w", "-m", "fast", "stop")


class Compose(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if os.geteuid() != 0:
            raise SystemExit("the container is built on a clean root, which only root can make: sudo ./run test package")
        cls.compose = yaml.safe_load((CONTAINER / "docker-compose.yml").read_text())
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="artdag-container-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        cls.folder.chmod(0o711)
        archive = clean_root.base(BUILD / "package-test")
        podman("import", archive, "clean-debian")
        cls.addClassCleanup(shutil.rmtree, BUILD / "package-test/containers", True)
        cls.addClassCleanup(podman, "rm", "--all", "--force", "--time", "5", code=None)
        podman("build", "--isolation", "chroot", "--network", "host", *LIMITS, "--build-arg", "BASE=clean-debian", "--tag", cls.compose["services"]["l2"]["image"], "--file", CONTAINER / "Containerfile", BUILD / "packages")
        shutil.copy(CONTAINER / "make_secrets.sh", cls.folder)
        subprocess.run([cls.folder / "make_secrets.sh"], check=True)
        word = (cls.folder / "secrets/postgres_password").read_text().strip()
        (cls.folder / "cluster").mkdir()
        cls.cluster = Cluster(cls.folder / "cluster", word)
        cls.addClassCleanup(cls.cluster.stop)
        url = cls.folder / "secrets/database_url"
        url.write_text(url.read_text().replace("postgres:5432/artdag", f"127.0.0.1:{cls.cluster.port}/postgres"))  # where PostgreSQL is in this test
        cls.ports = {name: cls.start(name) for name in ("l2", "l1")}

    @classmethod
    def start(cls, name):
        """A service as the compose file says, but on this machine's loopback. Its port."""
        service, port = cls.compose["services"][name], free_port()
        words = ["run", "--detach", "--name", name, "--network", "host", "--cgroups=disabled", *LIMITS]
        words += ["--read-only", "--read-only-tmpfs=false"] if service["read_only"] else []
        words += [f"--tmpfs={place}" for place in service["tmpfs"]] + [f"--cap-drop={one}" for one in service["cap_drop"]] + [f"--security-opt={one}" for one in service["security_opt"]]
        words += [f"--volume={volume}" for volume in service["volumes"]]
        words += [f"--volume={cls.folder}/{cls.compose['secrets'][secret]['file']}:/run/secrets/{secret}:ro" for secret in service.get("secrets", [])]
        environment = {key: filled(value) for key, value in service["environment"].items()} | {"HOST": "127.0.0.1", "PORT": str(port)}
        words += [f"--env={key}={value}" for key, value in environment.items()]
        podman(*words, service["image"], *service["command"])
        cls.wait_for(name, port)
        return port

    @classmethod
    def ask(cls, port, method, path, document=None, token=None):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request(method, path, json.dumps(document) if document else None, {"Accept": "application/json", "Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {}))
        with contextlib.closing(connection), connection.getresponse() as answer:
            return answer.status, json.load(answer)

    @classmethod
    def wait_for(cls, name, port):
        for _ in range(400):
            try:
                if cls.ask(port, "GET", "/healthz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"{name} did not answer: {podman('logs', name)}")

    def test_each_service_is_shut_in(self):
        for name, service in self.compose["services"].items():
            with self.subTest(name):
                self.assertTrue(service["read_only"] and service["cap_drop"] == ["ALL"] and "no-new-privileges" in service["security_opt"] and service["healthcheck"]["test"])
                self.assertFalse({key for key, value in service["environment"].items() if re.search("SECRET|PASSWORD|DATABASE_URL", key) and not key.endswith("_FILE")}, "a secret in the environment")
                self.assertEqual([port for port in service.get("ports", []) if not port.startswith("127.0.0.1:")], [])
        for name in self.ports:
            with self.subTest(name):
                self.assertEqual(podman("exec", name, "id", "-u"), "820")
                status = podman("exec", name, "cat", "/proc/1/status")
                self.assertRegex(status, r"CapEff:\t0+\n")
                self.assertRegex(status, r"NoNewPrivs:\t1\n")
                podman("exec", name, "touch", "/etc/written", code=1)
                podman("exec", name, "touch", "/var/lib/artdag/written")

    def test_its_health_is_asked_for(self):
        for name, port in self.ports.items():
            words = [word.replace(":8200", f":{port}") for word in self.compose["services"][name]["healthcheck"]["test"][1:]]
            podman("exec", name, *words)
            podman("exec", name, *[word.replace(f":{port}", f":{free_port()}") for word in words], code=7)

    def test_the_registry_keeps_what_it_has_in_postgresql(self):
        self.assertIn("database_url", podman("exec", "l2", "artdagd", "check-config", "--data", "/var/lib/artdag"))
        said = podman("exec", "l2", "artdagd", "user", "add", "giles", "--role", "owner", "--data", "/var/lib/artdag")
        self.assertIn("https://artdag.example/", said)
        path = "/.well-known/webfinger?resource=acct:giles@artdag.example"
        self.assertEqual(self.ask(self.ports["l2"], "GET", path)[0], 200)
        self.assertEqual(podman("exec", "l2", "sh", "-c", "ls /var/lib/artdag/*.sqlite 2>/dev/null | wc -l"), "0")
        for secret in ("database_url", "jwt_secret"):
            self.assertNotIn((self.folder / f"secrets/{secret}").read_text().strip(), podman("inspect", "l2"))
        podman("rm", "--force", "--time", "30", "l2")
        self.ports["l2"] = self.start("l2")  # another container, the same volume
        self.assertEqual(self.ask(self.ports["l2"], "GET", path)[0], 200)

    def test_the_renderer_renders(self):
        token = podman("exec", "l1", "artdagd", "l1-token", "--role", "l1", "--data", "/var/lib/artdag").splitlines()[-1]
        status, run = self.ask(self.ports["l1"], "POST", "/runs", {"recipe": clean_root.SMALL}, token)
        self.assertEqual(status, 202, run)
        for _ in range(3000):
            run = self.ask(self.ports["l1"], "GET", f"/runs/{run['run_id']}", token=token)[1]
            if run["status"] not in ("queued", "running"):
                break
            time.sleep(0.1)
        self.assertEqual(run["status"], "completed", run)

    def test_secrets_are_for_their_readers(self):
        readers = {"postgres_password": 999, "database_url": 820, "jwt_secret": 820}
        for name, reader in readers.items():
            facts = (self.folder / "secrets" / name).stat()
            self.assertEqual((facts.st_mode & 0o777, facts.st_uid), (0o600, reader), name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
