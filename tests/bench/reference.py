# SPDX-License-Identifier: GPL-3.0-or-later
"""Our definition of a few effects in float64, by numpy: what a benchmark's pixels are compared with before its time counts.

Shares nothing with the engine: decoded by ffmpeg to raw planes, chroma raised bilinear (left-sited), BT.709, sRGB curve, the
effect in linear light, back to sRGB, compared with our own `master-ffv1` in 16-bit RGB. PSNR over a few frames.
"""
import json
import subprocess

import numpy

FRAMES = (0, 7, 20)


def planes(clip, frame, width=1920, height=1080):
    data = subprocess.run(["ffmpeg", "-v", "error", "-i", clip, "-vf", f"select=eq(n\\,{frame})", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"], check=True, capture_output=True).stdout
    luma = numpy.frombuffer(data, numpy.uint8, width * height).reshape(height, width)
    chroma = numpy.frombuffer(data, numpy.uint8, offset=width * height).reshape(2, height // 2, width // 2)
    return luma.astype(float), chroma.astype(float)


def raised(plane):
    """Bilinear: left-sited across (even columns are samples), centred down (¼, ¾)."""
    right = numpy.concatenate([plane[:, 1:], plane[:, -1:]], axis=1)
    wide = numpy.empty((plane.shape[0], plane.shape[1] * 2))
    wide[:, 0::2], wide[:, 1::2] = plane, (plane + right) / 2
    above = numpy.concatenate([wide[:1], wide[:-1]])
    below = numpy.concatenate([wide[1:], wide[-1:]])
    tall = numpy.empty((wide.shape[0] * 2, wide.shape[1]))
    tall[0::2], tall[1::2] = wide * 0.75 + above * 0.25, wide * 0.75 + below * 0.25
    return tall


def to_linear(value):
    size = numpy.abs(value)
    return numpy.sign(value) * numpy.where(size <= 0.04045, size / 12.92, ((size + 0.055) / 1.055) ** 2.4)


def to_display(value):
    size = numpy.abs(value)
    return numpy.sign(value) * numpy.where(size <= 0.0031308, size * 12.92, 1.055 * size ** (1 / 2.4) - 0.055)


def linear(clip, frame):
    luma, chroma = planes(clip, frame)
    y = (luma - 16) / 219
    cb, cr = ((raised(one) - 128) / 224 for one in chroma)
    red, blue = y + 1.5748 * cr, y + 1.8556 * cb
    green = (y - 0.2126 * red - 0.0722 * blue) / 0.7152
    return to_linear(numpy.stack([red, green, blue]))


def rotated(picture, degrees):
    """Clockwise about the middle, bilinear, transparent black outside."""
    _, height, width = picture.shape
    angle = numpy.radians(degrees)
    ys, xs = numpy.mgrid[0:height, 0:width] + 0.5
    dx, dy = xs - width / 2, ys - height / 2
    sx = numpy.cos(angle) * dx + numpy.sin(angle) * dy + width / 2 - 0.5
    sy = -numpy.sin(angle) * dx + numpy.cos(angle) * dy + height / 2 - 0.5
    x0, y0 = numpy.floor(sx).astype(int), numpy.floor(sy).astype(int)
    fx, fy = sx - x0, sy - y0
    out = numpy.zeros_like(picture)
    for ox, wx in ((0, 1 - fx), (1, fx)):
        for oy, wy in ((0, 1 - fy), (1, fy)):
            x, y = x0 + ox, y0 + oy
            inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
            out += picture[:, numpy.clip(y, 0, height - 1), numpy.clip(x, 0, width - 1)] * (wx * wy * inside)
    return out


def blurred(picture, sigma):
    """Gaussian cut at 5 σ, edges held."""
    radius = int(numpy.ceil(5 * sigma))
    kernel = numpy.exp(-0.5 * (numpy.arange(-radius, radius + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    out = picture
    for axis in (1, 2):
        padded = numpy.pad(out, [(radius, radius) if one == axis else (0, 0) for one in range(3)], mode="edge")
        size = out.shape[axis]
        out = sum(weight * numpy.take(padded, range(at, at + size), axis) for at, weight in enumerate(kernel))
    return out


def ours(bench, path, frames):
    """16-bit RGB of our own frames, from the lossless master."""
    master = bench.folder / f"{path.stem}.mkv"
    document = json.loads(path.read_text())
    document["canvas"]["duration"] = (max(frames) + 1) / 30
    short = bench.folder / f"{path.stem}_master.artdag"
    short.write_text(json.dumps(document))
    bench.artdag("render", short, "-o", master, "--encode", "master-ffv1", *bench.inputs(*document["inputs"]))
    for frame in frames:
        data = subprocess.run(["ffmpeg", "-v", "error", "-i", master, "-vf", f"select=eq(n\\,{frame})", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gbrp16le", "-"], check=True, capture_output=True).stdout
        green, blue, red = numpy.frombuffer(data, "<u2").reshape(3, 1080, 1920) / 65535
        yield numpy.stack([red, green, blue])


def psnr(bench, path, make):
    worst = 1000.0
    for frame, mine in zip(FRAMES, ours(bench, path, FRAMES)):
        expected = numpy.clip(to_display(make(linear(bench.clip("a"), frame), frame)), 0, 1)
        error = numpy.mean((expected - mine) ** 2)
        worst = min(worst, 10 * numpy.log10(1 / max(error, 1e-12)))
    return {"psnr": float(worst)}


def rotate(bench, path, _):
    return psnr(bench, path, lambda picture, frame: rotated(picture, 36 * frame / 30))


def blur(bench, path, sigma):
    return psnr(bench, path, lambda picture, frame: blurred(picture, sigma))
