// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/outline.h"

#include "core/base/exact_math.h"
#include "core/picture/rows.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace artdag {

void Outline::moveTo(OutlinePoint to)
{
    m_pieces.push_back({Verb::Move, {to}});
}

void Outline::lineTo(OutlinePoint to)
{
    m_pieces.push_back({Verb::Line, {to}});
}

void Outline::quadTo(OutlinePoint control, OutlinePoint to)
{
    m_pieces.push_back({Verb::Quad, {control, to}});
}

void Outline::cubicTo(OutlinePoint control1, OutlinePoint control2, OutlinePoint to)
{
    m_pieces.push_back({Verb::Cubic, {control1, control2, to}});
}

void Outline::add(const Outline& other, const Affine& map)
{
    for (Piece piece : other.m_pieces) {
        for (OutlinePoint& point : piece.points)
            point = {map.mapX(point.x, point.y), map.mapY(point.x, point.y)};
        m_pieces.push_back(piece);
    }
}

namespace {

constexpr double tolerance = 1.0 / 64;

double bend(OutlinePoint a, OutlinePoint b, OutlinePoint c)
{
    const double x = a.x - 2 * b.x + c.x;
    const double y = a.y - 2 * b.y + c.y;
    return std::sqrt(x * x + y * y);
}

int steps(double exactly)
{
    const int whole = static_cast<int>(std::sqrt(exactly < 1e8 ? exactly : 1e8)) + 1;
    return whole < 1024 ? whole : 1024;
}

OutlinePoint mixed(OutlinePoint a, OutlinePoint b, double t)
{
    return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

} // namespace

Polygons flatten(const Outline& outline, const Affine& toPixels)
{
    Polygons polygons;
    OutlinePoint at;
    for (const Outline::Piece& piece : outline.m_pieces) {
        OutlinePoint p[3];
        for (int i = 0; i < 3; ++i)
            p[i] = {toPixels.mapX(piece.points[i].x, piece.points[i].y), toPixels.mapY(piece.points[i].x, piece.points[i].y)};
        if (piece.verb == Outline::Verb::Move || polygons.empty()) {
            polygons.emplace_back();
            if (piece.verb != Outline::Verb::Move)
                polygons.back().push_back(at);
        }
        std::vector<OutlinePoint>& points = polygons.back();
        switch (piece.verb) {
        case Outline::Verb::Move:
        case Outline::Verb::Line:
            points.push_back(p[0]);
            at = p[0];
            break;
        case Outline::Verb::Quad: {
            const int count = steps(bend(at, p[0], p[1]) / (4 * tolerance));
            for (int i = 1; i <= count; ++i) {
                const double t = static_cast<double>(i) / count;
                points.push_back(i == count ? p[1] : mixed(mixed(at, p[0], t), mixed(p[0], p[1], t), t));
            }
            at = p[1];
            break;
        }
        case Outline::Verb::Cubic: {
            const int count = steps(6 * std::max(bend(at, p[0], p[1]), bend(p[0], p[1], p[2])) / (8 * tolerance));
            for (int i = 1; i <= count; ++i) {
                const double t = static_cast<double>(i) / count;
                const OutlinePoint middle = mixed(p[0], p[1], t);
                points.push_back(i == count ? p[2] : mixed(mixed(mixed(at, p[0], t), middle, t), mixed(middle, mixed(p[1], p[2], t), t), t));
            }
            at = p[2];
            break;
        }
        }
    }
    return polygons;
}

namespace {

constexpr std::int64_t one = 1024; ///< grid steps to a pixel
constexpr std::int64_t full = 2 * one * one;

std::int64_t floorDivide(std::int64_t a, std::int64_t b)
{
    const std::int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

std::int64_t onGrid(double value)
{
    constexpr double limit = 1e6; // px: anything beyond is outside of every picture
    const double inside = value < -limit ? -limit : value > limit ? limit
        : value == value                                          ? value
                                                                  : 0;
    return static_cast<std::int64_t>(exact::floor(inside * one + 0.5));
}

struct GridPoint {
    std::int64_t x, y;
};

/// Signed areas, differences from pixel to pixel along a row; sums along the row give coverage.
class Coverage {
public:
    explicit Coverage(Rect rect)
        : m_rect(rect),
          m_width(rect.width() + 1),
          m_cells(static_cast<std::size_t>(m_width) * rect.height()) {}

    void addEdge(GridPoint from, GridPoint to)
    {
        if (from.y == to.y)
            return;
        // An edge is always walked downwards, so that neighbours who share it round alike.
        const bool up = from.y > to.y;
        const GridPoint a = up ? to : from;
        const GridPoint b = up ? from : to;
        auto xAt = [&](std::int64_t y) { return y == b.y ? b.x : a.x + floorDivide((b.x - a.x) * (y - a.y), b.y - a.y); };
        const std::int64_t firstRow = std::max<std::int64_t>(floorDivide(a.y, one), m_rect.y0);
        const std::int64_t lastRow = std::min<std::int64_t>(floorDivide(b.y - 1, one), m_rect.y1 - 1);
        for (std::int64_t row = firstRow; row <= lastRow; ++row) {
            const std::int64_t top = std::max(a.y, row * one);
            const std::int64_t bottom = std::min(b.y, (row + 1) * one);
            addInRow(row, {xAt(top), top}, {xAt(bottom), bottom}, up ? -1 : 1);
        }
    }
    void write(FillRule rule, Mask& mask) const;

private:
    void addInRow(std::int64_t row, GridPoint a, GridPoint b, int sign);
    void addCell(std::int32_t* cells, std::int64_t column, std::int64_t height, std::int64_t twiceOffset)
    {
        const std::int64_t place = column - m_rect.x0;
        if (place < 0) { // the whole row lies to its right
            cells[0] += static_cast<std::int32_t>(height * 2 * one);
        } else if (place < m_width - 1) {
            cells[place] += static_cast<std::int32_t>(height * (2 * one - twiceOffset));
            cells[place + 1] += static_cast<std::int32_t>(height * twiceOffset);
        }
    }

    Rect m_rect;
    int m_width;
    std::vector<std::int32_t> m_cells;
};

void Coverage::addInRow(std::int64_t row, GridPoint a, GridPoint b, int sign)
{
    std::int32_t* cells = m_cells.data() + static_cast<std::size_t>(row - m_rect.y0) * m_width;
    if (a.x > b.x) { // left to right; the height it covers keeps its sign
        std::swap(a, b);
        sign = -sign;
    }
    // `a` and `b` are now in the order of x; b.y − a.y may be negative.
    std::int64_t column = floorDivide(a.x, one);
    const std::int64_t last = floorDivide(b.x, one);
    if (column == last) {
        addCell(cells, column, sign * (b.y - a.y), (a.x - column * one) + (b.x - column * one));
        return;
    }
    auto yAt = [&](std::int64_t x) { return a.y + floorDivide((b.y - a.y) * (x - a.x), b.x - a.x); };
    GridPoint from = a;
    if (column < m_rect.x0 - 1) { // what lies to the left needs no columns
        const std::int64_t border = std::min<std::int64_t>(last, m_rect.x0);
        const GridPoint to{border * one, border * one > b.x ? b.y : yAt(border * one)};
        addCell(cells, column, sign * (to.y - from.y), 0);
        from = to;
        column = border;
    }
    for (; column <= last && column < m_rect.x1; ++column) {
        const std::int64_t right = std::min((column + 1) * one, b.x);
        const GridPoint to{right, right == b.x ? b.y : yAt(right)};
        addCell(cells, column, sign * (to.y - from.y), (from.x - column * one) + (to.x - column * one));
        from = to;
    }
}

void Coverage::write(FillRule rule, Mask& mask) const
{
    for (int y = m_rect.y0; y < m_rect.y1; ++y) {
        const std::int32_t* cells = m_cells.data() + static_cast<std::size_t>(y - m_rect.y0) * m_width;
        float* out = mask.row(y);
        std::int64_t sum = 0;
        for (int i = 0; i < m_width - 1; ++i) {
            sum += cells[i];
            std::int64_t area = std::abs(sum);
            if (rule == FillRule::EvenOdd) {
                area %= 2 * full;
                area = area > full ? 2 * full - area : area;
            }
            out[i] = area >= full ? 1.0F : static_cast<float>(area) / static_cast<float>(full);
        }
    }
}

} // namespace

Mask fillCoverage(const Polygons& polygons, FillRule rule, Rect rect)
{
    Mask mask(rect);
    if (rect.empty())
        return mask;
    Coverage coverage(rect);
    for (const auto& polygon : polygons) {
        if (polygon.empty())
            continue;
        GridPoint previous{onGrid(polygon.back().x), onGrid(polygon.back().y)};
        for (const OutlinePoint& point : polygon) {
            const GridPoint next{onGrid(point.x), onGrid(point.y)};
            coverage.addEdge(previous, next);
            previous = next;
        }
    }
    coverage.write(rule, mask);
    return mask;
}

namespace {

/// Lowers the squared distances around one edge. Long edges are cut, so that their surroundings stay small.
void approach(OutlinePoint a, OutlinePoint b, double reach, Mask& squared)
{
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double length2 = dx * dx + dy * dy;
    constexpr double longest = 48.0;
    if (length2 > longest * longest && length2 < 1e12) {
        const OutlinePoint half = mixed(a, b, 0.5);
        approach(a, half, reach, squared);
        approach(half, b, reach, squared);
        return;
    }
    auto whole = [](double value) { return static_cast<int>(exact::floor(std::clamp(value, -1e6, 1e6))); };
    const Rect near = Rect{whole(std::min(a.x, b.x) - reach) - 1, whole(std::min(a.y, b.y) - reach) - 1, whole(std::max(a.x, b.x) + reach) + 2,
        whole(std::max(a.y, b.y) + reach) + 2}
                          .clippedTo(squared.rect);
    for (int y = near.y0; y < near.y1; ++y) {
        float* row = squared.row(y);
        for (int x = near.x0; x < near.x1; ++x) {
            const double px = x + 0.5 - a.x;
            const double py = y + 0.5 - a.y;
            const double along = length2 > 0 ? std::clamp((px * dx + py * dy) / length2, 0.0, 1.0) : 0.0;
            const double ex = px - dx * along;
            const double ey = py - dy * along;
            float& least = row[x - squared.rect.x0];
            least = std::min(least, static_cast<float>(ex * ex + ey * ey));
        }
    }
}

float unit(double value)
{
    return static_cast<float>(std::clamp(value, 0.0, 1.0));
}

} // namespace

Mask edgeDistance(const Polygons& polygons, double reach, Rect rect)
{
    Mask mask(rect);
    std::ranges::fill(mask.values, static_cast<float>(reach * reach));
    for (const auto& polygon : polygons)
        for (std::size_t i = 0; i < polygon.size(); ++i)
            approach(polygon[i == 0 ? polygon.size() - 1 : i - 1], polygon[i], reach, mask);
    for (float& value : mask.values)
        value = std::sqrt(value);
    return mask;
}

Mask strokeCoverage(const Polygons& polygons, double width, Rect rect)
{
    const double half = width / 2;
    Mask mask = edgeDistance(polygons, half + 1, rect);
    for (float& value : mask.values)
        value = unit(half - value + 0.5) - unit(0.5 - half - value);
    return mask;
}

Mask feathered(const Mask& coverage, const Polygons& polygons, double feather)
{
    Mask mask = edgeDistance(polygons, feather / 2 + 1, coverage.rect);
    for (std::size_t i = 0; i < mask.values.size(); ++i) {
        const double inside = coverage.values[i] > 0.5F ? mask.values[i] : -mask.values[i];
        const double t = std::clamp(inside / feather + 0.5, 0.0, 1.0);
        mask.values[i] = static_cast<float>(t * t * (3 - 2 * t));
    }
    return mask;
}

Outline roundedPolygon(std::span<const OutlinePoint> corners, double radius)
{
    Outline outline;
    const std::size_t count = corners.size();
    for (std::size_t i = 0; i < count; ++i) {
        const OutlinePoint corner = corners[i];
        const OutlinePoint before = corners[(i + count - 1) % count];
        const OutlinePoint after = corners[(i + 1) % count];
        const double toBefore = std::sqrt((before.x - corner.x) * (before.x - corner.x) + (before.y - corner.y) * (before.y - corner.y));
        const double toAfter = std::sqrt((after.x - corner.x) * (after.x - corner.x) + (after.y - corner.y) * (after.y - corner.y));
        if (radius <= 0 || toBefore <= 0 || toAfter <= 0) {
            i == 0 ? outline.moveTo(corner) : outline.lineTo(corner);
            continue;
        }
        const OutlinePoint in{(before.x - corner.x) / toBefore, (before.y - corner.y) / toBefore};
        const OutlinePoint out{(after.x - corner.x) / toAfter, (after.y - corner.y) / toAfter};
        const double angle = exact::atan2(std::abs(in.x * out.y - in.y * out.x), in.x * out.x + in.y * out.y); // between the edges
        const double halfTangent = exact::tan(angle / 2);
        const double cut = std::min({halfTangent > 1e-9 ? radius / halfTangent : 1e9, toBefore / 2, toAfter / 2});
        const double reach = cut - 4.0 / 3.0 * exact::tan((exact::pi - angle) / 4) * cut * halfTangent;
        const OutlinePoint start{corner.x + in.x * cut, corner.y + in.y * cut};
        i == 0 ? outline.moveTo(start) : outline.lineTo(start);
        outline.cubicTo({corner.x + in.x * reach, corner.y + in.y * reach}, {corner.x + out.x * reach, corner.y + out.y * reach},
            {corner.x + out.x * cut, corner.y + out.y * cut});
    }
    return outline;
}

Outline ellipse(OutlinePoint centre, double radiusX, double radiusY)
{
    constexpr int arcs = 16;
    const double handle = 4.0 / 3.0 * exact::tan(exact::pi / (2 * arcs));
    Outline outline;
    auto point = [&](int i, double along) { // on the circle, and `along` its tangent
        const Turn turn = turnOf(360.0 * (i % arcs) / arcs);
        return OutlinePoint{centre.x + radiusX * (turn.cosine - turn.sine * along), centre.y + radiusY * (turn.sine + turn.cosine * along)};
    };
    outline.moveTo(point(0, 0));
    for (int i = 0; i < arcs; ++i)
        outline.cubicTo(point(i, handle), point(i + 1, -handle), point(i + 1, 0));
    return outline;
}

void paint(const Mask& coverage, const float colour[4], PictureView out)
{
    const Rect rect = out.rect.clippedTo(coverage.rect);
    if (rect.empty())
        return;
    for (int y = rect.y0; y < rect.y1; ++y) {
        float* const to[4] = {&out.at(red, rect.x0, y), &out.at(green, rect.x0, y), &out.at(blue, rect.x0, y), &out.at(alpha, rect.x0, y)};
        rowKernels().paintMask(coverage.row(y) + (rect.x0 - coverage.rect.x0), colour, to, rect.width());
    }
}

} // namespace artdag
