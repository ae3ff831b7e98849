// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace artdag {
namespace {

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

/// Random numbers of one kind of fault during one of its spells.
struct Chance {
    std::uint64_t seed = 0, spell = 0;
    [[nodiscard]] double unit(std::uint64_t what, std::uint64_t which = 0) const { return randomUnit(seed, spell, what, which); }
    [[nodiscard]] double both(std::uint64_t what, std::uint64_t which = 0) const { return unit(what, which) * 2.0 - 1.0; }
};

/// A fault stays for a spell, then another comes. Each kind has its own clock, so that they do not all jump together.
struct Spell {
    Chance chance;
    double age = 0.0; ///< 0–1
};

/// A slice of the picture that came too early or too late.
struct Slice {
    double top = 0.0, height = 0.0;   ///< px of the canvas
    double shift = 0.0, colour = 0.0; ///< px: of everything; of red, and of blue the other way
    bool sync = false;                ///< the receiver catches itself again line by line
};

struct Signal {
    double amount = 0.0;       ///< of this moment
    double scale = 1.0;        ///< px of this plan for one of the canvas
    int width = 1, height = 1; ///< px of this plan
    double shift = 0.0, split = 0.0, noise = 0.0, roll = 0.0;
    std::vector<Slice> slices;
    Chance frame; ///< what changes with every picture
};

Spell spellOf(const FrameCall& call, std::uint64_t kind, double pace)
{
    const double place = call.t() * call.args.real("speed") * pace + 0.37 * static_cast<double>(kind);
    const double whole = exact::floor(place);
    return {{static_cast<std::uint64_t>(call.args.integer("seed")) * 16U + kind, static_cast<std::uint64_t>(static_cast<std::int64_t>(whole))}, place - whole};
}

/// Steady at bursts 0; at 1 it is calm most of the time and breaks out in fits that die down.
double strengthNow(const FrameCall& call)
{
    const double bursts = call.args.real("bursts");
    const Spell spell = spellOf(call, 0, 0.3);
    const double fit = spell.chance.unit(1) < 0.45 ? (0.5 + 0.5 * spell.chance.unit(2)) * (1.0 - spell.age * spell.age) : 0.04;
    return call.args.real("amount") * (1.0 - bursts + bursts * fit);
}

void addSlices(const FrameCall& call, Signal& signal)
{
    const double tall = static_cast<double>(signal.height) / signal.scale, tears = call.args.real("tears");
    const double usual = call.args.real("size");
    const int most = std::clamp(static_cast<int>(tall / std::max(usual, 4.0) * 0.5) + 3, 3, 40);
    for (int i = 0; i < most; ++i) {
        const auto kind = static_cast<std::uint64_t>(i % 3);
        const Spell spell = spellOf(call, 1 + kind, 1.0 + 0.6 * static_cast<double>(kind));
        const auto which = static_cast<std::uint64_t>(i);
        if (tears == 0.0 || spell.chance.unit(1, which) >= signal.amount * 0.85)
            continue;
        Slice slice;
        const double thin = spell.chance.unit(2, which);
        slice.height = usual * (0.15 + 2.0 * thin * thin);
        slice.top = spell.chance.unit(3, which) * (tall + slice.height) - slice.height;
        const double far = spell.chance.both(4, which);
        slice.shift = far * std::abs(far) * signal.shift * tears * (thin > 0.8 ? 0.4 : 1.0); // high slices slip less far
        slice.colour = spell.chance.unit(5, which) < 0.5 ? spell.chance.both(6, which) * signal.split * 2.5 : 0.0;
        slice.sync = spell.chance.unit(7, which) < 0.35;
        signal.slices.push_back(slice);
    }
}

Signal makeSignal(const FrameCall& call)
{
    Signal signal;
    signal.amount = strengthNow(call);
    signal.scale = call.canvas.scale;
    signal.width = call.inputs[0].stream.width;
    signal.height = call.inputs[0].stream.height;
    signal.shift = call.args.real("shift");
    signal.split = call.args.real("split") * (0.25 + 0.75 * signal.amount) * std::min(signal.amount * 4.0, 1.0);
    signal.noise = call.args.real("noise") * signal.amount;
    signal.frame = {static_cast<std::uint64_t>(call.args.integer("seed")) * 16U + 15U, static_cast<std::uint64_t>(call.frame)};
    addSlices(call, signal);
    const Spell jump = spellOf(call, 5, 0.45);
    if (jump.chance.unit(1) < signal.amount * call.args.real("jumps")) { // thrown off, then pulled back
        const double back = 1.0 - std::min(jump.age * 1.25, 1.0);
        signal.roll = jump.chance.both(2) * 0.45 * back * back;
    }
    return signal;
}

/// Where one line of the picture comes from, and what lies on it.
struct ScanLine {
    int source = 0;                  ///< row, −1: between two pictures
    double shifts[3] = {};           ///< px of this plan
    double dash = -1.0, dashEnd = 0; ///< px: a drop-out
    float dashLight = 0.0F;
    float gain = 1.0F;
    float hiss = 0.0F;
};

ScanLine lineAt(const Signal& signal, int y)
{
    ScanLine line;
    const double tall = signal.height / signal.scale, at = (y + 0.5) / signal.scale;
    const double gap = 0.05 * signal.height;
    double row = y + signal.roll * signal.height;
    if (signal.roll != 0.0) { // pictures follow one another with a dark bar between
        const double period = signal.height + gap;
        row -= exact::floor(row / period) * period;
    }
    line.source = row < signal.height ? std::clamp(static_cast<int>(row), 0, signal.height - 1) : -1;
    double shift = 0.0, colour = signal.split * 0.35;
    const auto scan = static_cast<std::uint64_t>(static_cast<std::int64_t>(at / 2.0)); // lines of two px
    for (const Slice& slice : signal.slices) {
        const double place = (at - slice.top) / slice.height;
        if (place < 0.0 || place >= 1.0)
            continue;
        const double left = 1.0 - place;
        shift += slice.sync ? slice.shift * left * left * left + signal.frame.both(1, scan) * 6.0 * left : slice.shift;
        colour += slice.colour;
        line.hiss = std::max(line.hiss, static_cast<float>(signal.noise * (slice.sync ? 0.35 * left : 0.08)));
    }
    // Below the cut of a jump the lines still swing.
    if (signal.roll != 0.0)
        shift += signal.roll * signal.shift * exact::exp(-at / (0.08 * tall));
    shift += signal.frame.both(2, scan) * 1.2 * signal.amount;
    line.shifts[red] = (shift + colour) * signal.scale;
    line.shifts[green] = shift * signal.scale;
    line.shifts[blue] = (shift - colour) * signal.scale;
    const double wide = signal.width / signal.scale;
    if (signal.frame.unit(3, scan) < signal.noise * 0.07) {
        line.dash = signal.frame.unit(4, scan) * wide * 1.1 - 0.1 * wide;
        const double length = signal.frame.unit(5, scan);
        line.dashEnd = line.dash + (0.02 + 0.3 * length * length) * wide;
        line.dashLight = static_cast<float>(signal.frame.unit(6, scan) < 0.7 ? 0.5 : -0.6);
    }
    return line;
}

/// A row moved by a fraction of pixels and closed to a ring: what leaves on one side comes in on the other.
void moveRow(const float* __restrict from, int width, double shift, int first, int count, float* __restrict to)
{
    const double place = first - shift, whole = exact::floor(place);
    const auto weight = static_cast<float>(place - whole);
    auto at = static_cast<int>(whole - exact::floor(whole / width) * width);
    for (int i = 0; i < count;) {
        const int run = std::min(count - i, width - 1 - at);
        for (int k = 0; k < run; ++k)
            to[i + k] = from[at + k] + (from[at + k + 1] - from[at + k]) * weight; // exact where both are equal
        i += run;
        if (i < count) {
            to[i] = from[width - 1] + (from[0] - from[width - 1]) * weight;
            ++i;
        }
        at = 0;
    }
}

/// Hiss and drop-outs, only upon what is there.
void addNoise(const Signal& signal, const ScanLine& line, int y, PictureView out)
{
    if (line.hiss <= 0.0F && line.dash >= line.dashEnd)
        return;
    const double grain = std::max(2.0 * signal.scale, 1.0);
    for (int x = out.rect.x0; x < out.rect.x1; ++x) {
        const auto speck = static_cast<std::uint64_t>(static_cast<int>(x / grain));
        const auto scan = static_cast<std::uint64_t>(static_cast<int>(y / grain));
        float light = 0.0F, dash = 0.0F;
        if (line.hiss > 0.0F) {
            const auto tone = static_cast<float>(randomUnit(signal.frame.seed, signal.frame.spell, scan + 1000U, speck) * 2.0 - 1.0);
            light = tone * std::abs(tone) * line.hiss * 2.0F;
        }
        const double at = (x + 0.5) / signal.scale;
        if (at >= line.dash && at < line.dashEnd) { // sharp where it begins, then fading
            const auto left = static_cast<float>((line.dashEnd - at) / (line.dashEnd - line.dash));
            const double ripple = randomUnit(signal.frame.seed, signal.frame.spell, scan + 900'000U, speck);
            dash = line.dashLight * left * static_cast<float>(0.5 + 0.5 * ripple);
        }
        // Seen alike in dark and light tones: light is linear here.
        const float luma = std::max(0.2126F * out.at(red, x, y) + 0.7152F * out.at(green, x, y) + 0.0722F * out.at(blue, x, y), 0.0F);
        light *= 0.06F + std::sqrt(std::min(luma, 1.0F));
        for (int plane = 0; plane < 3; ++plane)
            out.at(plane, x, y) = std::max(out.at(plane, x, y) + (light + dash) * out.at(alpha, x, y), 0.0F);
    }
}

void drawLine(const ConstPictureView& in, const Signal& signal, int y, PictureView out)
{
    const ScanLine line = lineAt(signal, y);
    const int count = out.rect.width();
    if (line.source < 0) {
        for (int plane = 0; plane < 3; ++plane)
            std::fill_n(out.row(plane, y), count, 0.0F);
        std::fill_n(out.row(alpha, y), count, 1.0F);
    } else {
        for (int plane = 0; plane < 3; ++plane)
            moveRow(in.row(plane, line.source), signal.width, line.shifts[plane], out.rect.x0, count, out.row(plane, y));
        // Cover for all three: the largest.
        float* cover = out.row(alpha, y);
        moveRow(in.row(alpha, line.source), signal.width, line.shifts[green], out.rect.x0, count, cover);
        if (!in.opaque && line.shifts[red] != line.shifts[blue]) {
            std::vector<float> other(static_cast<std::size_t>(count));
            for (const int plane : {red, blue}) {
                moveRow(in.row(alpha, line.source), signal.width, line.shifts[plane], out.rect.x0, count, other.data());
                for (int i = 0; i < count; ++i)
                    cover[i] = std::max(cover[i], other[static_cast<std::size_t>(i)]);
            }
        }
    }
    addNoise(signal, line, y, out);
}

/// A run of broken blocks along a row of blocks.
struct Run {
    int row = 0, first = 0, end = 0; ///< blocks
    int kind = 0;
    double dx = 0.0, dy = 0.0; ///< px of the canvas
    int plane = 0;
};

std::vector<Run> runsOf(const FrameCall& call, const Signal& signal, double block)
{
    std::vector<Run> runs;
    const double weight = call.args.real("blocks") * signal.amount;
    const int rows = static_cast<int>(signal.height / (block * signal.scale)) + 1, columns = static_cast<int>(signal.width / (block * signal.scale)) + 1;
    for (int row = 0; row < rows; ++row) {
        const Spell spell = spellOf(call, 8U + static_cast<std::uint64_t>(row % 3), 1.3);
        const auto which = static_cast<std::uint64_t>(row);
        // A fault goes through a few rows of blocks that follow one another.
        const double patch = spell.chance.unit(1, which / 5U);
        if (patch >= weight * 0.9 || spell.chance.unit(2, which) >= 0.75)
            continue;
        Run run;
        run.row = row;
        const double start = spell.chance.unit(3, which), length = spell.chance.unit(4, which);
        run.first = static_cast<int>(start * columns);
        run.end = run.first + 2 + static_cast<int>(length * length * columns * 0.7);
        run.kind = static_cast<int>(spell.chance.unit(5, which / 2U) * 4.0);
        run.dx = exact::floor(spell.chance.both(6, which / 2U) * 12.0) * block * 0.5;
        run.dy = exact::floor(spell.chance.both(7, which / 2U) * 5.0) * block * 0.5;
        run.plane = static_cast<int>(spell.chance.unit(8, which) * 3.0);
        runs.push_back(run);
    }
    return runs;
}

/// Draws over lines that are already there, from the picture as it came in.
void drawRun(const ConstPictureView& in, const Signal& signal, const Run& run, double block, PictureView out)
{
    const double size = block * signal.scale;
    const auto edge = [&](int index) { return static_cast<int>(index * size + 0.5); };
    const Rect whole{0, 0, signal.width, signal.height};
    const Rect part = Rect{edge(run.first), edge(run.row), edge(run.end), edge(run.row + 1)}.clippedTo(whole).clippedTo(out.rect);
    const int dx = static_cast<int>(exact::floor(run.dx * signal.scale + 0.5)), dy = static_cast<int>(exact::floor(run.dy * signal.scale + 0.5));
    const int left = edge(run.first), wide = std::max(edge(run.first + 1) - left, 1), eighth = std::max(static_cast<int>(size / 4.0), 1);
    for (int y = part.y0; y < part.y1; ++y) {
        for (int x = part.x0; x < part.x1; ++x) {
            int fromX = x + dx, fromY = y + dy;
            if (run.kind == 1) { // one block over and over
                fromX = left + (x - left) % wide;
                fromY = y;
            } else if (run.kind == 2) { // only the coarsest tones came through
                fromX = left + (x - left) / eighth * eighth + eighth / 2;
                fromY = edge(run.row) + (y - edge(run.row)) / eighth * eighth + eighth / 2;
            }
            fromX = std::clamp(fromX, 0, signal.width - 1);
            fromY = std::clamp(fromY, 0, signal.height - 1);
            for (int plane = 0; plane < 4; ++plane)
                out.at(plane, x, y) = in.at(plane, fromX, fromY);
            if (run.kind == 3) { // one plane of colour is stale, the others are right
                for (int plane = 0; plane < 4; ++plane)
                    if (plane != run.plane)
                        out.at(plane, x, y) = in.at(plane, x, y);
                out.at(run.plane, x, y) *= in.at(alpha, x, y); // cut out like the others
            }
        }
    }
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const Signal signal = makeSignal(call);
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        drawLine(inputs[0], signal, y, out);
    const double block = std::max(call.args.real("block"), 1.0 / signal.scale);
    for (const Run& run : runsOf(call, signal, block))
        drawRun(inputs[0], signal, run, block, out);
    return {};
}

} // namespace

extern const Effect effect_glitch;
const Effect effect_glitch{
    .name = "glitch",
    .title = "Glitch",
    .help = "A broken signal: slices slip sideways, colours tear apart, the picture jumps, lines drop out and blocks come through wrong. Amount 0 changes nothing.",
    .tags = {"stylize", "glitch"},
    .synonyms = {"bad tv", "bad signal", "interference", "distortion", "vhs", "static", "digital noise", "tearing"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 0.6, .least = 0.0, .most = 1.0, .title = "Amount", .help = "How broken the signal is"},
        {.name = "speed", .initial = 7.0, .least = 0.0, .most = 60.0, .step = 0.1, .unit = "/s", .title = "Speed", .help = "How often the faults change", .animatable = false},
        {.name = "bursts", .initial = 0.3, .least = 0.0, .most = 1.0, .title = "Bursts", .help = "0 is broken all the time, 1 only in fits"},
        {.name = "tears", .initial = 0.8, .least = 0.0, .most = 1.0, .title = "Tears", .help = "How far slices slip", .group = "Faults"},
        {.name = "shift", .initial = 260.0, .least = 0.0, .most = 4000.0, .step = 1.0, .unit = "px", .title = "Shift", .help = "The farthest that a slice slips", .group = "Faults"},
        {.name = "size", .initial = 70.0, .least = 2.0, .most = 1000.0, .step = 1.0, .unit = "px", .title = "Slice", .help = "Usual height of a slice", .group = "Faults"},
        {.name = "split", .initial = 16.0, .least = 0.0, .most = 400.0, .step = 0.5, .unit = "px", .title = "Colour tear", .help = "How far red and blue come apart", .group = "Faults"},
        {.name = "blocks", .initial = 0.6, .least = 0.0, .most = 1.0, .title = "Blocks", .help = "Runs of blocks from the wrong place", .group = "Faults"},
        {.name = "block", .initial = 32.0, .least = 2.0, .most = 400.0, .step = 1.0, .unit = "px", .title = "Block", .help = "Width of a block", .group = "Faults"},
        {.name = "jumps", .initial = 0.4, .least = 0.0, .most = 1.0, .title = "Jumps", .help = "How often the picture is thrown up or down", .group = "Faults"},
        {.name = "noise", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Noise", .help = "Hiss in torn lines, and drop-outs", .group = "Faults"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
    },
    .access = Access::Region,
    .timeDependent = true,
    .passes = passes,
    .render = render,
};

} // namespace artdag
