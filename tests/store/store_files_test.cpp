// SPDX-License-Identifier: GPL-3.0-or-later
// The artist's own files: copied, linked, moved, offered.
#include "core/base/sqlite.h"
#include "tests/store/place.h"

#include <QtTest>

#include <sys/wait.h>
#include <sys/xattr.h>

#include <array>
#include <set>

using namespace artdag;

class StoreFilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { useMemory(); }

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

    void aFileThatStaysOutsideIsIdentifiedAndNotTakenIn()
    {
        Place place;
        const auto file = place.directory.path() / "film.mp4";
        QCOMPARE(faultOf(place.store->identify(file)), Fault::NotFound);
        QVERIFY(writeFileAtomically(file, bytesOf("a film")));
        QCOMPARE(*place.store->identify(file), idOf("a film"));
        QVERIFY(!place.store->facts(idOf("a film")));
        QCOMPARE(place.store->statistics()->assets + place.store->statistics()->renders + place.store->statistics()->linked, std::uint64_t{0});
        age(file);
        QCOMPARE(*place.store->identify(file), idOf("a film"));

        // The same size and time of change as before.
        place.reopen();
        struct stat before {};
        QCOMPARE(::stat(file.c_str(), &before), 0);
        const std::array<timespec, 2> times{before.st_atim, before.st_mtim};
        QCOMPARE(*place.store->identify(file), idOf("a film"));
        writeOver(file, "a filn");
        QCOMPARE(::utimensat(AT_FDCWD, file.c_str(), times.data(), 0), 0);
        QCOMPARE(*place.store->identify(file), idOf("a filn"));
    }

    void aFileThatWasJustWrittenIsNotReadAgain()
    {
        Place place;
        const auto big = bigFile(place);
        const ContentId linked = *place.store->putFile(big, ObjectClass::Asset);
        QVERIFY(place.store->facts(linked)->linked);
        writeOver(big, "a film");
        QCOMPARE(*place.store->identify(big, idOf("as its writer says")), idOf("as its writer says"));
        QVERIFY(!place.store->facts(linked));
        QCOMPARE(place.store->statistics()->linked, std::uint64_t{0});
        QCOMPARE(*place.store->identify(big), idOf("a film")); // it may have been changed in the same tick
    }

    void anIdentifiedFileIsPutLikeAnyOther()
    {
        Place place;
        const auto file = place.directory.path() / "film.mp4";
        QVERIFY(writeFileAtomically(file, bytesOf("a film")));
        age(file);
        const ContentId id = *place.store->identify(file);
        QCOMPARE(*place.store->putFile(file, ObjectClass::Asset), id);
        QCOMPARE(*place.store->get(id), bytes("a film"));
        QCOMPARE(*place.store->identify(file), id);
        QCOMPARE(place.store->facts(id)->kind, ObjectClass::Asset);

        const auto big = bigFile(place);
        const ContentId linked = *place.store->putFile(big, ObjectClass::Asset);
        QCOMPARE(*place.store->identify(big), linked);
        QVERIFY(place.store->facts(linked)->linked);
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

    void aCopyOfALongFileLivesOnWithoutItsSource()
    {
        Place place;
        const auto file = bigFile(place);
        age(file);
        const ContentId id = *place.store->putFile(file, ObjectClass::Asset);
        QVERIFY(place.store->facts(id)->linked);
        QCOMPARE(*place.store->putFile(file, ObjectClass::Asset, Intake::Copy), id);
        fs::remove(file);
        QVERIFY(!place.store->facts(id)->linked);
        QVERIFY(place.store->path(id));
    }

    void aMovedFileIsFoundAgainByItsContent()
    {
        Place place;
        const auto file = bigFile(place);
        const ContentId id = *place.store->putFile(file, ObjectClass::Asset);
        const auto folder = place.directory.path() / "moved" / "deeper";
        fs::create_directories(folder);
        fs::copy_file(file, folder / "other.mov"); // as long, but not the same
        fs::resize_file(folder / "other.mov", fs::file_size(file) - 1);
        fs::resize_file(folder / "other.mov", fs::file_size(file));
        {
            std::FILE* other = std::fopen((folder / "other.mov").c_str(), "r+");
            QVERIFY(other != nullptr && std::fputc('!', other) == '!' && std::fclose(other) == 0);
        }
        QVERIFY(place.store->relink(folder)->empty());
        fs::rename(file, folder / "renamed.mov");
        QCOMPARE(faultOf(place.store->path(id)), Fault::NotFound);
        QCOMPARE(*place.store->relink(place.directory.path() / "moved"), std::vector{id});
        QCOMPARE(*place.store->path(id), fs::canonical(folder / "renamed.mov"));
        QVERIFY(place.store->check()->empty());
        place.reopen();
        QCOMPARE(*place.store->path(id), fs::canonical(folder / "renamed.mov"));
        QVERIFY(place.store->relink(folder)->empty());
    }

    void aLongFileIsUsableAtOnceUnderAProvisionalId()
    {
        Place place;
        const auto file = place.directory.path() / "long.mov";
        QVERIFY(writeFileAtomically(file, bytesOf("a long film")));
        fs::resize_file(file, std::uintmax_t{20} << 30); // a hole: nothing is read to offer it
        const auto start = std::chrono::steady_clock::now();
        const ContentId id = *place.store->offerFile(file);
        QVERIFY(place.store->path(id));
        QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
        QVERIFY(place.store->isProvisional(id));
        QCOMPARE(place.store->facts(id)->size, std::uint64_t{20} << 30);
        QCOMPARE(*place.store->offerFile(file), id);
        QCOMPARE(faultOf(place.store->putAction("k", Digest{}, {{id}, 1})), Fault::NotFound); // nothing is stored under it
        QCOMPARE(faultOf(place.store->pin(id)), Fault::NotFound);
        place.store.reset(); // stops the hashing
        QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
    }

    void aSettledFileHasItsContentId()
    {
        Place place;
        const auto file = bigFile(place);
        const ContentId id = *place.store->offerFile(file);
        const ContentId settled = *place.store->settle(id);
        QCOMPARE(settled, *contentIdOfFile(file));
        QCOMPARE(*place.store->settle(settled), settled);
        QCOMPARE(*place.store->path(settled), fs::canonical(file));
        QCOMPARE(faultOf(place.store->offerFile(place.directory.path() / "nowhere")), Fault::NotFound);
        fs::resize_file(file, 10);
        QCOMPARE(faultOf(place.store->path(id)), Fault::NotFound);
    }

    void anOfferedFileThatChangesMeanwhileIsNamed()
    {
        Place place;
        const auto file = place.directory.path() / "gone.mov";
        QVERIFY(writeFileAtomically(file, bytesOf("gone")));
        fs::resize_file(file, std::uintmax_t{2} << 30);
        const ContentId id = *place.store->offerFile(file);
        fs::resize_file(file, (std::uintmax_t{2} << 30) - 5);
        QCOMPARE(faultOf(place.store->settle(id)), Fault::Conflict);
    }
};

QTEST_APPLESS_MAIN(StoreFilesTest)
#include "store_files_test.moc"
