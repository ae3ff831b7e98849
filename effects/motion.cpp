// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/whole_inputs.h"
#include "core/picture/mosaic.h"
#include "core/sound/beat_tracker.h"
#include "core/sound/moving.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

constexpr int columns = 96, rows = 54;
constexpr double slowest = 40.0, fastest = 180.0; ///< beats a minute: of machines and dancers
constexpr int farthest = 8;                       ///< tiles that a camera may go in a frame

enum Output {
    Amount,
    Horizontal,
    Vertical,
    Tempo,
    Events,
};

struct Frame {
    int columns = 0, rows = 0;
    std::vector<float> luma;
};

/// How far the camera went, in tiles.
struct Shift {
    double x = 0, y = 0;
};

/// Mean difference where frame `after` is moved back by whole tiles, over what both show.
double mismatch(const Frame& before, const Frame& after, int dx, int dy)
{
    const int left = std::max(0, -dx), right = std::min(before.columns, before.columns - dx), top = std::max(0, -dy), bottom = std::min(before.rows, before.rows - dy);
    constexpr int lanes = 8; // sums that a compiler can keep side by side
    double sum = 0.0;
    for (int y = top; y < bottom; ++y) {
        const float* __restrict a = before.luma.data() + static_cast<std::ptrdiff_t>(y) * before.columns;
        const float* __restrict b = after.luma.data() + static_cast<std::ptrdiff_t>(y + dy) * before.columns + dx;
        float sums[lanes] = {};
        int x = left;
        for (; x + lanes <= right; x += lanes)
            for (int lane = 0; lane < lanes; ++lane)
                sums[lane] += (a[x + lane] - b[x + lane]) * (a[x + lane] - b[x + lane]);
        for (; x < right; ++x)
            sums[0] += (a[x] - b[x]) * (a[x] - b[x]);
        for (const float each : sums)
            sum += each;
    }
    return sum / (static_cast<double>(right - left) * (bottom - top));
}

/// The rest of a shift whose whole tiles are known, by the slopes of the picture (Lucas and Kanade 1981).
Shift finer(const Frame& before, const Frame& after, int dx, int dy)
{
    const int left = std::max(1, 1 - dx), right = std::min(before.columns, before.columns - dx) - 1, top = std::max(1, 1 - dy), bottom = std::min(before.rows, before.rows - dy) - 1;
    double xx = 0.0, xy = 0.0, yy = 0.0, xd = 0.0, yd = 0.0;
    for (int y = top; y < bottom; ++y) {
        const float* a = before.luma.data() + static_cast<std::ptrdiff_t>(y) * before.columns;
        const float* b = after.luma.data() + static_cast<std::ptrdiff_t>(y + dy) * before.columns + dx;
        for (int x = left; x < right; ++x) { // slopes of the mean of both: exact to the second order
            const double slopeX = 0.25 * (b[x + 1] - b[x - 1] + a[x + 1] - a[x - 1]);
            const double slopeY = 0.25 * (b[x + before.columns] - b[x - before.columns] + a[x + before.columns] - a[x - before.columns]);
            const double difference = a[x] - b[x];
            xx += slopeX * slopeX;
            xy += slopeX * slopeY;
            yy += slopeY * slopeY;
            xd += slopeX * difference;
            yd += slopeY * difference;
        }
    }
    const double area = xx * yy - xy * xy;
    if (area <= 1e-6 * xx * yy || area <= 0.0) // stripes go nowhere for sure
        return {static_cast<double>(dx), static_cast<double>(dy)};
    return {dx + std::clamp((yy * xd - xy * yd) / area, -1.0, 1.0), dy + std::clamp((xx * yd - xy * xd) / area, -1.0, 1.0)};
}

Shift shiftOf(const Frame& before, const Frame& after)
{
    const int reachX = std::min(farthest, before.columns / 3), reachY = std::min(farthest, before.rows / 3);
    const double still = mismatch(before, after, 0, 0);
    double least = still;
    int x = 0, y = 0;
    for (int dy = -reachY; dy <= reachY; ++dy)
        for (int dx = -reachX; dx <= reachX; ++dx)
            if (const double found = mismatch(before, after, dx, dy); found < least) {
                least = found;
                x = dx;
                y = dy;
            }
    if (still < 1e-9 || least > 0.7 * still) { // it is not the whole picture that moves, or by less than a tile
        if (x != 0 || y != 0)
            return {};
    }
    return finer(before, after, x, y);
}

/// Tiles of one size, though they leave out an edge: else a shift by a tile would not be one everywhere.
Mosaic evenMosaic(const ConstPictureView& picture, Rect part)
{
    const int across = (part.width() + columns - 1) / columns, down = (part.height() + rows - 1) / rows;
    const int tilesAcross = part.width() / across, tilesDown = part.height() / down;
    return overBlack(mosaicOf(picture, {part.x0, part.y0, part.x0 + tilesAcross * across, part.y0 + tilesDown * down}, tilesAcross, tilesDown));
}

double amountOf(const Frame& before, const Frame& after, double ignored)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < before.luma.size(); ++i) {
        const double change = std::fabs(before.luma[i] - after.luma[i]);
        sum += change > ignored ? change : 0.0;
    }
    return sum / static_cast<double>(before.luma.size());
}

/// As much as stands out where the amount has a peak: the pulse of what moves, as an onset curve.
OnsetCurve pulseOf(const std::vector<double>& amounts, double rate)
{
    constexpr double calm = 0.1, around = 0.5; ///< seconds to each side
    std::vector<double> even;
    const auto count = static_cast<std::size_t>(static_cast<double>(amounts.size()) / rate * OnsetCurve::perSecond);
    for (std::size_t i = 0; i < count; ++i) {
        const double place = std::min(static_cast<double>(i) * rate / OnsetCurve::perSecond, static_cast<double>(amounts.size() - 1));
        const auto frame = static_cast<std::size_t>(place);
        const double next = amounts[std::min(frame + 1, amounts.size() - 1)];
        even.push_back(amounts[frame] + (next - amounts[frame]) * (place - static_cast<double>(frame)));
    }
    even = movingMean(even, static_cast<int>(calm * OnsetCurve::perSecond));
    const std::vector<double> mean = movingMean(even, static_cast<int>(around * OnsetCurve::perSecond)), most = movingMost(even, static_cast<int>(calm * OnsetCurve::perSecond));
    OnsetCurve curve;
    curve.strength.assign(count, 0.0);
    for (std::size_t i = 0; i < count; ++i)
        if (even[i] == most[i] && even[i] > mean[i] && (i == 0 || even[i - 1] < even[i]))
            curve.strength[i] = even[i] - mean[i];
    curve.accent = curve.strength;
    curve.bass.assign(count, 0.0);
    return curve;
}

void addPulse(const std::vector<double>& amounts, double rate, std::vector<Analysed>& out)
{
    const OnsetCurve curve = pulseOf(amounts, rate);
    const std::size_t count = curve.strength.size();
    const BeatAnswer answer = trackBeats(curve, {.slowest = slowest, .fastest = fastest, .beatsInBar = 1});
    out[Tempo] = {{}, 1.0, {}};
    std::size_t beat = 0;
    for (std::size_t second = 0; second <= count / OnsetCurve::perSecond; ++second) {
        while (beat + 1 < answer.beats.size() && answer.beats[beat].time < static_cast<double>(second))
            ++beat;
        out[Tempo].values.push_back(answer.beats.empty() ? 0.0 : answer.beats[beat].tempo);
    }
    for (const Beat& each : answer.beats)
        out[Events].events.push_back({flicksOfSeconds(each.time), each.strength});
}

Result<std::vector<Analysed>> analyse(const AnalysisCall& call)
{
    const Vec2 centre = call.args.vec2("centre"), size = call.args.vec2("size");
    const double rate = call.canvas.rate.perSecond(), ignored = call.args.real("ignore");
    std::vector<Analysed> out(5, Analysed{{}, rate, {}});
    Frame before;
    TRY(seeFrames(call, call.input("picture"), [&](const ConstPictureView& picture) {
        const Rect part = partOf(picture.rect.width(), picture.rect.height(), centre.x, centre.y, size.x, size.y);
        const Mosaic mosaic = evenMosaic(picture, part);
        Frame now{mosaic.columns, mosaic.rows, lumaOf(mosaic)};
        const bool first = before.luma.empty();
        const Shift shift = first ? Shift{} : shiftOf(before, now);
        out[Amount].values.push_back(first ? 0.0 : amountOf(before, now, ignored));
        out[Horizontal].values.push_back(shift.x / mosaic.columns * size.x * rate);
        out[Vertical].values.push_back(shift.y / mosaic.rows * size.y * rate);
        before = std::move(now);
    }));
    std::vector<double>& amounts = out[Amount].values;
    if (amounts.size() > 1)
        amounts[0] = amounts[1]; // nothing is known of what was before
    const double most = amounts.empty() ? 0.0 : *std::ranges::max_element(amounts);
    addPulse(amounts, rate, out);
    if (call.args.boolean("normalize") && most > 1e-6)
        for (double& amount : amounts)
            amount /= most;
    return out;
}

} // namespace

extern const Effect effect_motion;
const Effect effect_motion{
    .name = "motion",
    .title = "Motion",
    .help = "How much moves in a film from frame to frame, where the camera goes, and the pulse of a dance or a machine. It sees every frame once.",
    .tags = {"analysis", "picture", "signal", "events"},
    .synonyms = {"motion detection", "frame difference", "optical flow", "activity", "camera motion", "track motion", "dance tempo"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .outputs = {
        {.name = "signal", .type = PortType::Signal, .title = "Amount"},
        {.name = "horizontal", .type = PortType::Signal, .title = "Where all moves, in widths of the picture a second"},
        {.name = "vertical", .type = PortType::Signal, .title = "The same downwards, in heights"},
        {.name = "tempo", .type = PortType::Signal, .title = "Beats a minute of what moves by turns; 0: it does not"},
        {.name = "events", .type = PortType::Events, .title = "Those beats"},
    },
    .params = {
        {.name = "normalize", .kind = ParamKind::Boolean, .initial = true, .title = "Normalize", .help = "The most moving moment is 1; else a picture that goes from black to white", .animatable = false},
        {.name = "ignore", .initial = 0.01, .least = 0.0, .most = 1.0, .step = 0.005, .title = "Ignore", .help = "Smaller changes of brightness are noise", .animatable = false},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = 0.0, .most = 1.0, .title = "Centre", .help = "Of what is looked at", .animatable = false},
        {.name = "size", .kind = ParamKind::Size, .initial = Vec2{1.0, 1.0}, .least = 0.0, .most = 1.0, .title = "Size", .help = "Of what is looked at, as a part of the picture", .animatable = false},
    },
    .analyse = analyse,
};

} // namespace artdag
