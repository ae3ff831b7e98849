// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/render_queue.h"

#include "core/base/files.h"
#include "tests/ui/sample_recipe.h"
#include "ui/qt_std.h"

#include <QFileInfo>
#include <QtTest>

using namespace artdag;

class RenderQueueTest : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryDirectory> m_home;
    std::unique_ptr<Workspace> m_workspace;

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
};

QTEST_GUILESS_MAIN(RenderQueueTest)
#include "render_queue_test.moc"
