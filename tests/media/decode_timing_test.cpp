// SPDX-License-Identifier: GPL-3.0-or-later
// Which picture is shown when: constant and variable rates, late starts.
#include "core/media/decode.h"
#include "tests/media/film_maker.h"

#include <QtTest>

using namespace artdag;
using namespace artdag::testing;

class DecodeTimingTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

private Q_SLOTS:
    void ratesThatMatroskaRoundsToMillisecondsComeBack_data()
    {
        QTest::addColumn<QString>("rate");
        QTest::addColumn<int>("numerator");
        QTest::addColumn<int>("denominator");
        QTest::addColumn<QString>("name");
        for (const char* container : {"mkv", "mp4", "ts", "avi"}) {
            QTest::addRow("30 %s", container) << "30" << 30 << 1 << QString("thirty.%1").arg(container);
            QTest::addRow("29.97 %s", container) << "30000/1001" << 30000 << 1001 << QString("ntsc.%1").arg(container);
            QTest::addRow("23.976 %s", container) << "24000/1001" << 24000 << 1001 << QString("film.%1").arg(container);
            QTest::addRow("60 %s", container) << "60" << 60 << 1 << QString("sixty.%1").arg(container);
        }
    }
    void ratesThatMatroskaRoundsToMillisecondsComeBack()
    {
        QFETCH(QString, rate);
        QFETCH(int, numerator);
        QFETCH(int, denominator);
        QFETCH(QString, name);
        const std::string file = name.toStdString();
        const QString arguments = QString("-f lavfi -i testsrc2=s=96x64:r=%1:d=3 -c:v mpeg4 -bf 0 -q 2").arg(rate);
        QVERIFY(m_maker.make(file.c_str(), arguments.toUtf8().constData()));
        const auto media = opened(m_maker, file.c_str());
        QVERIFY(media);
        const std::vector<QByteArray> all = allPictures(**media);
        QVERIFY(all.size() > 60);
        QCOMPARE((*media)->facts().video->rate, (Rate{numerator, denominator}));
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto picture = (*media)->pictureAt(timeOfFrame(static_cast<std::int64_t>(i), Rate{numerator, denominator}) + (denominator > 1 ? 1 : 0));
            QVERIFY(picture);
            QVERIFY2(packedBytes(**picture) == all[i], qPrintable(QString("picture %1").arg(i)));
        }
    }

    void variableRateShowsTheLastPictureThatHasCome()
    {
        QVERIFY(m_maker.make("vfr.mp4", "-f lavfi -i testsrc2=s=96x64:r=50:d=2 -vf select=not(mod(n\\,3))+not(mod(n\\,7)) -fps_mode vfr -c:v libx264 -bf 2 -g 10 -pix_fmt yuv420p -video_track_timescale 90000"));
        const QStringList stamps = m_maker.probe("vfr.mp4", "v", "frame=best_effort_timestamp");
        const auto file = opened(m_maker, "vfr.mp4");
        QVERIFY(file);
        const std::vector<QByteArray> all = allPictures(**file);
        QCOMPARE(static_cast<qsizetype>(all.size()), stamps.size());
        QVERIFY(all.size() > 30);
        const Flicks tick = flicksPerSecond / 90000;
        const auto shows = [&](Flicks time, std::size_t frame) {
            const auto picture = (*file)->pictureAt(time);
            return picture && packedBytes(**picture) == all[frame];
        };
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Flicks begins = (stamps[static_cast<qsizetype>(i)].toLongLong() - stamps[0].toLongLong()) * tick;
            QVERIFY2(shows(begins, i), qPrintable(QString("at its time: %1").arg(i)));
            QVERIFY2(shows(begins - 1, i == 0 ? 0 : i - 1), qPrintable(QString("one flick before: %1").arg(i)));
            QVERIFY2(shows(begins + 1, i), qPrintable(QString("one flick after: %1").arg(i)));
        }
        QVERIFY(shows(-flicksPerSecond, 0));
        QVERIFY(shows(100 * flicksPerSecond, all.size() - 1));
        QVERIFY(shows(0, 0));
        QCOMPARE((*file)->facts().video->frames, static_cast<std::int64_t>(all.size()));
    }

    void aPictureThatStartsLateStaysInStepWithTheSound()
    {
        QVERIFY(m_maker.make("late_picture.mp4", "-itsoffset 0.4 -f lavfi -i testsrc2=s=64x64:r=25:d=2 -f lavfi -i sine=d=3 -map 0 -map 1 -fps_mode passthrough -c:v libx264 -bf 2 -pix_fmt yuv420p -c:a aac"));
        const auto file = opened(m_maker, "late_picture.mp4");
        QVERIFY(file);
        const std::vector<QByteArray> all = allPictures(**file);
        QCOMPARE(static_cast<int>(all.size()), 50);
        const auto at = [&](double seconds) { return packedBytes(**(*file)->pictureAt(flicksOfSeconds(seconds))); };
        QCOMPARE(at(0.0), all[0]);
        QCOMPARE(at(0.42), all[0]);
        QCOMPARE(at(0.45), all[1]);
        QCOMPARE(at(2.39), all[49]);
    }
};

QTEST_GUILESS_MAIN(DecodeTimingTest)
#include "decode_timing_test.moc"
