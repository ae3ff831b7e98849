// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/render_queue.h"

#include "core/base/files.h"
#include "core/recipe/edit_recipe.h"
#include "tests/support/child_process.h"
#include "tests/ui/sample_recipe.h"
#include "ui/qt_std.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSignalSpy>
#include <QtTest>

#include <unistd.h>

#include <csignal>

using namespace artdag;

class RenderQueueTest : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryDirectory> m_home;
    std::unique_ptr<Workspace> m_workspace;

    /// Some seconds of work in several chunks; another number, other pictures.
    static Recipe longRecipe(int number)
    {
        Recipe recipe = sampleRecipe();
        recipe.title = "Long";
        recipe.canvas.width = 640;
        recipe.canvas.height = 360;
        recipe.canvas.duration = 24;
        recipe.params.front().fallback = number;
        recipe.outputs.front().encode = "share-h264-fast";
        recipe.outputs.front().sound.reset();
        return recipe;
    }
    static QString states(const RenderQueue& queue)
    {
        QStringList words;
        for (int row = 0; row < queue.rowTotal(); ++row)
            words << queue.data(queue.index(row), RenderQueue::StateRole).toString();
        return words.join(' ');
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto home = TemporaryDirectory::make();
        QVERIFY(home.has_value());
        m_home = std::make_unique<TemporaryDirectory>(std::move(*home));
        auto workspace = openWorkspace(m_home->path());
        QVERIFY2(workspace.has_value(), workspace ? "" : workspace.error().message.c_str());
        m_workspace = std::move(*workspace);
    }
    void cleanupTestCase()
    {
        m_workspace.reset();
        m_home.reset();
    }

    void whatItWritesHasItsTitleForAName_data()
    {
        QTest::addColumn<QString>("encode");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("a film") << "share-h264-fast" << QStringList{"Test-card.mp4", "Test-card-2.mp4"};
        QTest::newRow("numbered pictures") << "png-sequence" << QStringList{"Test-card", "Test-card-2"};
        QTest::newRow("a stream") << "hls" << QStringList{"Test-card", "Test-card-2"};
    }
    void whatItWritesHasItsTitleForAName()
    {
        QFETCH(QString, encode);
        QFETCH(QStringList, names);
        const auto folder = m_home->path() / toStd(encode);
        Recipe recipe = sampleRecipe();
        recipe.outputs.front().encode = toStd(encode);
        for (const QString& name : names) {
            RenderQueue queue;
            queue.setWorkspace(m_workspace.get());
            queue.add(recipe, {}, folder, std::nullopt);
            QTRY_VERIFY_WITH_TIMEOUT(!queue.isRunning(), 60000);
            const QModelIndex job = queue.index(0);
            QCOMPARE(queue.data(job, RenderQueue::StateRole).toString() + queue.data(job, RenderQueue::MessageRole).toString(), QStringLiteral("done"));
            QCOMPARE(queue.data(job, RenderQueue::PathRole).toString(), pathToQt(folder / toStd(name)));
            QCOMPARE(QFileInfo(queue.data(job, RenderQueue::PathRole).toString()).isDir(), !name.contains('.'));
        }
    }

    void twoRunAtOnceAndNeverWriteInOnePlace()
    {
        RenderQueue queue;
        queue.setParallel(2);
        const auto folder = m_home->path() / "parallel";
        for (int i = 0; i < 3; ++i)
            queue.add(longRecipe(i), {}, folder, std::nullopt);
        queue.setWorkspace(m_workspace.get());
        QCOMPARE(states(queue), QStringLiteral("running running waiting"));
        QTRY_COMPARE_WITH_TIMEOUT(states(queue), QStringLiteral("done done done"), 120000);
        QSet<QString> paths;
        for (int row = 0; row < 3; ++row)
            paths.insert(queue.data(queue.index(row), RenderQueue::PathRole).toString());
        QCOMPARE(paths.size(), 3);
    }

    void timeGoesOnWhileOneFrameTakesLong()
    {
        Recipe recipe = sampleRecipe();
        recipe.canvas = {.width = 3840, .height = 2160, .rate = {10, 1}, .sampleRate = 48000, .duration = 0.1};
        recipe.outputs.front().sound.reset();
        std::string last = "soft";
        for (const char* name : {"oil", "thicker"}) { // a second or two each
            recipe = *addNode(recipe, "oil_paint", {0, 0}, name);
            recipe = *artdag::connect(recipe, Wire{last, ""}, name, "picture");
            last = name;
        }
        recipe.outputs.front().picture = Wire{last, ""};
        RenderQueue queue;
        QSet<QString> told;
        connect(&queue, &RenderQueue::dataChanged, this, [&] {
            if (queue.data(queue.index(0), RenderQueue::DoneRole).toInt() == 0)
                told << queue.data(queue.index(0), RenderQueue::DetailRole).toString();
        });
        queue.add(recipe, {}, m_home->path() / "one", std::nullopt);
        queue.setWorkspace(m_workspace.get());
        QTRY_COMPARE_WITH_TIMEOUT(states(queue), QStringLiteral("done"), 120000);
        QVERIFY2(told.size() >= 2, qPrintable(QStringList(told.begin(), told.end()).join(QStringLiteral(" | ")))); // each second is another word
    }

    void whatIsMovedUpIsRenderedFirst()
    {
        const QAbstractItemModel* model = nullptr;
        RenderQueue queue;
        model = &queue;
        const QAbstractItemModelTester tester(&queue, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int i = 0; i < 3; ++i) {
            Recipe recipe = sampleRecipe();
            recipe.title = std::string(1, static_cast<char>('a' + i));
            queue.add(recipe, {}, m_home->path() / "order", std::nullopt);
        }
        QStringList made;
        connect(&queue, &RenderQueue::finished, this, [&](const GalleryEntry& entry) { made << entry.title; });
        queue.move(2, 0);
        queue.move(1, 2);
        queue.moveFirst(2);
        QCOMPARE(model->data(model->index(0, 0), RenderQueue::TitleRole).toString(), QStringLiteral("a"));
        queue.move(0, 2);
        QCOMPARE(model->data(model->index(0, 0), RenderQueue::TitleRole).toString(), QStringLiteral("c"));
        queue.setWorkspace(m_workspace.get());
        QTRY_COMPARE_WITH_TIMEOUT(made, (QStringList{"c", "b", "a"}), 60000);
    }

    void aPausedRunGoesOnWithTheChunksThatItHas()
    {
        RenderQueue queue;
        queue.setWorkspace(m_workspace.get());
        queue.add(longRecipe(20), {}, m_home->path() / "paused", std::nullopt);
        const QModelIndex job = queue.index(0);
        const auto chunks = [&] { return queue.data(job, RenderQueue::ChunksRole).toString().section(' ', 0, 0).toInt(); };
        QTRY_VERIFY_WITH_TIMEOUT(chunks() >= 1, 60000);
        QElapsedTimer clock;
        clock.start();
        queue.pause(0);
        QTRY_COMPARE_WITH_TIMEOUT(states(queue), QStringLiteral("paused"), 60000);
        qInfo("stopped after %lld ms", clock.elapsed());
        QVERIFY2(clock.elapsed() <= 500, qPrintable(QString::number(clock.elapsed())));
        const int before = chunks();
        QVERIFY(!queue.isRunning());
        QSignalSpy told(&queue, &QAbstractItemModel::dataChanged);
        queue.resume(0);
        QTRY_VERIFY_WITH_TIMEOUT(queue.data(job, RenderQueue::DoneRole).toInt() > 0 && told.count() > 2, 60000);
        QVERIFY(chunks() >= before);
        QTRY_COMPARE_WITH_TIMEOUT(states(queue), QStringLiteral("done"), 120000);
    }

    void aCancelledRunEndsWithinHalfASecondAndOthersGoOn()
    {
        RenderQueue queue;
        queue.setParallel(2);
        queue.setWorkspace(m_workspace.get());
        for (int i = 0; i < 2; ++i)
            queue.add(longRecipe(30 + i), {}, m_home->path() / "cancelled", std::nullopt);
        QTRY_VERIFY_WITH_TIMEOUT(queue.data(queue.index(0), RenderQueue::DoneRole).toInt() > 0, 60000);
        QElapsedTimer clock;
        clock.start();
        queue.cancel(0);
        QTRY_VERIFY_WITH_TIMEOUT(states(queue).startsWith(QStringLiteral("cancelled")), 60000);
        // The run itself has ended, too: its place is free again.
        QVERIFY2(clock.elapsed() <= 500, qPrintable(QString::number(clock.elapsed())));
        QTRY_COMPARE_WITH_TIMEOUT(states(queue), QStringLiteral("cancelled done"), 120000);
        queue.retry(0);
        QTRY_COMPARE_WITH_TIMEOUT(states(queue), QStringLiteral("done done"), 120000);
    }

    /// A filter's process that hangs has two minutes; nobody waits so long who has cancelled.
    void aRunThatHangsInAnothersProcessEndsWithinHalfASecondAndOthersGoOn()
    {
        auto workspace = openWorkspace(m_home->path() / "bridges");
        QVERIFY(workspace.has_value());
        BridgeOptions options = bridgeOptions((*workspace)->home);
        options.program = std::filesystem::path(ARTDAG_BIN_DIR) / "artdag-bridge";
        (*workspace)->bridges = std::make_unique<BridgeEffects>(options);
        (*workspace)->catalogue.further = (*workspace)->bridges.get();
        QVERIFY2((*workspace)->effects->find("ffmpeg.gblur") != nullptr, (*workspace)->bridges->problem().c_str());
        Recipe filtered = longRecipe(50);
        filtered = *addNode(filtered, "ffmpeg.gblur", {0, 0}, "filter");
        filtered = *artdag::connect(filtered, Wire{"tint", ""}, "filter", "picture");
        filtered.outputs.front().picture = Wire{"filter", ""};
        RenderQueue queue;
        queue.setParallel(2);
        queue.setWorkspace(workspace->get());
        queue.add(filtered, {}, m_home->path() / "hanging", std::nullopt);
        queue.add(longRecipe(51), {}, m_home->path() / "hanging", std::nullopt);
        pid_t hanging = 0;
        QTRY_VERIFY2_WITH_TIMEOUT((hanging = childOf(::getpid(), "artdag-bridge")) != 0, qPrintable(states(queue) + queue.data(queue.index(0), RenderQueue::MessageRole).toString()), 60000);
        QCOMPARE(::kill(hanging, SIGSTOP), 0);
        QTest::qWait(300); // until it is waited for
        QElapsedTimer clock;
        clock.start();
        queue.cancel(0);
        QTRY_VERIFY_WITH_TIMEOUT(states(queue).startsWith(QStringLiteral("cancelled")), 20000);
        QVERIFY2(clock.elapsed() <= 500, qPrintable(QString::number(clock.elapsed())));
        QVERIFY2(::kill(hanging, 0) != 0, "it is left behind");
        QTRY_COMPARE_WITH_TIMEOUT(states(queue), QStringLiteral("cancelled done"), 120000);
        queue.retry(0);
        QTRY_COMPARE_WITH_TIMEOUT(states(queue), QStringLiteral("done done"), 120000);
    }

    void whatWaitedIsThereAtTheNextStartAndIsRendered()
    {
        const auto file = m_home->path() / "orders" / "queue.json";
        {
            RenderQueue queue;
            queue.keepIn(file);
            queue.add(longRecipe(40), {}, m_home->path() / "orders", std::nullopt);
            queue.add(sampleRecipe(), {}, m_home->path() / "orders", std::nullopt);
            queue.add(sampleRecipe(), {}, m_home->path() / "orders", std::nullopt);
            queue.pause(2);
            queue.setWorkspace(m_workspace.get());
            QTRY_VERIFY_WITH_TIMEOUT(queue.data(queue.index(0), RenderQueue::DoneRole).toInt() > 0, 60000);
        } // the program ends in the middle of a run
        RenderQueue queue;
        queue.keepIn(file);
        QTRY_COMPARE_WITH_TIMEOUT(states(queue), QStringLiteral("waiting waiting paused"), 60000);
        queue.setWorkspace(m_workspace.get());
        QTRY_COMPARE_WITH_TIMEOUT(states(queue), QStringLiteral("done done paused"), 120000);
        queue.cancel(2);
        QTRY_COMPARE_WITH_TIMEOUT(QByteArray::fromStdString(*readTextFile(file)), QByteArray("[]\n"), 60000);
    }

    void aFailedRunSaysWhatToDoAndStopsNobody()
    {
        RenderQueue queue;
        queue.setWorkspace(m_workspace.get());
        Recipe broken = sampleRecipe();
        broken.nodes.front().effect = "nonsense";
        queue.add(broken, {}, m_home->path() / "failed", std::nullopt);
        queue.add(sampleRecipe(), {}, m_home->path() / "failed", std::nullopt);
        QTRY_COMPARE_WITH_TIMEOUT(states(queue), QStringLiteral("failed done"), 60000);
        const QString words = queue.data(queue.index(0), RenderQueue::MessageRole).toString();
        QVERIFY2(words.contains(QStringLiteral("nonsense")) && words.contains(QStringLiteral("Open the recipe")), qPrintable(words));
    }

    /// Renders make room for renders; what the artist owns does not go, and when it leaves no room films are made all the same,
    /// the very ones, which is said once.
    void aStoreWithoutRoomCostsOldRendersAndIsSaidOnce()
    {
        const auto home = m_home->path() / "small";
        constexpr std::uint64_t limit = 3 << 20;
        const auto reopened = [&](std::uint64_t bytes) {
            auto workspace = openWorkspace(home);
            if (workspace && (*workspace)->store->setDiskLimit(bytes))
                workspace = openWorkspace(home);
            return workspace;
        };
        {
            auto workspace = reopened(limit);
            QVERIFY2(workspace.has_value(), workspace ? "" : workspace.error().message.c_str());
            RenderQueue queue;
            queue.setWorkspace(workspace->get());
            for (int i = 0; i < 6; ++i) { // ten times the room in all
                Recipe noise = sampleRecipe();
                noise.title = "Noise " + std::to_string(i);
                noise.nodes = {{.name = "grain", .effect = "noise"}};
                noise.nodes.front().args = {{"seed", Json(i)}};
                noise.params.clear();
                noise.handles.clear();
                noise.outputs.front().picture = Wire{"grain", ""};
                noise.outputs.front().sound.reset();
                queue.add(noise, {}, m_home->path() / "films", std::nullopt);
            }
            QTRY_VERIFY_WITH_TIMEOUT(!queue.isRunning(), 120000);
            for (int row = 0; row < queue.rowTotal(); ++row)
                QVERIFY2(queue.data(queue.index(row), RenderQueue::StateRole) == QLatin1String("done"), qPrintable(queue.data(queue.index(row), RenderQueue::MessageRole).toString()));
            QVERIFY((*workspace)->store->statistics().has_value());
            workspace->reset();
        }
        auto workspace = reopened(1); // no room at all
        QVERIFY(workspace.has_value());
        RenderQueue queue;
        QSignalSpy failed(&queue, &RenderQueue::failed), said(&queue, &RenderQueue::cacheFull);
        queue.setWorkspace(workspace->get());
        for (const int number : {77, 78}) {
            Recipe recipe = longRecipe(number);
            recipe.outputs.front().sound = sampleRecipe().outputs.front().sound;
            queue.add(recipe, {}, m_home->path() / "films", std::nullopt);
        }
        const std::uint64_t before = (*workspace)->store->statistics()->renderBytes;
        QTRY_VERIFY_WITH_TIMEOUT(!queue.isRunning(), 120000);
        for (int row = 0; row < 2; ++row) {
            QVERIFY2(queue.data(queue.index(row), RenderQueue::StateRole) == QLatin1String("done"), qPrintable(queue.data(queue.index(row), RenderQueue::MessageRole).toString()));
            QVERIFY(queue.data(queue.index(row), RenderQueue::MessageRole).toString().contains(QStringLiteral("not kept")));
        }
        QCOMPARE(failed.count(), 0);
        QCOMPARE(said.count(), 1);
        QVERIFY((*workspace)->store->statistics()->renderBytes <= before);
        // Where there is room the same bytes come of it.
        Recipe recipe = longRecipe(78);
        recipe.outputs.front().sound = sampleRecipe().outputs.front().sound;
        RenderQueue roomy;
        roomy.setWorkspace(m_workspace.get());
        roomy.add(recipe, {}, m_home->path() / "roomy", std::nullopt);
        QTRY_COMPARE_WITH_TIMEOUT(states(roomy), QStringLiteral("done"), 120000);
        QVERIFY(roomy.data(roomy.index(0), RenderQueue::MessageRole).toString().isEmpty());
        const auto film = readFile(toPath(queue.data(queue.index(1), RenderQueue::PathRole).toString()));
        QVERIFY(film.has_value() && film->size() > 1000);
        QVERIFY(*film == *readFile(toPath(roomy.data(roomy.index(0), RenderQueue::PathRole).toString())));
    }

    void anotherProfileIsRenderedInsteadOfTheOutputsOwn()
    {
        RenderQueue queue;
        queue.setWorkspace(m_workspace.get());
        RenderOrder order;
        order.recipe = writeRecipe(sampleRecipe());
        order.title = "Still";
        order.encode = "png";
        order.folder = m_home->path() / "profile";
        queue.addOrder(order);
        QTRY_COMPARE_WITH_TIMEOUT(states(queue), QStringLiteral("done"), 60000);
        QVERIFY(queue.data(queue.index(0), RenderQueue::PathRole).toString().endsWith(QStringLiteral("Still.png")));
    }

    void aRunThatIsToBeSignedWaitsForTheKey()
    {
        RenderQueue queue;
        std::optional<SigningKey> key;
        queue.setKeys([&] { return key; });
        queue.setWorkspace(m_workspace.get());
        RenderOrder order;
        order.recipe = writeRecipe(sampleRecipe());
        order.title = "Signed";
        order.folder = m_home->path() / "signed";
        order.sign = true;
        queue.addOrder(order);
        QCOMPARE(states(queue), QStringLiteral("waiting"));
        QVERIFY(queue.data(queue.index(0), RenderQueue::MessageRole).toString().contains(QStringLiteral("key")));
        key = *SigningKey::generate(KeyAlgorithm::Ed25519);
        queue.tryAgain();
        QTRY_COMPARE_WITH_TIMEOUT(states(queue), QStringLiteral("done"), 60000);
        const auto provenance = readProvenance(*readTextFile(provenancePathOf(m_home->path() / "signed" / "Signed.mp4")));
        QVERIFY(provenance.has_value() && provenance->manifest.contains("sig"));
    }
};

QTEST_GUILESS_MAIN(RenderQueueTest)
#include "render_queue_test.moc"
