#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The frames hash of a lossless film, from the text of docs/formats.md alone: frames_hash.py FILM FORMAT COLOUR."""
import array
import hashlib
import json
import subprocess
import sys


def decoded(*arguments):
    return subprocess.run(["ffmpeg", "-v", "error", "-i", *arguments, "-"], stdout=subprocess.PIPE, check=True).stdout


def sha3(data):
    return hashlib.sha3_256(data).digest()


def frame_digest(frame):
    return sha3(b"artdag.pixels.1\n" + b"".join(sha3(frame[at:at + 65536]) for at in range(0, len(frame), 65536)))


def frames_hash(facts, frames, seconds):
    jcs = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return "sha3-256:" + sha3(b"artdag.frames.1\n" + jcs + b"".join(frames) + b"".join(seconds)).hex()


def main(film, pixels, colour):
    probe = json.loads(subprocess.run(["ffprobe", "-v", "error", "-show_streams", "-of", "json", film], stdout=subprocess.PIPE, check=True).stdout)
    streams = {stream["codec_type"]: stream for stream in probe["streams"]}
    video, audio = streams["video"], streams.get("audio")
    data = decoded(film, "-map", "0:v", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", pixels)
    count = int(subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", film], stdout=subprocess.PIPE, check=True).stdout.split(b",")[0])
    size = len(data) // count
    frames = [frame_digest(data[at:at + size]) for at in range(0, len(data), size)]
    facts = {"width": video["width"], "height": video["height"], "format": pixels, "colour": colour, "rate": video["r_frame_rate"], "frames": count}
    seconds = []
    if audio:
        samples = array.array("i", decoded(film, "-map", "0:a", "-f", "s32le"))
        sound = array.array("i", (sample >> 8 for sample in samples)).tobytes()
        step = int(audio["sample_rate"]) * audio["channels"] * 4
        seconds = [sha3(b"artdag.sound.1\n" + sound[at:at + step]) for at in range(0, len(sound), step)]
        facts |= {"sampleRate": int(audio["sample_rate"]), "channels": audio["channels"], "sampleFormat": "s24"}
    return frames_hash(facts, frames, seconds)


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
