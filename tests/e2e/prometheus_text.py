# SPDX-License-Identifier: GPL-3.0-or-later
"""A strict reader of Prometheus's text exposition format 0.0.4: what it lets through, a scraper takes."""
import re

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)')
SAMPLE = re.compile(rf"({NAME})(?:\{{(.*)\}})? (\S+)")
SUFFIXES = {"histogram": ("_bucket", "_sum", "_count"), "counter": ("",), "gauge": ("",)}


def labels_of(text):
    labels, at = {}, 0
    while at < len(text):
        found = LABEL.match(text, at)
        assert found, f"labels: {text}"
        assert found[1] not in labels, f"label twice: {text}"
        labels[found[1]] = re.sub(r"\\(.)", lambda one: "\n" if one[1] == "n" else one[1], found[2])
        assert found[3] == "," or found.end() == len(text), text
        at = found.end()
    return labels


def check_histograms(name, samples):
    """Buckets only grow with `le`, the last is +Inf and equals the count, and there is a sum."""
    groups = {}
    for suffix, labels, value in samples:
        key = tuple(sorted((label, text) for label, text in labels.items() if label != "le"))
        groups.setdefault(key, {"_bucket": [], "_sum": [], "_count": []})[suffix].append((labels.get("le"), value))
    for key, parts in groups.items():
        assert len(parts["_sum"]) == len(parts["_count"]) == 1, f"{name} {key}"
        bounds = [float(le) for le, _ in parts["_bucket"]]
        counts = [value for _, value in parts["_bucket"]]
        assert bounds == sorted(set(bounds)) and bounds[-1] == float("inf"), f"{name} {key}: {bounds}"
        assert counts == sorted(counts) and counts[-1] == parts["_count"][0][1], f"{name} {key}: {counts}"


def read(text):
    """(name, labels as a frozenset) → value; AssertionError for what is not the format."""
    assert text.endswith("\n") and "\r" not in text
    values, types, family, seen = {}, {}, None, {}
    for line in text[:-1].split("\n"):
        if line.startswith("# HELP "):
            family = line.split(" ", 3)[2]
            assert re.fullmatch(NAME, family) and family not in seen, f"family twice: {family}"
            seen[family] = []
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name == family and kind in SUFFIXES and not seen[family], line
            types[family] = kind
            assert (kind == "counter") == family.endswith("_total"), f"{family} is a {kind}"
        else:
            found = SAMPLE.fullmatch(line)
            assert found, f"no sample: {line}"
            suffix = found[1][len(family):]
            assert found[1].startswith(family) and suffix in SUFFIXES[types[family]], f"{line} within {family}"
            labels, value = labels_of(found[2] or ""), float(found[3])
            assert value >= 0, line
            key = (found[1], frozenset(labels.items()))
            assert key not in values, f"sample twice: {line}"
            values[key] = value
            seen[family].append((suffix, labels, value))
    for name, kind in types.items():
        if kind == "histogram":
            check_histograms(name, seen[name])
    return values


def total(values, name, **labels):
    """The sum over all samples of that name that have these labels."""
    return sum(value for (sample, its), value in values.items() if sample == name and set(labels.items()) <= its)
