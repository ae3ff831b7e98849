// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 8785 by its own vectors, and what readJson refuses of text that comes from outside.
#include "core/base/json.h"

#include <QtTest>

#include <bit>
#include <cstdint>
#include <string>

using namespace artdag;

class JsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void printsNumbersAsRfc8785AppendixB_data()
    {
        QTest::addColumn<quint64>("bits");
        QTest::addColumn<QString>("text");
        const std::pair<std::uint64_t, const char*> vectors[] = {
            {0x0000000000000000, "0"},
            {0x8000000000000000, "0"},
            {0x0000000000000001, "5e-324"},
            {0x8000000000000001, "-5e-324"},
            {0x7fefffffffffffff, "1.7976931348623157e+308"},
            {0xffefffffffffffff, "-1.7976931348623157e+308"},
            {0x4340000000000000, "9007199254740992"},
            {0xc340000000000000, "-9007199254740992"},
            {0x4430000000000000, "295147905179352830000"},
            {0x44b52d02c7e14af5, "9.999999999999997e+22"},
            {0x44b52d02c7e14af6, "1e+23"},
            {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
            {0x444b1ae4d6e2ef4e, "999999999999999700000"},
            {0x444b1ae4d6e2ef4f, "999999999999999900000"},
            {0x444b1ae4d6e2ef50, "1e+21"},
            {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
            {0x3eb0c6f7a0b5ed8d, "0.000001"},
            {0x41b3de4355555553, "333333333.3333332"},
            {0x41b3de4355555554, "333333333.33333325"},
            {0x41b3de4355555555, "333333333.3333333"},
            {0x41b3de4355555556, "333333333.3333334"},
            {0x41b3de4355555557, "333333333.33333343"},
            {0xbecbf647612f3696, "-0.0000033333333333333333"},
            {0x43143ff3c1cb0959, "1424953923781206.2"},
        };
        for (const auto& [bits, text] : vectors)
            QTest::newRow(text) << static_cast<quint64>(bits) << QString(text);
    }
    void printsNumbersAsRfc8785AppendixB()
    {
        QFETCH(quint64, bits);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(ecmaNumber(std::bit_cast<double>(static_cast<std::uint64_t>(bits)))), text);
    }

    void canonicalisesTheExampleOfRfc8785()
    {
        // §3.2.2 and §3.2.3
        const auto value = readJson("{\n"
                                    "  \"numbers\": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],\n"
                                    "  \"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\n"
                                    "  \"literals\": [null, true, false]\n"
                                    "}");
        QVERIFY(value.has_value());
        QCOMPARE(QString::fromStdString(canonicalJson(*value)),
            QString::fromUtf8("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                              "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"));
    }

    void sortsMembersByUtf16CodeUnits()
    {
        const auto value = readJson(R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
            "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"})");
        QVERIFY(value.has_value());
        const std::string text = canonicalJson(*value);
        std::size_t last = 0;
        for (const char* name : {"Carriage Return", "One", "Control", "Latin Small", "Euro", "Emoji", "Hebrew"}) {
            const std::size_t at = text.find(name);
            QVERIFY2(at != std::string::npos && at >= last, name);
            last = at;
        }
    }

    void isAFixedPoint()
    {
        const auto good = readJson(R"({"b":[1,{"y":-0.0,"x":2e0}],"a":"\u0000\u001f\u007f"})");
        QVERIFY(good.has_value());
        const std::string once = canonicalJson(*good);
        QCOMPARE(canonicalJson(readJson(once).value()), once);
        QCOMPARE(QString::fromStdString(once), QString("{\"a\":\"\\u0000\\u001f\x7f\",\"b\":[1,{\"x\":2,\"y\":0}]}"));
    }

    void keepsTheOrderOfMembers()
    {
        const auto value = readJson(R"({"z":1,"a":2,"m":{"k":1,"b":2}})");
        QCOMPARE(QString::fromStdString(value.value().dump()), QString(R"({"z":1,"a":2,"m":{"k":1,"b":2}})"));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("duplicate member") << QByteArray(R"({"a":1,"a":2})") << QByteArray("written twice");
        QTest::newRow("duplicate member, escaped") << QByteArray(R"({"a":1,"\u0061":2})") << QByteArray("written twice");
        QTest::newRow("duplicate member, deep") << QByteArray(R"({"o":[{"a":1,"b":{"x":1,"x":1}}]})") << QByteArray("'x' is written twice");
        QTest::newRow("trailing comma") << QByteArray("[1,]") << QByteArray("line 1");
        QTest::newRow("trailing text") << QByteArray("{} {}") << QByteArray("line 1");
        QTest::newRow("text behind a zero byte") << QByteArray("{}\0{}", 5) << QByteArray("zero byte");
        QTest::newRow("comment") << QByteArray("{\n // no\n}") << QByteArray("line 2");
        QTest::newRow("invalid UTF-8") << QByteArray("\"\xC3\x28\"") << QByteArray("UTF-8");
        QTest::newRow("lone surrogate") << QByteArray("\"\\ud800\"") << QByteArray("surrogate");
        QTest::newRow("number out of range") << QByteArray("[1e999]") << QByteArray("");
        QTest::newRow("NaN") << QByteArray("[NaN]") << QByteArray("");
        QTest::newRow("empty") << QByteArray("") << QByteArray("");
        QTest::newRow("nested too deep") << QByteArray(65, '[') + QByteArray(65, ']') << QByteArray("nested deeper than 64");
        QTest::newRow("open to any depth") << QByteArray(1'000'000, '[') << QByteArray("nested deeper than 64");
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, reason);
        const auto value = readJson(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        QVERIFY(!value.has_value());
        QVERIFY(value.error().fault == Fault::BadInput);
        QVERIFY2(QByteArray::fromStdString(value.error().message).contains(reason), value.error().message.c_str());
        QVERIFY(value.error().message.starts_with("JSON text"));
    }

    void acceptsSameNamesInDifferentObjects()
    {
        QVERIFY(readJson(R"([{"a":1},{"a":{"a":2}}])").has_value());
        QVERIFY(readJson(std::string(64, '[') + std::string(64, ']')).has_value());
    }

    void enforcesTheLimitsItIsGiven()
    {
        QVERIFY(readJson("[1,2,3]", {.bytes = 7}).has_value());
        QVERIFY(!readJson("[1,2,3]", {.bytes = 6}).has_value());
        QVERIFY(readJson("[1,2,3]", {.values = 4}).has_value());
        QVERIFY(!readJson("[1,2,3]", {.values = 3}).has_value());
        QVERIFY(readJson("[[1]]", {.depth = 2}).has_value());
        QVERIFY(!readJson("[[1]]", {.depth = 1}).has_value());
    }

    void namesLineAndColumnOfASyntaxError()
    {
        const auto value = readJson("{\n  \"a\": 1,\n  \"b\": ?\n}");
        QVERIFY(!value.has_value());
        QVERIFY2(value.error().message.find("line 3, column 8") != std::string::npos, value.error().message.c_str());
    }
};

QTEST_APPLESS_MAIN(JsonTest)
#include "json_test.moc"
