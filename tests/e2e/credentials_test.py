#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Content Credentials: what artdag writes an independent validator accepts, and refuses when it was changed; what others write artdag reads."""
import json
import pathlib
import subprocess
import unittest

import artdag
import npm_peers
from artdag import ffmpeg, recipe

PICTURE = {"a": {"effect": "noise"}, "b": {"effect": "blur", "in": {"picture": "a"}, "args": {"radius": 3}}}
SOUND = {"a": {"effect": "tone"}}
KINDS = {"png": "png", "jpeg": "jpg", "wav": "wav", "share-h264": "mp4"}  # profile → extension


def peer(*arguments):
    return subprocess.run(["node", str(Credentials.peers / "credentials.mjs"), *map(str, arguments)], check=True, capture_output=True, text=True, timeout=300).stdout


def validated(root, *files):
    """What the independent validator says of files, with a root that it trusts or None."""
    return json.loads(peer("read", root or "-", *files))


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


class Credentials(artdag.Case):
    @classmethod
    def setUpClass(cls):
        cls.peers = npm_peers.installed("credentials", "credentials.mjs")

    def setUp(self):
        super().setUp()
        self.artdag("keys", "make", "mine")
        self.root = self.folder / "root.pem"
        self.root.write_text(self.artdag("keys", "certificate", "mine")["root"])

    def made(self, profile, extension, what="full", key="mine"):
        """A rendered file, its signed copy, and what `embed` said."""
        document = recipe(SOUND, sound="a", canvas={"duration": 0.5}, encode=profile) if extension == "wav" else recipe(PICTURE, "b", canvas={"duration": 0.5}, encode=profile)
        film, copy = self.folder / f"film.{extension}", self.folder / f"signed.{extension}"
        self.render(document, name=film.name)
        copy.unlink(missing_ok=True)
        return film, copy, self.artdag("embed", film, "-o", copy, "--what", what, "--key", key)

    def shown(self, file, *arguments, code=0):
        run = self.run_artdag("extract", file, "--credentials", "--json", *arguments)
        self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        return json.loads(run.stdout)

    def test_an_independent_validator_accepts_each_kind(self):
        for profile, extension in KINDS.items():
            for what in ("full", "link"):
                with self.subTest(kind=extension, what=what):
                    film, copy, said = self.made(profile, extension, what)
                    self.assertTrue(said["credentials"])
                    trusted, stranger = validated(self.root, copy)[0], validated(None, copy)[0]
                    self.assertEqual((trusted.get("state"), trusted.get("failures")), ("Trusted", []), trusted)
                    # A root that an artist makes is on no list of the world's; all else must hold for those who do not know it.
                    self.assertEqual((stranger["state"], stranger["failures"]), ("Valid", ["signingCredential.untrusted"]), stranger)
                    self.assertIn("assertion.bmffHash.match" if extension == "mp4" else "assertion.dataHash.match", trusted["successes"])
                    assertions = {one["label"]: one["data"] for one in trusted["manifest"]["assertions"]}
                    provenance = json.loads(pathlib.Path(str(film) + ".provenance.json").read_text())["manifest"]
                    self.assertEqual(assertions["com.rose-ash.artdag.run"], {"manifest": said["manifest"], "recipe": provenance["recipe"]["content_hash"], "rendered": provenance["output"]["content_hash"]})
                    action = assertions["c2pa.actions.v2"]["actions"][0]
                    self.assertEqual((action["action"], action["digitalSourceType"].rsplit("/")[-1], action["when"]), ("c2pa.created", "algorithmicMedia", provenance["created_at"]))
                    # artdag itself says the same.
                    self.assertEqual(self.shown(copy)["state"], "untrusted")
                    ours = self.shown(copy, "--trust", self.root)
                    self.assertEqual((ours["state"], ours["manifest"]), ("valid", said["manifest"]))
                    # Within is still the file that was rendered: with its papers the copy is known for it.
                    (self.folder / f"{copy.name}.provenance.json").write_text(pathlib.Path(str(film) + ".provenance.json").read_text())
                    run = self.run_artdag("verify", copy)
                    self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
                    # The same key and manifest give the same bytes.
                    again = self.folder / f"again.{extension}"
                    again.unlink(missing_ok=True)
                    self.artdag("embed", film, "-o", again, "--what", what, "--key", "mine")
                    self.assertEqual(again.read_bytes(), copy.read_bytes())

    def test_each_tampering_is_refused_with_its_code(self):
        for profile, extension in KINDS.items():
            film, copy, _ = self.made(profile, extension)
            data, bare = copy.read_bytes(), film.read_bytes()
            content = "assertion.bmffHash.mismatch" if extension == "mp4" else "assertion.dataHash.mismatch"
            middle = len(bare) // 2
            claim, run = data.index(b"c2pa.claim.v2\0"), data.index(b"com.rose-ash.artdag.run\0")
            tampered = {
                "pixel": (flipped(data, data.index(bare[middle:middle + 32])), content),
                "recipe inside": (flipped(data, data.rindex(b"sampleRate") + 2), content),
                "recipe named": (flipped(data, data.index(b"sha3-256:", data.index(b"recipe", run)) + 20), "assertion.hashedURI.mismatch"),
                "claim": (flipped(data, data.index(b"Art DAG", claim)), "claimSignature.mismatch"),
            }
            for what, (changed, code) in tampered.items():
                with self.subTest(kind=extension, what=what):
                    file = self.folder / f"tampered.{extension}"
                    file.write_bytes(changed)
                    theirs = validated(self.root, file)[0]
                    self.assertEqual((theirs.get("state"), code in theirs.get("failures", [])), ("Invalid", True), theirs)
                    ours = self.shown(file, "--trust", self.root, code=5)
                    self.assertEqual((ours["state"], [one["code"] for one in ours["findings"] if one["state"] == "tampered"]), ("tampered", [code]))
            with self.subTest(kind=extension, what="signed by another"):
                self.run_artdag("keys", "make", "another")
                file = self.folder / f"other.{extension}"
                file.unlink(missing_ok=True)
                self.artdag("embed", film, "-o", file, "--key", "another")
                self.assertEqual(validated(self.root, file)[0]["failures"], ["signingCredential.untrusted"])
                self.assertEqual(self.shown(file, "--trust", self.root)["state"], "untrusted")

    def test_rsa_and_inputs(self):
        self.artdag("keys", "make", "rsa", "--algorithm", "rsa")
        root = self.folder / "rsa.pem"
        root.write_text(self.artdag("keys", "certificate", "rsa")["root"])
        for pattern, name in (("testsrc2", "cat.mp4"), ("testsrc", "dog.mp4")):
            ffmpeg("-f", "lavfi", "-i", f"{pattern}=s=64x36:r=30:d=1", self.folder / name)
        for count, actions in ((1, ["c2pa.opened", "c2pa.edited"]), (2, ["c2pa.created", "c2pa.placed", "c2pa.placed"])):
            with self.subTest(inputs=count):
                nodes = {"made": {"effect": "flip", "in": {"picture": "one"}} if count == 1 else {"effect": "blend", "in": {"below": "one", "above": "two"}, "args": {"opacity": 0.5}}}
                names = ("one", "two")[:count]
                document = recipe(nodes, "made", canvas={"width": 64, "height": 36, "duration": 0.5}, inputs={name: {"media": "media"} for name in names})
                bindings = [word for name, file in (("one", "cat.mp4"), ("two", "dog.mp4"))[:count] for word in ("--input", f"{name}={self.folder / file}")]
                film, copy = self.folder / "film.mp4", self.folder / f"signed{count}.mp4"
                self.render(document, *bindings, name=film.name)
                self.artdag("embed", film, "-o", copy, "--what", "link", "--key", "rsa")
                said = validated(root, copy)[0]
                self.assertEqual((said.get("state"), said.get("failures")), ("Trusted", []), said)
                self.assertEqual(said["manifest"]["signature_info"]["alg"], "Ps256")
                ours = self.shown(copy, "--trust", root)
                self.assertEqual((ours["state"], [one["action"] for one in ours["actions"]], len(ours["ingredients"])), ("valid", actions, count))

    def test_what_is_not_asked_for_leaves_nothing(self):
        film = self.folder / "film.png"
        self.render(recipe(PICTURE, "b", canvas={"duration": 0.2}, encode="png"), name=film.name)
        self.artdag("embed", film, "-o", self.folder / "unsigned.png")
        for file in (film, self.folder / "unsigned.png"):
            self.assertNotIn(b"c2pa", file.read_bytes())
            self.assertEqual(self.run_artdag("extract", file, "--credentials").returncode, 3)
        self.render(recipe(PICTURE, "b", canvas={"duration": 0.2}, encode="webp"), name="film.webp")
        said = self.artdag("embed", self.folder / "film.webp", "-o", self.folder / "copy.webp", "--key", "mine")
        self.assertFalse(said["credentials"])  # C2PA has a place there, artdag does not write it
        private = (self.home / "keys" / "mine.key").read_bytes()
        self.assertNotIn(b"PRIVATE KEY", private)
        self.assertEqual(sorted(path.name for path in (self.home / "keys").iterdir()), ["mine.key"])  # a root needs no file of its own

    def test_what_others_signed_is_shown(self):
        def openssl(*arguments, **options):
            subprocess.run(["openssl", *map(str, arguments)], cwd=self.folder, check=True, capture_output=True, **options)

        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/O=Cameras/CN=Root")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/O=Cameras/CN=No. 7")
        (self.folder / "leaf.txt").write_text("keyUsage=critical,digitalSignature\nextendedKeyUsage=emailProtection\nauthorityKeyIdentifier=keyid\n")
        openssl("x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "30", "-out", "leaf.pem", "-extfile", "leaf.txt")
        picture, sound = ["-f", "lavfi", "-i", "testsrc2=s=64x36:r=30:d=0.5"], ["-f", "lavfi", "-i", "sine=d=0.5"]
        for extension, arguments in {"png": [*picture, "-frames:v", "1"], "jpg": [*picture, "-frames:v", "1"], "wav": sound, "mp4": [*picture, *sound]}.items():
            with self.subTest(kind=extension):
                plain, file = self.folder / f"plain.{extension}", self.folder / f"theirs.{extension}"
                ffmpeg(*arguments, plain)
                peer("sign", plain, file, self.folder / "leaf.key", self.folder / "leaf.pem")
                shown = self.shown(file, "--trust", self.folder / "ca.pem")
                self.assertEqual((shown["state"], shown["signer"]["name"], shown["signer"]["algorithm"], shown["generator"]), ("valid", "No. 7", "ES256", "a camera 7"))
                self.assertEqual([(one["action"], one["digital_source_type"]) for one in shown["actions"]], [("c2pa.created", "digitalCapture")])
                self.assertEqual(self.shown(file)["state"], "untrusted")
                words = self.run_artdag("extract", file, "--credentials", "--trust", self.folder / "ca.pem").stderr
                self.assertIn("signed by         No. 7 (Cameras), ES256", words)
                data, before = file.read_bytes(), plain.read_bytes()
                at = len(before) - 60 if extension != "mp4" else before.index(b"mdat") + 600
                file.write_bytes(flipped(data, data.index(before[at:at + 24])))
                self.assertEqual(self.shown(file, "--trust", self.folder / "ca.pem", code=5)["state"], "tampered")


if __name__ == "__main__":
    unittest.main()
