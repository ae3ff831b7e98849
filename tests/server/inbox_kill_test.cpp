// SPDX-License-Identifier: GPL-3.0-or-later
// artdagd killed at each call on sockets and files that it makes to take an activity (tests/server/kill_calls.cpp, which only
// this test preloads): what was answered with 202 is there once after the restart, what was not is there wholly or not at
// all, and exactly what still waited to be sent is sent.
#include "server/db/database.h"
#include "tests/server/fake_peer.h"
#include "tests/store/soak.h"

#include <QTest>

#include <array>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>

using namespace artdag;
using namespace artdag::server;

namespace {

constexpr int roundsOfOneServer = 20;
constexpr int sendersAtOnce = 3;
constexpr int mostCalls = 600; ///< some 45 calls for an activity of somebody new, 25 for others

/// What a peer said, and whether it was told that it was taken.
struct Said {
    Json activity;
    std::string type; ///< Like, Follow, Create
    bool taken = false;
    int waited = 0; ///< how often its answer still waited to be sent when the server was killed
};

} // namespace

class InboxKillTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("ASAN_OPTIONS", qgetenv("ASAN_OPTIONS") + ":verify_asan_link_order=0"); } // of a server that is built so
    void whatWasTakenSurvivesAKillAtAnyCall();

private:
    void beginAnew();
    bool startToDieAt(int call);
    void sendUntilItDies(int round);
    void send(Said& said, int round);
    Said* next();
    void noteWhatWaits();
    void check();
    std::int64_t count(Database::Lease& lease, const std::string& sql, const std::string& value);
    std::string databaseFile() const { return (m_server->data() + "/artdagd.sqlite").toStdString(); }
    static const std::string& idOfEffect(const Said& said)
    {
        return (said.type == "Create" ? said.activity["object"] : said.activity)["id"].get_ref<const std::string&>();
    }

    std::unique_ptr<FakePeer> m_peer;
    std::unique_ptr<ServerProcess> m_server;
    std::string m_object, m_port;
    std::mutex m_mutex;
    std::deque<Said> m_said;       ///< to the server that is used now
    std::deque<Said*> m_toSend;    ///< of these: what was not answered yet
    std::set<int> m_otherAnswers;  ///< statuses that are neither 202 nor the end of the server
    std::set<std::string> m_twice; ///< follows whose answer came twice: it was there, and the server did not know yet
    int m_taken = 0, m_waited = 0;
};

void InboxKillTest::beginAnew()
{
    if (m_server)
        m_server->stop();
    m_server.reset();
    m_peer = std::make_unique<FakePeer>();
    m_server = std::make_unique<ServerProcess>();
    m_said.clear();
    m_toSend.clear();
    QVERIFY(m_server->start());
    m_port = m_server->url().substr(m_server->url().rfind(':') + 1);
    const std::string giles = m_server->tokenOf("giles");
    const ContentId content = m_server->upload("\x89PNG\r\n\x1a\n a picture", giles);
    QCOMPARE(m_server->post("/assets", Json{{"name", "picture"}, {"content_hash", content.text()}, {"asset_type", "image"}}, giles).status, 201);
    m_object = m_server->url() + "/objects/" + content.hex();
    QCOMPARE(m_peer->deliver(*m_server, m_peer->activity("Like", m_object)), 202); // one of them is known
    QCOMPARE(m_server->stop(), 0);
}

/// The call is counted from the first activity on, so that it starts and sends what waited as always. 0: it lives.
bool InboxKillTest::startToDieAt(int call)
{
    qputenv("LD_PRELOAD", ARTDAG_KILL_CALLS);
    qputenv("ARTDAG_KILL_AT", QByteArray::number(call));
    const bool started = m_server->start({"--port", QString::fromStdString(m_port)});
    qunsetenv("LD_PRELOAD");
    return started;
}

/// Likes and follows of people who are new here, and what Bob, who is not, writes about the picture.
Said* InboxKillTest::next()
{
    const std::lock_guard lock(m_mutex);
    if (!m_toSend.empty()) {
        Said* again = m_toSend.front();
        m_toSend.pop_front();
        return again;
    }
    const std::string number = std::to_string(m_said.size());
    Said said;
    said.type = std::array{"Create", "Follow", "Create", "Like"}[m_said.size() % 4];
    if (said.type == "Create")
        said.activity = m_peer->activity("Create", m_peer->note(number, "<p>Number " + number + "</p>", m_object));
    else
        said.activity = m_peer->activity(said.type, said.type == "Like" ? m_object : m_server->url() + "/users/giles", "person" + number);
    return &m_said.emplace_back(std::move(said));
}

void InboxKillTest::send(Said& said, int round)
{
    // Ahead by as many seconds as there were rounds: the same activity never is signed for the same second again.
    const int status = m_peer->deliver(*m_server, said.activity, {"", nullptr, -round});
    const std::lock_guard lock(m_mutex);
    if (status == 202) {
        said.taken = true;
        ++m_taken;
    } else {
        m_toSend.push_back(&said);
        if (status != 0)
            m_otherAnswers.insert(status);
    }
}

void InboxKillTest::sendUntilItDies(int round)
{
    std::atomic<bool> died{false};
    std::vector<std::thread> senders;
    for (int i = 0; i < sendersAtOnce; ++i)
        senders.emplace_back([&] {
            for (int tries = 0; tries < mostCalls && !died; ++tries) {
                Said* said = next();
                send(*said, round);
                died = died || !said->taken;
            }
        });
    for (std::thread& sender : senders)
        sender.join();
    QCOMPARE(m_server->stop(), -1); // not by SIGTERM, which it would have obeyed
}

/// From a copy, so that it is the server that finds the files as the killed one left them.
void InboxKillTest::noteWhatWaits()
{
    const QTemporaryDir room;
    const std::string copy = room.filePath("copy.sqlite").toStdString();
    for (const char* ending : {"", "-wal"})
        if (std::filesystem::exists(databaseFile() + ending))
            std::filesystem::copy_file(databaseFile() + ending, copy + ending);
    const auto database = std::move(*Database::open(copy));
    auto lease = std::move(*database->lease());
    auto* query = *lease.statement("SELECT exact_bytes FROM deliveries JOIN activities ON seq = activity_seq");
    while (*query->step()) {
        const Json accept = *readJson(query->text(0));
        for (Said& said : m_said)
            if (said.activity["id"] == accept["object"]["id"])
                ++said.waited;
        ++m_waited;
    }
}

std::int64_t InboxKillTest::count(Database::Lease& lease, const std::string& sql, const std::string& value)
{
    auto* query = *lease.statement("SELECT count(*) FROM " + sql);
    query->bind(1, value);
    return *query->step() ? query->integer(0) : -1;
}

void InboxKillTest::check()
{
    const auto database = std::move(*Database::open(databaseFile()));
    auto lease = std::move(*database->lease());
    QVERIFY2(QTest::qWaitFor([&] { return count(lease, "deliveries WHERE inbox <> $1", "") == 0; }, 15'000), "what waited is not sent");
    std::map<std::string, int> arrived;
    for (const FakePeer::Got& got : m_peer->got())
        if (got.json.is_object() && got.json.value("type", "") == "Accept")
            ++arrived[got.json["object"]["id"].get<std::string>()];
    for (const Said& said : m_said) {
        const std::string id = idOfEffect(said);
        const bool isFollow = said.type == "Follow";
        const std::int64_t effects = count(lease, isFollow ? "followers WHERE follow_uri = $1" : "interactions WHERE uri = $1", id);
        QVERIFY2(effects == 1 || (effects == 0 && !said.taken), qPrintable(QString("%1 has %2 effects").arg(QString::fromStdString(said.activity.dump())).arg(effects)));
        if (!isFollow)
            continue;
        QCOMPARE(count(lease, "activities WHERE type = 'Accept' AND exact_bytes LIKE '%' || $1 || '%'", "\"id\":\"" + id + "\""), effects);
        QVERIFY2(arrived[id] <= effects * (1 + said.waited) && arrived[id] >= effects, qPrintable(QString("the answer came %1 times and waited %2 times").arg(arrived[id]).arg(said.waited)));
        if (arrived[id] > 1)
            m_twice.insert(id);
    }
    QVERIFY2(m_otherAnswers.empty(), "an activity was refused");
}

void InboxKillTest::whatWasTakenSurvivesAKillAtAnyCall()
{
    const int rounds = trials(1000);
    for (int number = 0; number < rounds && !QTest::currentTestFailed(); ++number) {
        const int round = number % roundsOfOneServer;
        if (round == 0)
            beginAnew();
        QVERIFY(startToDieAt(1 + number * 977 % mostCalls));
        if (round > 0)
            check(); // what the last kill left
        sendUntilItDies(round);
        noteWhatWaits();
        if (round + 1 < roundsOfOneServer && number + 1 < rounds)
            continue;
        QVERIFY(startToDieAt(0));
        check();
    }
    QVERIFY(m_taken > rounds);
    qInfo("%d kills, %d activities taken, %d answers waited, %d arrived twice", rounds, m_taken, m_waited, static_cast<int>(m_twice.size()));
}

QTEST_GUILESS_MAIN(InboxKillTest)
#include "inbox_kill_test.moc"
