// SPDX-License-Identifier: GPL-3.0-or-later
// SVG drawings: their size, their pixels beside those of a PNG, and drawings that mean harm.
#include "core/media/decode.h"
#include "tests/media/film_maker.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace artdag;
using namespace artdag::testing;

namespace {

constexpr const char* spaces = "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:xi=\"http://www.w3.org/2001/XInclude\" ";

QByteArray svg(const char* attributes, const QByteArray& body, const QByteArray& before = "")
{
    return before + "<svg " + spaces + attributes + ">" + body + "</svg>";
}

const QByteArray square("<rect width='64' height='64' fill='#3080c0'/>");

} // namespace

class DrawingTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

    Result<std::unique_ptr<MediaFile>> drawn(const QByteArray& bytes) const
    {
        m_maker.write("a.svg", bytes);
        return openMedia(m_maker.path("a.svg"));
    }

    /// Whether any pixel of a drawing is not transparent.
    static bool showsAnything(MediaFile& file)
    {
        const auto picture = file.pictureAt(0);
        if (!picture)
            qFatal("%s", picture.error().message.c_str());
        for (int y = 0; y < (*picture)->height; ++y)
            for (int x = 0; x < (*picture)->width; ++x)
                if ((*picture)->planes[0][y * (*picture)->strides[0] + 4 * x + 3] != 0)
                    return true;
        return false;
    }

private Q_SLOTS:
    void aDrawingHasItsOwnSizeAndIsDrawnLarger_data()
    {
        QTest::addColumn<QString>("attributes");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("enlarged");
        QTest::newRow("px") << "width='640' height='360px'" << 640 << 360 << 6;
        QTest::newRow("mm") << "width='210mm' height='297mm' viewBox='0 0 210 297'" << 794 << 1123 << 3;
        QTest::newRow("viewBox") << "viewBox='0 0 24 12'" << 2040 << 1020 << 2;
        QTest::newRow("percent") << "width='100%' height='100%' viewBox='0 0 1000 500'" << 2000 << 1000 << 2;
        QTest::newRow("width alone") << "width='200' viewBox='0 0 20 10'" << 200 << 100 << 20;
        QTest::newRow("height alone") << "height='2in' viewBox='0 0 20 10'" << 384 << 192 << 10;
        QTest::newRow("a map in metres") << "viewBox='0 0 100000 50000'" << 4096 << 2048 << 1;
        QTest::newRow("large") << "width='5000' height='20'" << 5000 << 20 << 1;
        QTest::newRow("thin") << "width='0.2' height='100'" << 1 << 100 << 40;
        QTest::newRow("nothing said") << "" << 300 << 150 << 13;
    }
    void aDrawingHasItsOwnSizeAndIsDrawnLarger()
    {
        QFETCH(QString, attributes);
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, enlarged);
        const auto file = drawn(svg(attributes.toUtf8().constData(), "<rect width='100%' height='100%'/>"));
        QVERIFY2(file, file ? "" : file.error().message.c_str());
        const VideoFacts& facts = *(*file)->facts().video;
        QCOMPARE(facts.width, width);
        QCOMPARE(facts.height, height);
        QVERIFY(facts.still && facts.frames == 1 && facts.decoder.starts_with("librsvg 2.") && facts.decoder.ends_with(" inexact"));
        QCOMPARE((*file)->facts().warnings.size(), attributes.isEmpty() ? std::size_t{1} : std::size_t{0});
        const CodedPointer picture = *(*file)->pictureAt(0);
        QCOMPARE(picture->width, width * enlarged);
        QCOMPARE(picture->height, height * enlarged);
        // It reaches all corners.
        for (const int y : {0, picture->height - 1})
            for (const int x : {0, picture->width - 1})
                QVERIFY(picture->planes[0][y * picture->strides[0] + 4 * x + 3] > 40);
        const auto first = (*file)->nextPicture();
        QVERIFY(first && *first == picture);
        const auto second = (*file)->nextPicture();
        QVERIFY(second && *second == nullptr);
    }

    void itsPixelsAreThoseOfAPng()
    {
        // 4096 px wide, so that it is drawn as it is shown; opaque colours, half a colour, and a fifth of white.
        const QByteArray body("<rect width='1024' height='64' fill='#3080c0'/><rect x='1024' width='1024' height='64' fill='#ff4001' fill-opacity='0.5'/><rect x='2048' width='1024' height='64' fill='#fff' opacity='0.2'/>");
        const auto file = drawn(svg("width='4096' height='64'", body));
        QVERIFY(file);
        const CodedPointer picture = *(*file)->pictureAt(0);
        QVERIFY(m_maker.make("a.png", "-f lavfi -i color=c=0x3080c0:s=1024x64,format=rgba -f lavfi -i color=c=0xff4001@0x80:s=1024x64,format=rgba -f lavfi -i color=c=0xffffff@0x33:s=1024x64,format=rgba -f lavfi -i color=c=black@0:s=1024x64,format=rgba -filter_complex hstack=4 -frames:v 1 -c:v png -pix_fmt rgba"));
        const auto png = opened(m_maker, "a.png");
        QVERIFY(png);
        const CodedPointer wanted = *(*png)->pictureAt(0);
        QVERIFY(picture->coding == wanted->coding);
        const Rect whole{0, 0, 4096, 64};
        Picture mine(whole);
        Picture theirs(whole);
        decodeToLinear(*picture, mine.view());
        decodeToLinear(*wanted, theirs.view());
        for (int plane = 0; plane < 4; ++plane)
            for (int x = 0; x < 4096; ++x) {
                // Cairo keeps colours premultiplied in 8 bits: half a colour is off by a code, a fifth of white is not.
                const float tolerance = x >= 1024 && x < 2048 ? 0.006F : 0.0F;
                const float off = std::abs(mine.view().at(plane, x, 30) - theirs.view().at(plane, x, 30));
                QVERIFY2(off <= tolerance, qPrintable(QString("plane %1 x %2: %3").arg(plane).arg(x).arg(static_cast<double>(off))));
            }
    }

    void nothingOutsideTheDrawingIsRead_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("before");
        QVERIFY(m_maker.make("secret.png", "-f lavfi -i color=red:s=64x64 -frames:v 1"));
        m_maker.write("secret.svg", svg("width='64' height='64'", "<rect id='x' width='64' height='64'/>"));
        m_maker.write("secret.txt", "secret");
        const QByteArray folder = m_maker.text("").toUtf8();
        const auto row = [](const char* name, const QByteArray& body, const QByteArray& before = "") { QTest::newRow(name) << body << before; };
        row("file address", "<image width='64' height='64' xlink:href='file://" + folder + "secret.png'/>");
        row("path", "<image width='64' height='64' xlink:href='" + folder + "secret.png'/>");
        row("name beside", "<image width='64' height='64' xlink:href='secret.png'/>");
        row("href without a prefix", "<image width='64' height='64' href='file://" + folder + "secret.png'/>");
        row("passwd", "<image width='64' height='64' href='file:///etc/passwd'/>");
        row("use of another drawing", "<use xlink:href='" + folder + "secret.svg#x'/>");
        row("xinclude", "<text y='40' font-size='40'><xi:include href='" + folder + "secret.txt' parse='text'/></text>");
        row("http", "<image width='64' height='64' href='http://127.0.0.1:1/x.png'/>");
        row("filter image", "<filter id='f'><feImage xlink:href='file://" + folder + "secret.png'/></filter><rect width='64' height='64' fill='none' filter='url(#f)'/>");
        row("stylesheet", "<g fill='none'><rect class='x' width='64' height='64'/></g>", "<?xml-stylesheet href='file://" + folder + "secret.css'?>");
        m_maker.write("secret.css", ".x { fill: red }");
    }
    void nothingOutsideTheDrawingIsRead()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, before);
        const auto file = drawn(svg("width='64' height='64'", body, before));
        if (file) // else it is refused, which is as good
            QVERIFY(!showsAnything(**file));
    }

    void aPictureInsideTheDrawingIsShown()
    {
        QVERIFY(m_maker.make("inside.png", "-f lavfi -i color=red:s=64x64 -frames:v 1"));
        const auto file = drawn(svg("width='64' height='64'", "<image width='64' height='64' href='data:image/png;base64," + m_maker.read("inside.png").toBase64() + "'/>"));
        QVERIFY(file && showsAnything(**file));
    }

    void drawingsThatMeanHarmAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("words");
        QByteArray entities;
        for (int i = 1; i < 10; ++i) {
            entities += "<!ENTITY l" + QByteArray::number(i) + " \"";
            for (int j = 0; j < 10; ++j)
                entities += "&l" + QByteArray::number(i - 1) + ";";
            entities += "\">";
        }
        QTest::newRow("billion laughs") << svg("width='64' height='64'", "<text>&l9;</text>", "<!DOCTYPE svg [<!ENTITY l0 \"lol\">" + entities + "]>") << "no drawing that can be read";
        QTest::newRow("a file as an entity") << svg("width='64' height='64'", "<text>&x;</text>", "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>") << "no drawing that can be read";
        QTest::newRow("cut off") << svg("width='64' height='64'", square).chopped(10) << "no drawing that can be read";
        QTest::newRow("no svg") << QByteArray("<html><!-- <svg --></html>") << "no drawing that can be read";
        QTest::newRow("100000 px") << svg("width='100000' height='100000'", square) << "is 100000×100000 px";
        QTest::newRow("1e300 px") << svg("width='1e30' height='10'", square) << "at most 8192×8192";
        QTest::newRow("zero") << svg("width='0' height='0'", square) << "its width or height is 0";
    }
    void drawingsThatMeanHarmAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, words);
        QElapsedTimer timer;
        timer.start();
        const auto file = drawn(bytes);
        QVERIFY(!file);
        QCOMPARE(file.error().fault, Fault::BadInput);
        const QString message = QString::fromStdString(file.error().message);
        QVERIFY2(message.startsWith("file 'a.svg': ") && message.contains(words), qPrintable(message));
        QVERIFY(timer.elapsed() < 10000);
    }

    // That one which hangs it is ended: see run_apart_test; numOctaves="1000000000" does.
    void whatCrashesOrStarvesTheLibraryHarmsNobody_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("a panic of librsvg 2.54") << QByteArray("<filter id='f'><feConvolveMatrix order='99' kernelMatrix='" + QByteArray("1 ").repeated(9801) + "'/></filter><rect width='64' height='64' filter='url(#f)'/>");
        QTest::newRow("all memory") << QByteArray(QByteArray("<g opacity='.9'>").repeated(200) + square + QByteArray("</g>").repeated(200));
    }
    void whatCrashesOrStarvesTheLibraryHarmsNobody()
    {
        QFETCH(QByteArray, body);
        const auto file = drawn(svg("width='64' height='64'", body));
        const Result<CodedPointer> picture = file ? (*file)->pictureAt(0) : tl::unexpected<Error>(file.error());
        QVERIFY(!picture);
        QVERIFY2(picture.error().fault == Fault::BadInput && picture.error().message.starts_with("file 'a.svg': "), picture.error().message.c_str());
        QVERIFY2(picture.error().message.find(" cannot be drawn") != std::string::npos, picture.error().message.c_str());
    }

    void aConfinedProcessDrawsItself()
    {
        m_maker.write("a.svg", svg("width='64' height='64'", square));
        const auto origin = openOrigin(m_maker.path("a.svg"));
        QVERIFY(origin);
        const auto file = openMediaFrom(*origin, Draws::Here);
        QVERIFY(file && showsAnything(**file));
    }
};

QTEST_APPLESS_MAIN(DrawingTest)
#include "drawing_test.moc"
