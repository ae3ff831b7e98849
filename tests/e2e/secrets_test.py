#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The private numbers of keys are looked for wherever the story leaves something: on the disks of the artist and of both servers, in logs, arguments,
environment and system calls, and in what a crash writes. First each search must find them where they were planted."""
import base64
import hashlib
import os
import pathlib
import resource
import signal
import subprocess
import sys
import unittest
import unittest.mock

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key

import artdag
from story_world import World, on

PASSPHRASE = b"correct horse"


def private_numbers(file):
    """Of a key file, opened as docs/formats/identity.md says."""
    sealed = file.read_bytes()
    secret = hashlib.scrypt(PASSPHRASE, salt=sealed[16:32], n=1 << sealed[13], r=sealed[14], p=sealed[15], maxmem=1 << 28, dklen=32)
    key = load_der_private_key(AESGCM(secret).decrypt(sealed[32:44], sealed[44:], sealed[:44]), None)
    if isinstance(key, rsa.RSAPrivateKey):
        numbers = key.private_numbers()
        return {name: value.to_bytes((value.bit_length() + 7) // 8, "big") for name, value in (("d", numbers.d), ("p", numbers.p), ("q", numbers.q), ("dmp1", numbers.dmp1), ("dmq1", numbers.dmq1), ("iqmp", numbers.iqmp))}
    return {"seed": key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())}


def forms(number):
    """As it lies in files, in the memory of big numbers (least first), in texts, and within longer base64, which PEM is."""
    yield from ((b"raw", number), (b"reversed", number[::-1]), (b"hex", number.hex().encode()), (b"HEX", number.hex().upper().encode()))
    for offset in range(3):
        longer = bytes(offset) + number
        inner = base64.b64encode(longer)[(offset * 8 + 5) // 6:len(longer) * 8 // 6]
        yield b"base64+%d" % offset, inner
        yield b"base64url+%d" % offset, inner.translate(bytes.maketrans(b"+/", b"-_"))


class Secrets(artdag.Case):
    def found(self, *haystacks):
        """Which numbers, in which form. Lines are put together, as base64 is broken into them."""
        straight = [hay.replace(b"\r", b"").replace(b"\n", b"") for hay in haystacks]
        return {(number, form) for number, needles in self.needles.items() for form, needle in needles for hay in (*haystacks, *straight) if needle in hay}

    def on_disk(self, folder):
        return self.found(*(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink()))

    def traced(self, log):
        """What system calls were told: strace writes each byte as \\xNN."""
        return self.found(*(bytes.fromhex(part.decode()) for part in (one.replace(b"\\x", b"") for one in log.read_bytes().split(b'"')) if part and len(part) % 2 == 0 and not part.strip(b"0123456789abcdef")))

    def strace(self, log):
        return ["strace", "-f", "-v", "-xx", "-s", str(1 << 23), "-o", str(log), "-e", "trace=%network,%file,%process,write,writev,pwrite64,pwritev"]

    def crashes(self, words, **options):
        """Whether a core was dumped by a process that may, when it is aborted."""
        process = subprocess.Popen(words, preexec_fn=unlimited, stderr=subprocess.DEVNULL, **options)
        os.kill(process.pid, signal.SIGABRT)
        _, status = os.waitpid(process.pid, 0)
        process.wait()  # it is told that somebody else did
        return os.WCOREDUMP(status)

    def test_they_are_nowhere(self):
        with unittest.mock.patch.object(World, "log_level", "debug"):
            world = World(self)
        world.register()
        world.follow()
        world.log_in()
        log = self.folder / "calls"
        world.before = self.strace(log)
        calls = set()

        def do(*arguments):
            answer = world.do(*arguments)
            calls.add(log.read_bytes())
            return answer
        do("keys", "make")
        do("keys", "make", "heavy", "--algorithm", "rsa")
        self.needles = {name: [*forms(number)] for key in ("default", "heavy") for name, number in private_numbers(world.home / "keys" / f"{key}.key").items()}
        self.assertEqual(len(self.needles), 7)

        with self.subTest("each search finds what is planted"):
            planted = self.folder / "planted"
            planted.mkdir()
            for name, needles in self.needles.items():
                for form, needle in needles:
                    (planted / "file").write_bytes(b"before" + needle[:20] + b"\n" + needle[20:] + b"after" if form.startswith(b"base64") else b"before" + needle + b"after")
                    self.assertIn((name, form), self.on_disk(planted))
            seed = self.needles["seed"][0][1]
            subprocess.run([*self.strace(self.folder / "planted calls"), sys.executable, "-c", "import os, sys; os.write(1, bytes.fromhex(sys.argv[1]))", seed.hex()], stdout=subprocess.DEVNULL, check=True)
            self.assertEqual(self.traced(self.folder / "planted calls"), {("seed", b"raw"), ("seed", b"hex")}, "what is written, and an argument")
            self.assertTrue(self.crashes(["sleep", "60"], cwd=self.folder), "this machine writes no cores: ulimit -c, kernel.core_pattern")

        do("attach", world.near_l1.url)
        do("render", world.recipe("There", seed=5), "--on", world.near_l1.url, "-o", world.home / "there.mp4")
        film = world.home / "grain.mp4"
        do("render", world.recipe("Grain"), "--key", "heavy", "-o", film)
        do("keys", "show")
        do("keys", "certificate", "heavy")
        do("publish", film, "--title", "Grain", "--alt", "Grain over a gradient", "--key", "heavy")
        os.environ["ARTDAG_BACKUP_PASSPHRASE"] = "for the copy"
        self.addCleanup(os.environ.pop, "ARTDAG_BACKUP_PASSPHRASE")
        do("keys", "backup", "--to", self.folder / "stick")
        do("keys", "restore", self.folder / "stick" / "default.key", "--as", "again")
        do("keys", "rotate")

        with self.subTest("system calls, with arguments and environment of all processes"):
            self.assertGreater(sum(map(len, calls)), 1 << 20)
            for one in calls:
                log.write_bytes(one)
                self.assertEqual(self.traced(log), set())

        world.before = []
        self.needles |= {name + " of the new key": [*forms(number)] for name, number in private_numbers(world.home / "keys" / "default.key").items()}
        other = world.home / "other.mp4"
        world.do("render", world.recipe("Other", seed=3), "--key", "default", "-o", other)
        with self.subTest("memory has them while a claim is signed; a crash then writes none of it"):
            seen = {}

            def crash():
                pid = publishing.pid
                seen["process"] = self.found(pathlib.Path(f"/proc/{pid}/environ").read_bytes(), pathlib.Path(f"/proc/{pid}/cmdline").read_bytes())
                subprocess.run(["gcore", "-o", str(self.folder / "memory"), str(pid)], check=True, capture_output=True)
                dump = self.folder / f"memory.{pid}"
                seen["memory"] = self.found(dump.read_bytes())
                dump.unlink()
                os.kill(pid, signal.SIGABRT)
            world.near_l2.sent = on(b"POST /assets", crash)
            publishing = world.start("publish", other, "--title", "Other", "--alt", "Other grain", preexec_fn=unlimited)
            _, status = os.waitpid(publishing.pid, 0)  # which tells of a core
            publishing.communicate()
            world.near_l2.mend()
            self.assertEqual(seen["process"], set())
            self.assertIn(("seed of the new key", b"raw"), seen["memory"])
            self.assertEqual((os.WTERMSIG(status), os.WCOREDUMP(status)), (signal.SIGABRT, False))

        with self.subTest("the disks and logs of the artist, of both servers and of the keyring"):
            for server in (world.l1, world.l2):
                self.assertIn("POST", (server.room / "log").read_text())
            for folder in (world.folder, self.folder / "stick"):
                self.assertEqual(self.on_disk(folder), set())


def unlimited():
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


if __name__ == "__main__":
    unittest.main()
