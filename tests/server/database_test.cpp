// SPDX-License-Identifier: GPL-3.0-or-later
// One suite for both engines: what is said of a database holds on SQLite and on PostgreSQL.
#include "core/base/files.h"
#include "server/db/account_changes.h"
#include "server/db/accounts.h"
#include "server/db/actors.h"
#include "server/db/deliveries.h"
#include "server/db/dump.h"
#include "server/db/follows.h"
#include "server/db/former_keys.h"
#include "server/db/forwards.h"
#include "server/db/jobs.h"
#include "server/db/mail_addresses.h"
#include "server/db/migrations.h"
#include "server/db/objects.h"
#include "server/db/postgres_schema.h"
#include "server/db/works.h"
#include "tests/server/postgres_cluster.h"

#include <QTest>

#include <atomic>
#include <latch>
#include <limits>
#include <map>
#include <thread>

using namespace artdag;
using namespace artdag::server;

class DatabaseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_cluster.start()); }
    void theSchemaIsMadeOnce_data() { engines(); }
    void theSchemaIsMadeOnce();
    void bothEnginesHaveTheSameTables();
    void valuesComeBackAsTheyWere_data() { engines(); }
    void valuesComeBackAsTheyWere();
    void parametersAreFoundByTheirNumber_data() { engines(); }
    void parametersAreFoundByTheirNumber();
    void aRefusalSaysWhichFault_data() { engines(); }
    void aRefusalSaysWhichFault();
    void aFailedTransactionKeepsNothing_data() { engines(); }
    void aFailedTransactionKeepsNothing();
    void theFirstOfManyAccountsIsTheOwner_data() { engines(); }
    void theFirstOfManyAccountsIsTheOwner();
    void objectsAreReadByThoseWhoMay_data() { engines(); }
    void objectsAreReadByThoseWhoMay();
    void worksAreFoundByWhatTheyAre_data() { engines(); }
    void worksAreFoundByWhatTheyAre();
    void activitiesAreDenseWhenManyPublish_data() { engines(); }
    void activitiesAreDenseWhenManyPublish();
    void aThousandJobsAreDoneOnceEach_data() { engines(); }
    void aThousandJobsAreDoneOnceEach();
    void theJobOfADeadWorkerComesBack_data() { engines(); }
    void theJobOfADeadWorkerComesBack();
    void oneOfAKindWaits_data() { engines(); }
    void oneOfAKindWaits();
    void whatIsPassedOnIsSentInOrderAndOnce_data() { engines(); }
    void whatIsPassedOnIsSentInOrderAndOnce();
    void formerKeysStayListed_data() { engines(); }
    void formerKeysStayListed();
    void addressesAreConfirmed_data() { engines(); }
    void addressesAreConfirmed();
    void aTurnIsTakenByOneAtATime_data() { engines(); }
    void aTurnIsTakenByOneAtATime();
    void aDumpOfOneIsReadByTheOther_data();
    void aDumpOfOneIsReadByTheOther();
    void damagedDumpsLeaveNothing_data();
    void damagedDumpsLeaveNothing();
    void oldSchemasAreUpgradedAfterABackup_data();
    void oldSchemasAreUpgradedAfterABackup();
    void aNewerSchemaIsRefused_data() { engines(); }
    void aNewerSchemaIsRefused();
    void deadlocksAreTriedAgain();
    void lostConnectionsAreReplaced();
    void passwordsAreNotTold_data();
    void passwordsAreNotTold();
    void theSchemaIsTranslated_data();
    void theSchemaIsTranslated();

private:
    static void engines()
    {
        QTest::addColumn<QString>("engine");
        QTest::newRow("SQLite") << "sqlite";
        QTest::newRow("PostgreSQL") << "postgresql";
    }
    std::string newUrl(const QString& engine) { return engine == "sqlite" ? "sqlite:" + m_directory.filePath(QString::number(++m_files) + ".sqlite").toStdString() : m_cluster.newDatabase(); }
    std::unique_ptr<Database> newDatabase()
    {
        m_url = newUrl(QTest::currentDataTag() == QByteArray("SQLite") ? "sqlite" : "postgresql");
        auto database = Database::open(m_url);
        if (!database)
            qFatal("%s", database.error().message.c_str());
        return std::move(*database);
    }
    std::unique_ptr<Database> another() { return std::move(*Database::open(m_url)); } ///< as another process would
    std::string dumpOf(Database& database)
    {
        std::string text;
        const auto written = writeDump(database, [&](std::string_view piece) -> Result<void> { text += piece; return {}; });
        return written ? text : written.error().message;
    }
    QTemporaryDir m_directory;
    PostgresCluster m_cluster;
    std::string m_url;
    int m_files = 0;
};

namespace {

template <class Name = ContentId>
Name nameOfBytes(const std::string& bytes)
{
    return Name{sha3(bytesOf(bytes))};
}

User account(const std::string& name)
{
    User user;
    user.name = user.displayName = name;
    user.password = "hash";
    user.publicPem = "pem";
    user.state = "pending";
    return user;
}

NewWork workOf(const User& owner, const std::string& name)
{
    NewWork added;
    added.work.ownerId = owner.id;
    added.work.owner = owner.name;
    added.work.name = name;
    added.work.title = name;
    added.work.assetType = "video";
    added.work.content = nameOfBytes(name);
    Activity activity;
    activity.uuid = owner.name + "/" + name;
    activity.userId = owner.id;
    activity.bytes = Json{{"of", name}}.dump();
    added.activity = activity;
    return added;
}

/// Runs `work(number)` in that many threads that begin together.
void inThreads(int count, const std::function<void(int)>& work)
{
    std::latch all(count);
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&, i] {
            all.arrive_and_wait();
            work(i);
        });
    for (std::thread& thread : threads)
        thread.join();
}

std::int64_t numberOf(Database& database, std::string_view sql)
{
    auto lease = database.lease();
    auto query = lease ? lease->statement(sql) : tl::unexpected(lease.error());
    return query && (*query)->step().value_or(false) ? (*query)->integer(0) : -1;
}

std::string shapeOf(Database& database)
{
    auto lease = database.lease();
    std::string text;
    const auto tables = *lease->link().tables();
    for (const Table& table : tables) {
        text += table.name + ":";
        for (const Table::Column& column : table.columns)
            text += " " + column.name + "/" + std::to_string(static_cast<int>(column.kind));
        text += "\n";
    }
    return text;
}

} // namespace

void DatabaseTest::theSchemaIsMadeOnce()
{
    const auto database = newDatabase();
    QVERIFY(addUser(*database, account("giles")));
    const auto again = Database::open(m_url);
    QVERIFY2(again, again ? "" : again.error().message.c_str());
    QCOMPARE((*again)->lease()->link().schemaVersion().value_or(0), static_cast<std::int64_t>(migrations().size()));
    QVERIFY(findUser(**again, "giles"));
}

void DatabaseTest::bothEnginesHaveTheSameTables()
{
    const auto small = Database::open(newUrl("sqlite"));
    const auto large = Database::open(newUrl("postgresql"));
    QVERIFY2(large, large ? "" : large.error().message.c_str());
    const std::string shape = shapeOf(**small);
    QVERIFY(shape.find("\nworks: id/0 owner_id/0 name/1") != std::string::npos);
    QCOMPARE(shapeOf(**large), shape);
}

void DatabaseTest::valuesComeBackAsTheyWere()
{
    const auto database = newDatabase();
    auto lease = *database->lease();
    QVERIFY(lease.link().migrate("CREATE TABLE probe (id INTEGER PRIMARY KEY, number INTEGER, words TEXT, bytes BLOB) STRICT"));
    Bytes all(256);
    for (int i = 0; i < 256; ++i)
        all[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(i);
    struct Row {
        std::int64_t number;
        std::string words;
        Bytes bytes;
    };
    const std::vector<Row> rows{{0, "", {}}, {std::numeric_limits<std::int64_t>::min(), "Grün 緑 '\"\\ \n %", all}, {std::numeric_limits<std::int64_t>::max(), std::string(100'000, 'x'), Bytes(100'000, 0)}};
    auto* insert = *lease.statement("INSERT INTO probe (number, words, bytes) VALUES ($1, $2, $3) RETURNING id");
    auto* query = *lease.statement("SELECT number, words, bytes, number = $1, words = $2, bytes = $3, $1 = 0, $2 = '' FROM probe WHERE id = $4");
    for (const Row& row : rows) {
        insert->reset();
        insert->bind(1, row.number).bind(2, row.words).bind(3, ByteView(row.bytes));
        QVERIFY(insert->step().value_or(false));
        const std::int64_t id = insert->integer(0);
        QVERIFY(!insert->step().value_or(true));
        query->reset();
        query->bind(1, row.number).bind(2, row.words).bind(3, ByteView(row.bytes)).bind(4, id);
        const auto found = query->step();
        QVERIFY2(found && *found, found ? "no row" : found.error().message.c_str());
        QCOMPARE(query->integer(0), row.number);
        QCOMPARE(query->text(1), row.words);
        QVERIFY(query->blob(2) == row.bytes);
        QVERIFY(query->integer(3) == 1 && query->integer(4) == 1 && query->integer(5) == 1);
        QCOMPARE(query->integer(6), row.number == 0 ? 1 : 0);
        QCOMPARE(query->integer(7), row.words.empty() ? 1 : 0);
    }
    insert->bind(1, nullptr).bind(2, nullptr).bind(3, nullptr); // the same statement, after values
    QVERIFY(insert->step().value_or(false));
    const std::int64_t id = insert->integer(0);
    insert->reset();
    auto* nulls = *lease.statement("SELECT number, words, bytes FROM probe WHERE id = $1");
    nulls->bind(1, id);
    QVERIFY(nulls->step().value_or(false));
    QVERIFY(nulls->isNull(0) && nulls->isNull(1) && nulls->isNull(2));
    QCOMPARE(nulls->integer(0), 0);
    auto* change = *lease.statement("UPDATE probe SET number = 1 WHERE number IS NOT NULL");
    QVERIFY(change->run());
    QCOMPARE(change->changes(), 3);
}

void DatabaseTest::parametersAreFoundByTheirNumber()
{
    const auto database = newDatabase();
    auto lease = *database->lease();
    auto* insert = *lease.statement("INSERT INTO settings (value, name) VALUES ($2, $1 || '$2') ON CONFLICT (name) DO UPDATE SET value = $3");
    for (int i = 0; i < 2; ++i) {
        insert->bind(1, "name").bind(2, "first").bind(3, "second");
        const auto done = insert->run();
        QVERIFY2(done, done ? "" : done.error().message.c_str());
        QCOMPARE(*settingOnce(*database, "name$2", "none"), i == 0 ? "first" : "second");
    }
}

void DatabaseTest::aRefusalSaysWhichFault()
{
    const auto database = newDatabase();
    auto lease = *database->lease();
    auto faultOf = [&](const char* sql) {
        auto statement = lease.statement(sql);
        if (!statement)
            return statement.error().fault;
        const auto done = (*statement)->run();
        return done ? Fault::Cancelled : done.error().fault;
    };
    QCOMPARE(faultOf("INSERT INTO settings (name, value) VALUES ('a', 'b')"), Fault::Cancelled); // it was no refusal
    QCOMPARE(faultOf("INSERT INTO settings (name, value) VALUES ('a', 'c')"), Fault::Conflict);
    QCOMPARE(faultOf("INSERT INTO settings (name, value) VALUES ('n', NULL)"), Fault::Conflict);
    QCOMPARE(faultOf("INSERT INTO user_keys (kid, user_id, alg, public, not_before) SELECT 'k', 77, 'a', hash, 0 FROM claims"), Fault::Cancelled); // no rows
    QCOMPARE(faultOf("INSERT INTO usage_daily (day, user_id, kind, amount) VALUES (1, 1, 'x', 1), (1, 1, 'x', 1)"), Fault::Conflict);
    QCOMPARE(faultOf("INSERT INTO actor_blocks (user_id, actor_id, created_at) VALUES (77, 77, 0)"), Fault::Conflict); // of whom?
    QCOMPARE(faultOf("SELECT * FROM no_such_table"), Fault::Corrupt);
}

void DatabaseTest::aFailedTransactionKeepsNothing()
{
    const auto database = newDatabase();
    const User giles = *addUser(*database, account("giles"));
    QVERIFY(addWork(*database, workOf(giles, "one")));
    NewWork second = workOf(giles, "two");
    second.activity->uuid = "giles/one"; // taken: the last of what is written fails
    second.work.tags = {"loop"};
    const auto refused = addWork(*database, second);
    QVERIFY(!refused && refused.error().fault == Fault::Conflict);
    QVERIFY(!findWork(*database, "giles", "two"));
    QCOMPARE(numberOf(*database, "SELECT count(*) FROM work_tags"), 0);
    // A refusal that nobody looked at must not turn into a commit of half.
    const auto done = inTransaction(*database, [](Database::Lease& lease) -> Result<void> {
        for (const char* sql : {"INSERT INTO settings (name, value) VALUES ('x', '1')", "INSERT INTO settings (name, value) VALUES ('x', '2')"})
            if (auto statement = lease.statement(sql))
                (void)(*statement)->run();
        return {};
    });
    QCOMPARE(done.has_value(), numberOf(*database, "SELECT count(*) FROM settings WHERE name = 'x'") == 1);
}

void DatabaseTest::theFirstOfManyAccountsIsTheOwner()
{
    const auto one = newDatabase();
    const auto other = another();
    std::atomic<int> added = 0, taken = 0;
    inThreads(8, [&](int i) {
        for (const std::string& name : {"user" + std::to_string(i), std::string("same")}) {
            const auto user = addUser(i % 2 ? *one : *other, account(name));
            user ? ++added : user.error().fault == Fault::Conflict ? ++taken
                                                                   : taken.exchange(-100);
        }
    });
    QCOMPARE(added.load(), 9);
    QCOMPARE(taken.load(), 7);
    QCOMPARE(numberOf(*one, "SELECT count(*) FROM users WHERE role = 'owner' AND state = 'active'"), 1);
    QCOMPARE(listUsers(*one, "pending", 100)->size(), 8U);
    QVERIFY(setUserState(*one, "user3", "active") && findUser(*other, "user3")->state == "active");
    QVERIFY(!setUserState(*one, "nobody", "active"));
    QVERIFY(revokeToken(*one, "token", nowMicroseconds()) && *isTokenRevoked(*other, "token") && !*isTokenRevoked(*other, "another"));
    QCOMPARE(*settingOnce(*one, "domain", "a.example"), "a.example");
    QCOMPARE(*settingOnce(*other, "domain", "b.example"), "a.example");
    const auto key = SigningKey::generate(KeyAlgorithm::Ed25519)->publicKey();
    QVERIFY(*addKey(*one, 1, key) && !*addKey(*other, 1, key));
    QCOMPARE(addKey(*other, 2, key).error().fault, Fault::Conflict);
    QCOMPARE(findKey(*other, key.kid())->key.kid(), key.kid());
}

void DatabaseTest::objectsAreReadByThoseWhoMay()
{
    const auto database = newDatabase();
    const User giles = *addUser(*database, account("giles")), carol = *addUser(*database, account("carol"));
    HeldObject object{nameOfBytes("film"), sha256(bytesOf("film")), 5'000'000'000, "video/mp4", Json::object()};
    QVERIFY(addObject(*database, object, giles.id));
    object.media = {{"width", 640}};
    QVERIFY(addObject(*database, object, giles.id)); // decoded in the second attempt
    QCOMPARE(findObject(*database, object.id)->media.value("width", 0), 640);
    QCOMPARE(findObject(*database, object.id)->size, 5'000'000'000U);
    QVERIFY(*mayRead(*database, object.id, giles.id) && !*mayRead(*database, object.id, carol.id));
    NewWork work = workOf(giles, "film");
    work.objects = {{object.id, "content"}};
    QVERIFY(addWork(*database, work));
    QVERIFY(*mayRead(*database, object.id, carol.id) && !*holdsObject(*database, object.id, carol.id));
}

void DatabaseTest::worksAreFoundByWhatTheyAre()
{
    const auto database = newDatabase();
    const User giles = *addUser(*database, account("giles")), carol = *addUser(*database, account("carol"));
    auto add = [&](const User& owner, const std::string& name, const std::string& title, std::vector<std::string> tags, const std::string& visibility = "public") {
        NewWork work = workOf(owner, name);
        work.work.title = title;
        work.work.tags = std::move(tags);
        work.work.visibility = visibility;
        return addWork(*database, work)->id;
    };
    add(giles, "spin", "Spin, 50% slower", {"loop", "Ärger \"quoted\""});
    add(giles, "grass", "Grass_land", {"loop"});
    const auto last = add(carol, "fog", "Fog over grassland", {});
    add(carol, "secret", "Grass", {"loop"}, "private");
    auto namesOf = [&](const WorkFilter& filter) {
        std::string names;
        const auto works = listWorks(*database, filter);
        for (const Work& work : works ? *works : std::vector<Work>())
            names += work.name + " ";
        return works ? names : works.error().message;
    };
    QCOMPARE(namesOf({}), "fog grass spin ");
    QCOMPARE(namesOf({.owner = "giles"}), "grass spin ");
    QCOMPARE(namesOf({.owner = "carol", .hidden = true}), "secret fog ");
    QCOMPARE(namesOf({.tag = "loop"}), "grass spin ");
    QCOMPARE(namesOf({.text = "GRASS"}), "fog grass ");
    QCOMPARE(namesOf({.text = "50%"}), "spin ");
    QCOMPARE(namesOf({.text = "%"}), "spin ");
    QCOMPARE(namesOf({.text = "s_l"}), "grass ");
    QCOMPARE(namesOf({.text = "!"}), "");
    QCOMPARE(namesOf({.before = last}), "grass spin ");
    QCOMPARE(namesOf({.limit = 1}), "fog ");
    const std::vector<std::string> tags{"loop", "Ärger \"quoted\""};
    QCOMPARE(findWork(*database, "giles", "spin")->tags, tags);
    QCOMPARE(findWork(*database, "carol", "fog")->tags.size(), 0U);
    QCOMPARE(*countWorks(*database, 0), 3);
    QCOMPARE(*countWorks(*database, carol.id), 1);
    QCOMPARE(findWorksNamed(*database, "spin", 5)->size(), 1U);
    QCOMPARE(findWorksOf(*database, nameOfBytes("spin"))->front().name, "spin");
    NewWork signedOne = workOf(giles, "spin");
    signedOne.work.claim = ManifestId{nameOfBytes("claim").digest};
    signedOne.work.framesHash = nameOfBytes<FramesHash>("pixels");
    signedOne.claimBytes = "{\"claim\":1}";
    signedOne.lineage = {{nameOfBytes("fog"), "https://other.example/fog", "@carol@other.example", "input", -1}};
    signedOne.activity->uuid = "better";
    const auto better = replaceWork(*database, findWork(*database, "giles", "spin")->id, signedOne);
    QVERIFY2(better, better ? "" : better.error().message.c_str());
    QCOMPARE(*claimBytes(*database, *signedOne.work.claim), signedOne.claimBytes);
    QCOMPARE(findWorksOf(*database, *signedOne.work.framesHash)->size(), 1U);
    QCOMPARE(findUses(*database, nameOfBytes("fog"), 10)->front().name, "spin");
}

void DatabaseTest::activitiesAreDenseWhenManyPublish()
{
    const auto one = newDatabase();
    const auto other = another();
    const User giles = *addUser(*one, account("giles"));
    constexpr int threads = 8, each = 12;
    std::atomic<int> added = 0, refused = 0;
    inThreads(threads, [&](int thread) {
        for (int i = 0; i < each; ++i) {
            // Every third name is everyone's: one gets it, the others' transactions fail on their way.
            const std::string name = i % 3 == 0 ? "all-" + std::to_string(i) : std::to_string(thread) + "-" + std::to_string(i);
            NewWork work = workOf(giles, name);
            work.activity->uuid += "/" + std::to_string(thread);
            const auto written = addWork(thread % 2 ? *one : *other, work);
            written ? ++added : written.error().fault == Fault::Conflict ? ++refused
                                                                         : refused.exchange(-1000);
        }
    });
    QCOMPARE(added.load(), threads * 8 + 4);
    QCOMPARE(refused.load(), threads * 4 - 4);
    for (int seq = 1; seq <= added; ++seq)
        QVERIFY2(findActivity(*one, std::int64_t{seq}), std::to_string(seq).c_str());
    QVERIFY(!findActivity(*one, std::int64_t{added + 1}));
    QCOMPARE(*countActivities(*one, giles.id), added.load());
    QCOMPARE(listActivities(*one, giles.id, 3, 10)->size(), 2U);
}

void DatabaseTest::aThousandJobsAreDoneOnceEach()
{
    const auto one = newDatabase();
    const auto other = another();
    constexpr int jobs = 1000;
    QVERIFY(inTransaction(*one, [&](Database::Lease& lease) -> Result<void> {
        auto* insert = TRY(lease.statement("INSERT INTO jobs (kind, ref, payload, state, run_at, created_at) VALUES ('count', $1, '{}', 'waiting', 0, 0)"));
        for (int i = 0; i < jobs; ++i) {
            insert->bind(1, std::to_string(i));
            TRY(insert->run());
        }
        return {};
    }));
    QVERIFY(addJob(*one, "another", "x", Json::object(), 0)); // of a kind that is not asked for
    std::vector<std::atomic<int>> done(jobs);
    std::atomic<int> failed = 0;
    inThreads(8, [&](int thread) {
        const std::vector<std::string> kinds{"count", "other"};
        Database& database = thread % 2 ? *one : *other;
        for (int misses = 0; misses < 20;) {
            const auto job = claimJob(database, kinds, nowMicroseconds(), 60'000'000);
            if (job && *job && finishJob(database, **job))
                ++done[std::stoul((*job)->ref)];
            else if (job && !*job) // all that is left is claimed by others
                ++misses;
            else
                ++failed, ++misses;
        }
    });
    QCOMPARE(failed.load(), 0);
    for (int i = 0; i < jobs; ++i)
        QVERIFY2(done[static_cast<std::size_t>(i)] == 1, std::to_string(i).c_str());
    QCOMPARE(numberOf(*one, "SELECT count(*) FROM jobs"), 1);
}

void DatabaseTest::theJobOfADeadWorkerComesBack()
{
    const auto database = newDatabase();
    const std::vector<std::string> kinds{"render"};
    QVERIFY(addJob(*database, "render", "film", {{"frames", 3}}, 1000));
    QVERIFY(!*claimJob(*database, kinds, 999, 100)); // not yet due
    const auto first = *claimJob(*database, kinds, 1000, 100);
    QVERIFY(first && first->payload.value("frames", 0) == 3 && first->tries == 0);
    QVERIFY(!*claimJob(*database, kinds, 1099, 100));
    const auto second = *claimJob(*another(), kinds, 1100, 100); // the first has died
    QVERIFY(second && second->id == first->id);
    QVERIFY(retryJob(*database, second->id, 2000, "it rained"));
    QVERIFY(!*claimJob(*database, kinds, 1999, 100));
    QCOMPARE((*claimJob(*database, kinds, 2000, 100))->tries, 1);
    QVERIFY(abandonJob(*database, second->id, "it rained again"));
    QVERIFY(!*claimJob(*database, kinds, 1'000'000, 100));
    QCOMPARE(numberOf(*database, "SELECT count(*) FROM jobs WHERE state = 'failed' AND tries = 2 AND error = 'it rained again'"), 1);
}

void DatabaseTest::oneOfAKindWaits()
{
    const auto database = newDatabase();
    for (int i = 0; i < 3; ++i)
        QVERIFY(addJob(*database, "sweep", "daily", Json::object(), i));
    QVERIFY(addJob(*database, "sweep", "weekly", Json::object(), 0));
    QCOMPARE(numberOf(*database, "SELECT count(*) FROM jobs"), 2);
}

void DatabaseTest::whatIsPassedOnIsSentInOrderAndOnce()
{
    const auto database = newDatabase();
    const User giles = *addUser(*database, account("giles"));
    auto lease = std::move(*database->lease());
    for (const char* host : {"origin.example", "reader.example"}) {
        Actor actor;
        actor.uri = std::string("https://") + host + "/users/ann";
        actor.host = host;
        actor.type = "Person";
        actor.inbox = actor.sharedInbox = std::string("https://") + host + "/inbox";
        QCOMPARE(*addFollower(lease, giles.id, putActor(lease, actor)->id, actor.uri + "/follow", "accepted"), "accepted");
    }
    constexpr std::int64_t week = 7LL * 24 * 3600 * 1'000'000;
    const std::int64_t now = nowMicroseconds();
    for (const char* uri : {"create", "edit", "create"})
        QVERIFY(planForward(lease, {uri, "note", std::string("bytes of ") + uri, giles.id, "origin.example"}, now));
    QCOMPARE(*countDeliveries(*database), 2); // to the one that has it not, and the same activity only once
    for (const char* uri : {"create", "edit"}) {
        const auto delivery = *claimDelivery(*database, now + 1, now + 1000);
        QVERIFY(delivery);
        QCOMPARE(delivery->bytes, std::string("bytes of ") + uri);
        QCOMPARE(delivery->inbox, "https://reader.example/inbox");
        QCOMPARE(delivery->user, "giles");
        QVERIFY(!*claimDelivery(*database, now + 1, now + 1000)); // the edit waits for what it edits
        QVERIFY(forgetForwarded(lease, now + 2 * week));
        QVERIFY(finishDelivery(*database, *delivery, true));
    }
    QVERIFY(forgetForwarded(lease, now + week));
    QCOMPARE(numberOf(*database, "SELECT count(*) FROM forwarded_activities"), 1); // the first went when it was sent and old
    QVERIFY(forgetForwarded(lease, now + week + 1));
    QCOMPARE(numberOf(*database, "SELECT count(*) FROM forwarded_activities"), 0);
}

void DatabaseTest::formerKeysStayListed()
{
    const auto database = newDatabase();
    const User giles = *addUser(*database, account("giles"));
    for (const char* pem : {"pem", "second", "second", "third"})
        QVERIFY(changePublicKey(*database, "giles", pem));
    QCOMPARE(changePublicKey(*database, "nobody", "pem").error().fault, Fault::NotFound);
    const std::vector<FormerKey> former = *formerKeysOf(*database, giles.id);
    QCOMPARE(former.size(), std::size_t{2});
    QVERIFY(former[0].pem == "pem" && former[1].pem == "second" && former[0].replacedAt <= former[1].replacedAt);
    QCOMPARE(findUser(*database, giles.id)->publicPem, "third");
    QCOMPARE(numberOf(*database, "SELECT count(*) FROM jobs WHERE kind = 'profile' AND ref = 'giles'"), 1); // followers are told once of both
}

void DatabaseTest::addressesAreConfirmed()
{
    const auto database = newDatabase();
    const auto user = [&](const std::string& name) {
        User user;
        user.name = user.displayName = name;
        return addUser(*database, user)->id;
    };
    const std::int64_t giles = user("giles"), carol = user("carol");
    QVERIFY(mailAddressesOf(*database, giles)->confirmed.empty());
    QVERIFY(usersOfMailAddress(*database, "")->empty());
    QVERIFY(!*confirmMailAddress(*database, giles, ""));
    QVERIFY(askForMailAddress(*database, giles, "Giles@Mail.example"));
    QVERIFY(usersOfMailAddress(*database, "giles@mail.example")->empty()); // not yet
    QVERIFY(!*confirmMailAddress(*database, giles, "giles@mail.example")); // exactly what was asked for
    QVERIFY(!*confirmMailAddress(*database, carol, "Giles@Mail.example"));
    QVERIFY(*confirmMailAddress(*database, giles, "Giles@Mail.example"));
    QVERIFY(!*confirmMailAddress(*database, giles, "Giles@Mail.example"));
    QCOMPARE(mailAddressesOf(*database, giles)->confirmed, "Giles@Mail.example");
    QVERIFY(mailAddressesOf(*database, giles)->asked.empty());
    QVERIFY(askForMailAddress(*database, carol, "giles@mail.example") && *confirmMailAddress(*database, carol, "giles@mail.example"));
    QCOMPARE(usersOfMailAddress(*database, "GILES@mail.example")->size(), std::size_t{2});
    QVERIFY(setUserState(*database, "carol", "suspended"));
    QCOMPARE(usersOfMailAddress(*database, "giles@mail.example")->size(), std::size_t{1});
    QVERIFY(removeMailAddresses(*database, giles));
    QVERIFY(usersOfMailAddress(*database, "giles@mail.example")->empty());
}

void DatabaseTest::aTurnIsTakenByOneAtATime()
{
    const auto one = newDatabase();
    const auto other = QString(QTest::currentDataTag()) == "SQLite" ? nullptr : another(); // SQLite has one process
    std::atomic<int> inside = 0, crowded = 0, failed = 0;
    inThreads(8, [&](int thread) {
        for (int i = 0; i < 25; ++i) {
            Database& database = thread % 2 && other ? *other : *one;
            const auto turn = database.turn("publish");
            if (!turn)
                ++failed;
            if (++inside != 1)
                ++crowded;
            (void)settingOnce(database, "turn", "x"); // takes a while
            --inside;
        }
    });
    QCOMPARE(failed.load(), 0);
    QCOMPARE(crowded.load(), 0);
    const auto turn = one->turn("publish");
    QVERIFY(one->turn("register")); // another turn
}

void DatabaseTest::aDumpOfOneIsReadByTheOther_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    for (const char* from : {"sqlite", "postgresql"})
        for (const char* to : {"sqlite", "postgresql"})
            QTest::addRow("%s to %s", from, to) << from << to;
}

void DatabaseTest::aDumpOfOneIsReadByTheOther()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    const auto old = *Database::open(newUrl(from));
    const User giles = *addUser(*old, account("giles"));
    QVERIFY(addObject(*old, {nameOfBytes("bytes"), sha256(bytesOf("bytes")), 5, "image/png", Json::object()}, giles.id));
    NewWork work = workOf(giles, "Grün-\xF0\x9F\x8C\xB1 \"x\"\n");
    work.work.tags = {"a", "b"};
    QVERIFY(addWork(*old, work));
    const std::string dump = dumpOf(*old);
    const std::string url = newUrl(to);
    DumpReader reader(url);
    for (std::size_t at = 0; at < dump.size(); at += 7) { // in pieces of any length
        const auto taken = reader.take(std::string_view(dump).substr(at, 7));
        QVERIFY2(taken, taken ? "" : taken.error().message.c_str());
    }
    QVERIFY(reader.finish());
    const auto made = *Database::open(url);
    QCOMPARE(dumpOf(*made), dump);
    QCOMPARE(addUser(*made, account("carol"))->id, giles.id + 1); // counting goes on
    QCOMPARE(findActivity(*made, std::int64_t{1})->bytes, work.activity->bytes);
    DumpReader twice(url);
    const auto refused = twice.take(dump);
    QVERIFY(!refused && refused.error().fault == Fault::Conflict);
}

void DatabaseTest::damagedDumpsLeaveNothing_data()
{
    QTest::addColumn<QString>("engine");
    QTest::addColumn<QString>("damage");
    for (const char* engine : {"sqlite", "postgresql"})
        for (const char* damage : {"cut", "a row is missing", "newer", "no dump", "another table", "not JSON"})
            QTest::addRow("%s: %s", engine, damage) << engine << damage;
}

void DatabaseTest::damagedDumpsLeaveNothing()
{
    QFETCH(QString, engine);
    QFETCH(QString, damage);
    const auto old = *Database::open(newUrl("sqlite"));
    QVERIFY(addUser(*old, account("giles")));
    std::string dump = dumpOf(*old);
    auto replace = [&](const std::string& what, const std::string& by) {
        const auto at = dump.find(what);
        if (at == std::string::npos)
            qFatal("the dump does not have what is to be damaged");
        dump.replace(at, what.size(), by);
    };
    if (damage == "cut")
        dump.resize(dump.rfind("{\"rows\""));
    if (damage == "a row is missing")
        replace("{\"rows\":1}", "{\"rows\":2}");
    if (damage == "newer")
        replace("\"schema\":" + std::to_string(migrations().size()), "\"schema\":4000");
    if (damage == "no dump")
        replace("\"artdag\":\"dump\"", "\"artdag\":\"recipe\"");
    if (damage == "another table")
        replace("\"table\":\"users\"", "\"table\":\"sqlite_master\"");
    if (damage == "not JSON")
        replace("[1,", "[1;");
    const std::string url = newUrl(engine);
    {
        DumpReader reader(url);
        const auto taken = reader.take(dump);
        const auto done = taken ? reader.finish() : taken;
        QVERIFY(!done);
        QVERIFY2(done.error().fault == Fault::Corrupt, done.error().message.c_str());
    }
    const auto database = Database::open(url);
    QVERIFY(database);
    QCOMPARE(numberOf(**database, "SELECT count(*) FROM users"), 0);
}

void DatabaseTest::oldSchemasAreUpgradedAfterABackup_data()
{
    QTest::addColumn<QString>("engine");
    QTest::addColumn<int>("schema");
    for (const char* engine : {"sqlite", "postgresql"})
        for (int schema = 1; schema < static_cast<int>(migrations().size()); ++schema)
            QTest::addRow("%s, schema %d", engine, schema) << engine << schema;
}

void DatabaseTest::oldSchemasAreUpgradedAfterABackup()
{
    QFETCH(QString, engine);
    QFETCH(int, schema);
    QTemporaryDir backups;
    const std::string url = newUrl(engine);
    {
        const auto old = Database::openAt(url, schema);
        QVERIFY2(old, old ? "" : old.error().message.c_str());
        auto lease = *(*old)->lease();
        QVERIFY(lease.link().run("INSERT INTO users (id, name, display_name, summary, password, role, state, created_at, public_pem) VALUES (1, 'giles', 'Giles', '', 'h', 'owner', 'active', 5, 'pem');"
                                 "INSERT INTO activities (seq, uuid, user_id, type, public, exact_bytes, published) VALUES (1, 'u', 1, 'Create', 1, '{\"exact\": \"bytes\"}', 6)"));
        if (schema >= 3)
            QVERIFY(lease.link().run("INSERT INTO deliveries (id, activity_seq, user_id, inbox, host, object_uri, next_at, created_at) VALUES (7, 1, 1, 'https://a.example/inbox', 'a.example', 'o', 5, 5)"));
        QCOMPARE(lease.link().schemaVersion().value_or(0), schema);
    }
    const auto upgraded = Database::open(url, backups.path().toStdString());
    QVERIFY2(upgraded, upgraded ? "" : upgraded.error().message.c_str());
    QCOMPARE(findActivity(**upgraded, std::int64_t{1})->bytes, "{\"exact\": \"bytes\"}");
    QCOMPARE(numberOf(**upgraded, "SELECT quota FROM users WHERE id = 1"), -1); // a column that came later
    QVERIFY(mailAddressesOf(**upgraded, 1)->confirmed.empty() && mailAddressesOf(**upgraded, 1)->asked.empty());
    QCOMPARE(*countDeliveries(**upgraded), schema >= 3 ? 1 : 0);
    if (schema >= 3)
        QCOMPARE((*claimDelivery(**upgraded, 6, 7))->bytes, "{\"exact\": \"bytes\"}");
    const QStringList files = QDir(backups.path()).entryList(QDir::Files);
    QCOMPARE(files.size(), 1);
    QVERIFY(!(QFile::permissions(backups.filePath(files.first())) & (QFile::ReadGroup | QFile::ReadOther)));
    const std::string before = newUrl(engine);
    DumpReader reader(before);
    QVERIFY(reader.take(*readTextFile(backups.filePath(files.first()).toStdString())) && reader.finish());
    QCOMPARE(Database::attach(before)->lease()->link().schemaVersion().value_or(0), schema);
    QVERIFY(Database::open(url, backups.path().toStdString()));
    QCOMPARE(QDir(backups.path()).entryList(QDir::Files).size(), 1); // only for an upgrade
}

void DatabaseTest::aNewerSchemaIsRefused()
{
    const auto database = newDatabase();
    QVERIFY(database->lease()->link().setSchemaVersion(1000));
    const auto again = Database::open(m_url);
    QVERIFY(!again);
    QCOMPARE(again.error().fault, Fault::Corrupt);
    QVERIFY(again.error().message.find("newer") != std::string::npos);
}

void DatabaseTest::deadlocksAreTriedAgain()
{
    const auto database = *Database::open(newUrl("postgresql"));
    for (const char* name : {"a", "b"})
        QVERIFY(setSetting(*database, name, "0"));
    std::atomic<int> attempts = 0;
    std::latch bothHold(2);
    std::atomic<int> failed = 0;
    inThreads(2, [&](int thread) {
        int mine = 0;
        // Locks of rows in opposite order, outside of the writers' turn: PostgreSQL ends one of the two with 40P01.
        for (Patience patience;;) {
            ++attempts;
            auto lease = *database->lease();
            const auto done = [&]() -> Result<void> {
                TRY(lease.link().run("BEGIN"));
                for (const char* name : {thread ? "a" : "b", thread ? "b" : "a"}) {
                    auto* update = TRY(lease.statement("UPDATE settings SET value = value || 'x' WHERE name = $1"));
                    update->bind(1, name);
                    TRY(update->run());
                    if (mine++ == 0)
                        bothHold.arrive_and_wait();
                }
                return lease.link().run("COMMIT");
            }();
            if (done)
                return;
            (void)lease.link().run("ROLLBACK");
            if (done.error().fault != Fault::Unavailable || !patience.again()) {
                ++failed;
                return;
            }
        }
    });
    QCOMPARE(failed.load(), 0);
    QCOMPARE(attempts.load(), 3);
    QCOMPARE(numberOf(*database, "SELECT count(*) FROM settings WHERE value = '0xx'"), 2);
}

void DatabaseTest::lostConnectionsAreReplaced()
{
    PostgresCluster cluster;
    QVERIFY(cluster.start());
    const auto database = *Database::open(cluster.newDatabase());
    QVERIFY(addUser(*database, account("giles")));
    {
        auto one = *database->lease();
        auto two = *database->lease(); // several that are idle when it happens
    }
    cluster.stop();
    const auto lost = findUser(*database, "giles");
    QVERIFY(!lost);
    QCOMPARE(lost.error().fault, Fault::Unavailable);
    QCOMPARE(findUser(*database, "giles").error().fault, Fault::Unavailable); // cannot be reached
    QVERIFY(cluster.start());
    QVERIFY(findUser(*database, "giles"));
    QVERIFY(addUser(*database, account("carol")));
    cluster.stop();
    QVERIFY(cluster.start());
    QVERIFY(!findUser(*database, "giles")); // the connection of before
    QVERIFY(findUser(*database, "giles"));
}

void DatabaseTest::passwordsAreNotTold_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<int>("fault");
    QTest::newRow("nobody there") << "postgresql://artdag:hunter2@127.0.0.1:1/x" << int(Fault::Unavailable);
    QTest::newRow("wrong password") << QString::fromStdString(m_cluster.url("postgres")).replace(QString::fromStdString(PostgresCluster::password), "hunter2") << int(Fault::Denied);
    QTest::newRow("malformed") << "postgresql://artdag:hunter2@[127.0.0.1:1/x" << int(Fault::BadInput);
    QTest::newRow("unknown option") << "postgresql://artdag:hunter2@127.0.0.1/x?nonsense=1" << int(Fault::BadInput);
}

void DatabaseTest::passwordsAreNotTold()
{
    QFETCH(QString, url);
    QFETCH(int, fault);
    const auto refused = Database::open(url.toStdString());
    QVERIFY(!refused);
    QCOMPARE(int(refused.error().fault), fault);
    QVERIFY(refused.error().message.find("hunter2") == std::string::npos);
    QVERIFY(refused.error().message.starts_with("database: "));
}

void DatabaseTest::theSchemaIsTranslated_data()
{
    QTest::addColumn<QString>("sqlite");
    QTest::addColumn<QString>("postgresql");
    QTest::newRow("ids") << "CREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;"
                         << "CREATE TABLE a (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, n BIGINT NOT NULL);";
    QTest::newRow("text and bytes") << "(a TEXT PRIMARY KEY, b BLOB) STRICT, WITHOUT ROWID;"
                                    << "(a TEXT COLLATE \"C\" PRIMARY KEY, b BYTEA);";
    QTest::newRow("quotes stay") << "a TEXT DEFAULT 'TEXT STRICT'"
                                 << "a TEXT COLLATE \"C\" DEFAULT 'TEXT STRICT'";
    QTest::newRow("parts of words stay") << "CONTEXT TEXTS BLOBS XBLOB"
                                         << "CONTEXT TEXTS BLOBS XBLOB";
    QTest::newRow("an open quote") << "a 'TEXT"
                                   << "a 'TEXT";
    QTest::newRow("nothing") << ""
                             << "";
}

void DatabaseTest::theSchemaIsTranslated()
{
    QFETCH(QString, sqlite);
    QFETCH(QString, postgresql);
    QCOMPARE(QString::fromStdString(postgresSchema(sqlite.toStdString())), postgresql);
}

QTEST_GUILESS_MAIN(DatabaseTest)
#include "database_test.moc"
