// SPDX-License-Identifier: GPL-3.0-or-later
// The layers of an OpenEXR picture, one at a time and by name.
#include "core/media/numbered_pictures.h"
#include "tests/media/exr_file.h"
#include "tests/media/film_maker.h"

#include <QtTest>

using namespace artdag;
using namespace artdag::testing;

namespace {

struct Light {
    float r = 0, g = 0, b = 0;
    bool operator==(const Light&) const = default;
};
Light lightOf(const Result<CodedPointer>& picture)
{
    if (!picture)
        qFatal("%s", picture.error().message.c_str());
    Picture linear(Rect{0, 0, (*picture)->width, (*picture)->height});
    decodeToLinear(**picture, linear.view());
    return {linear.view().at(red, 3, 2), linear.view().at(green, 3, 2), linear.view().at(blue, 3, 2)};
}

} // namespace

class ExrLayersTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

    std::unique_ptr<MediaFile> made(const std::map<std::string, float>& channels) const
    {
        m_maker.write("a.exr", exr(channels));
        auto file = opened(m_maker, "a.exr");
        return file ? std::move(*file) : nullptr;
    }

private Q_SLOTS:
    void aLayerIsChosenByItsName()
    {
        const auto file = made(layered);
        QVERIFY(file);
        QVERIFY((lightOf(file->pictureAt(0)) == Light{0.1F, 0.2F, 0.3F}));
        QVERIFY(file->chooseLayer("diffuse"));
        QVERIFY((lightOf(file->pictureAt(0)) == Light{0.4F, 0.5F, 0.6F}));
        QCOMPARE(file->facts().video->coding.format, SampleFormat::Gbrpf32); // it has no alpha
        QVERIFY(file->chooseLayer("light.key"));
        QVERIFY((lightOf(file->nextPicture()) == Light{2, 3, 4}));
        QCOMPARE(file->facts().video->coding.format, SampleFormat::Gbrapf32);
        QVERIFY(file->chooseLayer(""));
        QVERIFY((lightOf(file->pictureAt(0)) == Light{0.1F, 0.2F, 0.3F}));
    }

    void withoutATopLayerTheFirstIsShown()
    {
        const auto file = made({{"diffuse.B", 0.6F}, {"diffuse.G", 0.5F}, {"diffuse.R", 0.4F}, {"glow.B", 0.0F}, {"glow.G", 0.0F}, {"glow.R", 1.0F}});
        QVERIFY(file);
        QVERIFY((lightOf(file->pictureAt(0)) == Light{0.4F, 0.5F, 0.6F}));
        QVERIFY(file->chooseLayer("glow"));
        QVERIFY((lightOf(file->pictureAt(0)) == Light{1, 0, 0}));
    }

    void aLayerThatIsNotThereIsRefusedWithThoseThatAre_data()
    {
        QTest::addColumn<QString>("layer");
        QTest::addColumn<QString>("words");
        QTest::newRow("mistyped") << "difuse"
                                  << "has no layer 'difuse'; its layers are 'diffuse', 'light.key'; did you mean 'diffuse'?";
        QTest::newRow("half a name") << "light"
                                     << "has no layer 'light'; its layers are 'diffuse', 'light.key'";
        QTest::newRow("a channel") << "diffuse.R"
                                   << "has no layer 'diffuse.R'";
        QTest::newRow("endless") << QString(100000, 'x') << "its layers are";
    }
    void aLayerThatIsNotThereIsRefusedWithThoseThatAre()
    {
        QFETCH(QString, layer);
        QFETCH(QString, words);
        const auto file = made(layered);
        QVERIFY(file);
        const auto chosen = file->chooseLayer(layer.toStdString());
        QVERIFY(!chosen);
        QCOMPARE(chosen.error().fault, Fault::BadInput);
        const QString message = QString::fromStdString(chosen.error().message);
        QVERIFY2(message.startsWith("file 'a.exr': ") && message.contains(words) && message.size() < 300, qPrintable(message));
    }

    void otherFilesHaveNoLayers()
    {
        m_maker.write("a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'/>");
        QVERIFY(m_maker.make("a.png", "-f lavfi -i color=s=8x8 -frames:v 1"));
        QVERIFY(m_maker.make("a.webp", "-f lavfi -i testsrc2=s=8x8:r=10:d=0.5 -c:v libwebp_anim"));
        for (const char* name : {"a.svg", "a.png", "a.webp"}) {
            const auto file = opened(m_maker, name);
            QVERIFY(file && (*file)->chooseLayer(""));
            const auto chosen = (*file)->chooseLayer("diffuse");
            QVERIFY(!chosen && chosen.error().fault == Fault::BadInput);
            QVERIFY2(chosen.error().message.find("has no layer 'diffuse'; ") != std::string::npos, chosen.error().message.c_str());
        }
    }

    void numberedPicturesHaveLayers()
    {
        std::filesystem::create_directory(m_maker.path("shots"));
        auto second = layered;
        second["diffuse.R"] = 0.9F;
        m_maker.write("shots/s.0001.exr", exr(layered));
        m_maker.write("shots/s.0002.exr", exr(second));
        m_maker.write("shots/s.0003.exr", exr({{"B", 0}, {"G", 0}, {"R", 0}}));
        const auto file = opened(m_maker, "shots");
        QVERIFY(file && (*file)->chooseLayer("diffuse"));
        QVERIFY((lightOf((*file)->pictureAt(0)) == Light{0.4F, 0.5F, 0.6F}));
        QVERIFY((lightOf((*file)->pictureAt(timeOfFrame(1, {25, 1}))) == Light{0.9F, 0.5F, 0.6F}));
        const auto third = (*file)->pictureAt(timeOfFrame(2, {25, 1}));
        QVERIFY(!third);
        QVERIFY2(third.error().message.find("picture 3: has no layer 'diffuse'; it has no layers") != std::string::npos, third.error().message.c_str());
        QVERIFY(!(*file)->chooseLayer("difuse"));
    }
};

QTEST_APPLESS_MAIN(ExrLayersTest)
#include "exr_layers_test.moc"
