// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"

#include <array>

namespace artdag {
namespace {

constexpr int steps = 1024;
using Table = std::array<float, steps + 1>;

enum class Form {
    Smooth,
    Natural,
    Straight,
};

double slopeBetween(const Vec2& a, const Vec2& b)
{
    return (b.y - a.y) / (b.x - a.x);
}

/// Slopes with which no tone overshoots: harmonic means of the neighbours' slopes (Fritsch and Butland 1984), 0 at turns.
std::vector<double> smoothSlopes(const CurvePoints& points)
{
    const std::size_t n = points.size();
    std::vector<double> slopes(n);
    for (std::size_t i = 1; i + 1 < n; ++i) {
        const double before = slopeBetween(points[i - 1], points[i]), after = slopeBetween(points[i], points[i + 1]);
        const double left = points[i].x - points[i - 1].x, right = points[i + 1].x - points[i].x;
        const double w1 = 2.0 * right + left, w2 = right + 2.0 * left;
        slopes[i] = before * after > 0.0 ? (w1 + w2) / (w1 / before + w2 / after) : 0.0;
    }
    // At the ends a parabola, held so that it goes the way of the first piece and not three times as steep.
    auto end = [](double near, double far, double nearWidth, double farWidth) {
        const double slope = ((2.0 * nearWidth + farWidth) * near - nearWidth * far) / (nearWidth + farWidth);
        if (slope * near <= 0.0)
            return 0.0;
        return near * far < 0.0 && slope * slope > 9.0 * near * near ? 3.0 * near : slope;
    };
    if (n == 2) {
        slopes[0] = slopes[1] = slopeBetween(points[0], points[1]);
        return slopes;
    }
    slopes[0] = end(slopeBetween(points[0], points[1]), slopeBetween(points[1], points[2]), points[1].x - points[0].x, points[2].x - points[1].x);
    slopes[n - 1] = end(slopeBetween(points[n - 2], points[n - 1]), slopeBetween(points[n - 3], points[n - 2]), points[n - 1].x - points[n - 2].x, points[n - 2].x - points[n - 3].x);
    return slopes;
}

/// Slopes of the natural cubic spline: curvature without a jump, none at the ends. Solves the tridiagonal system downwards.
std::vector<double> naturalSlopes(const CurvePoints& points)
{
    const std::size_t n = points.size();
    std::vector<double> upper(n), slopes(n);
    for (std::size_t i = 0; i < n; ++i) {
        const double left = i > 0 ? 1.0 / (points[i].x - points[i - 1].x) : 0.0;
        const double right = i + 1 < n ? 1.0 / (points[i + 1].x - points[i].x) : 0.0;
        double wanted = i > 0 ? 3.0 * slopeBetween(points[i - 1], points[i]) * left : 0.0;
        if (i + 1 < n)
            wanted += 3.0 * slopeBetween(points[i], points[i + 1]) * right;
        const double pivot = 2.0 * (left + right) - (i > 0 ? left * upper[i - 1] : 0.0);
        upper[i] = right / pivot;
        slopes[i] = (wanted - (i > 0 ? left * slopes[i - 1] : 0.0)) / pivot;
    }
    for (std::size_t i = n - 1; i-- > 0;)
        slopes[i] -= upper[i] * slopes[i + 1];
    return slopes;
}

/// Values of the curve at equal steps; level before its first point and after its last.
void fillTable(const CurvePoints& points, Form form, Table& table)
{
    const std::size_t n = points.size();
    const std::vector<double> slopes = form == Form::Natural ? naturalSlopes(points) : smoothSlopes(points);
    std::size_t piece = 0;
    for (int i = 0; i <= steps; ++i) {
        const double x = static_cast<double>(i) / steps;
        while (piece + 2 < n && points[piece + 1].x <= x)
            ++piece;
        const Vec2 &from = points[piece], &to = points[piece + 1];
        const double width = to.x - from.x, slope = (to.y - from.y) / width;
        const double t = x < from.x ? 0.0 : x > to.x ? width
                                                     : x - from.x;
        double y = from.y + slope * t;
        if (form != Form::Straight) {
            const double m0 = slopes[piece], m1 = slopes[piece + 1];
            const double square = (3.0 * slope - 2.0 * m0 - m1) / width, cube = (m0 + m1 - 2.0 * slope) / (width * width);
            y = from.y + t * (m0 + t * (square + t * cube));
        }
        table[static_cast<std::size_t>(i)] = static_cast<float>(y);
    }
}

constexpr std::string_view names[4] = {"red", "green", "blue", "master"};

bool isStraightUp(const CurvePoints& points)
{
    return points.size() < 2 || points == CurvePoints{{0, 0}, {1, 1}};
}

int passes(const FrameCall& call)
{
    for (const std::string_view name : names)
        if (!isStraightUp(call.args.curve(name)))
            return -1;
    return 0;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    std::array<Table, 4> tables;
    std::array<bool, 4> bends{};
    for (std::size_t i = 0; i < 4; ++i) {
        const CurvePoints& points = call.args.curve(names[i]);
        bends[i] = !isStraightUp(points);
        if (bends[i])
            fillTable(points, static_cast<Form>(call.args.choice("form")), tables[i]);
    }
    changeTones(inputs[0], out, call.space, 1.0, [&](const ToneRow& row) {
        for (std::size_t plane = 0; plane < 3; ++plane)
            for (const std::size_t curve : {plane, std::size_t{3}})
                if (bends[curve])
                    lookUpRow(tables[curve], row.to[plane], row.to[plane], row.n);
    });
    return {};
}

Param curve(std::string_view name, std::string_view title, std::string_view help)
{
    return {.name = name, .kind = ParamKind::Curve, .initial = CurvePoints{{0, 0}, {1, 1}}, .title = title, .help = help};
}

} // namespace

extern const Effect effect_curves;
const Effect effect_curves{
    .name = "curves",
    .title = "Curves",
    .help = "Gives each tone a new one by curves from black to white: one for each channel, then one for all. Beyond the ends of a curve tones go on straight.",
    .tags = {"colour"},
    .synonyms = {"tone curve", "RGB curves", "color lookup", "s-curve", "gradation", "cross process"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        curve("master", "All", "For red, green and blue alike, after their own curves"),
        curve("red", "Red", ""),
        curve("green", "Green", ""),
        curve("blue", "Blue", ""),
        {.name = "form", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Form", .help = "smooth never overshoots a point, natural bends as a ruler of steel does, straight has corners", .choices = {"smooth", "natural", "straight"}, .animatable = false},
        spaceParam("Which tones the curves are for"),
    },
    .neutralAtDefault = true,
    .passes = passes,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
