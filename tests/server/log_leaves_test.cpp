// SPDX-License-Identifier: GPL-3.0-or-later
// The append-only sequence in the database: dense, salted, anchored in time, whatever happens around it.
#include "core/anchor/merkle.h"
#include "server/db/jobs.h"
#include "server/l2/anchoring.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <atomic>
#include <thread>

using namespace artdag;
using namespace artdag::server;

namespace {

constexpr std::int64_t start = 1'800'000'000'000'000; // the beginning of a period
const std::array<std::string, 1> anchorJobs{std::string(anchorJob)};

Result<void> append(Database& database, const std::string& ref, std::int64_t now, bool commit = true)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    TRY(addLeaf(lease, "activity", ref, bytesOf("bytes of " + ref), now));
    return commit ? transaction.commit() : Result<void>();
}

Result<std::int64_t> numberOf(Database& database, std::string_view sql)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement(sql));
    TRY(query->step());
    return query->integer(0);
}

} // namespace

class LogLeavesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void leavesAreSaltedHashesOfTheirBytes();
    void theSequenceHasNoHolesWhoeverWrites();
    void aPeriodIsAnchoredOnceItIsOver();
    void aThousandLeavesDoNotWait();
    void aBatchHasAtMostAThousandLeaves();
    void theJobAnchorsAndWithoutCalendarsKeepsTheRoot();
    void anErasedSaltIsGone();
    void anOlderDatabaseGetsItsLeaves();

private:
    SiteOptions options() const
    {
        SiteOptions options;
        options.directory = m_directory->path().toStdString();
        options.domain = "leaves.test";
        options.publicUrl = "https://leaves.test";
        return options;
    }
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Site> m_site;
};

void LogLeavesTest::init()
{
    m_site.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    auto site = openSite(options());
    QVERIFY2(site, site ? "" : site.error().message.c_str());
    m_site = std::move(*site);
}

void LogLeavesTest::leavesAreSaltedHashesOfTheirBytes()
{
    QVERIFY(append(*m_site->database, "one", start));
    QVERIFY(append(*m_site->database, "two", start));
    const auto one = findLeaf(*m_site->database, "activity", "one");
    const auto two = findLeaf(*m_site->database, "activity", "two");
    QVERIFY(one && two);
    QCOMPARE(one->salt.size(), std::size_t(16));
    QVERIFY(one->salt != two->salt);
    QCOMPARE(one->leaf, leafOf(one->salt, sha256(bytesOf("bytes of one"))));
    QVERIFY(one->leaf != leafOf(two->salt, sha256(bytesOf("bytes of one"))));
    QCOMPARE(one->seq, std::int64_t{1});
    QCOMPARE(two->seq, std::int64_t{2});
    QCOMPARE(findLeaf(*m_site->database, "claim", "one").error().fault, Fault::NotFound);
}

void LogLeavesTest::theSequenceHasNoHolesWhoeverWrites()
{
    std::atomic<int> failures = 0;
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 4; ++writer)
        writers.emplace_back([&, writer] {
            for (int i = 0; i < 25; ++i)
                if (!append(*m_site->database, std::to_string(writer) + " " + std::to_string(i), start, i % 5 != 4)) // each fifth is rolled back
                    ++failures;
        });
    for (std::thread& writer : writers)
        writer.join();
    QCOMPARE(failures.load(), 0);
    QCOMPARE(*numberOf(*m_site->database, "SELECT count(*) FROM log_leaves"), std::int64_t{80});
    QCOMPARE(*numberOf(*m_site->database, "SELECT max(seq) FROM log_leaves"), std::int64_t{80});
}

void LogLeavesTest::aPeriodIsAnchoredOnceItIsOver()
{
    for (const std::int64_t at : {start + 1, start + anchorPeriod - 1, start + anchorPeriod + 1})
        QVERIFY(append(*m_site->database, std::to_string(at), at));
    QCOMPARE(*numberOf(*m_site->database, "SELECT count(*) FROM jobs WHERE kind = 'anchor'"), std::int64_t{2});
    QVERIFY(!*claimJob(*m_site->database, anchorJobs, start + anchorPeriod, 1));
    const auto job = claimJob(*m_site->database, anchorJobs, start + anchorPeriod + 10'000'000, anchorPeriod * 10);
    QVERIFY(job && *job);
    QVERIFY(!*claimJob(*m_site->database, anchorJobs, start + anchorPeriod + 10'000'000, 1)); // the next period's is not due
}

void LogLeavesTest::aThousandLeavesDoNotWait()
{
    auto lease = m_site->database->lease();
    auto transaction = lease->begin();
    for (int i = 1; i < mostLeaves; ++i)
        QVERIFY(addLeaf(*lease, "activity", std::to_string(i), {}, start));
    QCOMPARE(*numberOf(*m_site->database, "SELECT count(*) FROM jobs"), std::int64_t{0}); // not committed yet
    QVERIFY(transaction->commit());
    QVERIFY(!*claimJob(*m_site->database, anchorJobs, start, 1));
    QVERIFY(append(*m_site->database, "the thousandth", start));
    QVERIFY(*claimJob(*m_site->database, anchorJobs, start, 1));
}

void LogLeavesTest::aBatchHasAtMostAThousandLeaves()
{
    {
        auto lease = m_site->database->lease();
        auto transaction = lease->begin();
        for (int i = 0; i < mostLeaves + 5; ++i)
            QVERIFY(addLeaf(*lease, "activity", std::to_string(i), {}, start));
        QVERIFY(transaction->commit());
    }
    const auto made = anchorWaiting(*m_site);
    QVERIFY(made);
    QCOMPARE(made->size(), std::size_t(2));
    QCOMPARE((*made)[0].leaves, std::int64_t{mostLeaves});
    QCOMPARE((*made)[1].leaves, std::int64_t{6}); // and the first anchor's own leaf
    for (const Anchor& anchor : *made) {
        std::vector<Digest> leaves;
        const auto under = leavesUnder(*m_site->database, anchor.id);
        for (const Leaf& leaf : *under)
            leaves.push_back(leaf.leaf);
        QCOMPARE(merkleRoot(leaves), anchor.root);
    }
    QVERIFY(anchorWaiting(*m_site)->empty());
}

void LogLeavesTest::theJobAnchorsAndWithoutCalendarsKeepsTheRoot()
{
    QVERIFY(append(*m_site->database, "one", start));
    const auto [name, kind] = anchorJobKind(*m_site);
    QCOMPARE(name, std::string("anchor"));
    const std::atomic<bool> stopping = false;
    QVERIFY(kind.run({}, stopping));
    const auto anchors = listAnchors(*m_site->database, 0, 10);
    QCOMPARE(anchors->size(), std::size_t(1));
    QCOMPARE(anchors->front().state, std::string("new"));
    QCOMPARE(anchors->front().error, std::string("no calendar is configured"));
    QCOMPARE(findLeaf(*m_site->database, "activity", "one")->anchorId, anchors->front().id);

    m_site->options.anchors = {{"http://127.0.0.1:9"}, "", std::chrono::seconds(2)}; // nobody listens on the discard port
    const auto retried = kind.run({}, stopping);
    QVERIFY(!retried);
    QCOMPARE(retried.error().fault, Fault::Unavailable); // so the runner tries again
    const auto upgrade = anchorUpgradeJobKind(*m_site).second.run(Job{1, "anchor-upgrade", hexOf(anchors->front().root), Json::object(), 0}, stopping);
    QVERIFY(!upgrade);
    QCOMPARE(upgrade.error().fault, Fault::Unavailable);
}

void LogLeavesTest::anErasedSaltIsGone()
{
    QVERIFY(append(*m_site->database, "one", start));
    const Digest before = findLeaf(*m_site->database, "activity", "one")->leaf;
    {
        auto lease = m_site->database->lease();
        auto transaction = lease->begin();
        QVERIFY(eraseLeaf(*lease, "activity", "one"));
        QVERIFY(transaction->commit());
    }
    const auto leaf = findLeaf(*m_site->database, "activity", "one");
    QVERIFY(leaf->salt.empty());
    QCOMPARE(leaf->leaf, before);
}

void LogLeavesTest::anOlderDatabaseGetsItsLeaves()
{
    {
        auto lease = m_site->database->lease();
        QVERIFY(lease->link().run("INSERT INTO users (id, name, display_name, password, role, state, created_at, public_pem) VALUES (1, 'giles', '', '', '', '', 0, '');"
                                  "INSERT INTO claims (hash, exact_bytes, proof, received_at, seq) VALUES (zeroblob(32), 'claim', '', 5, 1);"
                                  "INSERT INTO activities (seq, uuid, user_id, type, public, exact_bytes, published) VALUES (1, 'a', 1, 'Create', 1, 'first', 5), (2, 'b', 1, 'Create', 1, 'second', 6);"));
    }
    m_site.reset();
    m_site = std::move(*openSite(options()));
    QCOMPARE(*countWaitingLeaves(*m_site->database), std::int64_t{3});
    const auto leaf = findLeaf(*m_site->database, "activity", "b");
    QCOMPARE(leaf->leaf, leafOf(leaf->salt, sha256(bytesOf("second"))));
    QVERIFY(findLeaf(*m_site->database, "claim", ManifestId{}.text()));
    m_site.reset();
    m_site = std::move(*openSite(options())); // and only once
    QCOMPARE(*countWaitingLeaves(*m_site->database), std::int64_t{3});
}

QTEST_GUILESS_MAIN(LogLeavesTest)
#include "log_leaves_test.moc"
