// SPDX-License-Identifier: GPL-3.0-or-later
// Power cuts (F1 of docs/store-faults.md): after each call of a run, with every choice of what the disk had not synced.
// A readable object holds the bytes of its name, and what was acknowledged is there. Disks that lie are found out.
#include "core/base/random.h"
#include "tests/store/place.h"
#include "tests/store/recorded_disk.h"
#include "tests/store/soak.h"

#include <QtTest>

#include <set>

using namespace artdag;
using file_calls::Answer;
using file_calls::Call;
using file_calls::Kind;

namespace {

/// What was promised from one call on, and who can tell whether it holds.
struct Acknowledged {
    std::size_t from = 0;
    std::string what;
    std::function<bool(Store&)> holds;
};

std::string content(std::uint64_t seed, std::uint64_t number)
{
    std::string text = std::to_string(seed) + " " + std::to_string(number) + " ";
    const std::size_t size = number % 4 == 3 ? 5000 : 20 + randomBits(seed, number) % 900;
    while (text.size() < size)
        text += std::to_string(randomBits(seed, number, text.size()));
    return text;
}

/// One run under the eyes of a RecordedDisk.
struct Run {
    fs::path root;
    std::uint64_t seed;
    RecordedDisk* disk = nullptr;
    std::vector<Acknowledged> promises;

    void acknowledge(const std::string& what, std::function<bool(Store&)> holds) { promises.push_back({disk->now(), what, std::move(holds)}); }
    void acknowledgeBytes(std::uint64_t number, ObjectClass kind)
    {
        acknowledge("bytes " + std::to_string(number), [text = content(seed, number), kind](Store& store) {
            const auto got = store.get(idOf(text));
            return got && *got == bytes(text) && (kind == ObjectClass::Render || store.facts(idOf(text))->kind == ObjectClass::Asset);
        });
    }
    ContentId put(Store& store, std::uint64_t number, ObjectClass kind)
    {
        const auto id = store.put(bytesOf(content(seed, number)), kind);
        if (id)
            acknowledgeBytes(number, kind);
        return idOf(content(seed, number));
    }
    void keep(Store& store, const Root& root)
    {
        if (store.keep(root))
            acknowledge("root " + root.name, [root](Store& opened) {
                const auto roots = opened.roots();
                return roots && std::ranges::find(*roots, root) != roots->end();
            });
    }
    void putAction(Store& store, std::uint64_t number, const ContentId& id)
    {
        const Digest key = sha3(bytesOf(std::to_string(number)));
        if (store.putAction("chunk", key, {{id}, Json(number), 5}))
            acknowledge("action " + std::to_string(number), [key, id](Store& opened) {
                const auto hit = opened.action("chunk", key);
                return hit && hit->objects == std::vector{id} && hit->costMicroseconds == 5;
            });
    }
};

void runPuts(Run& run)
{
    auto store = *openStore(run.root, smallLimits);
    for (std::uint64_t i = 0; i < 4; ++i) {
        const ContentId id = run.put(*store, i, i == 0 ? ObjectClass::Asset : ObjectClass::Render);
        run.putAction(*store, i, id);
        if (i == 1)
            run.keep(*store, {Root::Kind::Work, "work", {id}, {}});
    }
    run.put(*store, 2, ObjectClass::Asset); // a render that becomes one
}

void runBatches(Run& run)
{
    auto store = *openStore(run.root, smallLimits);
    for (std::uint64_t batch = 0; batch < 3; ++batch) {
        std::vector<std::string> texts;
        for (std::uint64_t i = 0; i < 5; ++i)
            texts.push_back(content(run.seed, 10 * batch + i));
        std::vector<ByteView> views;
        for (const std::string& text : texts)
            views.push_back(bytesOf(text));
        if (store->putAll(views, ObjectClass::Asset))
            for (std::uint64_t i = 0; i < 5; ++i)
                run.acknowledgeBytes(10 * batch + i, ObjectClass::Asset);
    }
}

void prepareCollection(Run& run)
{
    auto store = *openStore(run.root, smallLimits);
    for (std::uint64_t i = 0; i < 8; ++i) {
        const ContentId id = *store->put(bytesOf(content(run.seed, i)), i < 2 ? ObjectClass::Asset : ObjectClass::Render);
        CHECK(store->putAction("chunk", sha3(bytesOf(std::to_string(i))), {{id}, Json(i), 5}));
        if (i == 3)
            CHECK(store->pin(id));
    }
    CHECK(store->keep({Root::Kind::Run, "run", {idOf(content(run.seed, 3)), idOf(content(run.seed, 4))}, {idOf(content(run.seed, 5))}}));
    CHECK(store->keep({Root::Kind::Work, "withdrawn", {idOf(content(run.seed, 0))}, {}}));
}

void runCollection(Run& run)
{
    for (const std::uint64_t number : {0, 1, 3})
        run.acknowledgeBytes(number, number == 3 ? ObjectClass::Render : ObjectClass::Asset);
    auto store = *openStore(run.root, smallLimits);
    if (store->release(Root::Kind::Work, "withdrawn"))
        run.acknowledge("withdrawn", [](Store& opened) {
            const auto roots = opened.roots();
            return roots && std::ranges::none_of(*roots, [](const Root& root) { return root.name == "withdrawn"; });
        });
    (void)store->collect(2000);
    run.put(*store, 20, ObjectClass::Asset);
    (void)store->collect(0);
    (void)store->discard("run");
    (void)store->collect(0);
    run.put(*store, 21, ObjectClass::Asset);
}

void prepareRebuild(Run& run)
{
    prepareCollection(run);
    fs::remove(run.root / "index.sqlite");
}

void runRebuild(Run& run)
{
    for (std::uint64_t i = 0; i < 8; ++i)
        run.acknowledgeBytes(i, i < 2 ? ObjectClass::Asset : ObjectClass::Render);
    run.acknowledge("pin", [id = idOf(content(run.seed, 3))](Store& store) {
        const auto roots = store.roots();
        return roots && std::ranges::any_of(*roots, [&](const Root& root) { return root.kind == Root::Kind::Pin && root.keeps.front() == id; });
    });
    run.acknowledge("action", [](Store& store) { return store.action("chunk", sha3(bytesOf("6"))).has_value(); });
    auto store = *openStore(run.root, smallLimits);
    run.put(*store, 30, ObjectClass::Asset);
}

struct Scenario {
    const char* name;
    void (*prepare)(Run&);
    void (*run)(Run&);
};
const std::array<Scenario, 4> scenarios{{{"put", nullptr, runPuts}, {"batch put", nullptr, runBatches}, {"collection", prepareCollection, runCollection}, {"index rebuild", prepareRebuild, runRebuild}}};

/// What is wrong with a store that a power cut left; empty when nothing is.
std::string faultsOf(const RecordedDisk::State& state, std::size_t count, const Run& run, const fs::path& directory, bool loseIndexToo)
{
    writeState(state, directory);
    for (const auto& [name, bytes] : state.files)
        if (name.starts_with("objects/") && "objects/" + hexOf(sha3(bytes)).insert(2, "/") != name)
            return "corrupt: " + name;
    if (loseIndexToo)
        for (const char* name : {"index.sqlite", "index.sqlite-wal"})
            fs::remove(directory / name);
    const auto store = openStore(directory, smallLimits);
    if (!store)
        return "does not open: " + store.error().message;
    if (!fs::is_empty(directory / "tmp"))
        return "tmp is not swept";
    for (const Acknowledged& promise : run.promises)
        if (promise.from <= count && !promise.holds(**store))
            return "lost: " + promise.what;
    return {};
}

struct Enumeration {
    int states = 0;
    std::string fault;
};

/// Cuts runs of a scenario until so many different states were looked at, or one was wrong.
Enumeration enumerate(const Scenario& scenario, int wanted, const PlantedBug& bug = {})
{
    Enumeration result;
    std::set<Digest> seen;
    for (std::uint64_t seed = 1; result.states < wanted && result.fault.empty(); ++seed) {
        const auto place = *TemporaryDirectory::make("artdag-crash");
        Run run{place.path() / "store", seed, nullptr, {}};
        fs::create_directory(run.root);
        (void)*openStore(run.root, smallLimits); // its making is not asked about here
        if (scenario.prepare != nullptr)
            scenario.prepare(run);
        RecordedDisk disk(run.root, bug);
        run.disk = &disk;
        file_calls::listen(&disk);
        scenario.run(run);
        file_calls::listen(nullptr);
        for (std::size_t count = 0; count <= disk.now() && result.fault.empty(); ++count)
            for (std::uint64_t cut = 0; cut < 8 && result.states < wanted && result.fault.empty(); ++cut) {
                const auto state = disk.cut(count, cut < 2 ? cut : 100 * seed + cut);
                if (!seen.insert(Hasher().addU64(seed).add(ByteView(state.choice)).finish()).second)
                    continue;
                ++result.states;
                result.fault = faultsOf(state, count, run, place.path() / "cut", cut % 2 == 0);
                if (!result.fault.empty())
                    result.fault += " (seed " + std::to_string(seed) + ", call " + std::to_string(count) + ", cut " + std::to_string(cut) + ")";
            }
    }
    return result;
}

Answer pretendIf(bool condition)
{
    return condition ? Answer{Answer::Way::Pretend, 0} : Answer();
}

bool has(const std::string& path, const char* part)
{
    return path.find(part) != std::string::npos;
}

bool isDirectoryIn(const std::string& path, const char* folder)
{
    return fs::path(path).parent_path().filename() == folder;
}

struct Lie {
    const char* name;
    const char* scenario;
    Answer (*answer)(const Call&);
};
const std::array<Lie, 12> lies{{
    {"no fdatasync of what is put", "put", [](const Call& call) { return pretendIf(call.kind == Kind::Fdatasync && has(call.path, "/tmp/")); }},
    {"no fdatasync of a batch", "batch put", [](const Call& call) { return pretendIf(call.kind == Kind::Fdatasync && has(call.path, "/tmp/")); }},
    {"no fsync of the directory of objects", "put", [](const Call& call) { return pretendIf(call.kind == Kind::Fsync && isDirectoryIn(call.path, "objects")); }},
    {"no fsync of the directories of a batch", "batch put", [](const Call& call) { return pretendIf(call.kind == Kind::Fsync && isDirectoryIn(call.path, "objects")); }},
    {"no fsync of the directory of records", "put", [](const Call& call) { return pretendIf(call.kind == Kind::Fsync && isDirectoryIn(call.path, "records")); }},
    {"no fsync of a render that becomes an asset", "put", [](const Call& call) { return pretendIf(call.kind == Kind::Fsync && fs::path(call.path).filename().string().size() == 62); }},
    {"no sync of the index's log", "put", [](const Call& call) { return pretendIf((call.kind == Kind::Fdatasync || call.kind == Kind::Fsync) && call.path.ends_with("index.sqlite-wal")); }},
    {"no rename into place", "put", [](const Call& call) { return pretendIf(call.kind == Kind::RenameNoReplace); }},
    {"no rename of a record", "put", [](const Call& call) { return pretendIf(call.kind == Kind::Rename && has(call.target, "/records/")); }},
    {"no write", "put", [](const Call& call) { return pretendIf(call.kind == Kind::Write && has(call.path, "/tmp/")); }},
    {"half a write, not checked", "batch put", [](const Call& call) { return call.kind == Kind::Write && has(call.path, "/tmp/") ? Answer{Answer::Way::Cheat, 0} : Answer(); }},
    {"no removal of a record", "collection", [](const Call& call) { return pretendIf(call.kind == Kind::Unlink && has(call.path, "/records/")); }},
}};

} // namespace

class StoreCrashTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { useMemory(); }

    void aPowerCutLosesNothingAcknowledgedAndCorruptsNothing_data()
    {
        QTest::addColumn<int>("scenario");
        for (std::size_t i = 0; i < scenarios.size(); ++i)
            QTest::newRow(scenarios[i].name) << int(i);
    }
    void aPowerCutLosesNothingAcknowledgedAndCorruptsNothing()
    {
        QFETCH(int, scenario);
        const int wanted = trials(10'000);
        const Enumeration result = enumerate(scenarios[std::size_t(scenario)], wanted);
        QVERIFY2(result.fault.empty(), result.fault.c_str());
        QCOMPARE(result.states, wanted);
        qInfo("%s: %d states", scenarios[std::size_t(scenario)].name, result.states);
    }

    void aDiskThatLiesIsFoundOut_data()
    {
        QTest::addColumn<int>("lie");
        for (std::size_t i = 0; i < lies.size(); ++i)
            QTest::newRow(lies[i].name) << int(i);
    }
    void aDiskThatLiesIsFoundOut()
    {
        QFETCH(int, lie);
        const Lie& planted = lies[std::size_t(lie)];
        const auto scenario = std::ranges::find_if(scenarios, [&](const Scenario& one) { return std::string_view(one.name) == planted.scenario; });
        const Enumeration result = enumerate(*scenario, 3000, planted.answer);
        QVERIFY2(!result.fault.empty(), "the lie went unnoticed");
        qInfo("%s: %s after %d states", planted.name, result.fault.c_str(), result.states);
    }
};

QTEST_APPLESS_MAIN(StoreCrashTest)
#include "store_crash_test.moc"
