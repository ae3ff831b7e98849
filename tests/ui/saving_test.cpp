// SPDX-License-Identifier: GPL-3.0-or-later
// What keeps a document safe: saving under faults, the lock, the journal, kept versions. The program starts itself again as
// an editor that is killed.
#include "core/base/files.h"
#include "core/recipe/edit_recipe.h"
#include "tests/store/file_calls.h"
#include "tests/ui/patience.h"
#include "tests/ui/sample_recipe.h"
#include "ui/document_lock.h"
#include "ui/journal.h"
#include "ui/qt_std.h"
#include "ui/versions.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace artdag;

namespace {
constexpr qint64 mostLost = 2000; // ms of edits

Recipe titled(const QString& title)
{
    Recipe recipe = sampleRecipe();
    recipe.title = toStd(title);
    return recipe;
}

/// Refuses, or ends the process at, one kind of call on files of a folder.
class DiskFault : public file_calls::Listener {
public:
    DiskFault(QString folder, file_calls::Kind kind, bool kills)
        : m_folder(toStd(folder)),
          m_kind(kind),
          m_kills(kills) {}
    file_calls::Answer before(const file_calls::Call& call) override
    {
        if (call.kind != m_kind || !call.path.starts_with(m_folder))
            return {};
        ++m_met;
        if (m_kills)
            ::kill(::getpid(), SIGKILL);
        return {file_calls::Answer::Way::Fail, ENOSPC};
    }
    int m_met = 0;

private:
    std::string m_folder;
    file_calls::Kind m_kind;
    bool m_kills;
};

/// The editor: an edit every 20 ms for ever, each told on standard output with its time.
int edit(const QString& folder)
{
    Document document;
    Journal journal(document, toPath(folder));
    document.reset(sampleRecipe(), {});
    int edits = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, [&] {
        document.apply(titled(QStringLiteral("Edit %1").arg(++edits)), QStringLiteral("Title"));
        std::printf("%d %lld\n", edits, static_cast<long long>(QDateTime::currentMSecsSinceEpoch()));
        std::fflush(stdout);
    });
    timer.start(20);
    return QCoreApplication::exec();
}

int saveAndDie(const QString& path, int kind)
{
    DiskFault fault(QFileInfo(path).absolutePath(), static_cast<file_calls::Kind>(kind), true);
    file_calls::listen(&fault);
    static_cast<void>(saveRecipe(titled(QStringLiteral("After")), toPath(path)).has_value());
    return 0;
}

int holdLock(const QString& path)
{
    DocumentLock lock;
    std::puts(lock.take(path) ? "held" : "refused");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

struct Told {
    int edit = 0;
    qint64 at = 0;
};

std::vector<Told> readTold(QProcess& process)
{
    std::vector<Told> told;
    for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (words.size() == 2)
            told.push_back({words[0].toInt(), words[1].toLongLong()});
    }
    return told;
}
} // namespace

class SavingTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString file(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }

    /// A process that edits in a folder of its own until it is killed.
    struct Editor {
        QTemporaryDir folder;
        QProcess process;
        qint64 dies = 0, killed = 0; ///< ms since the epoch: when it is to, and when it did
        Editor() { process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--edit"), folder.path()}); }
    };
    static void checkWhatIsLeft(Editor& editor)
    {
        const std::vector<Told> told = readTold(editor.process);
        if (QDir(editor.folder.path()).entryList({QStringLiteral("*.journal")}).isEmpty()) { // killed before its first edit was due on the disk
            QVERIFY(told.empty() || editor.killed - told.front().at <= mostLost);
            return;
        }
        Document document;
        Journal journal(document, toPath(editor.folder.path()));
        QTRY_COMPARE_WITH_TIMEOUT(journal.count(), 1, patience);
        QVERIFY(document.title().isEmpty()); // offered, not opened
        const Journal::Entry entry = journal.take(0);
        QVERIFY2(entry.title.startsWith(QStringLiteral("Edit ")), qPrintable(entry.title));
        const int kept = entry.title.mid(5).toInt();
        const auto lost = std::ranges::find_if(told, [&](const Told& one) { return one.edit == kept + 1; });
        if (lost != told.end())
            QVERIFY2(editor.killed - lost->at <= mostLost, qPrintable(QStringLiteral("%1 ms lost").arg(editor.killed - lost->at)));
        const ReadRecipe read = readRecipe(entry.recipe);
        QVERIFY(read.ok());
        QCOMPARE(QByteArray::fromStdString(writeRecipe(read.recipe)), QByteArray::fromStdString(writeRecipe(titled(entry.title))));
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { file_calls::listen(nullptr); }

    void aSaveThatFailsKeepsThePreviousFile_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("no room for the file") << static_cast<int>(file_calls::Kind::Open);
        QTest::newRow("no room for its bytes") << static_cast<int>(file_calls::Kind::Write);
        QTest::newRow("no room when it is synced") << static_cast<int>(file_calls::Kind::Fdatasync);
        QTest::newRow("no room for the name") << static_cast<int>(file_calls::Kind::Rename);
    }
    void aSaveThatFailsKeepsThePreviousFile()
    {
        QFETCH(int, kind);
        const QString path = file("cat.artdag");
        QVERIFY(saveRecipe(titled(QStringLiteral("Before")), toPath(path)).has_value());
        DiskFault fault(m_folder->path(), static_cast<file_calls::Kind>(kind), false);
        file_calls::listen(&fault);
        const auto saved = saveRecipe(titled(QStringLiteral("After")), toPath(path));
        file_calls::listen(nullptr);
        QVERIFY(fault.m_met > 0);
        QVERIFY(!saved.has_value());
        QVERIFY2(saved.error().message.find("No space left") != std::string::npos, saved.error().message.c_str());
        QCOMPARE(QByteArray::fromStdString(*readTextFile(toPath(path))), QByteArray::fromStdString(writeRecipe(titled(QStringLiteral("Before")))));
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("cat.artdag")}); // and leaves nothing
    }

    void aProcessKilledWhileSavingKeepsThePreviousFile_data() { aSaveThatFailsKeepsThePreviousFile_data(); }
    void aProcessKilledWhileSavingKeepsThePreviousFile()
    {
        QFETCH(int, kind);
        const QString path = file("cat.artdag");
        QVERIFY(saveRecipe(titled(QStringLiteral("Before")), toPath(path)).has_value());
        QProcess victim;
        victim.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--save"), path, QString::number(kind)});
        QVERIFY(victim.waitForFinished(patience));
        QCOMPARE(victim.exitStatus(), QProcess::CrashExit);
        QCOMPARE(QByteArray::fromStdString(*readTextFile(toPath(path))), QByteArray::fromStdString(writeRecipe(titled(QStringLiteral("Before")))));
    }

    void aKilledEditorLosesAtMostTwoSecondsAndItsDocumentIsOffered()
    {
        constexpr int together = 20, rounds = 5; // a hundred moments in all, half of them later than what may be missing
        for (int round = 0; round < rounds; ++round) {
            std::vector<std::unique_ptr<Editor>> editors;
            for (int i = 0; i < together; ++i)
                editors.push_back(std::make_unique<Editor>());
            for (const auto& editor : editors) {
                QVERIFY(editor->process.waitForReadyRead(patience)); // its first edit
                editor->dies = QDateTime::currentMSecsSinceEpoch() + QRandomGenerator::global()->bounded(2 * mostLost);
            }
            std::ranges::sort(editors, {}, [](const auto& editor) { return editor->dies; });
            for (const auto& editor : editors) {
                QTest::qWait(static_cast<int>(std::max<qint64>(0, editor->dies - QDateTime::currentMSecsSinceEpoch())));
                editor->killed = QDateTime::currentMSecsSinceEpoch();
                editor->process.kill();
            }
            for (const auto& editor : editors) {
                QVERIFY(editor->process.state() == QProcess::NotRunning || editor->process.waitForFinished(patience));
                checkWhatIsLeft(*editor);
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }

    void whatIsOpenInALivingWindowIsNotOffered()
    {
        Document document;
        Journal journal(document, toPath(m_folder->path()));
        document.reset(sampleRecipe(), {});
        document.setTitle(QStringLiteral("Edited"));
        const auto entries = [this] { return QDir(m_folder->path()).entryList({QStringLiteral("*.journal")}).size(); };
        QTRY_COMPARE_WITH_TIMEOUT(entries(), 1, patience);
        Document other;
        Journal second(other, toPath(m_folder->path()));
        QSignalSpy found(&second, &Journal::foundChanged);
        QVERIFY(!found.wait(300)); // it had the time to look
        QCOMPARE(second.count(), 0);
        document.undo(); // nothing is unsaved any more
        QTRY_COMPARE_WITH_TIMEOUT(entries(), 0, patience);
    }

    void anEntryStaysUntilItIsRecoveredOrForgotten()
    {
        const auto crash = [this] {
            QProcess editor;
            editor.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--edit"), m_folder->path()});
            const auto entries = [this] { return QDir(m_folder->path()).entryList({QStringLiteral("*.journal")}).size(); };
            QTRY_COMPARE_WITH_TIMEOUT(entries(), 1, patience);
            editor.kill();
            QVERIFY(editor.waitForFinished(patience));
        };
        crash();
        {
            Document document;
            Journal journal(document, toPath(m_folder->path()));
            QTRY_COMPARE_WITH_TIMEOUT(journal.count(), 1, patience); // looked at, and left
        }
        {
            Document document;
            Journal journal(document, toPath(m_folder->path()));
            QTRY_COMPARE_WITH_TIMEOUT(journal.count(), 1, patience);
            const Journal::Entry entry = journal.take(0);
            document.reset(readRecipe(entry.recipe).recipe, {}, false);
            QVERIFY(document.isModified());
            journal.settle(entry);
            QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(entry.file), patience);
            QCOMPARE(QDir(m_folder->path()).entryList({QStringLiteral("*.journal")}).size(), 1); // its own, now
        }
        QVERIFY(QDir(m_folder->path()).entryList({QStringLiteral("*.journal")}).isEmpty()); // ended in good order
        crash();
        Document document;
        Journal journal(document, toPath(m_folder->path()));
        QTRY_COMPARE_WITH_TIMEOUT(journal.count(), 1, patience);
        journal.discard(0);
        QTRY_VERIFY_WITH_TIMEOUT(QDir(m_folder->path()).entryList({QStringLiteral("*.journal")}).isEmpty(), patience);
    }

    void aDiskWithoutRoomForTheJournalIsSaidOnce()
    {
        DiskFault fault(file("journal"), file_calls::Kind::Fdatasync, false);
        const auto deaf = qScopeGuard([] { file_calls::listen(nullptr); }); // after the journal, which removes its file
        Document document;
        Journal journal(document, toPath(file("journal")));
        QSignalSpy failed(&journal, &Journal::failed);
        document.reset(sampleRecipe(), {});
        file_calls::listen(&fault);
        document.setTitle(QStringLiteral("One"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, patience);
        document.setTitle(QStringLiteral("Two"));
        QTRY_VERIFY_WITH_TIMEOUT(fault.m_met >= 2, patience);
        QCoreApplication::processEvents();
        QCOMPARE(failed.count(), 1);
    }

    void aDocumentOpenElsewhereIsRefusedWithProcessAndHost()
    {
        const QString path = file("cat.artdag");
        QProcess other;
        other.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--lock"), path});
        QVERIFY(other.waitForReadyRead(patience));
        QCOMPARE(other.readAllStandardOutput().trimmed(), QByteArray("held"));
        DocumentLock lock;
        const auto taken = lock.take(path);
        QVERIFY(!taken.has_value());
        const QString words = wordsOf(taken.error());
        QVERIFY2(words.contains(QString::number(other.processId())) && words.contains(QSysInfo::machineHostName()), qPrintable(words));
        other.kill(); // its lock stays, and is stale
        QVERIFY(other.waitForFinished(patience));
        QVERIFY(QFile::exists(lockPathOf(path)));
        QVERIFY(lock.take(path).has_value());
        lock.release();
        QVERIFY(!QFile::exists(lockPathOf(path)));
    }

    void savesAreKeptAsVersionsEachOnceAndComeBack()
    {
        Versions versions(toPath(m_folder->path()));
        const QString path = QStringLiteral("/nowhere/cat.artdag");
        versions.setDocument(path);
        QString picture;
        int kept = 0;
        const auto save = [&](const QString& title) {
            versions.keep(std::make_shared<const Recipe>(titled(title)), path, [&](const QString& place) { picture = place, ++kept; });
        };
        save(QStringLiteral("First"));
        QTRY_COMPARE_WITH_TIMEOUT(versions.total(), 1, patience);
        save(QStringLiteral("First")); // nothing has changed
        save(QStringLiteral("Second"));
        QTRY_COMPARE_WITH_TIMEOUT(versions.total(), 2, patience);
        QCOMPARE(kept, 2);
        QCOMPARE(versions.index(0).data(Versions::TitleRole).toString(), QStringLiteral("Second"));
        QVERIFY(versions.index(0).data(Versions::PictureRole).toUrl().isEmpty());
        QImage image(32, 18, QImage::Format_RGB32);
        image.fill(Qt::red);
        versions.keepPicture(image, picture);
        QTRY_VERIFY_WITH_TIMEOUT(!versions.index(0).data(Versions::PictureRole).toUrl().isEmpty(), patience);
        QCOMPARE(QImage(versions.index(0).data(Versions::PictureRole).toUrl().toLocalFile()).size(), image.size());
        const auto recipe = versions.recipeAt(1);
        QVERIFY(recipe.has_value());
        QCOMPARE(QByteArray::fromStdString(writeRecipe(*recipe)), QByteArray::fromStdString(writeRecipe(titled(QStringLiteral("First")))));
        QVERIFY(!versions.recipeAt(2).has_value());
        versions.setDocument(QStringLiteral("/nowhere/dog.artdag"));
        QCOMPARE(versions.total(), 0);
    }
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.value(1) == QLatin1String("--edit"))
        return edit(words.value(2));
    if (words.value(1) == QLatin1String("--save"))
        return saveAndDie(words.value(2), words.value(3).toInt());
    if (words.value(1) == QLatin1String("--lock"))
        return holdLock(words.value(2));
    SavingTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "saving_test.moc"
