// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/pointwise.h"
#include "core/picture/row_math.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Kind {
    SmpteHd,
    Smpte,
    Ebu75,
    Ebu100,
    Ramps,
    Grid,
    ZonePlate,
};

/// Signal values R'G'B': 0 is black, 1 is white, as the encoder writes them. Below 0 is blacker than black.
struct Signal {
    float r = 0, g = 0, b = 0;
};

Signal grey(float level)
{
    return {level, level, level};
}

/// A part of the canvas (0–1) that goes from one signal on the left to another on the right.
struct Patch {
    double x0, y0, x1, y1;
    Signal from, to;
    Patch(double left, double top, double right, double bottom, Signal signal)
        : Patch(left, top, right, bottom, signal, signal) {}
    Patch(double left, double top, double right, double bottom, Signal first, Signal last)
        : x0(left),
          y0(top),
          x1(right),
          y1(bottom),
          from(first),
          to(last) {}
};

/// White, yellow, cyan, green, magenta, red, blue, black.
Signal bar(int index, float level)
{
    const int off = index; // bit 0: no blue, bit 1: no red, bit 2: no green
    return {(off & 2) != 0 ? 0.0F : level, (off & 4) != 0 ? 0.0F : level, (off & 1) != 0 ? 0.0F : level};
}

/// SMPTE RP 219-1:2014 (ARIB STD-B28): seven bars of 75 % between grey flanks, then −I, +Q, a ramp, and PLUGE.
void addSmpteHd(std::vector<Patch>& patches)
{
    constexpr double flank = 1.0 / 8, bars = 3.0 / 4 / 7, second = 7.0 / 12, third = 8.0 / 12, fourth = 9.0 / 12;
    auto at = [&](double columns) { return flank + bars * columns; };
    patches.emplace_back(0, 0, flank, second, grey(0.4F));
    for (int i = 0; i < 7; ++i)
        patches.emplace_back(at(i), 0, at(i + 1), second, bar(i, 0.75F));
    patches.emplace_back(at(7), 0, 1, second, grey(0.4F));
    patches.emplace_back(0, second, flank, third, Signal{0, 1, 1});
    patches.emplace_back(flank, second, at(1), third, Signal{0, 0.2456F, 0.4125F}); // −I
    patches.emplace_back(at(1), second, at(7), third, grey(0.75F));
    patches.emplace_back(at(7), second, 1, third, Signal{0, 0, 1});
    patches.emplace_back(0, third, flank, fourth, Signal{1, 1, 0});
    patches.emplace_back(flank, third, at(1), fourth, Signal{0.2536F, 0, 0.4703F}); // +Q
    patches.emplace_back(at(1), third, at(6), fourth, grey(0), grey(1));
    patches.emplace_back(at(6), third, at(7), fourth, grey(1));
    patches.emplace_back(at(7), third, 1, fourth, Signal{1, 0, 0});
    const std::pair<double, float> last[] = {{1.5, 0.0F}, {2.0, 1.0F}, {5.0 / 6, 0.0F}, {1.0 / 3, -0.02F}, {1.0 / 3, 0.0F}, {1.0 / 3, 0.02F}, {1.0 / 3, 0.0F},
        {1.0 / 3, 0.04F}, {1.0, 0.0F}};
    patches.emplace_back(0, fourth, flank, 1, grey(0.15F));
    double column = 0;
    for (const auto& [width, level] : last) {
        patches.emplace_back(at(column), fourth, at(column + width), 1, grey(level));
        column += width;
    }
    patches.emplace_back(at(7), fourth, 1, 1, grey(0.15F));
}

/// SMPTE EG 1-1990: seven bars of 75 %, their blue in reverse order below, then −I, white, +Q and PLUGE.
void addSmpte(std::vector<Patch>& patches)
{
    constexpr double second = 2.0 / 3, third = 3.0 / 4;
    for (int i = 0; i < 7; ++i) {
        patches.emplace_back(i / 7.0, 0, (i + 1) / 7.0, second, bar(i, 0.75F));
        const int reversed = 6 - i;
        patches.emplace_back(i / 7.0, second, (i + 1) / 7.0, third, i % 2 == 0 ? bar(reversed, 0.75F) : grey(0));
    }
    const std::pair<double, Signal> last[] = {{1.25, {0, 0.1294F, 0.298F}}, {1.25, grey(1)}, {1.25, {0.1961F, 0, 0.4157F}}, {1.25, grey(0)}, {1.0 / 3, grey(-0.04F)},
        {1.0 / 3, grey(0)}, {1.0 / 3, grey(0.04F)}, {1.0, grey(0)}};
    double column = 0;
    for (const auto& [width, signal] : last) {
        patches.emplace_back(column / 7, third, (column + width) / 7, 1, signal);
        column += width;
    }
}

void addEbu(float level, std::vector<Patch>& patches)
{
    for (int i = 0; i < 8; ++i)
        patches.emplace_back(i / 8.0, 0, (i + 1) / 8.0, 1, i == 0 ? grey(1) : bar(i, level));
}

/// Grey as a ramp and in eleven steps, then red, green and blue.
void addRamps(std::vector<Patch>& patches)
{
    patches.emplace_back(0, 0, 1, 0.2, grey(0), grey(1));
    for (int i = 0; i < 11; ++i)
        patches.emplace_back(i / 11.0, 0.2, (i + 1) / 11.0, 0.4, grey(static_cast<float>(i) / 10.0F));
    const Signal last[3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    for (int i = 0; i < 3; ++i)
        patches.emplace_back(0, 0.4 + 0.2 * i, 1, 0.6 + 0.2 * i, grey(0), last[i]);
}

std::vector<Patch> patchesOf(int kind)
{
    std::vector<Patch> patches;
    switch (kind) {
    case SmpteHd: addSmpteHd(patches); break;
    case Smpte: addSmpte(patches); break;
    case Ebu75: addEbu(0.75F, patches); break;
    case Ebu100: addEbu(1.0F, patches); break;
    default: addRamps(patches); break;
    }
    return patches;
}

int edge(double share, int size)
{
    return static_cast<int>(exact::floor(share * size + 0.5));
}

/// Whole pixels only: each has exactly the signal of its patch. A ramp begins and ends exactly on its two signals.
void paintPatch(const Patch& patch, int width, int height, PictureView out)
{
    const int left = edge(patch.x0, width), right = edge(patch.x1, width);
    const Rect part = Rect{left, edge(patch.y0, height), right, edge(patch.y1, height)}.clippedTo(out.rect);
    if (part.empty())
        return;
    const auto n = static_cast<std::size_t>(part.width());
    const float from[3] = {patch.from.r, patch.from.g, patch.from.b}, to[3] = {patch.to.r, patch.to.g, patch.to.b};
    std::vector<float> row(n);
    for (int plane = 0; plane < 3; ++plane) {
        const float step = (to[plane] - from[plane]) / static_cast<float>(std::max(right - left - 1, 1));
        for (std::size_t i = 0; i < n; ++i)
            row[i] = from[plane] + step * static_cast<float>(part.x0 - left + static_cast<int>(i));
        displayToLinearRow(row.data(), row.data(), n);
        for (int y = part.y0; y < part.y1; ++y)
            std::copy_n(row.data(), n, &out.at(plane, part.x0, y));
    }
}

/// How much of a pixel is covered by a line of this width at this distance.
float lineCover(float distance, float width)
{
    const float size = distance < 0.0F ? -distance : distance;
    return coverOf(0.5F * width - size) - coverOf(-0.5F * width - size);
}

struct Crosshatch {
    float cell, line, middleX, middleY, width, height;
    bool safe;

    /// The outline of a rectangle about the middle.
    [[nodiscard]] float frame(float x, float y, float halfWidth, float halfHeight) const
    {
        const float dx = std::abs(x) - halfWidth, dy = std::abs(y) - halfHeight;
        const float outX = std::max(dx, 0.0F), outY = std::max(dy, 0.0F);
        const float distance = outX > 0.0F || outY > 0.0F ? std::sqrt(outX * outX + outY * outY) : -std::max(dx, dy);
        return lineCover(distance, line);
    }
    [[nodiscard]] float ring(float x, float y, float radius) const { return lineCover(std::sqrt(x * x + y * y) - radius, line); }
    /// Lines of the grid, circles and the frame; safe areas (SMPTE ST 2046-1: 93 % for action, 90 % for titles).
    [[nodiscard]] float at(float px, float py) const
    {
        const float x = px - middleX, y = py - middleY;
        const float across = lineCover(fromNearest(x / cell) * cell, line), down = lineCover(fromNearest(y / cell) * cell, line);
        float cover = 0.55F * std::max(across, down);
        cover = std::max({cover, lineCover(x, 2.0F * line), lineCover(y, 2.0F * line)});
        const float corner = 0.16F * height, awayX = std::abs(x) - (0.5F * width - 1.15F * corner), awayY = std::abs(y) - (0.5F * height - 1.15F * corner);
        cover = std::max({cover, ring(x, y, 0.48F * height), ring(x, y, 0.24F * height), ring(awayX, awayY, corner)});
        cover = std::max(cover, frame(x, y, 0.5F * (width - line), 0.5F * (height - line)));
        return safe ? std::max({cover, frame(x, y, 0.465F * width, 0.465F * height), frame(x, y, 0.45F * width, 0.45F * height)}) : cover;
    }
};

void paintGrid(const FrameCall& call, PictureView out)
{
    const auto width = static_cast<float>(call.out.width), height = static_cast<float>(call.out.height);
    const auto cell = static_cast<float>(std::max(call.px("cell"), 1.0)), line = static_cast<float>(call.px("line"));
    const Crosshatch grid{cell, line, 0.5F * width, 0.5F * height, width, height, call.args.boolean("safe_areas")};
    float back = 0.18F;
    displayToLinearRow(&back, &back, 1);
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        for (int x = out.rect.x0; x < out.rect.x1; ++x) {
            const float light = back + (1.0F - back) * grid.at(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
            out.at(red, x, y) = light, out.at(green, x, y) = light, out.at(blue, x, y) = light;
        }
}

/// Rings that get finer outwards, until at the left and right edge of a frequency of 1 there are two pixels to a ring. What
/// would be finer than pixels can show is grey: it is in the film, and in a preview further in.
void paintZonePlate(const FrameCall& call, double turns, PictureView out)
{
    const double middleX = 0.5 * call.out.width, middleY = 0.5 * call.out.height;
    const double perSquare = 0.5 * call.args.real("frequency") / (std::max(call.out.width, 2) * call.canvas.scale);
    auto shown = [&](double away) { return static_cast<float>(std::clamp((0.53 - 2 * std::abs(away) * perSquare) / 0.03, 0.0, 1.0)); };
    const auto n = static_cast<std::size_t>(out.rect.width());
    std::vector<float> row(n);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const double dy = y + 0.5 - middleY;
        for (std::size_t i = 0; i < n; ++i) {
            const double dx = out.rect.x0 + static_cast<double>(i) + 0.5 - middleX;
            const double rings = (dx * dx + dy * dy) * perSquare - turns;
            row[i] = 0.5F + 0.5F * shown(dx) * shown(dy) * cosineOfTurns(static_cast<float>(rings - exact::floor(rings)));
        }
        displayToLinearRow(row.data(), row.data(), n);
        for (int plane = 0; plane < 3; ++plane)
            std::copy_n(row.data(), n, out.row(plane, y));
    }
}

/// Seven segments of a digit, in a box 1 wide and 2 high: top, upper right, lower right, bottom, lower left, upper left, middle.
constexpr unsigned char segments[10] = {0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F, 0x6F};

void fillBox(double x0, double y0, double x1, double y1, float level, PictureView out)
{
    const Rect part = Rect{edge(x0, 1), edge(y0, 1), edge(x1, 1), edge(y1, 1)}.clippedTo(out.rect);
    if (!part.empty())
        fill(out.sub(part), level, level, level, 1.0F);
}

void paintDigit(int digit, double x, double y, double size, PictureView out)
{
    const double t = 0.22 * size, boxes[7][4] = {{0, 0, size, t}, {size - t, 0, size, size}, {size - t, size, size, 2 * size}, {0, 2 * size - t, size, 2 * size}, {0, size, t, 2 * size}, {0, 0, t, size}, {0, size - t / 2, size, size + t / 2}};
    for (int i = 0; i < 7; ++i)
        if ((segments[digit] >> i & 1) != 0)
            fillBox(x + boxes[i][0], y + boxes[i][1], x + boxes[i][2], y + boxes[i][3], 1.0F, out);
}

/// Hours, minutes, seconds and frames since the beginning, without dropped numbers, white on black.
void paintCounter(const FrameCall& call, PictureView out)
{
    const Rate rate = call.canvas.rate;
    const std::int64_t nominal = std::max<std::int64_t>((rate.numerator + rate.denominator / 2) / rate.denominator, 1);
    const std::int64_t seconds = call.frame / nominal;
    const std::int64_t parts[4] = {seconds / 3600 % 100, seconds / 60 % 60, seconds % 60, call.frame % nominal};
    const double size = 0.045 * std::min(call.out.width, call.out.height), step = 1.45 * size, colon = 0.9 * size;
    const double all = 8 * step + 3 * colon - 0.45 * size;
    double x = 0.5 * (call.out.width - all);
    const double y = 0.86 * call.out.height - 2 * size;
    fillBox(x - size, y - 0.7 * size, x + all + size, y + 2.7 * size, 0.0F, out);
    for (int i = 0; i < 4; ++i) {
        paintDigit(static_cast<int>(parts[i] / 10 % 10), x, y, size, out);
        paintDigit(static_cast<int>(parts[i] % 10), x + step, y, size, out);
        x += 2 * step + colon;
        for (const double height : {0.55, 1.25})
            if (i < 3)
                fillBox(x - colon - 0.1 * size, y + height * size, x - colon + 0.15 * size, y + (height + 0.25) * size, 1.0F, out);
    }
}

double turnsAt(const FrameCall& call)
{
    const double turns = call.args.real("phase") + call.args.real("speed") * call.t();
    return turns - exact::floor(turns);
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    out.push_back(call.args.choice("kind") == ZonePlate ? turnsAt(call) : 0.0);
    out.push_back(call.args.boolean("counter") ? static_cast<double>(call.frame) : 0.0);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    fill(out, 0, 0, 0, 1);
    switch (call.args.choice("kind")) {
    case Grid: paintGrid(call, out); break;
    case ZonePlate: paintZonePlate(call, turnsAt(call), out); break;
    default:
        for (const Patch& patch : patchesOf(call.args.choice("kind")))
            paintPatch(patch, call.out.width, call.out.height, out);
    }
    if (call.args.boolean("counter"))
        paintCounter(call, out);
    return {};
}

} // namespace

extern const Effect effect_test_pattern;
const Effect effect_test_pattern{
    .name = "test_pattern",
    .title = "Test pattern",
    .help = "Pictures to measure with: colour bars as broadcasters line up with, ramps, a grid with circles and safe areas, and a zone plate. A counter shows time and frame.",
    .tags = {"source", "pattern"},
    .synonyms = {"colour bars", "color bars", "smpte", "ebu", "testsrc", "crosshatch", "line-up", "zone plate", "calibration", "pluge", "timecode"},
    .params = {
        {.name = "kind", .kind = ParamKind::Choice, .initial = std::int64_t{SmpteHd}, .title = "Kind", .help = "Bars of SMPTE RP 219 (high definition) or EG 1, EBU bars of 75 or 100 %, ramps, a grid, or rings that get finer outwards", .choices = {"smpte hd", "smpte", "ebu 75", "ebu 100", "ramps", "grid", "zone plate"}, .animatable = false},
        {.name = "cell", .initial = 120.0, .least = 4.0, .most = 2048.0, .step = 1.0, .unit = "px", .title = "Cell", .help = "Of the grid", .group = "Grid"},
        {.name = "line", .initial = 2.0, .least = 0.25, .most = 64.0, .step = 0.25, .unit = "px", .title = "Line", .group = "Grid"},
        {.name = "safe_areas", .kind = ParamKind::Boolean, .initial = true, .title = "Safe areas", .help = "Frames at 93 % for action and 90 % for titles", .group = "Grid", .animatable = false},
        {.name = "frequency", .initial = 1.0, .least = 0.01, .most = 4.0, .step = 0.05, .title = "Frequency", .help = "Of the rings at the left and right edge; 1 is the finest that pixels can show", .group = "Zone plate"},
        {.name = "phase", .initial = 0.0, .step = 0.05, .title = "Phase", .help = "Moves the rings; 1 is a ring", .group = "Zone plate"},
        {.name = "speed", .initial = 0.5, .least = -30.0, .most = 30.0, .step = 0.1, .unit = "1/s", .title = "Speed", .help = "Rings a second that run outwards", .group = "Zone plate"},
        {.name = "counter", .kind = ParamKind::Boolean, .initial = false, .title = "Counter", .help = "Hours, minutes, seconds and frames", .animatable = false},
    },
    .access = Access::Region,
    .moment = moment,
    .still = [](const Call& call) { return !call.args.boolean("counter") && (call.args.choice("kind") != ZonePlate || call.args.real("speed") == 0.0); },
    .render = render,
};

} // namespace artdag
