// SPDX-License-Identifier: GPL-3.0-or-later
// Blurs against their definition in double, at all sizes and edges, and the same pixels for any tiling.
#include "core/base/random.h"
#include "core/picture/filter.h"
#include "core/picture/picture.h"

#include <QtTest>

#include <cmath>
#include <cstring>
#include <vector>

using namespace artdag;

namespace {

int edgeIndex(int i, int n, EdgeMode edges)
{
    if (i >= 0 && i < n)
        return i;
    if (edges == EdgeMode::Transparent)
        return -1;
    if (edges == EdgeMode::Clamp)
        return i < 0 ? 0 : n - 1;
    while (i < 0 || i >= n)
        i = i < 0 ? -1 - i : 2 * n - 1 - i;
    return i;
}

std::vector<double> gaussianWeights(double sigma)
{
    const int radius = static_cast<int>(std::ceil(7 * sigma)) + 1;
    std::vector<double> weights;
    double total = 0;
    for (int k = -radius; k <= radius; ++k) {
        weights.push_back(std::exp(-0.5 * k * k / (sigma * sigma)));
        total += weights.back();
    }
    for (double& weight : weights)
        weight /= total;
    return weights;
}

std::vector<double> boxWeights(double radius)
{
    const int whole = static_cast<int>(std::floor(radius));
    std::vector<double> weights(static_cast<std::size_t>(2 * whole + 3), 1.0 / (2 * radius + 1));
    weights.front() *= radius - whole;
    weights.back() *= radius - whole;
    return weights;
}

/// One plane filtered in double, along and across.
std::vector<double> filtered(const ConstPictureView& in, int plane, const std::vector<double>& along, const std::vector<double>& across, EdgeMode edges)
{
    const int width = in.rect.width();
    const int height = in.rect.height();
    std::vector<double> half(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    std::vector<double> out(half.size());
    const auto pass = [&](const std::vector<double>& weights, int n, auto read, auto write) {
        const int radius = static_cast<int>(weights.size() / 2);
        for (int i = 0; i < n; ++i) {
            double sum = 0;
            for (int k = -radius; k <= radius; ++k)
                if (const int at = edgeIndex(i + k, n, edges); at >= 0)
                    sum += weights[static_cast<std::size_t>(k + radius)] * read(at);
            write(i, sum);
        }
    };
    const auto index = [&](int x, int y) { return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x); };
    for (int y = 0; y < height; ++y)
        pass(
            along, width, [&](int x) { return static_cast<double>(in.at(plane, x + in.rect.x0, y + in.rect.y0)); }, [&](int x, double v) { half[index(x, y)] = v; });
    for (int x = 0; x < width; ++x)
        pass(
            across, height, [&](int y) { return half[index(x, y)]; }, [&](int y, double v) { out[index(x, y)] = v; });
    return out;
}

/// Planes that are hard for a filter: noise of 0 and 1, a checkerboard of blocks, a single bright pixel, a step at a slant.
Picture hardPicture(int width, int height)
{
    Picture picture({0, 0, width, height});
    PictureView view = picture.view();
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            view.at(red, x, y) = static_cast<float>(randomBits(1, static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(y)) & 1);
            view.at(green, x, y) = static_cast<float>((x / 5 + y / 3) & 1);
            view.at(blue, x, y) = x == width / 3 && y == height / 2 ? 1.0F : 0.0F;
            view.at(alpha, x, y) = 2 * x + 3 * y > width + height ? 1.0F : 0.0F;
        }
    return picture;
}

double worstDifference(const ConstPictureView& got, int plane, const std::vector<double>& want)
{
    double worst = 0;
    for (int y = got.rect.y0; y < got.rect.y1; ++y)
        for (int x = got.rect.x0; x < got.rect.x1; ++x)
            worst = std::max(worst, std::fabs(got.at(plane, x, y) - want[static_cast<std::size_t>(y) * static_cast<std::size_t>(got.rect.width()) + static_cast<std::size_t>(x)]));
    return worst;
}

const std::pair<EdgeMode, const char*> edgeModes[] = {{EdgeMode::Clamp, "clamp"}, {EdgeMode::Mirror, "mirror"}, {EdgeMode::Transparent, "transparent"}};

} // namespace

class GaussianTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void staysWithinOne255thOfDouble_data()
    {
        QTest::addColumn<double>("sigmaX");
        QTest::addColumn<double>("sigmaY");
        QTest::addColumn<int>("edges");
        for (const double sigma : {0.3, 0.5, 0.8, 1.0, 1.7, 2.5, 3.9, 4.1, 4.19, 5.0, 6.3, 8.0, 8.4, 8.5, 12.0, 16.9, 17.1, 25.0, 34.1, 50.0, 69.0, 100.0})
            for (const auto& [edges, name] : edgeModes)
                QTest::addRow("sigma %g, %s", sigma, name) << sigma << sigma << static_cast<int>(edges);
        QTest::newRow("along only") << 9.0 << 0.0 << 0;
        QTest::newRow("across only") << 0.0 << 9.0 << 1;
        QTest::newRow("unequal") << 1.2 << 40.0 << 2;
        QTest::newRow("unequal the other way") << 33.0 << 2.0 << 0;
    }
    void staysWithinOne255thOfDouble()
    {
        QFETCH(double, sigmaX);
        QFETCH(double, sigmaY);
        QFETCH(int, edges);
        const Picture in = hardPicture(sigmaX < 9 ? 299 : 157, 121);
        Picture out(in.rect());
        gaussianBlur(in.view(), out.view(), sigmaX, sigmaY, static_cast<EdgeMode>(edges));
        double worst = 0;
        for (int plane = 0; plane < 4; ++plane) {
            const auto along = sigmaX > 0 ? gaussianWeights(sigmaX) : std::vector<double>{1.0};
            const auto across = sigmaY > 0 ? gaussianWeights(sigmaY) : std::vector<double>{1.0};
            worst = std::max(worst, worstDifference(std::as_const(out).view(), plane, filtered(in.view(), plane, along, across, static_cast<EdgeMode>(edges))));
        }
        QVERIFY2(worst < 1.0 / 255, qPrintable(QString("%1/255").arg(worst * 255)));
    }

    void noContentCanMakeItWorseThanOne255th()
    {
        // The response to single pixels gives the effective kernel at each phase of the grid; half the sum of its absolute
        // differences to the gaussian is the largest error that any content in [0, 1] can cause along one axis.
        for (double sigma = 0.3; sigma <= 100; sigma *= 1.09) {
            const int reach = gaussianRadius(sigma);
            const std::vector<double> want = gaussianWeights(sigma);
            const int wantRadius = static_cast<int>(want.size() / 2);
            const int phases = reach > 400 ? 64 : reach > 100 ? 32
                                                              : 16;
            const int width = 2 * reach + phases;
            Picture in({-reach, 0, -reach + width, 1});
            Picture out({0, 0, phases, 1});
            std::vector<std::vector<double>> kernels(static_cast<std::size_t>(phases));
            for (int at = 0; at < width; ++at) {
                clear(in.view());
                in.view().at(red, at - reach, 0) = 1.0F;
                gaussianBlur(std::as_const(in).view(), out.view(), sigma, 0, EdgeMode::Transparent);
                for (int x = 0; x < phases; ++x)
                    kernels[static_cast<std::size_t>(x)].push_back(out.view().at(red, x, 0));
            }
            for (int x = 0; x < phases; ++x) {
                double difference = 0;
                for (int k = -std::max(reach + phases, wantRadius); k <= std::max(reach + phases, wantRadius); ++k) {
                    const int at = x + k + reach;
                    const double got = at >= 0 && at < width ? kernels[static_cast<std::size_t>(x)][static_cast<std::size_t>(at)] : 0.0;
                    difference += std::fabs(got - (std::abs(k) <= wantRadius ? want[static_cast<std::size_t>(k + wantRadius)] : 0.0));
                }
                QVERIFY2(difference / 2 < 0.5 / 255, qPrintable(QString("sigma %1 phase %2: %3/255").arg(sigma).arg(x).arg(difference / 2 * 255)));
            }
        }
    }

    void anyTileIsTheCropOfTheWhole_data()
    {
        QTest::addColumn<double>("sigma");
        QTest::addColumn<int>("edges");
        for (const double sigma : {0.7, 3.0, 5.0, 21.0})
            for (const auto& [edges, name] : edgeModes)
                QTest::addRow("sigma %g, %s", sigma, name) << sigma << static_cast<int>(edges);
    }
    void anyTileIsTheCropOfTheWhole()
    {
        QFETCH(double, sigma);
        QFETCH(int, edges);
        const Picture in = hardPicture(613, 131); // wider than the blocks of columns in which a picture is done
        Picture whole(in.rect());
        gaussianBlur(in.view(), whole.view(), sigma, sigma * 0.7, static_cast<EdgeMode>(edges));
        const Rect tiles[] = {{0, 0, 613, 16}, {0, 16, 613, 32}, {0, 115, 613, 131}, {50, 60, 51, 61}, {101, 3, 402, 77}, {0, 0, 1, 1}, {612, 130, 613, 131}, {250, 0, 266, 131}};
        for (const Rect& tile : tiles) {
            // Exactly what the contract promises to be there, everything else is poison.
            const Rect needed = Rect{tile.x0 - gaussianRadius(sigma), tile.y0 - gaussianRadius(sigma * 0.7), tile.x1 + gaussianRadius(sigma), tile.y1 + gaussianRadius(sigma * 0.7)}.clippedTo(in.rect());
            Picture part(needed);
            copy(in.view(), part.view());
            Picture out(tile);
            gaussianBlur(std::as_const(part).view(), out.view(), sigma, sigma * 0.7, static_cast<EdgeMode>(edges));
            for (int plane = 0; plane < 4; ++plane)
                for (int y = tile.y0; y < tile.y1; ++y)
                    QVERIFY(std::memcmp(out.view().row(plane, y), &whole.view().at(plane, tile.x0, y), static_cast<std::size_t>(tile.width()) * sizeof(float)) == 0);
        }
    }

    void opaquePicturesStayExactlyOpaque()
    {
        Picture in({0, 0, 300, 40});
        Picture out(in.rect());
        for (double sigma = 0.3; sigma < 100; sigma *= 1.07) {
            fillPlanes(in, 1.0F);
            // Green and blue are computed, alpha takes the short way: equal bytes.
            gaussianBlur(std::as_const(in).view(), out.view(), sigma, sigma * 0.4, EdgeMode::Mirror);
            for (int plane : {green, blue, alpha})
                for (int y = 0; y < 40; ++y)
                    for (int x = 0; x < 300; ++x)
                        QCOMPARE(out.view().at(plane, x, y), 1.0F);
        }
    }

    void sigmaZeroIsTheIdentityAndOnePixelPicturesWork()
    {
        const Picture in = hardPicture(31, 7);
        Picture out(in.rect());
        gaussianBlur(in.view(), out.view(), 0, 0, EdgeMode::Clamp);
        for (int plane = 0; plane < 4; ++plane)
            for (int y = 0; y < 7; ++y)
                QVERIFY(std::memcmp(out.view().row(plane, y), in.view().row(plane, y), 31 * sizeof(float)) == 0);
        QCOMPARE(gaussianRadius(0), 0);
        QCOMPARE(gaussianRadius(-3), 0);

        Picture dot({5, 5, 6, 6});
        fillPlanes(dot, 0.5F);
        Picture blurred(dot.rect());
        for (const double sigma : {1.0, 30.0}) {
            gaussianBlur(std::as_const(dot).view(), blurred.view(), sigma, sigma, EdgeMode::Clamp);
            QVERIFY(std::fabs(blurred.view().at(red, 5, 5) - 0.5F) < 1e-5);
            gaussianBlur(std::as_const(dot).view(), blurred.view(), sigma, sigma, EdgeMode::Mirror);
            QVERIFY(std::fabs(blurred.view().at(red, 5, 5) - 0.5F) < 1e-5);
        }
    }

    void boxIsTheMean_data()
    {
        QTest::addColumn<double>("radiusX");
        QTest::addColumn<double>("radiusY");
        QTest::addColumn<int>("edges");
        const std::pair<double, double> radii[] = {{0, 0}, {1, 1}, {2.5, 0.3}, {0.9, 7}, {30, 12.25}, {200, 150}};
        for (const auto& [x, y] : radii)
            for (const auto& [edges, name] : edgeModes)
                QTest::addRow("%g x %g, %s", x, y, name) << x << y << static_cast<int>(edges);
    }
    void boxIsTheMean()
    {
        QFETCH(double, radiusX);
        QFETCH(double, radiusY);
        QFETCH(int, edges);
        const Picture in = hardPicture(97, 61);
        Picture out(in.rect());
        boxBlur(in.view(), out.view(), radiusX, radiusY, static_cast<EdgeMode>(edges));
        for (int plane = 0; plane < 4; ++plane)
            QVERIFY(worstDifference(std::as_const(out).view(), plane, filtered(in.view(), plane, boxWeights(radiusX), boxWeights(radiusY), static_cast<EdgeMode>(edges))) < 1e-6);

        const Rect tile{13, 20, 60, 41};
        const int reachX = static_cast<int>(std::ceil(radiusX));
        const int reachY = static_cast<int>(std::ceil(radiusY));
        Picture part(Rect{tile.x0 - reachX, tile.y0 - reachY, tile.x1 + reachX, tile.y1 + reachY}.clippedTo(in.rect()));
        copy(in.view(), part.view());
        Picture crop(tile);
        boxBlur(std::as_const(part).view(), crop.view(), radiusX, radiusY, static_cast<EdgeMode>(edges));
        for (int plane = 0; plane < 4; ++plane)
            for (int y = tile.y0; y < tile.y1; ++y)
                QVERIFY(std::memcmp(crop.view().row(plane, y), &out.view().at(plane, tile.x0, y), static_cast<std::size_t>(tile.width()) * sizeof(float)) == 0);
    }

private:
    static void fillPlanes(Picture& picture, float value)
    {
        for (int plane = 0; plane < 4; ++plane)
            for (int y = picture.rect().y0; y < picture.rect().y1; ++y)
                std::fill_n(picture.view().row(plane, y), picture.rect().width(), value);
    }
};

QTEST_APPLESS_MAIN(GaussianTest)
#include "gaussian_test.moc"
