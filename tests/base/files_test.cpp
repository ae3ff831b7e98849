// SPDX-License-Identifier: GPL-3.0-or-later
// Files are replaced whole, limits hold, and errors name the file.
#include "core/base/files.h"

#include <QtTest>

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace artdag;

class FilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesAndReadsBackTheSameBytes()
    {
        const auto directory = TemporaryDirectory::make("artdag-files").value();
        Bytes bytes(700'001);
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<std::uint8_t>(i * 7 + (i >> 9));
        const auto path = directory.path() / "a";
        QVERIFY(writeFileAtomically(path, bytes, 0600).has_value());
        QVERIFY(readFile(path).value() == bytes);
        QVERIFY(contentIdOfFile(path).value().digest == sha3(bytes));
        struct stat facts {};
        QCOMPARE(::stat(path.c_str(), &facts), 0);
        QCOMPARE(facts.st_mode & 0777U, 0600U);
    }

    void replacesAFileAndLeavesNothingBesideIt()
    {
        const auto directory = TemporaryDirectory::make("artdag-files").value();
        const auto path = directory.path() / "a";
        QVERIFY(writeFileAtomically(path, bytesOf("long old text")).has_value());
        QVERIFY(writeFileAtomically(path, bytesOf("new")).has_value());
        QCOMPARE(readTextFile(path).value(), std::string("new"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1);
    }

    void leavesTheOldFileWhenItCannotWrite()
    {
        const auto directory = TemporaryDirectory::make("artdag-files").value();
        // The target is a directory: the rename fails after the new bytes were written beside it.
        std::filesystem::create_directory(directory.path() / "d");
        std::ofstream(directory.path() / "d" / "kept") << "x";
        const auto written = writeFileAtomically(directory.path() / "d", bytesOf("new"));
        QVERIFY(!written.has_value());
        QVERIFY(std::filesystem::exists(directory.path() / "d" / "kept"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1);
    }

    void saysWhyAFileCannotBeRead()
    {
        const auto directory = TemporaryDirectory::make("artdag-files").value();
        const auto missing = readFile(directory.path() / "none");
        QVERIFY(missing.error().fault == Fault::NotFound);
        QVERIFY(missing.error().message.starts_with("file '"));
        QVERIFY(writeFileAtomically(directory.path() / "big", Bytes(1000)).has_value());
        QVERIFY(readFile(directory.path() / "big", 1000).has_value());
        QVERIFY(readFile(directory.path() / "big", 999).error().fault == Fault::BadInput);
        QVERIFY(contentIdOfFile(directory.path() / "none").error().fault == Fault::NotFound);
    }

    void removesATemporaryDirectoryWithItsContent()
    {
        std::filesystem::path path;
        {
            const auto directory = TemporaryDirectory::make("artdag-files").value();
            path = directory.path();
            std::filesystem::create_directories(path / "a" / "b");
            std::ofstream(path / "a" / "b" / "c") << "x";
        }
        QVERIFY(!std::filesystem::exists(path));
    }

    void secureRandomDoesNotRepeat()
    {
        QCOMPARE(secureRandom(32).size(), std::size_t{32});
        QVERIFY(secureRandom(32) != secureRandom(32));
    }
};

QTEST_APPLESS_MAIN(FilesTest)
#include "files_test.moc"
