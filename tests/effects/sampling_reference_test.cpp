// SPDX-License-Identifier: GPL-3.0-or-later
// Resampling against the definition in double precision with libm: within 1/255 everywhere.
#include "core/picture/sample.h"

#include "core/base/random.h"
#include "tests/support/run_effect.h"

#include <QTest>

#include <array>
#include <cmath>
#include <cstring>

using namespace artdag;

namespace artdag {
extern const Effect effect_kaleidoscope;
}

namespace {

constexpr int width = 61, height = 47;

double kernel(Filter filter, double x)
{
    const double t = std::fabs(x);
    switch (filter) {
    case Filter::Bilinear: return t < 1 ? 1 - t : 0;
    case Filter::Bicubic: return t < 1 ? 1.5 * t * t * t - 2.5 * t * t + 1 : t < 2 ? -0.5 * t * t * t + 2.5 * t * t - 4 * t + 2
                                                                                   : 0;
    case Filter::Lanczos3: return t < 1e-12 ? 1 : t < 3 ? std::sin(M_PI * t) / (M_PI * t) * std::sin(M_PI * t / 3) / (M_PI * t / 3)
                                                        : 0;
    default: return t < 0.5 ? 1 : 0;
    }
}

int reflected(long i, int n, Edge edge)
{
    if (edge == Edge::Repeat)
        return static_cast<int>(((i % n) + n) % n);
    if (edge == Edge::Mirror) {
        const long m = ((i % (2 * n)) + 2 * n) % (2 * n);
        return static_cast<int>(m < n ? m : 2 * n - 1 - m);
    }
    return static_cast<int>(i < 0 ? 0 : i >= n ? n - 1
                                               : i);
}

std::array<double, 4> reference(const Picture& source, const Affine& map, Filter filter, Edge edge, int px, int py)
{
    const double u = map.xx * (px + 0.5) + map.xy * (py + 0.5) + map.x0;
    const double v = map.yx * (px + 0.5) + map.yy * (py + 0.5) + map.y0;
    const double stepX = std::hypot(map.xx, map.xy), stepY = std::hypot(map.yx, map.yy);
    const double wideX = std::max(1.0, stepX), wideY = std::max(1.0, stepY);
    std::array<double, 4> sum{};
    double total = 0;
    const long reachX = static_cast<long>(3 * wideX) + 2, reachY = static_cast<long>(3 * wideY) + 2;
    for (long j = std::lround(v) - reachY; j < std::lround(v) + reachY; ++j)
        for (long i = std::lround(u) - reachX; i < std::lround(u) + reachX; ++i) {
            double weight = kernel(filter, (i + 0.5 - u) / wideX) * kernel(filter, (j + 0.5 - v) / wideY);
            if (filter == Filter::Area)
                weight = std::max(0.0, std::min(i + 1.0, u + stepX / 2) - std::max(double(i), u - stepX / 2)) * std::max(0.0, std::min(j + 1.0, v + stepY / 2) - std::max(double(j), v - stepY / 2));
            if (filter == Filter::Nearest)
                weight = i == std::floor(u) && j == std::floor(v) ? 1 : 0;
            if (weight == 0)
                continue;
            total += weight;
            for (std::size_t plane = 0; plane < 4; ++plane)
                sum[plane] += weight * source.view().at(static_cast<int>(plane), reflected(i, width, edge), reflected(j, height, edge));
        }
    auto unit = [](double x) { return std::clamp(x, 0.0, 1.0); };
    double cover = 1;
    if (edge == Edge::Transparent)
        cover = filter == Filter::Nearest ? (u >= 0 && u < width && v >= 0 && v < height ? 1 : 0)
                                          : (unit(u / stepX + 0.5) - unit((u - width) / stepX + 0.5)) * (unit(v / stepY + 0.5) - unit((v - height) / stepY + 0.5));
    if (total == 0) // nothing there
        return {};
    const bool under = sum[3] / total < 0;
    for (double& value : sum)
        value = under ? 0 : value / total;
    sum[3] = std::min(sum[3], 1.0);
    for (double& value : sum)
        value *= cover;
    return sum;
}

double worst(const Picture& source, const Picture& out, const Affine& map, Filter filter, Edge edge)
{
    double largest = 0;
    for (int y = out.rect().y0; y < out.rect().y1; ++y)
        for (int x = out.rect().x0; x < out.rect().x1; ++x) {
            const auto expected = reference(source, map, filter, edge, x, y);
            for (std::size_t plane = 0; plane < 4; ++plane)
                largest = std::max(largest, std::fabs(expected[plane] - out.view().at(static_cast<int>(plane), x, y)));
        }
    return largest;
}

struct Case {
    const char* name;
    Affine map;
};

} // namespace

class SamplingReferenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void affineFollowsItsDefinition_data();
    void affineFollowsItsDefinition();
    void scalingFollowsItsDefinition_data();
    void scalingFollowsItsDefinition();
    void aQuarterTurnMovesPixelsExactly();
    void aKaleidoscopeReadsOnlyItsRegion();
    void aFlatMapGivesNothing();
};

namespace {

void cases(const std::vector<Case>& maps, const std::vector<Filter>& filters)
{
    static const char* const filterWords[] = {"nearest", "bilinear", "bicubic", "lanczos", "area"};
    QTest::addColumn<int>("map");
    QTest::addColumn<int>("filter");
    QTest::addColumn<int>("edge");
    for (std::size_t map = 0; map < maps.size(); ++map)
        for (const Filter filter : filters)
            for (int edge = 0; edge < 4; ++edge)
                QTest::addRow("%s %s %s", maps[map].name, filterWords[static_cast<int>(filter)], std::string(edgeNames()[static_cast<std::size_t>(edge)]).c_str())
                    << static_cast<int>(map) << static_cast<int>(filter) << edge;
}

const std::vector<Case> affineMaps = {
    {"turned 17 degrees", chained(chained(moved(-35, -25), turned(17)), moved(30, 24))},
    {"turned and enlarged", chained(turned(-40), scaled(0.31, 0.31))},
    {"turned and shrunk", chained(chained(moved(-20, -20), turned(33)), scaled(2.7, 2.7))},
    {"skewed", chained(skewed(20, -8), moved(-7.3, 4.1))},
};
const std::vector<Case> scalings = {
    {"shifted", moved(3.37, -2.71)},
    {"enlarged", {0.37, 0, -2, 0, 0.41, 1.5}},
    {"shrunk", {2.9, 0, -5, 0, 3.3, 2}},
    {"shrunk far", {11.5, 0, -40, 0, 9.25, -30}},
    {"flipped", {-1.2, 0, 60, 0, 1.1, 0}},
};

} // namespace

void SamplingReferenceTest::affineFollowsItsDefinition_data()
{
    cases(affineMaps, {Filter::Nearest, Filter::Bilinear, Filter::Bicubic, Filter::Lanczos3});
}

void SamplingReferenceTest::affineFollowsItsDefinition()
{
    QFETCH(int, map);
    QFETCH(int, filter);
    QFETCH(int, edge);
    const Affine& toSource = affineMaps[static_cast<std::size_t>(map)].map;
    const TestStream stream = testPicture(width, height);
    const Picture whole = stream.picture(3, {0, 0, width, height});
    Picture out(Rect{-20, -12, 70, 60});
    const Rect region = sampleRegion(width, height, toSource, static_cast<Filter>(filter), static_cast<Edge>(edge), out.rect()).clippedTo(whole.rect());
    const Picture source = stream.picture(3, region);
    sampleAffine(source.view(), width, height, toSource, static_cast<Filter>(filter), static_cast<Edge>(edge), out.view());
    const double error = worst(whole, out, toSource, static_cast<Filter>(filter), static_cast<Edge>(edge));
    QVERIFY2(error < 1.0 / 255, qPrintable(QString::number(error)));
    // Small parts, of which more pixels lie near a border and are made one by one, are the same to the bit.
    for (int y = out.rect().y0; y < out.rect().y1; y += 9)
        for (int x = out.rect().x0; x < out.rect().x1; x += 10) {
            Picture part(Rect{x, y, x + 10, y + 9}.clippedTo(out.rect()));
            const Rect read = sampleRegion(width, height, toSource, static_cast<Filter>(filter), static_cast<Edge>(edge), part.rect()).clippedTo(whole.rect());
            sampleAffine(stream.picture(3, read).view(), width, height, toSource, static_cast<Filter>(filter), static_cast<Edge>(edge), part.view());
            for (int plane = 0; plane < 4; ++plane)
                for (int row = part.rect().y0; row < part.rect().y1; ++row)
                    QVERIFY2(std::memcmp(&part.view().at(plane, x, row), &out.view().at(plane, x, row), static_cast<std::size_t>(part.rect().width()) * sizeof(float)) == 0, qPrintable(QString("%1, %2").arg(x).arg(row)));
        }
}

void SamplingReferenceTest::scalingFollowsItsDefinition_data()
{
    cases(scalings, {Filter::Nearest, Filter::Bilinear, Filter::Bicubic, Filter::Lanczos3});
}

void SamplingReferenceTest::scalingFollowsItsDefinition()
{
    QFETCH(int, map);
    QFETCH(int, filter);
    QFETCH(int, edge);
    const Affine& toSource = scalings[static_cast<std::size_t>(map)].map;
    const TestStream stream = testPicture(width, height);
    const Picture whole = stream.picture(3, {0, 0, width, height});
    Picture out(Rect{-6, -4, 50, 40});
    const Rect region = scaleRegion(width, height, toSource, static_cast<Filter>(filter), static_cast<Edge>(edge), out.rect()).clippedTo(whole.rect());
    const Picture source = stream.picture(3, region);
    scale(source.view(), width, height, toSource, static_cast<Filter>(filter), static_cast<Edge>(edge), out.view());
    const double error = worst(whole, out, toSource, static_cast<Filter>(filter), static_cast<Edge>(edge));
    QVERIFY2(error < 1.0 / 255, qPrintable(QString::number(error)));
    if (filter == static_cast<int>(Filter::Bilinear) && toSource.xx > 1) { // the area filter on the same shrinking maps
        scale(whole.view(), width, height, toSource, Filter::Area, static_cast<Edge>(edge), out.view());
        const double areaError = worst(whole, out, toSource, Filter::Area, static_cast<Edge>(edge));
        QVERIFY2(areaError < 1.0 / 255, qPrintable(QString("area %1").arg(areaError)));
    }
}

void SamplingReferenceTest::aQuarterTurnMovesPixelsExactly()
{
    const int size = 40;
    const Picture source = testPicture(size, size).picture(0, {0, 0, size, size});
    for (const Filter filter : {Filter::Nearest, Filter::Bilinear, Filter::Bicubic, Filter::Lanczos3}) {
        const Affine toSource = chained(chained(moved(-size / 2.0, -size / 2.0), turned(-90)), moved(size / 2.0, size / 2.0));
        Picture out(source.rect());
        sampleAffine(source.view(), size, size, toSource, filter, Edge::Transparent, out.view());
        for (int plane = 0; plane < 4; ++plane)
            for (int y = 0; y < size; ++y)
                for (int x = 0; x < size; ++x)
                    QCOMPARE(out.view().at(plane, x, y), source.view().at(plane, y, size - 1 - x)); // clockwise on screen
    }
}

void SamplingReferenceTest::aFlatMapGivesNothing()
{
    const Picture source = testPicture(20, 20).picture(0, {0, 0, 20, 20});
    Picture out(Rect{0, 0, 20, 20});
    sampleAffine(source.view(), 20, 20, inverted(scaled(0, 1)), Filter::Lanczos3, Edge::Transparent, out.view());
    for (int y = 0; y < 20; ++y)
        for (int x = 0; x < 20; ++x)
            QCOMPARE(out.view().at(alpha, x, y), 0.0F);
}

/// What lies outside of the region that the effect asks for is NaN.
void SamplingReferenceTest::aKaleidoscopeReadsOnlyItsRegion()
{
    for (std::uint64_t i = 0; i < 400; ++i) {
        const auto between = [&](std::uint64_t which, double least, double most) { return least + (most - least) * randomUnit(7, i, which); };
        EffectRun run(effect_kaleidoscope);
        run.connectAll(width, height);
        run.set("segments", static_cast<std::int64_t>(i % 64 + 1));
        run.set("rotation", between(0, -400, 400));
        run.set("source_rotation", between(1, -400, 400));
        run.set("zoom", std::pow(2.0, between(2, -4, 4)));
        run.set("centre", Vec2{between(3, -1, 2), between(4, -1, 2)});
        run.set("source", Vec2{between(5, -1, 2), between(6, -1, 2)});
        const auto picture = run.picture(0);
        QVERIFY(picture);
        for (int y = 0; y < picture->rect().height(); ++y)
            for (int x = 0; x < picture->rect().width(); ++x)
                QVERIFY2(std::isfinite(picture->view().at(red, x, y)), qPrintable(QString("setting %1 at %2,%3").arg(i).arg(x).arg(y)));
    }
}

QTEST_APPLESS_MAIN(SamplingReferenceTest)
#include "sampling_reference_test.moc"
