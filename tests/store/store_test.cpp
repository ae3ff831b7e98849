// SPDX-License-Identifier: GPL-3.0-or-later
// What one process sees of the store.
#include "core/base/files.h"
#include "core/base/sqlite.h"
#include "core/store/store.h"

#include <QtTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <set>

using namespace artdag;
namespace fs = std::filesystem;

namespace {

struct Place {
    TemporaryDirectory directory = *TemporaryDirectory::make("artdag-store");
    fs::path root = directory.path() / "store";
    std::unique_ptr<Store> store = *openStore(root);

    void reopen()
    {
        store.reset();
        store = *openStore(root);
    }
    [[nodiscard]] fs::path file(const ContentId& id) const { return root / "objects" / id.hex().substr(0, 2) / id.hex().substr(2); }
    [[nodiscard]] std::vector<std::string> names(const char* folder) const
    {
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator(root / folder))
            found.push_back(entry.path().filename().string());
        std::ranges::sort(found);
        return found;
    }
};

Bytes bytes(const std::string& text)
{
    return {text.begin(), text.end()};
}

ContentId idOf(const std::string& text)
{
    return ContentId{sha3(bytesOf(text))};
}

void writeOver(const fs::path& file, const std::string& text)
{
    fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
    const int fd = ::open(file.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    CHECK(fd >= 0 && ::write(fd, text.data(), text.size()) == ssize_t(text.size()) && ::close(fd) == 0);
}

/// 64 MiB and a little, almost all of it a hole.
fs::path bigFile(const Place& place, const std::string& text = "a film")
{
    const auto file = place.directory.path() / "big.mov";
    CHECK(writeFileAtomically(file, bytesOf(text)));
    fs::resize_file(file, (64U << 20) + 4096);
    return file;
}

/// Makes a file look as if it had not been changed for an hour, so that its mark is believed.
void age(const fs::path& file)
{
    // The change time cannot be set; only waiting moves it away from now.
    struct stat facts {};
    for (;;) {
        CHECK(::stat(file.c_str(), &facts) == 0);
        timespec now{};
        ::clock_gettime(CLOCK_REALTIME, &now);
        if (now.tv_sec - facts.st_ctim.tv_sec > 3)
            return;
        ::usleep(50'000);
    }
}

template <class T>
Fault faultOf(const Result<T>& result)
{
    return result ? Fault::Cancelled : result.error().fault;
}

} // namespace

class StoreTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        // Whether bytes survive a power cut is not asked here (store_processes_test works on the disk), so memory will do.
        if (::access("/dev/shm", W_OK) == 0)
            qputenv("TMPDIR", "/dev/shm");
    }

    void bytesComeBackFromAFileNamedByThem()
    {
        Place place;
        const ContentId id = *place.store->put(bytesOf("hello"), ObjectClass::Asset);
        QCOMPARE(id, idOf("hello"));
        QCOMPARE(*place.store->get(id), bytes("hello"));
        QCOMPARE(*place.store->path(id), place.file(id));
        struct stat facts {};
        QCOMPARE(::stat(place.file(id).c_str(), &facts), 0);
        QCOMPARE(unsigned(facts.st_mode & 07777U), 0444U);
        QVERIFY(place.names("tmp").empty());
        QCOMPARE(place.store->facts(id)->size, std::uint64_t{5});
        QCOMPARE(*place.store->facts(id)->sha256, sha256(bytesOf("hello")));
        place.reopen();
        QCOMPARE(*place.store->get(id), bytes("hello"));
    }

    void sizesAroundABlockAreKept_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 262143, 262144, 262145, 3000001})
            QTest::newRow(std::to_string(size).c_str()) << size;
    }
    void sizesAroundABlockAreKept()
    {
        QFETCH(int, size);
        Place place;
        std::string text(std::size_t(size), 'x');
        for (std::size_t i = 0; i < text.size(); i += 997)
            text[i] = char(i);
        const ContentId id = *place.store->put(bytesOf(text), ObjectClass::Render);
        QCOMPARE(id, idOf(text));
        place.reopen();
        QVERIFY(*place.store->get(id) == bytes(text));
    }

    void theSameBytesAreKeptOnce()
    {
        Place place;
        QVERIFY(place.store->put(bytesOf("twice"), ObjectClass::Asset));
        QVERIFY(place.store->put(bytesOf("twice"), ObjectClass::Render));
        const auto statistics = *place.store->statistics();
        QCOMPARE(statistics.assets, std::uint64_t{1});
        QCOMPARE(statistics.renders, std::uint64_t{0});
        QCOMPARE(statistics.assetBytes, std::uint64_t{5});
        QVERIFY(place.names("tmp").empty());
    }

    void whatIsMissingIsNotFound()
    {
        Place place;
        QCOMPARE(faultOf(place.store->get(idOf("x"))), Fault::NotFound);
        QCOMPARE(faultOf(place.store->path(idOf("x"))), Fault::NotFound);
        QCOMPARE(faultOf(place.store->pin(idOf("x"))), Fault::NotFound);
        QVERIFY(!place.store->facts(idOf("x")));
    }

    void damageIsQuarantinedAndHealedByAPut_data()
    {
        QTest::addColumn<QByteArray>("now");
        QTest::addColumn<bool>("readBefore");
        for (const bool readBefore : {false, true}) {
            const QByteArray when = readBefore ? ", read before" : "";
            QTest::newRow("a flipped bit" + when) << QByteArray("the biginning") << readBefore;
            QTest::newRow("cut" + when) << QByteArray("the beg") << readBefore;
            QTest::newRow("empty" + when) << QByteArray() << readBefore;
            QTest::newRow("longer" + when) << QByteArray("the beginning!") << readBefore;
            QTest::newRow("zeros" + when) << QByteArray(13, '\0') << readBefore;
        }
    }
    void damageIsQuarantinedAndHealedByAPut()
    {
        QFETCH(QByteArray, now);
        QFETCH(bool, readBefore);
        Place place;
        const ContentId id = *place.store->put(bytesOf("the beginning"), ObjectClass::Asset);
        QVERIFY(place.store->putAction("k", Digest{1}, {{id}, Json::object()}));
        if (!readBefore)
            place.reopen();
        writeOver(place.file(id), now.toStdString());
        QCOMPARE(faultOf(place.store->get(id)), Fault::NotFound);
        QVERIFY(!fs::exists(place.file(id)));
        QCOMPARE(place.names("trash/quarantine").size(), std::size_t{1});
        QVERIFY(!place.store->facts(id));
        QVERIFY(!place.store->action("k", Digest{1}));
        QVERIFY(place.store->put(bytesOf("the beginning"), ObjectClass::Asset));
        QCOMPARE(*place.store->get(id), bytes("the beginning"));
    }

    void damageIsFoundByPathAndByPutToo()
    {
        Place place;
        const ContentId id = *place.store->put(bytesOf("good"), ObjectClass::Asset);
        writeOver(place.file(id), "bad!");
        QCOMPARE(faultOf(place.store->path(id)), Fault::NotFound);
        QVERIFY(place.store->put(bytesOf("good"), ObjectClass::Asset));
        writeOver(place.file(id), "bad!");
        QVERIFY(place.store->put(bytesOf("good"), ObjectClass::Asset));
        QCOMPARE(*place.store->get(id), bytes("good"));
        QCOMPARE(place.names("trash/quarantine").size(), std::size_t{2});
    }

    void aSymbolicLinkIsNeverFollowed()
    {
        Place place;
        const ContentId id = idOf("secret");
        QVERIFY(writeFileAtomically(place.directory.path() / "secret", bytesOf("secret")));
        fs::create_symlink(place.directory.path() / "secret", place.file(id));
        QVERIFY(!place.store->facts(id));
        QCOMPARE(faultOf(place.store->get(id)), Fault::NotFound);
        QVERIFY(!fs::is_symlink(place.file(id)));
        fs::remove_all(place.root / "objects" / "ab");
        fs::create_directory_symlink(place.directory.path(), place.root / "objects" / "ab");
        place.store.reset();
        QCOMPARE(faultOf(openStore(place.root)), Fault::Denied);
    }

    void anActionIsAHitOnlyWithAllItsObjects()
    {
        Place place;
        const ContentId first = *place.store->put(bytesOf("first"), ObjectClass::Render);
        const ContentId second = *place.store->put(bytesOf("second"), ObjectClass::Render);
        const Json facts = *readJson(R"({"psnr": ["41.2"], "frames": 30, "name": "\u00e4"})");
        QVERIFY(place.store->putAction("chunk", Digest{7}, {{first, second, first}, facts}));
        place.reopen();
        const auto hit = place.store->action("chunk", Digest{7});
        QVERIFY(hit);
        QCOMPARE(hit->objects, (std::vector<ContentId>{first, second, first}));
        QCOMPARE(hit->facts.dump(), facts.dump());
        QVERIFY(!place.store->action("chunk", Digest{8}));
        QVERIFY(!place.store->action("sound", Digest{7}));
        fs::remove(place.file(second));
        QVERIFY(!place.store->action("chunk", Digest{7}));
        QVERIFY(place.store->put(bytesOf("second"), ObjectClass::Render));
        QVERIFY(place.store->action("chunk", Digest{7}));
    }

    void anActionIsReplacedAndNeverNamesWhatIsMissing()
    {
        Place place;
        const ContentId id = *place.store->put(bytesOf("one"), ObjectClass::Render);
        QVERIFY(place.store->putAction("k", Digest{}, {{id}, 1}));
        QVERIFY(place.store->putAction("k", Digest{}, {{}, 2}));
        QCOMPARE(place.store->action("k", Digest{})->facts.get<int>(), 2);
        QVERIFY(place.store->action("k", Digest{})->objects.empty());
        QCOMPARE(place.store->statistics()->actions, std::uint64_t{1});
        QCOMPARE(faultOf(place.store->putAction("k", Digest{}, {{idOf("missing")}, 3})), Fault::NotFound);
        QCOMPARE(place.store->action("k", Digest{})->facts.get<int>(), 2);
        QCOMPARE(faultOf(place.store->putAction("k", Digest{}, {{}, "\xff"})), Fault::BadInput);
    }

    void aBigFileIsLinkedAndBelievedWhileItIsTheSame()
    {
        Place place;
        const auto file = bigFile(place);
        const ContentId id = *place.store->putFile(file, ObjectClass::Asset);
        QCOMPARE(id, *contentIdOfFile(file));
        QVERIFY(!fs::exists(place.file(id)));
        QVERIFY(place.store->facts(id)->linked);
        QCOMPARE(place.store->facts(id)->size, std::uint64_t(fs::file_size(file)));
        QCOMPARE(*place.store->path(id), fs::canonical(file));
        QCOMPARE(place.store->statistics()->linked, std::uint64_t{1});
        QVERIFY(place.store->putAction("k", Digest{}, {{id}, 1}));

        // Only the times changed: hashed again and found to be the same.
        QCOMPARE(::utimensat(AT_FDCWD, file.c_str(), nullptr, 0), 0);
        QVERIFY(!place.store->facts(id));
        QCOMPARE(*place.store->path(id), fs::canonical(file));
        QVERIFY(place.store->facts(id));
        QVERIFY(place.store->action("k", Digest{}));
        QVERIFY(place.store->check()->empty());

        // One byte changed, size and modification time as before.
        struct stat before {};
        QCOMPARE(::stat(file.c_str(), &before), 0);
        const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
        QCOMPARE(::pwrite(fd, "!", 1, 60'000'000), ssize_t{1});
        const std::array<timespec, 2> times{before.st_atim, before.st_mtim};
        QCOMPARE(::futimens(fd, times.data()), 0);
        ::close(fd);
        QVERIFY(!place.store->action("k", Digest{}));
        QCOMPARE(faultOf(place.store->path(id)), Fault::NotFound);
        const ContentId changed = *place.store->putFile(file, ObjectClass::Asset);
        QVERIFY(changed != id);
        QCOMPARE(changed, *contentIdOfFile(file));
    }

    void aLinkedFileThatIsGoneIsNotFoundAndNamedByCheck()
    {
        Place place;
        const auto file = bigFile(place);
        const ContentId id = *place.store->putFile(file, ObjectClass::Asset);
        fs::rename(file, place.directory.path() / "elsewhere.mov");
        QCOMPARE(faultOf(place.store->get(id)), Fault::NotFound);
        QCOMPARE(*place.store->check(), std::vector<ContentId>{id});
        fs::rename(place.directory.path() / "elsewhere.mov", file);
        QVERIFY(place.store->path(id));
    }

    void aSmallFileIsCopiedAndLivesOnWithoutItsSource()
    {
        Place place;
        const auto file = place.directory.path() / "small.png";
        QVERIFY(writeFileAtomically(file, bytesOf("a picture")));
        const ContentId id = *place.store->putFile(file, ObjectClass::Asset);
        fs::remove(file);
        QCOMPARE(*place.store->get(id), bytes("a picture"));
        QVERIFY(!place.store->facts(id)->linked);
    }

    void anEditRightAfterAPutIsNoticed()
    {
        Place place;
        const auto file = place.directory.path() / "edited";
        for (int i = 0; i < 40; ++i) {
            const std::string text = "take " + std::to_string(100 + i);
            const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
            QCOMPARE(::pwrite(fd, text.data(), text.size(), 0), ssize_t(text.size()));
            ::close(fd);
            QCOMPARE(*place.store->putFile(file, ObjectClass::Asset), idOf(text));
        }
    }

    void aKnownFileIsPutAgainWhenItsObjectIsGone()
    {
        Place place;
        const auto file = place.directory.path() / "known";
        QVERIFY(writeFileAtomically(file, bytesOf("known")));
        age(file);
        const ContentId id = *place.store->putFile(file, ObjectClass::Render);
        QCOMPARE(*place.store->putFile(file, ObjectClass::Render), id);
        QVERIFY(place.store->collect(0));
        QVERIFY(!place.store->facts(id));
        QCOMPARE(*place.store->putFile(file, ObjectClass::Render), id);
        QCOMPARE(*place.store->get(id), bytes("known"));
        QCOMPARE(*place.store->putFile(file, ObjectClass::Asset), id);
        QCOMPARE(place.store->facts(id)->kind, ObjectClass::Asset);
    }

    void whatIsNoPlainFileIsRefusedAtOnce()
    {
        Place place;
        const auto pipe = place.directory.path() / "pipe";
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        QCOMPARE(faultOf(place.store->putFile(pipe, ObjectClass::Asset)), Fault::BadInput);
        QCOMPARE(faultOf(place.store->putFile(place.directory.path(), ObjectClass::Asset)), Fault::BadInput);
        QCOMPARE(faultOf(place.store->putFile("/dev/zero", ObjectClass::Asset)), Fault::BadInput);
        QCOMPARE(faultOf(place.store->putFile(place.directory.path() / "no", ObjectClass::Asset)), Fault::NotFound);
        QVERIFY(place.names("tmp").empty());
    }

    void aLostIndexIsMadeAnewFromTheObjects_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("deleted") << 0;
        QTest::newRow("deleted with its log left") << 1;
        QTest::newRow("overwritten with noise") << 2;
        QTest::newRow("cut to nothing") << 3;
        QTest::newRow("cut in half") << 4;
        QTest::newRow("a table dropped") << 5;
        QTest::newRow("of an older schema") << 6;
        QTest::newRow("an unfinished one") << 7;
    }
    void aLostIndexIsMadeAnewFromTheObjects()
    {
        QFETCH(int, how);
        Place place;
        const ContentId asset = *place.store->put(bytesOf("an asset"), ObjectClass::Asset);
        const ContentId render = *place.store->put(bytesOf("a render!"), ObjectClass::Render);
        const ContentId raised = *place.store->put(bytesOf("first a render"), ObjectClass::Render);
        QVERIFY(place.store->put(bytesOf("first a render"), ObjectClass::Asset));
        const auto index = place.root / "index.sqlite";
        if (how == 1) { // the log of a process that was killed
            fs::copy_file(place.root / "index.sqlite-wal", place.directory.path() / "wal");
        }
        place.store.reset();
        if (how == 1)
            fs::copy_file(place.directory.path() / "wal", place.root / "index.sqlite-wal");
        if (how == 0 || how == 1 || how == 7)
            fs::remove(index);
        if (how == 2)
            writeOver(index, std::string(8192, '#'));
        if (how == 3)
            fs::resize_file(index, 0);
        if (how == 4)
            fs::resize_file(index, fs::file_size(index) / 8192 * 4096);
        if (how >= 5) {
            auto connection = *sqlite::Connection::open(index);
            QVERIFY(connection.run(how == 5 ? "DROP TABLE pins" : how == 6 ? "PRAGMA user_version = 0"
                                                                           : "CREATE TABLE objects(id)"));
        }
        place.reopen();
        // Where files cannot carry attributes (tmpfs before Linux 6.6), all that is found again is an asset.
        const bool marked = ::getxattr(place.file(render).c_str(), "user.artdag.class", nullptr, 0) == 6;
        QVERIFY(marked || ::setxattr(place.directory.path().c_str(), "user.probe", "x", 1, 0) != 0);
        const auto statistics = *place.store->statistics();
        QCOMPARE(statistics.assets, std::uint64_t(marked ? 2 : 3));
        QCOMPARE(statistics.assetBytes, std::uint64_t(marked ? 22 : 31));
        QCOMPARE(*place.store->get(asset), bytes("an asset"));
        QCOMPARE(place.store->facts(render)->kind, marked ? ObjectClass::Render : ObjectClass::Asset);
        QCOMPARE(place.store->facts(raised)->kind, ObjectClass::Asset);
        QVERIFY(place.store->check()->empty());
        place.reopen();
        QCOMPARE(place.store->statistics()->assets, statistics.assets);
    }

    void anIndexOfANewerSchemaIsRefusedAndLeftAlone()
    {
        Place place;
        QVERIFY(place.store->put(bytesOf("x"), ObjectClass::Asset));
        place.store.reset();
        {
            auto connection = *sqlite::Connection::open(place.root / "index.sqlite");
            QVERIFY(connection.run("PRAGMA user_version = 99"));
        }
        const auto refused = openStore(place.root);
        QCOMPARE(faultOf(refused), Fault::Corrupt);
        QVERIFY(refused.error().message.find("newer") != std::string::npos);
        QVERIFY(place.names("trash/quarantine").empty());
        QVERIFY(place.names("leases").empty());
    }

    void anIndexTakenAwayUnderTheStoreIsNoticed()
    {
        Place place;
        fs::remove(place.root / "index.sqlite");
        QCOMPARE(faultOf(place.store->put(bytesOf("x"), ObjectClass::Asset)), Fault::Unavailable);
        place.reopen();
        QVERIFY(place.store->put(bytesOf("x"), ObjectClass::Asset));
    }

    void rendersAreEvictedByLastUseAndNothingElseIs()
    {
        Place place;
        const auto put = [&](const std::string& text, ObjectClass kind) { return *place.store->put(bytesOf(text + std::string(95, '.')), kind); };
        const ContentId asset = put("asset", ObjectClass::Asset);
        const ContentId old = put("old11", ObjectClass::Render);
        const ContentId pinned = put("pin11", ObjectClass::Render);
        const ContentId used = put("used1", ObjectClass::Render);
        const ContentId young = put("young", ObjectClass::Render);
        QVERIFY(place.store->pin(pinned));
        QVERIFY(place.store->putAction("k", Digest{}, {{asset, old}, 1}));
        place.reopen();
        QVERIFY(place.store->get(used));
        QCOMPARE(*place.store->collect(1000), std::uint64_t{0});
        QCOMPARE(*place.store->collect(350), std::uint64_t{100});
        QVERIFY(!place.store->facts(old));
        QCOMPARE(place.store->statistics()->actions, std::uint64_t{0});
        QCOMPARE(*place.store->collect(200), std::uint64_t{100});
        QVERIFY(place.store->facts(used) && !place.store->facts(young));
        QCOMPARE(*place.store->collect(0), std::uint64_t{100});
        QVERIFY(place.store->facts(pinned) && place.store->facts(asset));
        QVERIFY(place.store->unpin(pinned));
        QCOMPARE(*place.store->collect(0), std::uint64_t{100});
        QVERIFY(!place.store->facts(pinned));
    }

    void theTrashIsEmptiedTwoCollectionsLater()
    {
        Place place;
        QVERIFY(place.store->put(bytesOf("render"), ObjectClass::Render));
        const auto inTrash = [&] { return std::distance(fs::recursive_directory_iterator(place.root / "trash"), {}); };
        const auto empty = inTrash();
        QVERIFY(place.store->collect(0));
        QCOMPARE(inTrash(), empty + 2);
        QVERIFY(place.store->collect(0));
        QCOMPARE(inTrash(), empty + 2);
        QVERIFY(place.store->collect(0));
        QCOMPARE(inTrash(), empty);
    }

    void checkNamesDamageLossAndTakesInWhatACrashLeft()
    {
        Place place;
        const ContentId good = *place.store->put(bytesOf("good"), ObjectClass::Asset);
        const ContentId damaged = *place.store->put(bytesOf("damaged"), ObjectClass::Render);
        const ContentId lost = *place.store->put(bytesOf("lost"), ObjectClass::Asset);
        const ContentId evicted = *place.store->put(bytesOf("evicted"), ObjectClass::Render);
        QVERIFY(place.store->check()->empty());
        QVERIFY(place.store->get(damaged));
        writeOver(place.file(damaged), "damagee");
        fs::remove(place.file(lost));
        fs::remove(place.file(evicted));
        const ContentId orphan = idOf("orphan");
        QVERIFY(writeFileAtomically(place.file(orphan), bytesOf("orphan"), 0444));
        auto expected = std::vector<ContentId>{damaged, lost};
        std::ranges::sort(expected);
        QCOMPARE(*place.store->check(), expected);
        QVERIFY(place.store->check()->empty());
        QCOMPARE(place.store->statistics()->assets, std::uint64_t{2});
        QCOMPARE(place.store->statistics()->renders, std::uint64_t{0});
        QCOMPARE(*place.store->get(good), bytes("good"));
        QCOMPARE(*place.store->get(orphan), bytes("orphan"));
    }

    void onlyTheTmpFilesOfTheDeadAreSwept()
    {
        Place place;
        const std::string alive = place.names("leases").at(0);
        QVERIFY(writeFileAtomically(place.root / "tmp" / (alive + "0123456789abcdef"), bytesOf("being written")));
        QVERIFY(writeFileAtomically(place.root / "tmp" / "00000000000000000123456789abcdef", bytesOf("left behind")));
        QVERIFY(writeFileAtomically(place.root / "leases" / "0000000000000000", {}));
        const auto second = openStore(place.root);
        QCOMPARE(place.names("tmp"), std::vector<std::string>{alive + "0123456789abcdef"});
        QCOMPARE(place.names("leases").size(), std::size_t{2});
        place.reopen();
        QVERIFY(place.names("tmp").empty());
    }

    void aDirectoryThatMayNotBeWrittenIsDenied()
    {
        const auto directory = *TemporaryDirectory::make();
        fs::permissions(directory.path(), fs::perms(0755));
        const auto root = directory.path() / "store";
        fs::create_directory(root);
        fs::permissions(root, fs::perms(0555));
        const bool isRoot = ::geteuid() == 0;
        if (isRoot)
            QCOMPARE(::seteuid(65534), 0);
        const auto refused = openStore(root);
        if (isRoot)
            QCOMPARE(::seteuid(0), 0);
        QCOMPARE(faultOf(refused), Fault::Denied);
        QVERIFY(fs::is_empty(root));
    }

    void theOtherSideOfAForkMustOpenItAgain()
    {
        Place place;
        const pid_t child = ::fork();
        if (child == 0) {
            const auto refused = place.store->put(bytesOf("x"), ObjectClass::Asset);
            ::_exit(faultOf(refused) == Fault::Unavailable && !place.store->facts(idOf("x")) ? 0 : 1);
        }
        int status = 1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
        QVERIFY(place.store->put(bytesOf("x"), ObjectClass::Asset));
    }
};

QTEST_APPLESS_MAIN(StoreTest)
#include "store_test.moc"
