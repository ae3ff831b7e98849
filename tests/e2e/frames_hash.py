#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The frames hash of a lossless film, from the text of docs/formats.md alone: frames_hash.py FILM FORMAT COLOUR."""
import array
import hashlib
import json
import subprocess
import sys


def sha3(data):
    return hashlib.sha3_256(data).digest()


def parts(data, size):
    return [data[at:at + size] for at in range(0, len(data), size)]


def output(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


def main(film, pixels, colour):
    probed = output("ffprobe", "-v", "error", "-count_frames", "-show_streams", "-of", "json", film)
    streams = {stream["codec_type"]: stream for stream in json.loads(probed)["streams"]}
    video, audio, count = streams["video"], streams.get("audio"), int(streams["video"]["nb_read_frames"])
    facts = {"width": video["width"], "height": video["height"], "format": pixels, "colour": colour, "rate": video["r_frame_rate"], "frames": count}
    data = output("ffmpeg", "-v", "error", "-i", film, "-map", "0:v", "-f", "rawvideo", "-fps_mode", "passthrough", "-pix_fmt", pixels, "-")
    digests = [sha3(b"artdag.pixels.1\n" + b"".join(map(sha3, parts(frame, 65536)))) for frame in parts(data, len(data) // count)]
    if audio:
        facts |= {"sampleRate": int(audio["sample_rate"]), "channels": audio["channels"], "sampleFormat": "s24"}
        upper = array.array("i", output("ffmpeg", "-v", "error", "-i", film, "-map", "0:a", "-f", "s32le", "-"))
        sound = array.array("i", (sample >> 8 for sample in upper)).tobytes()
        digests += [sha3(b"artdag.sound.1\n" + second) for second in parts(sound, 4 * facts["sampleRate"] * facts["channels"])]
    jcs = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return "sha3-256:" + sha3(b"artdag.frames.1\n" + jcs + b"".join(digests)).hex()


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
