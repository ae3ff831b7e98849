// SPDX-License-Identifier: GPL-3.0-or-later
// Too little room, and clocks that jump (F6, F9 and F11 of docs/store-faults.md).
#include "core/base/random.h"
#include "tests/store/file_calls.h"
#include "tests/store/place.h"
#include "tests/store/soak.h"

#include <QtTest>

#include <sys/syscall.h>

#include <atomic>
#include <cerrno>

using namespace artdag;
using file_calls::Answer;
using file_calls::Call;
using file_calls::Kind;

namespace {

constinit std::atomic<std::int64_t> clockJump{0}; ///< seconds

std::uint64_t bytesOnDisk(const fs::path& root)
{
    std::uint64_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        struct stat facts {};
        if (::lstat(entry.path().c_str(), &facts) == 0 && S_ISREG(facts.st_mode))
            bytes += std::uint64_t(facts.st_blocks) * 512;
    }
    return bytes;
}

/// Objects, trash and what is on its way; what the limit speaks of.
std::uint64_t bytesOfObjects(const fs::path& root)
{
    std::uint64_t bytes = 0;
    for (const char* folder : {"objects", "trash", "tmp"})
        for (const auto& entry : fs::recursive_directory_iterator(root / folder))
            if (entry.is_regular_file())
                bytes += entry.file_size();
    return bytes;
}

/// A disk of a size: a call that would take more room than is left fails.
class SmallDisk : public file_calls::Listener {
public:
    SmallDisk(fs::path root, std::uint64_t capacity)
        : m_root(std::move(root)),
          m_capacity(capacity)
    {
        file_calls::listen(this);
    }
    ~SmallDisk() override { file_calls::listen(nullptr); }
    Answer before(const Call& call) override
    {
        const std::uint64_t wanted = call.kind == Kind::Fallocate ? std::uint64_t(call.at) : call.bytes.size();
        if ((wanted == 0 && call.kind != Kind::Mkdir) || !call.path.starts_with(m_root.string()) || call.path.ends_with("-shm"))
            return {};
        // What overwrites takes no more room; that it counts all the same is to the disk's advantage only.
        if (bytesOnDisk(m_root) + wanted <= m_capacity)
            return {};
        ++m_refused;
        return {Answer::Way::Fail, ENOSPC};
    }
    [[nodiscard]] int refused() const { return m_refused; }

private:
    fs::path m_root;
    std::uint64_t m_capacity;
    std::atomic<int> m_refused = 0;
};

std::string block(std::uint64_t number, std::size_t size)
{
    std::string text = std::to_string(number) + " ";
    text.resize(size, char('a' + number % 26));
    return text;
}

} // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* time)
{
    const long result = syscall(SYS_clock_gettime, clock, time);
    if (clock == CLOCK_REALTIME)
        time->tv_sec += clockJump;
    return static_cast<int>(result);
}

class StoreSpaceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { useMemory(); }

    void aFullDiskIsTidiedAndTheRenderGoesOn()
    {
        const int wanted = trials(1000);
        Place place;
        place.store.reset();
        place.store = *openStore(place.root, {std::nullopt, std::uint64_t{1} << 30, 4 << 20});
        const ContentId asset = *place.store->put(bytesOf(block(1, 100'000)), ObjectClass::Asset);
        const ContentId pinned = *place.store->put(bytesOf(block(2, 100'000)), ObjectClass::Render);
        QVERIFY(place.store->pin(pinned));
        QVERIFY(fs::exists(place.root / "ballast"));
        int refused = 0;
        {
            const SmallDisk disk(place.root, 32 << 20);
            for (std::uint64_t i = 10; i < 10 + std::uint64_t(std::max(100, wanted)); ++i) {
                const std::string text = block(i, 100'000 + randomBits(3, i) % 900'000);
                const auto id = place.store->put(bytesOf(text), ObjectClass::Render);
                QVERIFY2(id, id ? "" : id.error().message.c_str());
                QVERIFY(*place.store->get(*id) == bytes(text));
                const auto noted = place.store->putAction("chunk", sha3(bytesOf(text)), {{*id}, 1, 1000});
                QVERIFY2(noted || noted.error().fault == Fault::NotFound, noted ? "" : noted.error().message.c_str());
            }
            refused = disk.refused();
            QVERIFY(refused > 0);
        }
        QVERIFY(place.store->facts(asset) && place.store->facts(pinned));
        QVERIFY(place.store->check()->empty());
        place.reopen();
        QVERIFY(place.store->check()->empty());
        qInfo("%d calls found the disk full", refused);
    }

    void aDiskFullOfAssetsSaysSoOnceAndLosesNothing()
    {
        Place place;
        place.store.reset();
        place.store = *openStore(place.root, {std::nullopt, std::uint64_t{1} << 30, 1 << 20});
        std::vector<ContentId> kept;
        std::string message;
        {
            const SmallDisk disk(place.root, 16 << 20);
            for (std::uint64_t i = 0; message.empty(); ++i) {
                const auto id = place.store->put(bytesOf(block(i, 1'000'000)), ObjectClass::Asset);
                if (id)
                    kept.push_back(*id);
                else
                    message = id.error().message;
                QVERIFY(i < 100);
            }
            QVERIFY(place.names("tmp").empty());
            QVERIFY(place.store->collect(0));
        }
        QVERIFY2(message.starts_with("store: the disk is full") || message.find("disk is full") != std::string::npos, message.c_str());
        QCOMPARE(message.find("disk is full"), message.rfind("disk is full"));
        QVERIFY(kept.size() > 5);
        for (const ContentId& id : kept)
            QVERIFY(place.store->get(id));
        QVERIFY(place.store->check()->empty());
    }

    void tenTimesTheLimitStreamedInNeverGoesOverIt()
    {
        const std::uint64_t limit = isSoak() ? 200U << 20 : 4U << 20;
        const std::uint64_t longest = limit / 20;
        Place place;
        place.store.reset();
        place.store = *openStore(place.root, {limit, std::uint64_t{1} << 30, 4096});
        const ContentId asset = *place.store->put(bytesOf(block(1, longest)), ObjectClass::Asset);
        std::uint64_t streamed = 0, most = 0;
        for (std::uint64_t i = 2; streamed < 10 * limit; ++i) {
            const std::string text = block(i, 1 + randomBits(4, i) % longest);
            streamed += text.size();
            const auto id = place.store->put(bytesOf(text), ObjectClass::Render);
            QVERIFY2(id, id ? "" : id.error().message.c_str());
            QVERIFY(place.store->facts(*id));
            most = std::max(most, bytesOfObjects(place.root));
        }
        QVERIFY2(most <= limit, std::to_string(most).c_str());
        QVERIFY(place.store->facts(asset));
        QVERIFY(place.store->check()->empty());
        qInfo("%llu MB streamed, at most %.1f %% of the limit", static_cast<unsigned long long>(streamed >> 20), 100.0 * double(most) / double(limit));
    }

    void atTheLimitRendersGoDownToNineTenthsAndAssetsAreRefusedOnlyByAssets()
    {
        Place place;
        QVERIFY(place.store->setDiskLimit(100'000));
        place.reopen();
        QCOMPARE(place.store->diskLimit(), std::uint64_t{100'000});
        for (std::uint64_t i = 0; i < 100; ++i)
            QVERIFY(place.store->put(bytesOf(block(i, 1000)), ObjectClass::Render));
        QCOMPARE(place.store->statistics()->renderBytes, std::uint64_t{100'000});
        QVERIFY(place.store->put(bytesOf(block(100, 1000)), ObjectClass::Render));
        QCOMPARE(place.store->statistics()->renderBytes, std::uint64_t{90'000});
        QCOMPARE(place.store->statistics()->trashBytes, std::uint64_t{0});
        for (std::uint64_t i = 0; i < 9; ++i)
            QVERIFY(place.store->put(bytesOf("asset" + block(i, 9995)), ObjectClass::Asset));
        const auto refused = place.store->put(bytesOf("asset" + block(20, 19'000)), ObjectClass::Asset);
        QCOMPARE(faultOf(refused), Fault::Unavailable);
        QVERIFY(refused.error().message.starts_with("store: its limit of 100000 bytes"));
        QVERIFY(place.store->put(bytesOf("small"), ObjectClass::Asset));
        QVERIFY(place.store->setDiskLimit(0));
        QVERIFY(place.store->put(bytesOf("asset" + block(20, 19'000)), ObjectClass::Asset));
    }

    void clocksThatJumpEvictNothingWrong()
    {
        Place place;
        const auto put = [&](std::uint64_t i) { return *place.store->put(bytesOf(block(i, 1000)), ObjectClass::Render); };
        constexpr std::int64_t tenYears = 315'576'000;
        std::vector<ContentId> ids;
        const int rounds = trials(100);
        for (int round = 0; round < rounds; ++round) {
            ids.clear();
            for (std::uint64_t i = 0; i < 9; ++i) {
                clockJump = i % 3 == 0 ? tenYears : i % 3 == 1 ? -tenYears
                                                               : 0;
                ids.push_back(put(std::uint64_t(round) * 100 + i));
            }
            QVERIFY(place.store->get(ids[0]));
            clockJump = round % 2 == 0 ? tenYears : -tenYears;
            place.reopen();
            QVERIFY(place.store->collect(4000));
            for (std::size_t i = 0; i < ids.size(); ++i)
                QVERIFY2(place.store->facts(ids[i]).has_value() == (i == 0 || i >= 6), std::to_string(i).c_str());
        }
        clockJump = 0;
    }

    void aLongObjectIsReadByPathAndNotIntoMemory()
    {
        Place place;
        place.store.reset();
        place.store = *openStore(place.root, {std::nullopt, 10'000, 4096});
        const ContentId id = *place.store->put(bytesOf(block(1, 10'001)), ObjectClass::Asset);
        QCOMPARE(faultOf(place.store->get(id)), Fault::Unavailable);
        QVERIFY(place.store->path(id));
        QVERIFY(place.store->get(*place.store->put(bytesOf(block(1, 10'000)), ObjectClass::Asset)));
    }
};

QTEST_APPLESS_MAIN(StoreSpaceTest)
#include "store_space_test.moc"
