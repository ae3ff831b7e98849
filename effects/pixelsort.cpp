// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/picture/affine.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace artdag {
namespace {

enum Key {
    Brightness,
    Hue,
    Saturation,
    Red,
    Green,
    Blue,
};
enum Spans {
    Inside,
    Outside,
    Edges,
    RandomSpans,
    WholeLines,
};

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

Works works(const FrameCall& call)
{
    return passes(call) == 0 ? Works::Either : Works::Display;
}

/// How the pixels of a picture are threaded on parallel lines, each pixel on exactly one: along the axis that is nearest to
/// the angle a line goes pixel by pixel, and now and then steps to the side. So sorting only ever moves pixels.
struct Threads {
    bool down = false, backwards = false; ///< along y instead of x; against the axis
    int length = 1, width = 1;            ///< px of the picture along and across
    std::vector<int> offsets;             ///< how far to the side a line is at each place along
    double step = 1.0;                    ///< px from one pixel of a line to the next

    Threads(double angle, int pictureWidth, int pictureHeight)
    {
        const Turn turn = turnOf(angle);
        down = std::abs(turn.sine) > std::abs(turn.cosine);
        const double along = down ? turn.sine : turn.cosine, across = down ? turn.cosine : turn.sine;
        backwards = along < 0.0;
        length = down ? pictureHeight : pictureWidth;
        width = down ? pictureWidth : pictureHeight;
        step = 1.0 / std::abs(along);
        offsets.resize(static_cast<std::size_t>(length));
        for (int i = 0; i < length; ++i)
            offsets[static_cast<std::size_t>(i)] = static_cast<int>(exact::floor(across / along * i + 0.5));
    }
    /// The lines, as a half-open range of numbers, that touch a part of the picture.
    [[nodiscard]] std::pair<int, int> linesOf(const Rect& part) const
    {
        const int from = down ? part.y0 : part.x0, to = (down ? part.y1 : part.x1) - 1;
        const auto [low, high] = std::minmax(offsets[static_cast<std::size_t>(from)], offsets[static_cast<std::size_t>(to)]);
        return {(down ? part.x0 : part.y0) - high, (down ? part.x1 : part.y1) - low};
    }
    /// Where a line is in the picture, as a half-open range of places along it.
    [[nodiscard]] std::pair<int, int> placesOf(int line) const
    {
        const auto inside = [&](int i) { return line + offsets[static_cast<std::size_t>(i)] >= 0 && line + offsets[static_cast<std::size_t>(i)] < width; };
        int first = 0, end = length;
        while (first < end && !inside(first))
            ++first;
        while (end > first && !inside(end - 1))
            --end;
        return {first, end};
    }
    /// The part of the picture in which some lines lie.
    [[nodiscard]] Rect boundsOf(std::pair<int, int> lines) const
    {
        const auto [low, high] = std::minmax(offsets.front(), offsets.back());
        const int from = lines.first + low, to = lines.second + high;
        return down ? Rect{from, 0, to, length} : Rect{0, from, length, to};
    }
};

struct Rules {
    int key = Brightness, spans = Inside;
    float low = 0.0F, high = 1.0F, edge = 0.1F;
    bool reverse = false;
    double longest = 0.0, variation = 0.0, amount = 1.0; ///< places along the line; 0: no limit
    std::uint64_t seed = 0;
};

/// Sixteen neighbouring lines taken out of the picture side by side, for where they go down it they share its cache lines: in
/// straight display colours, one line after another.
struct Bundle {
    static constexpr int most = 16;
    std::ptrdiff_t stride = 0; ///< numbers from one line to the next
    int first = 0, count = 0;
    std::vector<float> rgb[3], cover, light;
    std::vector<char> open;                  ///< may move
    std::vector<std::uint32_t> order, spare; ///< a key above, a place in its span below
    std::vector<float> sorted;
};

/// One of its lines in the order in which it is run through.
struct Line {
    Bundle& bundle;
    std::ptrdiff_t start = 0, step = 1;
    std::size_t size = 0;

    Line(Bundle& all, int k, std::pair<int, int> places, bool backwards)
        : bundle(all),
          start(k * all.stride + (backwards ? places.second - 1 : places.first)),
          step(backwards ? -1 : 1),
          size(static_cast<std::size_t>(places.second - places.first))
    {
    }
    [[nodiscard]] std::size_t at(std::size_t place) const { return static_cast<std::size_t>(start + static_cast<std::ptrdiff_t>(place) * step); }
    [[nodiscard]] float light(std::size_t place) const { return bundle.light[at(place)]; }
    [[nodiscard]] bool isOpen(std::size_t place) const { return bundle.open[at(place)] != 0; }
};

/// Hue (of the hexcone, 0–1 from red by green and blue) and saturation (1 − least ÷ greatest) as in HSV.
float keyOf(int key, float r, float g, float b, float light)
{
    const float most = std::max({r, g, b}), least = std::min({r, g, b}), chroma = most - least;
    switch (key) {
    case Hue: {
        if (chroma <= 0.0F)
            return 0.0F;
        const float sector = most == r ? (g - b) / chroma : most == g ? (b - r) / chroma + 2.0F
                                                                      : (r - g) / chroma + 4.0F;
        return (sector < 0.0F ? sector + 6.0F : sector) / 6.0F;
    }
    case Saturation: return most > 0.0F ? std::min(chroma / most, 1.0F) : 0.0F;
    case Red: return r;
    case Green: return g;
    case Blue: return b;
    default: return light;
    }
}

/// Sorts by the upper 16 bits in two passes of counting; within equal ones the order stays.
void sortByKey(std::vector<std::uint32_t>& items, std::vector<std::uint32_t>& spare)
{
    if (items.size() < 96) {
        std::sort(items.begin(), items.end()); // the lower bits are places, so no two are equal
        return;
    }
    spare.resize(items.size());
    for (const int shift : {16, 24}) {
        std::array<std::uint32_t, 257> starts{};
        for (const std::uint32_t item : items)
            ++starts[(item >> shift & 0xFFU) + 1];
        for (std::size_t i = 1; i < starts.size(); ++i)
            starts[i] += starts[i - 1];
        for (const std::uint32_t item : items)
            spare[starts[item >> shift & 0xFFU]++] = item;
        items.swap(spare);
    }
}

void sortSpan(const Rules& rules, const Line& line, std::size_t first, std::size_t end)
{
    Bundle& bundle = line.bundle;
    bundle.order.resize(end - first);
    for (std::size_t i = first; i < end; ++i) {
        const std::size_t at = line.at(i);
        const float value = keyOf(rules.key, bundle.rgb[0][at], bundle.rgb[1][at], bundle.rgb[2][at], bundle.light[at]);
        // Steps of 1/16384, with room for light above white.
        const auto level = static_cast<std::uint32_t>(std::clamp(value * 16384.0F, 0.0F, 65535.0F));
        bundle.order[i - first] = (rules.reverse ? 65535U - level : level) << 16 | static_cast<std::uint32_t>(i - first);
    }
    sortByKey(bundle.order, bundle.spare);
    bundle.sorted.resize(end - first);
    for (auto& plane : bundle.rgb) {
        for (std::size_t i = 0; i < bundle.sorted.size(); ++i)
            bundle.sorted[i] = plane[line.at(first + (bundle.order[i] & 0xFFFFU))];
        for (std::size_t i = 0; i < bundle.sorted.size(); ++i)
            plane[line.at(first + i)] = bundle.sorted[i];
    }
}

constexpr std::size_t longestSpan = 65536; ///< px: places in it have 16 bits

/// Whether a span may hold both a place and the one before it.
bool holdsTogether(const Rules& rules, const Line& line, std::size_t i)
{
    return rules.spans != Edges || std::abs(line.light(i) - line.light(i - 1)) <= rules.edge;
}

/// How long a span that begins here may get.
std::size_t longestFrom(const Rules& rules, int number, std::size_t first)
{
    const double limit = rules.longest > 0.0 ? rules.longest : rules.spans == RandomSpans ? 200.0
                                                                                          : 1e9;
    const double shorter = rules.spans == RandomSpans ? std::max(rules.variation, 0.9) : rules.variation;
    if (limit <= 1.0 || shorter <= 0.0)
        return static_cast<std::size_t>(std::max(limit, 1.0));
    const double chance = randomUnit(rules.seed, 1, static_cast<std::uint64_t>(number), first);
    return static_cast<std::size_t>(std::max(limit * (1.0 - shorter * chance), 1.0));
}

void sortLine(const Rules& rules, int number, const Line& line)
{
    for (std::size_t first = 0; first < line.size;) {
        if (!line.isOpen(first)) {
            ++first;
            continue;
        }
        const std::size_t most = std::min({line.size - first, longestFrom(rules, number, first), longestSpan});
        std::size_t end = first + 1;
        while (end < first + most && line.isOpen(end) && holdsTogether(rules, line, end))
            ++end;
        if (end - first > 1 && (rules.amount >= 1.0 || randomUnit(rules.seed, 2, static_cast<std::uint64_t>(number), first) < rules.amount))
            sortSpan(rules, line, first, end);
        first = end;
    }
}

bool isOpen(const Rules& rules, float light)
{
    const bool inside = light >= rules.low && light <= rules.high;
    return rules.spans == Inside ? inside : rules.spans == Outside ? !inside
                                                                   : true;
}

/// What one render goes through.
struct Sorting {
    const Threads& threads;
    const Rules& rules;
    ConstPictureView in;
    const ConstPictureView* mask = nullptr;

    /// Lines of a bundle that are in the picture at place i: numbers in the bundle, from and to.
    [[nodiscard]] std::pair<int, int> linesAt(const Bundle& bundle, int side) const { return {std::max(0, -side), std::min(bundle.count, threads.width - side)}; }
    void take(Bundle& bundle) const;
    void takePlaces(Bundle& bundle, int i) const;
    void put(const Bundle& bundle, PictureView out) const;
};

void Sorting::takePlaces(Bundle& bundle, int i) const
{
    const int side = bundle.first + threads.offsets[static_cast<std::size_t>(i)];
    const auto [from, to] = linesAt(bundle, side);
    constexpr int ahead = 12;
    if (threads.down && from < to && i + ahead < threads.length) // each row is another page, which no processor foresees
        for (const float* plane : {&in.at(red, side + from, i + ahead), &in.at(green, side + from, i + ahead), &in.at(blue, side + from, i + ahead), &in.at(alpha, side + from, i + ahead)})
            __builtin_prefetch(plane);
    float* const planes[4] = {bundle.rgb[0].data() + i, bundle.rgb[1].data() + i, bundle.rgb[2].data() + i, bundle.cover.data() + i};
    for (int k = from; k < to; ++k) {
        const int x = threads.down ? side + k : i, y = threads.down ? i : side + k;
        for (int plane = 0; plane < 4; ++plane)
            planes[plane][k * bundle.stride] = in.at(plane, x, y);
        if (mask != nullptr && (0.2126F * mask->at(red, x, y) + 0.7152F * mask->at(green, x, y) + 0.0722F * mask->at(blue, x, y)) * mask->at(alpha, x, y) < 0.5F)
            planes[3][k * bundle.stride] = 0.0F;
    }
}

void Sorting::take(Bundle& bundle) const
{
    bundle.stride = (threads.length + 15) / 16 * 16 + 16; // no power of two, where all lines would fight for one place in the cache
    const auto size = static_cast<std::size_t>(bundle.stride) * Bundle::most;
    for (std::vector<float>* numbers : {&bundle.rgb[0], &bundle.rgb[1], &bundle.rgb[2], &bundle.cover, &bundle.light})
        numbers->resize(size);
    bundle.open.resize(size);
    for (int i = 0; i < threads.length; ++i)
        takePlaces(bundle, i);
    const float *r = bundle.rgb[0].data(), *g = bundle.rgb[1].data(), *b = bundle.rgb[2].data(), *cover = bundle.cover.data();
    float* light = bundle.light.data();
    for (std::size_t i = 0; i < size; ++i)
        light[i] = 0.2126F * r[i] + 0.7152F * g[i] + 0.0722F * b[i];
    for (std::size_t i = 0; i < size; ++i)
        bundle.open[i] = cover[i] > 0.0F && isOpen(rules, light[i]) ? 1 : 0;
}

void Sorting::put(const Bundle& bundle, PictureView out) const
{
    const int begin = threads.down ? out.rect.y0 : out.rect.x0, end = threads.down ? out.rect.y1 : out.rect.x1;
    const int least = threads.down ? out.rect.x0 : out.rect.y0, most = threads.down ? out.rect.x1 : out.rect.y1;
    for (int i = begin; i < end; ++i) {
        const int side = bundle.first + threads.offsets[static_cast<std::size_t>(i)];
        const auto [from, to] = linesAt(bundle, side);
        for (int plane = 0; plane < 3; ++plane)
            for (int k = std::max(from, least - side); k < std::min(to, most - side); ++k)
                out.at(plane, threads.down ? side + k : i, threads.down ? i : side + k) = bundle.rgb[plane][static_cast<std::size_t>(k * bundle.stride + i)];
    }
}

Rules rulesOf(const FrameCall& call, const Threads& threads)
{
    Rules rules;
    rules.key = call.args.choice("key");
    rules.spans = call.args.choice("spans");
    rules.low = static_cast<float>(call.args.real("low"));
    rules.high = static_cast<float>(call.args.real("high"));
    rules.edge = static_cast<float>(call.args.real("edge"));
    rules.reverse = call.args.boolean("reverse");
    rules.longest = call.px("max_length") / threads.step;
    rules.variation = call.args.real("variation");
    rules.amount = call.args.real("amount");
    rules.seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    return rules;
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    outputs[0] = call.inputs[0].stream;
    const int mask = call.input("mask");
    if (mask >= 0) {
        const StreamFacts& other = call.inputs[static_cast<std::size_t>(mask)].stream;
        if (other.width != outputs[0].width || other.height != outputs[0].height)
            return fail(Fault::BadInput, "mask: must be as large as the picture; put a resize before it");
    }
    return {};
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const Threads threads(call.args.real("angle"), call.inputs[0].stream.width, call.inputs[0].stream.height);
    return threads.boundsOf(threads.linesOf(out));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    for (int y = out.rect.y0; y < out.rect.y1; ++y) // the colours come from the lines: each pixel is on one
        std::copy_n(&inputs[0].at(alpha, out.rect.x0, y), out.rect.width(), out.row(alpha, y));
    const Rect whole{0, 0, call.inputs[0].stream.width, call.inputs[0].stream.height};
    const Threads threads(call.args.real("angle"), whole.x1, whole.y1);
    const Rules rules = rulesOf(call, threads);
    const Sorting sorting{threads, rules, inputs[0], inputs.size() > 1 ? &inputs[1] : nullptr};
    const auto [first, end] = threads.linesOf(out.rect);
    Bundle bundle;
    for (bundle.first = first; bundle.first < end; bundle.first += Bundle::most) {
        bundle.count = std::min(Bundle::most, end - bundle.first);
        sorting.take(bundle);
        for (int k = 0; k < bundle.count; ++k)
            sortLine(rules, bundle.first + k, Line(bundle, k, threads.placesOf(bundle.first + k), threads.backwards));
        sorting.put(bundle, out);
    }
    return {};
}

} // namespace

extern const Effect effect_pixelsort;
const Effect effect_pixelsort{
    .name = "pixelsort",
    .title = "Pixel sort",
    .help = "Sorts the pixels of a picture by brightness or hue along lines at any angle, wherever they are neither too dark nor too bright, so that it runs like wet paint. "
            "Pixels only change their places; what is transparent stays where it is.",
    .tags = {"stylize", "glitch"},
    .synonyms = {"pixel sorting", "melt", "drip", "asdf", "sort pixels", "glitch"},
    .inputs = {{.name = "picture", .title = "Picture"}, {.name = "mask", .title = "Mask", .optional = true}},
    .params = {
        {.name = "angle", .kind = ParamKind::Angle, .initial = 90.0, .step = 1.0, .unit = "deg", .title = "Angle", .help = "The way from dark to bright: 0 is to the right, 90 down"},
        {.name = "key", .kind = ParamKind::Choice, .initial = std::int64_t{Brightness}, .title = "Key", .help = "What pixels are sorted by", .choices = {"brightness", "hue", "saturation", "red", "green", "blue"}, .animatable = false},
        {.name = "reverse", .kind = ParamKind::Boolean, .initial = false, .title = "Reverse", .help = "The greatest first"},
        {.name = "spans", .kind = ParamKind::Choice, .initial = std::int64_t{Inside}, .title = "Spans", .help = "What is sorted together: tones inside or outside the thresholds, what lies between two edges, pieces by chance, or whole lines", .group = "Spans", .choices = {"inside", "outside", "edges", "random", "whole_lines"}, .animatable = false},
        {.name = "low", .initial = 0.25, .least = 0.0, .most = 1.0, .title = "Low", .help = "Display brightness of the lower threshold", .group = "Spans"},
        {.name = "high", .initial = 0.8, .least = 0.0, .most = 1.0, .title = "High", .help = "Display brightness of the upper threshold", .group = "Spans"},
        {.name = "edge", .initial = 0.08, .least = 0.0, .most = 1.0, .title = "Edge", .help = "With edges: the step of brightness that ends a span", .group = "Spans"},
        {.name = "max_length", .initial = 0.0, .least = 0.0, .most = 8000.0, .step = 1.0, .unit = "px", .title = "Longest", .help = "No span is longer; 0 sets no limit", .group = "Spans"},
        {.name = "variation", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Variation", .help = "How much shorter than the longest spans may end", .group = "Spans"},
        {.name = "amount", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Amount", .help = "The part of the spans that is sorted; 0 changes nothing"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
    },
    .access = Access::Whole,
    .facts = facts,
    .passes = passes,
    .region = region,
    .works = works,
    .render = render,
};

} // namespace artdag
