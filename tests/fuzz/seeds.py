#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives a fuzz replay its seeds: seeds.py CORPUS PROGRAM. Texts are in git, media is made here (seeds.py media --into FOLDER: only made)."""
import pathlib
import subprocess
import sys
import tarfile
import tempfile

here = pathlib.Path(__file__).parent
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="2100" height="32"><defs><linearGradient id="g"><stop stop-color="#f80"/><stop offset="1" stop-opacity=".2"/></linearGradient>
<filter id="f"><feGaussianBlur stdDeviation="2"/></filter></defs><g opacity=".8" transform="rotate(9)"><circle cx="20" cy="16" r="9" fill="url(#g)" filter="url(#f)"/></g><text x="4" y="30">a</text></svg>"""


def media(folder):
    """One small file of each kind that artists bring."""
    picture = ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=0.4"]
    sound = ["-f", "lavfi", "-i", "sine=d=0.4:r=48000"]
    kinds = {"h264.mp4": picture + sound + ["-c:v", "libx264", "-bf", "2", "-c:a", "aac"], "ffv1.mkv": picture + sound + ["-c:v", "ffv1", "-c:a", "flac"], "mpeg4.avi": picture + ["-c:v", "mpeg4"],
             "vp9.webm": picture + ["-c:v", "libvpx-vp9"], "still.png": picture + ["-frames:v", "1"], "still.jpg": picture + ["-frames:v", "1"], "sound.wav": sound, "sound.mp3": sound, "h264.ts": picture + ["-c:v", "libx264"],
             "hevc.mp4": picture + ["-c:v", "libx265", "-x265-params", "log-level=none"], "vp9_opus.webm": picture + sound + ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"],
             "av1.mp4": picture + ["-vf", "scale=64:64", "-c:v", "libsvtav1", "-preset", "12"], "mpeg2.ts": picture + sound + ["-c:v", "mpeg2video", "-c:a", "mp2"], "prores.mov": picture + ["-c:v", "prores_ks"],
             "mjpeg.avi": picture + ["-c:v", "mjpeg"], "loop.gif": picture, "still.tiff": picture + ["-frames:v", "1"], "still.bmp": picture + ["-frames:v", "1"], "still.webp": picture + ["-frames:v", "1"],
             "patches.webp": picture + ["-c:v", "libwebp_anim", "-lossless", "1"], "whole.webp": picture + ["-c:v", "libwebp", "-pix_fmt", "yuva420p"],
             "still.exr": picture + ["-frames:v", "1", "-pix_fmt", "gbrapf32le", "-compression", "zip16"], "sound.flac": sound, "sound.ogg": sound + ["-c:a", "libvorbis"], "sound.opus": sound + ["-c:a", "libopus"],
             "sound.m4a": sound + ["-c:a", "aac"]}
    for name, arguments in kinds.items():
        subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments, folder / name], check=True)
    (folder / "drawing.svg").write_text(DRAWING)
    with tarfile.open(folder / "pictures.tar", "w", format=tarfile.USTAR_FORMAT) as pack:
        for name in ("still.png", "still.jpg"):
            pack.add(folder / name, f"frame.{len(pack.getnames()) + 1:04}{name[5:]}")
    return sorted(folder.iterdir())


def main(corpus, program, folder=None):
    if folder:
        media(pathlib.Path(folder))
        return
    with tempfile.TemporaryDirectory() as folder:
        if corpus in ("media", "embed"):
            files, count = media(pathlib.Path(folder)), 150
        else:
            files, count = sorted((here / "corpus" / corpus).iterdir()), 2000
            if corpus == "recipe":
                files += sorted((here.parent.parent / "resources" / "recipes").glob("*.artdag"))
        assert files, f"no seeds for {corpus}"
        sys.exit(subprocess.run([program, str(count), *map(str, files)]).returncode)


if __name__ == "__main__":
    main(*sys.argv[1:])
