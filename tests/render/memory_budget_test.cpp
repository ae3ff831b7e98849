// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/memory_budget.h"
#include "core/render/run_plan.h"
#include "tests/support/graph_of.h"

#include <QTemporaryDir>
#include <QtTest>

#include <malloc.h>

#include <algorithm>

using namespace artdag;
using namespace artdag::test;

namespace {

constexpr std::size_t megabyte = 1'000'000;

std::shared_ptr<const Plan> planOf(int width, int height, double seconds)
{
    std::string text = recipeText(R"("bar": {"effect": "gradient", "args": {"angle": {"expr": "40 * t"}}})", "bar", seconds);
    const std::string small = R"("width": 64, "height": 48)";
    const auto at = text.find(small);
    if (at == std::string::npos)
        qFatal("the canvas of recipeText is another");
    text.replace(at, small.size(), R"("width": )" + std::to_string(width) + R"(, "height": )" + std::to_string(height));
    NoSources sources;
    return makePlan(graphOf(text), {}, sources).value();
}

EncodeProfile profileOf(const char* name)
{
    return encodeProfile(name).value();
}

std::size_t heapBytes()
{
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

} // namespace

class MemoryBudgetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void moreMemoryOpensMoreChunks()
    {
        const auto plan = planOf(1920, 1080, 10);
        std::size_t before = 0;
        for (const std::size_t budget : {800 * megabyte, 1500 * megabyte, 4000 * megabyte, 12000 * megabyte}) {
            const auto shares = shareMemory(*plan, profileOf("share-h264"), 2, budget);
            QVERIFY2(shares, shares ? "" : shares.error().message.c_str());
            QVERIFY(shares->openChunks >= std::max<std::size_t>(1, before));
            QVERIFY(shares->still + shares->waiting + shares->openChunks * encoderBytes(profileOf("share-h264"), 1920, 1080) <= budget);
            before = shares->openChunks;
        }
        QVERIFY(before > 4);
        QCOMPARE(shareMemory(*plan, profileOf("share-h264"), 2, 800 * megabyte)->openChunks, std::size_t{1});
    }

    void tooLittleIsRefusedBeforeTheRunAndSaysHowMuchWouldDo()
    {
        const auto plan = planOf(7680, 4320, 1);
        const auto shares = shareMemory(*plan, profileOf("share-h264"), 2, 1000 * megabyte);
        QVERIFY(!shares);
        QCOMPARE(shares.error().fault, Fault::Unavailable);
        const QRegularExpression needed("needs about (\\d+) MB of memory, \\d+ MB of it for one encoder of 7680×4320; the budget is 1000 MB: .*--memory");
        const auto match = needed.match(QString::fromStdString(shares.error().message));
        QVERIFY2(match.hasMatch(), shares.error().message.c_str());
        QVERIFY(shareMemory(*plan, profileOf("share-h264"), 2, match.captured(1).toULongLong() * megabyte));
    }

    void theFilmIsTheSameForEveryBudget()
    {
        const auto plan = planOf(320, 180, 4);
        QTemporaryDir folder;
        std::vector<FramesHash> hashes;
        std::vector<std::vector<ContentId>> chunks;
        for (const std::size_t budget : {std::size_t{0}, 120 * megabyte}) {
            auto store = openStore((folder.path() + "/" + QString::number(budget)).toStdString()).value();
            NoSources sources;
            const auto run = runPlan(plan, profileOf("share-h264"), *store, sources, {.threads = 2, .memory = budget});
            QVERIFY2(run, run ? "" : run.error().message.c_str());
            hashes.push_back(run->framesHash);
            chunks.push_back(run->chunks);
        }
        QCOMPARE(shareMemory(*plan, profileOf("share-h264"), 2, 120 * megabyte)->openChunks, std::size_t{1});
        QVERIFY(hashes[0] == hashes[1]);
        QVERIFY(chunks[0] == chunks[1]);
    }

    void theEstimateOfAnEncoderIsNotFarOff_data()
    {
        QTest::addColumn<QString>("profile");
        for (const char* name : {"share-h264", "share-h264-fast", "small-preview", "share-webm", "webm-alpha", "master-ffv1", "prores-4444", "png16"})
            QTest::newRow(name) << name;
    }
    void theEstimateOfAnEncoderIsNotFarOff()
    {
        QFETCH(QString, profile);
        const EncodeProfile chosen = profileOf(profile.toStdString().c_str());
        constexpr int width = 1280, height = 720;
        const std::size_t before = heapBytes();
        if (before == 0)
            QSKIP("a sanitizer has a heap of its own, which does not say how full it is");
        auto encoder = makeChunkEncoder(chosen, width, height, {30, 1}).value();
        PackedPicture picture = makePacked(width, height, chosen.coding);
        std::size_t most = 0;
        for (int frame = 0; frame < (chosen.still ? 1 : 30); ++frame) { // ramps that move at their own speeds, a little noise
            for (std::size_t i = 0; i < picture.data.size(); ++i)
                picture.data[i] = static_cast<std::uint8_t>(i % width * static_cast<std::size_t>(frame + 3) / 40 + i / width * 2 + (i * 2654435761U >> 24U & 7U));
            QVERIFY(encoder->add(picture));
            most = std::max(most, heapBytes() - before);
        }
        most -= picture.data.size();
        const std::size_t estimate = encoderBytes(chosen, width, height);
        const QString figures = QString("held %1 MB, estimated %2 MB").arg(most / 1e6, 0, 'f', 1).arg(estimate / 1e6, 0, 'f', 1);
        qInfo("%s: %s", qPrintable(profile), qPrintable(figures));
        QVERIFY2(most <= estimate, qPrintable(figures));
        QVERIFY2(estimate <= 2 * most, qPrintable(figures));
    }
};

QTEST_GUILESS_MAIN(MemoryBudgetTest)
#include "memory_budget_test.moc"
