// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of a sealed recipe: what is shown fits the root, and nothing else does.
#include "core/provenance/disclosure.h"

#include <QtTest>

#include <rapidcheck.h>

#include <algorithm>
#include <functional>
#include <numeric>

using namespace artdag;

namespace {

const char* const recipe = R"({"artdag": 1, "title": "Spin", "nodes": {"spin": {"effect": "rotate", "in": {"picture": "footage"}}, "glow": {"effect": "blur", "args": {"radius": 2.5}}}, "outputs": {"main": {"picture": "spin"}}})";

Seal seal(const std::string& text = recipe)
{
    Seal made{Bytes(secretSize), text};
    std::iota(made.secret.begin(), made.secret.end(), std::uint8_t{0});
    return made;
}

const ManifestId claim{sha3(bytesOf("claim"))};

Disclosure shown(const std::vector<std::string>& names)
{
    return *disclose(seal(), claim, names);
}

bool allFit(const Disclosure& disclosure)
{
    return std::ranges::all_of(disclosure.parts, [&](const DisclosedPart& part) { return isUnder(part, disclosure.root); });
}

} // namespace

class DisclosureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Computed apart, with Python's hashlib, from the words of docs/formats/identity.md.
    void theRootIsThatOfTheFormat()
    {
        QCOMPARE(QString::fromStdString(hexOf(*sealedRoot(seal()))), QStringLiteral("c063f4c6bba395a9f3b48e385ee5dcb7b1ce6841492e85fa091dfcc64b9ee431"));
        // Order and white space of the document are none of its parts.
        QCOMPARE(*sealedRoot(seal(R"({"outputs":{"main":{"picture":"spin"}},"nodes":{"glow":{"args":{"radius":25e-1},"effect":"blur"},"spin":{"in":{"picture":"footage"},"effect":"rotate"}},"title":"Spin","artdag":1})")), *sealedRoot(seal()));
    }

    void partsAreShownAndRead()
    {
        const Disclosure disclosure = shown({"glow", "/title"});
        QVERIFY(allFit(disclosure));
        QCOMPARE(disclosure.parts[0].value["args"]["radius"].get<double>(), 2.5);
        QCOMPARE(disclosure.parts[1].value.get<std::string>(), std::string("Spin"));
        const auto read = readDisclosure(jsonOf(disclosure).dump());
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QVERIFY(allFit(*read) && read->claim == claim);
        QCOMPARE(jsonOf(*read), jsonOf(disclosure));
        QVERIFY(jsonOf(disclosure).dump().find("rotate") == std::string::npos); // what is not shown is not in it
        QCOMPARE(disclose(seal(), claim, {"title"}).error().fault, Fault::BadInput);
        QCOMPARE(sealedRoot(seal("[]")).error().fault, Fault::BadInput);
        QCOMPARE(sealedRoot(seal(R"({"nodes":[]})")).error().fault, Fault::BadInput);
    }

    void whatWasChangedDoesNotFit()
    {
        const auto refused = [](const std::function<void(DisclosedPart&)>& change) {
            DisclosedPart part = shown({"spin"}).parts[0];
            change(part);
            return !isUnder(part, *sealedRoot(seal()));
        };
        QVERIFY(!refused([](DisclosedPart&) {}));
        QVERIFY(refused([](DisclosedPart& part) { part.value["effect"] = "blur"; }));
        QVERIFY(refused([](DisclosedPart& part) { part.value["in"]["other"] = "x"; }));
        QVERIFY(refused([](DisclosedPart& part) { part.path[1] = "glow"; }));
        QVERIFY(refused([](DisclosedPart& part) { part.path = {"spin"}; }));
        QVERIFY(refused([](DisclosedPart& part) { part.salt[0] ^= 1; }));
        QVERIFY(refused([](DisclosedPart& part) { part.way[0].sibling[0] ^= 1; }));
        QVERIFY(refused([](DisclosedPart& part) { part.way[0].isLeft = !part.way[0].isLeft; }));
        QVERIFY(refused([](DisclosedPart& part) { part.way.pop_back(); }));
        // Another secret is another tree: who guesses a node cannot try it.
        Seal other = seal();
        other.secret[0] ^= 1;
        QVERIFY(*sealedRoot(other) != *sealedRoot(seal()));
        QVERIFY(!isUnder(disclose(other, claim, {"spin"})->parts[0], *sealedRoot(seal())));
    }

    void aClaimMustSealThatRecipe()
    {
        const Disclosure disclosure = shown({"spin"});
        ClaimFacts facts;
        QVERIFY(!allOk(checkDisclosure(disclosure, facts)));
        facts.sealedRoot = disclosure.root;
        QVERIFY(allOk(checkDisclosure(disclosure, facts)));
        (*facts.sealedRoot)[0] ^= 1;
        QVERIFY(!allOk(checkDisclosure(disclosure, facts)));
    }

    void whatIsNoDisclosureIsNotRead_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::newRow("another version") << "/artdag_disclosure"
                                         << "2";
        QTest::newRow("a short root") << "/root"
                                      << R"("00")";
        QTest::newRow("a root in capitals") << "/root" << QString("\"%1\"").arg(QString(64, 'A'));
        QTest::newRow("a member more") << "/more"
                                       << "1";
        QTest::newRow("a path of three") << "/parts/0/path"
                                         << R"(["nodes","spin","in"])";
        QTest::newRow("a path of one node") << "/parts/0/path"
                                            << R"(["nodes"])";
        QTest::newRow("a path of numbers") << "/parts/0/path"
                                           << R"([1])";
        QTest::newRow("no salt") << "/parts/0/salt"
                                 << R"("")";
        QTest::newRow("a way of nowhere") << "/parts/0/way/0/side"
                                          << R"("up")";
    }
    void whatIsNoDisclosureIsNotRead()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        Json document = jsonOf(shown({"spin"}));
        document[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
        QCOMPARE(readDisclosure(document.dump()).error().fault, Fault::BadInput);
        QCOMPARE(readDisclosure("{\"parts\":\"" + std::string(1U << 20, 'x') + "\"}").error().fault, Fault::BadInput); // longer than one may be
    }

    void anyPartsOfAnyRecipe()
    {
        const bool held = rc::check("any chosen parts fit, and no part fits with the value of another", [] {
            Json document{{"artdag", 1}};
            const int count = *rc::gen::inRange(1, 40);
            std::vector<std::string> names;
            for (int i = 0; i < count; ++i) {
                names.push_back("n" + std::to_string(*rc::gen::inRange(0, 1000)) + "-" + std::to_string(i));
                document["nodes"][names.back()] = Json{{"effect", *rc::gen::elementOf(std::vector<std::string>{"blur", "rotate"})}, {"at", i}};
            }
            const std::string text = document.dump();
            const std::vector<std::string> chosen = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(names));
            const auto disclosure = disclose(seal(text), claim, chosen);
            RC_ASSERT(disclosure.has_value());
            RC_ASSERT(allFit(*readDisclosure(jsonOf(*disclosure).dump())));
            for (const DisclosedPart& part : disclosure->parts)
                for (const std::string& other : names) {
                    DisclosedPart swapped = part;
                    swapped.value = document["nodes"][other];
                    RC_ASSERT(isUnder(swapped, disclosure->root) == (other == part.path[1]));
                }
        });
        QVERIFY(held);
    }
};

QTEST_GUILESS_MAIN(DisclosureTest)
#include "disclosure_test.moc"
