// SPDX-License-Identifier: GPL-3.0-or-later
// CBOR against the examples of RFC 8949, Appendix A, and what is none.
#include "core/credentials/cbor.h"

#include <QtTest>

using namespace artdag;

class CborTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valuesAreWrittenAsTheExamplesOfTheRfc_data()
    {
        QTest::addColumn<QByteArray>("hex");
        for (const char* hex : {"00", "17", "1818", "18ff", "190100", "1a000f4240", "1b000000e8d4a51000", "1bffffffffffffffff", "20", "3863", "3903e7", "3bffffffffffffffff", "f4", "f5", "f6", "fb3ff199999999999a", "4401020304", "60", "62c3bc",
                 "83010203", "a201020304", "a26161016162820203", "c074323031332d30332d32315432303a30343a30305a", "98190102030405060708090a0b0c0d0e0f101112131415161718181819"})
            QTest::newRow(hex) << QByteArray(hex);
    }
    void valuesAreWrittenAsTheExamplesOfTheRfc()
    {
        QFETCH(QByteArray, hex);
        const Bytes bytes = bytesOfHex(hex.toStdString()).value();
        const auto value = readCbor(bytes);
        QVERIFY2(value, value ? "" : value.error().message.c_str());
        QCOMPARE(QByteArray::fromStdString(hexOf(writeCbor(*value))), hex);
    }

    void openLengthsAreRead()
    {
        QCOMPARE(readCbor(bytesOfHex("5f42010243030405ff").value())->text, std::string("\1\2\3\4\5"));
        QCOMPARE(readCbor(bytesOfHex("7f657374726561646d696e67ff").value())->text, std::string("streaming"));
        QCOMPARE(readCbor(bytesOfHex("9f018202039f0405ffff").value())->items.size(), std::size_t{3});
        QCOMPARE(readCbor(bytesOfHex("bf61610161629f0203ffff").value())->find("b")->items.size(), std::size_t{2});
        QCOMPARE(readCbor(bytesOfHex("f93c00").value())->real, 1.0);
        QCOMPARE(readCbor(bytesOfHex("f90001").value())->real, 5.960464477539063e-8);
        QCOMPARE(readCbor(bytesOfHex("fac7c35000").value())->real, -100000.0);
    }

    void membersAreFound()
    {
        const Cbor map = Cbor::ofMap({{"a", Cbor::ofNumber(1)}, {"when", Cbor::ofTag(0, Cbor::ofText("today"))}, {"bytes", Cbor::ofBytes({})}});
        QCOMPARE(map.find("a")->number, std::uint64_t{1});
        QCOMPARE(map.textOf("when"), std::string("today"));
        QVERIFY(map.find("b") == nullptr && map.textOf("a").empty() && map.textOf("bytes").empty() && Cbor::ofText("a").find("a") == nullptr);
        Cbor numbered{Cbor::Kind::Map, 0, 0, {}, {Cbor::ofNumber(-8), Cbor::ofText("x"), Cbor::ofNumber(33), Cbor::ofText("y")}};
        QVERIFY(numbered.find(-8)->text == "x" && numbered.find(33)->text == "y" && numbered.find(7) == nullptr);
    }

    void whatLiesIsAnError_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("cut") << QByteArray("1901");
        QTest::newRow("a text longer than the rest") << QByteArray("7affffffff61");
        QTest::newRow("a list longer than the rest") << QByteArray("9bffffffffffffffff00");
        QTest::newRow("a map longer than the rest") << QByteArray("bb7fffffffffffffff00");
        QTest::newRow("a map longer than twice the rest") << QByteArray("bb8000000000000000");
        QTest::newRow("a length of its own") << QByteArray("1c");
        QTest::newRow("more behind") << QByteArray("0000");
        QTest::newRow("a break alone") << QByteArray("ff");
        QTest::newRow("an open number") << QByteArray("1f");
        QTest::newRow("an open tag") << QByteArray("df00");
        QTest::newRow("an open text of numbers") << QByteArray("7f01ff");
        QTest::newRow("a member without a value") << QByteArray("bf6161ff");
        QTest::newRow("levels") << QByteArray(200, '8').replace("8", "81") + "00";
        QTest::newRow("parts") << "9a00030d40" + QByteArray(400'000, '0');
    }
    void whatLiesIsAnError()
    {
        QFETCH(QByteArray, hex);
        QCOMPARE(readCbor(bytesOfHex(hex.toStdString()).value()).error().fault, Fault::BadInput);
    }
};

QTEST_GUILESS_MAIN(CborTest)
#include "cbor_test.moc"
