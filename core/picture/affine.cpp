// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/affine.h"

#include "core/base/exact_math.h"

#include <algorithm>

namespace artdag {

Affine moved(double x, double y)
{
    return {1, 0, x, 0, 1, y};
}

Affine scaled(double x, double y)
{
    return {x, 0, 0, 0, y, 0};
}

Turn turnOf(double degrees)
{
    const double within = exact::fmod(degrees, 360.0);
    if (within == 0.0)
        return {0, 1};
    if (within == 90.0)
        return {1, 0};
    if (within == 180.0)
        return {0, -1};
    if (within == 270.0)
        return {-1, 0};
    const double radians = within * (exact::pi / 180.0);
    return {exact::sin(radians), exact::cos(radians)};
}

Affine turned(double degrees)
{
    const Turn turn = turnOf(degrees);
    return {turn.cosine, -turn.sine, 0, turn.sine, turn.cosine, 0};
}

Affine skewed(double horizontal, double vertical)
{
    auto lean = [](double degrees) {
        const Turn turn = turnOf(std::clamp(degrees, -89.0, 89.0));
        return turn.sine / turn.cosine;
    };
    return {1, lean(horizontal), 0, lean(vertical), 1, 0};
}

Affine chained(const Affine& before, const Affine& after)
{
    return {
        after.xx * before.xx + after.xy * before.yx,
        after.xx * before.xy + after.xy * before.yy,
        after.xx * before.x0 + after.xy * before.y0 + after.x0,
        after.yx * before.xx + after.yy * before.yx,
        after.yx * before.xy + after.yy * before.yy,
        after.yx * before.x0 + after.yy * before.y0 + after.y0,
    };
}

Affine inverted(const Affine& map)
{
    if (map == Affine{})
        return map;
    const double determinant = map.determinant();
    constexpr double flat = 1e-12;
    if (determinant > -flat && determinant < flat)
        return {0, 0, -1e9, 0, 0, -1e9};
    const double xx = map.yy / determinant;
    const double xy = -map.xy / determinant;
    const double yx = -map.yx / determinant;
    const double yy = map.xx / determinant;
    return {xx, xy, -(xx * map.x0 + xy * map.y0), yx, yy, -(yx * map.x0 + yy * map.y0)};
}

std::vector<std::string_view> fitNames()
{
    return {"fit", "fill", "stretch", "none"};
}

Affine fitted(double width, double height, double frameWidth, double frameHeight, Fit fit, double plainScale)
{
    double x = frameWidth / width;
    double y = frameHeight / height;
    switch (fit) {
    case Fit::Inside: x = y = std::min(x, y); break;
    case Fit::Cover: x = y = std::max(x, y); break;
    case Fit::Stretch: break;
    case Fit::Plain: x = y = plainScale; break;
    }
    double left = (frameWidth - width * x) / 2;
    double top = (frameHeight - height * y) / 2;
    if (fit == Fit::Plain && plainScale == 1.0) { // whole pixels stay whole pixels
        left = exact::floor(left);
        top = exact::floor(top);
    }
    return {x, 0, left, 0, y, top};
}

} // namespace artdag
