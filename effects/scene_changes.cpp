// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/whole_inputs.h"
#include "core/picture/mosaic.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace artdag {
namespace {

constexpr int columns = 64, rows = 36;
constexpr int signColumns = 16, signRows = 9; ///< of what is kept of every frame
constexpr std::size_t longestFlash = 4;       ///< frames
constexpr int shades = 6;                     ///< of each of red, green, blue in a histogram

/// What a frame is known again by.
using Sign = std::array<std::uint8_t, std::size_t{signColumns} * signRows * 3>;

struct Look {
    Mosaic display;
    std::vector<float> histogram; ///< parts of the picture by colour
};

Look lookOf(const ConstPictureView& picture)
{
    const int step = std::max(picture.rect.height() / (8 * rows), 1); // eight rows of a tile tell enough
    Look look{overBlack(mosaicOf(picture, {0, 0, picture.rect.width(), picture.rect.height()}, columns, rows, step)), std::vector<float>(shades * shades * shades)};
    const float part = 1.0F / static_cast<float>(look.display.tiles());
    for (std::size_t i = 0; i < look.display.tiles(); ++i) {
        int place = 0;
        for (int plane = 0; plane < 3; ++plane)
            place = place * shades + std::clamp(static_cast<int>(look.display.planes[plane][i] * shades), 0, shades - 1);
        look.histogram[static_cast<std::size_t>(place)] += part;
    }
    return look;
}

Sign signOf(const Mosaic& display)
{
    Sign sign{};
    for (std::size_t i = 0; i < std::size_t{signColumns} * signRows; ++i) {
        const int x = static_cast<int>(i) % signColumns * display.columns / signColumns, y = static_cast<int>(i) / signColumns * display.rows / signRows;
        for (std::size_t plane = 0; plane < 3; ++plane)
            sign[3 * i + plane] = static_cast<std::uint8_t>(255.0F * std::clamp(display.planes[plane][static_cast<std::size_t>(y * display.columns + x)], 0.0F, 1.0F) + 0.5F);
    }
    return sign;
}

double difference(const Sign& a, const Sign& b)
{
    int sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] > b[i] ? a[i] - b[i] : b[i] - a[i];
    return sum / (255.0 * static_cast<double>(a.size()));
}

/// 0–1: how much two frames differ, half by place and half by colour, so that neither a pan nor a change of light is a cut.
double difference(const Look& a, const Look& b)
{
    double place = 0.0, colour = 0.0;
    for (int plane = 0; plane < 3; ++plane)
        for (std::size_t i = 0; i < a.display.tiles(); ++i)
            place += std::fabs(a.display.planes[plane][i] - b.display.planes[plane][i]);
    place /= 3.0 * static_cast<double>(a.display.tiles());
    for (std::size_t i = 0; i < a.histogram.size(); ++i)
        colour += 0.5 * std::fabs(a.histogram[i] - b.histogram[i]);
    return std::sqrt(std::min(4.0 * place, 1.0) * std::min(colour, 1.0));
}

/// What of each difference is more than around it: a fast pan is as different all the time.
std::vector<double> outstanding(const std::vector<double>& differences)
{
    std::vector<double> out(differences.size());
    for (std::size_t i = 0; i < differences.size(); ++i) {
        double around = 0.0, count = 0.0;
        for (std::size_t j = i < 5 ? 0 : i - 5; j < std::min(i + 6, differences.size()); ++j)
            if (j != i && j > 0) { // before frame 0 there is no other frame
                around += std::min(differences[j], differences[i]);
                count += 1.0;
            }
        out[i] = std::max(differences[i] - (count > 0.0 ? around / count : 0.0), 0.0);
    }
    return out;
}

/// Whether soon after frame i there is again what was before it.
bool isFlash(const std::vector<Sign>& signs, std::size_t i)
{
    const double change = difference(signs[i - 1], signs[i]);
    for (std::size_t j = i + 1; j <= std::min(i + longestFlash, signs.size() - 1); ++j)
        if (difference(signs[i - 1], signs[j]) < 0.25 * change)
            return true;
    return false;
}

Result<std::vector<Analysed>> analyse(const AnalysisCall& call)
{
    std::vector<double> differences;
    std::vector<Sign> signs;
    std::optional<Look> before;
    TRY(seeFrames(call, call.input("picture"), [&](const ConstPictureView& picture) {
        Look look = lookOf(picture);
        differences.push_back(before ? difference(*before, look) : 0.0);
        signs.push_back(signOf(look.display));
        before = std::move(look);
    }));
    std::vector<Analysed> out(2);
    out[1] = {{}, call.canvas.rate.perSecond(), outstanding(differences)};
    const std::vector<double>& scores = out[1].values;
    const double threshold = call.args.real("threshold");
    const std::int64_t gap = std::max<std::int64_t>(call.framesOf(call.args.time("gap")), 1);
    std::int64_t last = call.args.boolean("first") ? 0 : -gap;
    if (call.args.boolean("first") && !scores.empty())
        out[0].events.push_back({0, 1.0});
    for (std::size_t i = 1; i < scores.size(); ++i) {
        const auto frame = static_cast<std::int64_t>(i);
        if (scores[i] <= threshold || frame - last < gap || (!call.args.boolean("flashes") && isFlash(signs, i)))
            continue;
        if (!call.args.boolean("flashes") && i > 1) { // back from a flash is no cut either
            bool back = false;
            for (std::size_t j = i > longestFlash ? i - longestFlash : 1; j < i && !back; ++j)
                back = scores[j] > threshold && isFlash(signs, j);
            if (back)
                continue;
        }
        out[0].events.push_back({timeOfFrame(frame, call.canvas.rate), std::min(scores[i], 1.0)});
        last = frame;
    }
    return out;
}

} // namespace

extern const Effect effect_scene_changes;
const Effect effect_scene_changes{
    .name = "scene_changes",
    .title = "Scene changes",
    .help = "An event at every cut of a film. Pans, changing light and flashes are no cuts; neither are slow dissolves.",
    .tags = {"analysis", "picture", "events"},
    .synonyms = {"scene detection", "scene edit detection", "shot detection", "cut detection", "scdet"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .outputs = {
        {.name = "events", .type = PortType::Events, .title = "Cuts: the first frame of a shot"},
        {.name = "signal", .type = PortType::Signal, .title = "How new a frame is, 0–1"},
    },
    .params = {
        {.name = "threshold", .initial = 0.25, .least = 0.0, .most = 1.0, .title = "Threshold", .help = "How new a frame must be; lower finds more", .animatable = false},
        {.name = "gap", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 4}, .least = 0.0, .most = 60.0, .unit = "s", .title = "Gap", .help = "A shot is at least this long", .animatable = false},
        {.name = "flashes", .kind = ParamKind::Boolean, .initial = false, .title = "Flashes", .help = "Counts a flash as a cut", .animatable = false},
        {.name = "first", .kind = ParamKind::Boolean, .initial = false, .title = "First", .help = "The first frame begins a shot too", .animatable = false},
    },
    .analyse = analyse,
};

} // namespace artdag
