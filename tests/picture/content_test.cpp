// SPDX-License-Identifier: GPL-3.0-or-later
// What is known to be empty of a picture is left out, and nobody can tell.
#include "core/base/random.h"
#include "core/picture/sample.h"

#include <QtTest>

#include <cmath>
#include <cstring>
#include <utility>

using namespace artdag;

namespace {

/// Noise within `content`, nothing around it.
Picture pictureWith(const Rect& whole, const Rect& content)
{
    Picture picture(whole);
    clear(picture.view());
    for (int plane = 0; plane < 4; ++plane)
        for (int y = content.y0; y < content.y1; ++y)
            for (int x = content.x0; x < content.x1; ++x)
                picture.view().at(plane, x, y) = 0.125F + static_cast<float>(randomUnit(7, static_cast<std::uint64_t>(plane), static_cast<std::uint64_t>(x + 1000), static_cast<std::uint64_t>(y + 1000)));
    picture.look();
    return picture;
}

ConstPictureView viewOf(const Picture& picture)
{
    return picture.view();
}

bool equal(const Picture& a, const Picture& b)
{
    for (int plane = 0; plane < 4; ++plane)
        for (int y = a.rect().y0; y < a.rect().y1; ++y)
            if (std::memcmp(a.view().row(plane, y), b.view().row(plane, y), static_cast<std::size_t>(a.rect().width()) * sizeof(float)) != 0)
                return false;
    return true;
}

} // namespace

class ContentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsNotEmptyIsFound_data()
    {
        QTest::addColumn<int>("x0");
        QTest::addColumn<int>("y0");
        QTest::addColumn<int>("x1");
        QTest::addColumn<int>("y1");
        QTest::newRow("all") << -5 << 3 << 95 << 63;
        QTest::newRow("one pixel") << 40 << 20 << 41 << 21;
        QTest::newRow("the last pixel") << 94 << 62 << 95 << 63;
        QTest::newRow("a column") << 7 << 3 << 8 << 63;
        QTest::newRow("a row") << -5 << 30 << 95 << 31;
    }
    void whatIsNotEmptyIsFound()
    {
        QFETCH(int, x0);
        QFETCH(int, y0);
        QFETCH(int, x1);
        QFETCH(int, y1);
        const Picture picture = pictureWith({-5, 3, 95, 63}, {x0, y0, x1, y1});
        const Rect found = viewOf(picture).content;
        QVERIFY(found.contains({x0, y0, x1, y1}) && picture.rect().contains(found));
        QVERIFY(found.y0 == y0 && found.y1 == y1 && x0 - found.x0 < 16 && found.x1 - x1 < 16);
    }

    void aPartAndAMovedPictureKnowTheirContent()
    {
        const Picture picture = pictureWith({0, 0, 96, 60}, {32, 20, 48, 40});
        QCOMPARE(viewOf(picture).sub({40, 0, 90, 30}).content, (Rect{40, 20, 48, 30}));
        QVERIFY(viewOf(picture).sub({50, 0, 90, 30}).content.empty()); // it says nothing any more
        QCOMPARE(viewOf(picture).movedBy(-3, 5).content, (Rect{29, 25, 45, 45}));
        QVERIFY(!viewOf(pictureWith({0, 0, 90, 60}, {})).content.empty()); // an empty one would say nothing
    }

    void sampledPicturesAreWhatTheyWereWithoutKnowing_data()
    {
        QTest::addColumn<int>("filter");
        for (const Filter filter : {Filter::Nearest, Filter::Bilinear, Filter::Bicubic, Filter::Lanczos3, Filter::Area})
            QTest::addRow("filter %d", static_cast<int>(filter)) << static_cast<int>(filter);
    }
    void sampledPicturesAreWhatTheyWereWithoutKnowing()
    {
        QFETCH(int, filter);
        const Rect whole{0, 0, 120, 80};
        const Picture picture = pictureWith(whole, {50, 30, 66, 47});
        ConstPictureView knows = viewOf(picture), forgets = knows;
        QVERIFY(knows.content.width() < 40);
        forgets.content = {};
        for (const double angle : {0.0, 3.0, 45.0, 90.0, 200.0})
            for (const double scale : {0.05, 0.3, 0.99, 1.0, 1.5, 7.0, -2.0}) {
                const Affine place = chained(chained(chained(moved(-58.0, -38.5), scaled(scale, scale)), turned(angle)), moved(60.3, 41.7));
                Picture one(whole), other(whole);
                sampleAffine(knows, 120, 80, inverted(place), static_cast<Filter>(filter), Edge::Transparent, one.view());
                sampleAffine(forgets, 120, 80, inverted(place), static_cast<Filter>(filter), Edge::Transparent, other.view());
                QVERIFY2(equal(one, other), qPrintable(QStringLiteral("angle %1, scale %2").arg(angle).arg(scale)));
            }
    }
};

QTEST_GUILESS_MAIN(ContentTest)
#include "content_test.moc"
