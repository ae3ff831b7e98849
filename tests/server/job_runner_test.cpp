// SPDX-License-Identifier: GPL-3.0-or-later
// The threads that do jobs: what is tried again and when, what is given up, what survives a crash and a stop.
#include "server/db/job_counts.h"
#include "server/jobs/job_runner.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace artdag;
using namespace artdag::server;

class JobRunnerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void jobsAreDoneOnceByManyThreads();
    void whatIsUnavailableIsTriedLaterAndLater_data();
    void whatIsUnavailableIsTriedLaterAndLater();
    void otherFaultsAreFinal_data();
    void otherFaultsAreFinal();
    void aJobThatThrowsIsKeptAndTheOthersGoOn();
    void aStopEndsALongJobThatIsDoneAgain();
    void aWakeFindsTheJobAtOnce();
    void onlyKnownKindsAreTaken();

private:
    static constexpr std::int64_t second = 1'000'000;
    struct Row {
        std::string state, error;
        std::int64_t runAt = 0, tries = 0, count = 0;
    };
    Row row(const std::string& ref)
    {
        auto lease = *m_database->lease();
        auto* query = *lease.statement("SELECT state, error, run_at, tries FROM jobs WHERE ref = $1");
        query->bind(1, ref);
        return query->step().value_or(false) ? Row{query->text(0), query->text(1), query->integer(2), query->integer(3), 1} : Row{};
    }
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Database> m_database;
};

namespace {

JobKind doing(std::function<Result<void>(const Job&, const std::atomic<bool>&)> run)
{
    JobKind kind;
    kind.run = std::move(run);
    return kind;
}

} // namespace

void JobRunnerTest::init()
{
    m_database.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_database = *Database::open(m_directory->filePath("jobs.sqlite").toStdString());
}

void JobRunnerTest::jobsAreDoneOnceByManyThreads()
{
    for (int i = 0; i < 60; ++i)
        QVERIFY(addJob(*m_database, "count", std::to_string(i), {{"number", i}}, 0));
    std::mutex mutex;
    std::multiset<int> seen;
    const JobRunner runner(*m_database, {{"count", doing([&](const Job& job, const std::atomic<bool>&) -> Result<void> {
                                              const std::lock_guard lock(mutex);
                                              seen.insert(job.payload.at("number").get<int>());
                                              return {};
                                          })}},
        4);
    QTRY_COMPARE_WITH_TIMEOUT(countJobs(*m_database, 0)->waiting, 0, 10'000);
    const std::lock_guard lock(mutex);
    QCOMPARE(seen.size(), 60U);
    QCOMPARE(std::set<int>(seen.begin(), seen.end()).size(), 60U);
}

void JobRunnerTest::whatIsUnavailableIsTriedLaterAndLater_data()
{
    QTest::addColumn<int>("tries");
    QTest::addColumn<int>("minutes");
    const int minutes[] = {1, 5, 15, 60, 180, 720, 720, 720, 720, 720, 720};
    for (int tries = 0; tries < 11; ++tries)
        QTest::addRow("after %d", tries) << tries << minutes[tries];
    QTest::newRow("the last") << 11 << 0;
}

void JobRunnerTest::whatIsUnavailableIsTriedLaterAndLater()
{
    QFETCH(int, tries);
    QFETCH(int, minutes);
    QVERIFY(addJob(*m_database, "send", "x", Json::object(), 0));
    {
        auto lease = *m_database->lease();
        auto* update = *lease.statement("UPDATE jobs SET tries = $1");
        update->bind(1, tries);
        QVERIFY(update->run());
    }
    const std::int64_t before = nowMicroseconds();
    const JobRunner runner(*m_database, {{"send", doing([](const Job&, const std::atomic<bool>&) -> Result<void> { return fail(Fault::Unavailable, "host x: is down"); })}}, 1);
    QTRY_COMPARE_WITH_TIMEOUT(row("x").tries, tries + 1, 10'000);
    const Row after = row("x");
    QCOMPARE(after.error, "host x: is down");
    QCOMPARE(after.state, minutes == 0 ? "failed" : "waiting");
    if (minutes != 0) {
        QVERIFY(after.runAt >= before + minutes * 60 * second);
        QVERIFY(after.runAt <= nowMicroseconds() + minutes * 60 * second);
    }
}

void JobRunnerTest::otherFaultsAreFinal_data()
{
    QTest::addColumn<int>("fault");
    QTest::newRow("BadInput") << int(Fault::BadInput);
    QTest::newRow("NotFound") << int(Fault::NotFound);
    QTest::newRow("Conflict") << int(Fault::Conflict);
    QTest::newRow("Denied") << int(Fault::Denied);
    QTest::newRow("Corrupt") << int(Fault::Corrupt);
}

void JobRunnerTest::otherFaultsAreFinal()
{
    QFETCH(int, fault);
    QVERIFY(addJob(*m_database, "send", "x", Json::object(), 0));
    const JobRunner runner(*m_database, {{"send", doing([fault](const Job&, const std::atomic<bool>&) -> Result<void> { return fail(Fault(fault), "letter x: is wrong"); })}}, 1);
    QTRY_COMPARE_WITH_TIMEOUT(row("x").state, "failed", 10'000);
    QCOMPARE(row("x").error, "letter x: is wrong");
    QCOMPARE(countJobs(*m_database, nowMicroseconds())->lastError, "send: letter x: is wrong");
    QVERIFY(addJob(*m_database, "send", "x", Json::object(), nowMicroseconds() + 3600 * second)); // what was given up does not stand in the way
    QCOMPARE(countJobs(*m_database, nowMicroseconds())->waiting, 1);
}

void JobRunnerTest::aJobThatThrowsIsKeptAndTheOthersGoOn()
{
    QVERIFY(addJob(*m_database, "bad", "library", Json::object(), 0));
    QVERIFY(addJob(*m_database, "bad", "number", Json::object(), 1));
    QVERIFY(addJob(*m_database, "good", "after", Json::object(), 2));
    const JobRunner runner(*m_database, {{"bad", doing([](const Job& job, const std::atomic<bool>&) -> Result<void> {
                                              if (job.ref == "number")
                                                  throw 7; // NOLINT: not even an exception
                                              throw std::runtime_error("it broke");
                                          })},
                                            {"good", doing([](const Job&, const std::atomic<bool>&) -> Result<void> { return {}; })}},
        1);
    QTRY_COMPARE_WITH_TIMEOUT(row("after").count, 0, 10'000);
    QCOMPARE(row("library").state, "failed");
    QVERIFY(row("library").error.find("it broke") != std::string::npos);
    QCOMPARE(row("number").state, "failed");
}

void JobRunnerTest::aStopEndsALongJobThatIsDoneAgain()
{
    QVERIFY(addJob(*m_database, "long", "film", Json::object(), 0));
    std::atomic<bool> began = false;
    auto runner = std::make_unique<JobRunner>(*m_database, std::map<std::string, JobKind>{{"long", doing([&](const Job&, const std::atomic<bool>& stopping) -> Result<void> {
                                                                                               began = true;
                                                                                               while (!stopping)
                                                                                                   std::this_thread::yield();
                                                                                               return fail(Fault::Cancelled, "film: the server stops");
                                                                                           })}},
        1);
    QTRY_VERIFY_WITH_TIMEOUT(began.load(), 10'000);
    runner.reset();
    QCOMPARE(row("film").state, "waiting");
    const JobRunner again(*m_database, {{"long", doing([](const Job&, const std::atomic<bool>&) -> Result<void> { return {}; })}}, 1);
    QTRY_COMPARE_WITH_TIMEOUT(row("film").count, 0, 10'000);
}

void JobRunnerTest::aWakeFindsTheJobAtOnce()
{
    std::atomic<int> done = 0;
    JobRunner runner(*m_database, {{"quick", doing([&](const Job&, const std::atomic<bool>&) -> Result<void> { ++done; return {}; })}}, 1);
    QElapsedTimer timer;
    timer.start();
    constexpr int jobs = 20; // seen by looking once a second, these would take 20 s
    for (int i = 0; i < jobs; ++i) {
        QVERIFY(addJob(*m_database, "quick", std::to_string(i), Json::object(), 0));
        runner.wake();
        QTRY_COMPARE_WITH_TIMEOUT(done.load(), i + 1, 5'000);
    }
    QVERIFY2(timer.elapsed() < 10'000, std::to_string(timer.elapsed()).c_str());
}

void JobRunnerTest::onlyKnownKindsAreTaken()
{
    QVERIFY(addJob(*m_database, "of another program", "x", Json::object(), 0));
    QVERIFY(addJob(*m_database, "known", "y", Json::object(), 1));
    const JobRunner runner(*m_database, {{"known", doing([](const Job&, const std::atomic<bool>&) -> Result<void> { return {}; })}}, 1);
    QTRY_COMPARE_WITH_TIMEOUT(row("y").count, 0, 10'000);
    QCOMPARE(row("x").state, "waiting");
    QCOMPARE(row("x").tries, 0);
    QCOMPARE(countJobs(*m_database, nowMicroseconds())->late, 1);
}

QTEST_GUILESS_MAIN(JobRunnerTest)
#include "job_runner_test.moc"
