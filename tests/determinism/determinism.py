#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One frames hash for each item in every configuration, another for every other item.

    determinism.py --build DIR --quick      two configurations of one build
    determinism.py                          twelve configurations of four builds, then three planted faults; writes docs/determinism.md

A configuration says how many threads, which kernels, which compiler and optimisation, which locale and time zone. The twelve
cover every pair of two such choices (`uncovered` proves it). A planted fault is a patch to a copy of the sources; the suite
must see it."""
import argparse
import concurrent.futures
import datetime
import hashlib
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import items

root = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(root / "tests/support"))
import locales  # noqa: E402
FACTORS = {"threads": ("1", "2", "4", "16"), "simd": ("v2", "v3", "v4"), "compiler": ("gcc", "clang"), "optimise": ("O2", "O0"),
           "locale": ("C", "de_DE.UTF-8", "tr_TR.UTF-8"), "zone": ("UTC", "Pacific/Kiritimati", "America/St_Johns")}
# The items that planted faults are looked for in, beside the samples: all of them would take as long as the twelve configurations.
FAULT_ITEMS = ("blur", "bloom", "glow", "unsharp", "rotate", "swirl", "noise", "mandelbrot", "saturation", "composite", "text", "synth")
# Found by search; `uncovered` checks it at every start.
TWELVE = [tuple(values[i] for values, i in zip(FACTORS.values(), row)) for row in (
    (0, 0, 1, 1, 0, 1), (0, 1, 1, 0, 1, 2), (0, 2, 0, 1, 2, 0), (1, 0, 0, 0, 1, 0), (1, 1, 1, 1, 2, 1), (1, 2, 1, 1, 0, 2),
    (2, 0, 0, 0, 2, 2), (2, 1, 1, 1, 0, 0), (2, 2, 0, 1, 1, 1), (3, 0, 0, 0, 0, 0), (3, 1, 0, 1, 1, 2), (3, 2, 1, 0, 2, 1),
)]
# (file, what stands there, what is planted)
FAULTS = {
    "fast-math": ("cmake/rooms.cmake", "-ffp-contract=off -fno-math-errno -fno-trapping-math", "-ffast-math -ffp-contract=fast"),
    "thread-split sum": ("core/picture/gaussian.cpp", """    float others = 0.0F;
        for (int k = radius; k > 0; --k)
            others += 2.0F * weights[static_cast<std::size_t>(k)];
""", """    float others = 0.0F, parts[64] = {};
        const std::size_t threads = tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
        for (int k = radius; k > 0; --k)
            parts[static_cast<std::size_t>(k) % std::min<std::size_t>(threads, 64)] += 2.0F * weights[static_cast<std::size_t>(k)];
        for (const float part : parts)
            others += part;
"""),
    "another rounding in one level": ("core/picture/kernels_coded.cpp", "code + 0.5F", "code + PLANTED(ARTDAG_LEVEL)"),
}
PRELUDES = {"thread-split sum": "#include <oneapi/tbb/global_control.h>\n",
            "another rounding in one level": "#define PLANTED(level) PLANTED_OF(level)\n#define PLANTED_OF(level) PLANTED_##level\n#define PLANTED_v2 0.5F\n#define PLANTED_v3 0.4999F\n#define PLANTED_v4 0.5F\n"}


def uncovered(rows):
    """Pairs of choices that no row has together."""
    names = list(FACTORS)
    wanted = {(a, x, b, y) for a, b in itertools.combinations(names, 2) for x in FACTORS[a] for y in FACTORS[b]}
    for row in rows:
        chosen = dict(zip(names, row))
        wanted -= {(a, chosen[a], b, chosen[b]) for a, b in itertools.combinations(names, 2)}
    return wanted


def make_media(folder):
    """A film with sound, and a still; made without metadata, so that their content ids are the same each time."""
    film, still = folder / "film.mkv", folder / "still.png"
    run = lambda *arguments: subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments], check=True)
    run("-f", "lavfi", "-i", "testsrc2=s=160x90:r=24:d=0.5", "-f", "lavfi", "-i", "sine=440:d=0.5:r=48000", "-c:v", "libx264", "-threads", "1", "-c:a", "flac", "-bitexact", film)
    run("-f", "lavfi", "-i", "testsrc=s=97x61:d=1", "-frames:v", "1", "-bitexact", still)
    return {"media": film, "still": still}


def make_items(artdag, folder):
    """(name, recipe, media) of everything that is rendered."""
    media = make_media(folder)
    catalogue = json.loads(subprocess.run([artdag, "effects", "--json"], check=True, capture_output=True).stdout)["effects"]
    documents = [(path.stem, items.recipe_of_sample(path), None) for path in sorted((root / "resources/recipes").glob("*.artdag"))]
    documents += [(effect["name"] + " (effect)", items.recipe_of_effect(effect), media.get(effect["name"])) for effect in catalogue if effect["name"] not in items.LEFT_OUT and not effect["baked"]]
    made = []
    for at, (name, document, footage) in enumerate(documents):
        path = folder / f"{at}.artdag"
        path.write_text(json.dumps(document))
        made.append((name, path, footage))
    return made


def frames_hash(artdag, configuration, item, home, languages):
    """Renders one item; `home` is empty when a configuration begins, so that nothing comes from another one."""
    chosen = dict(zip(FACTORS, configuration))
    name, path, footage = item
    out = tempfile.mkdtemp(dir=home)
    environment = {"PATH": os.environ["PATH"], "HOME": home, "ARTDAG_HOME": home, "ARTDAG_SIMD": chosen["simd"], "LC_ALL": chosen["locale"], "TZ": locales.zone(chosen["zone"]), **languages}
    film = ["--input", f"footage={footage}"] if footage else []
    run = subprocess.run([artdag, "render", path, "-o", f"{out}/film.mkv", "--threads", chosen["threads"], "--json", *film], capture_output=True, text=True, env=environment, timeout=600)
    if run.returncode != 0:
        raise SystemExit(f"{name}: the render failed under {' '.join(configuration)}:\n{run.stderr[-2000:]}{run.stdout[-2000:]}")
    return json.loads(run.stdout)["frames_hash"]


def hashes_of(artdag, configuration, made, folder):
    started = time.monotonic()
    with tempfile.TemporaryDirectory(dir=folder) as home, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        languages = locales.made(home, configuration[list(FACTORS).index("locale")])
        hashes = list(pool.map(lambda item: frames_hash(artdag, configuration, item, home, languages), made))
    print(f"{' '.join(configuration)}: {len(made)} items in {time.monotonic() - started:.0f} s", flush=True)
    return hashes


class Kept:
    """What was rendered of these very sources before, so that a run that was stopped goes on."""

    def __init__(self):
        git = lambda *words: subprocess.run(["git", "-C", root, *words], check=True, capture_output=True).stdout
        self.state = hashlib.sha256(git("rev-parse", "HEAD") + git("diff", "HEAD") + git("status", "--porcelain")).hexdigest()
        self.path = root / "build/determinism.json"
        kept = json.loads(self.path.read_text()) if self.path.exists() else {}
        self.rows = kept["rows"] if kept.get("state") == self.state else {}

    def get(self, name, render):
        if name not in self.rows:
            self.rows[name] = render()
            self.path.parent.mkdir(exist_ok=True)
            self.path.write_text(json.dumps({"state": self.state, "rows": self.rows}))
        return self.rows[name]


def differences(made, table):
    """Names of items whose hash is not one, and pairs of items that share theirs."""
    moved = [name for (name, _, _), hashes in zip(made, zip(*table)) if len(set(hashes)) != 1]
    owners = {}
    for (name, _, _), one in zip(made, table[0]):
        if name.removesuffix(" (effect)") not in items.QUIET_HERE:
            owners.setdefault(one, []).append(name)
    return moved, [names for names in owners.values() if len(names) > 1]


def best_level():
    flags = next(line for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("flags")).split()
    return "v4" if "avx512bw" in flags and "avx512vl" in flags else "v3"


def build(compiler, optimise, source=root):
    """A build of `artdag` alone."""
    directory = source / f"build-{compiler}-{optimise}"
    chosen = ["-DCMAKE_C_COMPILER=clang-19", "-DCMAKE_CXX_COMPILER=clang++-19"] if compiler == "clang" else []  # else the machine's own, which ccache knows
    subprocess.run(["cmake", "-S", source, "-B", directory, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", *chosen, f"-DARTDAG_OPTIMISE=-{optimise}",
                    f"-DARTDAG_HOT_LOOPS=-{'O3' if optimise == 'O2' else optimise}", "-DARTDAG_STUDIO=OFF", "-DARTDAG_SERVER=OFF"], check=True, stdout=sys.stderr)
    subprocess.run(["cmake", "--build", directory, "--target", "artdag"], check=True, stdout=sys.stderr)
    return directory / "bin/artdag"


def quick(artdag, folder):
    made = make_items(artdag, folder)
    rows = [("1", "v2", "gcc", "O2", "C", "UTC"), ("4", best_level(), "gcc", "O2", "tr_TR.UTF-8", "Pacific/Kiritimati")]
    table = [hashes_of(artdag, row, made, folder) for row in rows]
    return made, rows, table


def verdict(made, rows, table):
    moved, shared = differences(made, table)
    for name in moved:
        print(f"{name}: its frames hash depends on the configuration")
    for names in shared:
        print(f"{', '.join(names)}: different works have one frames hash")
    print(f"{len(made)} items, {len(rows)} configurations: {len(moved)} moved, {len(shared)} shared", flush=True)
    return not moved and not shared


def planted(name, folder):
    """A copy of the sources with a fault in it, built."""
    source = folder / name.replace(" ", "-")
    files = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard"], check=True, capture_output=True, text=True).stdout.splitlines()
    for path in files:
        if (root / path).is_file():
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / path, source / path)
    path, old, new = FAULTS[name]
    text = (source / path).read_text()
    assert text.count(old) == 1, f"the fault '{name}' finds no place in {path}: the code has changed, move the fault"
    (source / path).write_text(PRELUDES.get(name, "") + text.replace(old, new))
    os.environ["CCACHE_BASEDIR"] = str(source)
    return build("gcc", "O2", source)


def moved_by(name, watched, pairs, folder):
    program = planted(name, folder)
    return differences(watched, [hashes_of(program, row, watched, folder) for row in pairs])[0]


def full(folder):
    started = time.monotonic()
    best = best_level()
    rows = [tuple(best if value == "v4" else value for value in row) for row in TWELVE]
    programs = {pair: build(*pair) for pair in itertools.product(FACTORS["compiler"], FACTORS["optimise"])}
    made = make_items(programs["gcc", "O2"], folder)
    kept = Kept()
    table = [kept.get(" ".join(row), lambda row=row: hashes_of(programs[row[2], row[3]], row, made, folder)) for row in rows]
    good = verdict(made, rows, table)
    report = [f"{len(made)} items (samples and effects, 160×90, 12 frames), {len(rows)} configurations: " + ("one frames hash per item, no two items share one." if good else "FAILED.")]
    if best != "v4":
        report.append("This machine has no AVX-512: where the table says v4, v3 ran.")
    pairs = [(threads, level, "gcc", "O2", "C", "UTC") for threads in ("1", "4") for level in dict.fromkeys(("v2", "v3", best))]
    watched = [item for item in made if not item[0].endswith(" (effect)") or item[0].removesuffix(" (effect)") in FAULT_ITEMS]
    for name in FAULTS:
        moved = kept.get(name, lambda name=name: moved_by(name, watched, pairs, folder))
        print(f"planted {name}: {len(moved)} of {len(watched)} items moved")
        report.append(f"Planted, {name}: caught, {len(moved)} of {len(watched)} items moved ({', '.join(moved[:3])} …)." if moved else f"Planted, {name}: NOT caught.")
        good &= bool(moved)
    write_report(report, time.monotonic() - started)
    return good


def write_report(lines, seconds):
    machine = next(line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name"))
    table = ["| " + " | ".join(FACTORS) + " |", "|" + "---|" * len(FACTORS)] + ["| " + " | ".join(row) + " |" for row in TWELVE]
    text = ["# Determinism", "", "`./run test determinism` wrote this; tests/determinism says how.", "",
            f"{machine}, {os.cpu_count()} cores, {datetime.date.today()}, {seconds / 60:.0f} minutes, builds included.", "", *[f"- {line}" for line in lines], "", *table, ""]
    (root / "docs/determinism.md").write_text("\n".join(text))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=root / "build")
    parser.add_argument("--quick", action="store_true")
    flags = parser.parse_args()
    assert not uncovered(TWELVE), f"the twelve configurations leave out {sorted(uncovered(TWELVE))[:3]}"
    assert uncovered(TWELVE[1:]), "a table without its first row cannot cover every pair: the check is broken"
    with tempfile.TemporaryDirectory(prefix="artdag-determinism-") as scratch:
        folder = pathlib.Path(scratch)
        if flags.quick:
            good = verdict(*quick(flags.build / "bin/artdag", folder))
        else:
            good = full(folder)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
