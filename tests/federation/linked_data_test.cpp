// SPDX-License-Identifier: GPL-3.0-or-later
// Linked data: our tables against the public contexts, canonical graphs and signatures against two independent programs, and
// documents that were rearranged under a valid signature.
#include "core/base/digest.h"
#include "core/base/files.h"
#include "core/base/random.h"
#include "core/federation/actor_document.h"
#include "core/federation/context_tables.h"
#include "core/federation/document_lint.h"
#include "core/federation/integrity_proof.h"
#include "core/federation/linked_data.h"
#include "core/federation/linked_data_signature.h"
#include "core/federation/moments.h"
#include "core/federation/multibase.h"
#include "core/federation/note_document.h"
#include "core/federation/vocabulary.h"

#include <QProcess>
#include <QtTest>

#include <algorithm>
#include <functional>
#include <map>

using namespace artdag;

namespace {

constexpr std::int64_t now = 1'800'000'000;
const Instance instance{"https://l2.example", "l2.example"};
const std::string creator = "https://l2.example/users/alice#main-key";

SigningKey goldenKey(const char* name)
{
    return *SigningKey::fromPem(*readTextFile(std::filesystem::path(ARTDAG_SOURCE_DIR) / "tests/identity/goldens" / name));
}
const SigningKey& rsaKey()
{
    static const SigningKey key = goldenKey("rsa2048.pem");
    return key;
}
const SigningKey& edKey()
{
    static const SigningKey key = goldenKey("ed25519.pem");
    return key;
}

ContentId contentOf(int byte)
{
    ContentId id;
    id.digest.fill(static_cast<std::uint8_t>(byte));
    return id;
}

NoteFacts fullNote()
{
    NoteFacts note;
    note.user = "alice";
    note.activity = "01932f00-0000-7000-8000-000000000000";
    note.published = "2026-11-20T10:00:00Z";
    note.content = contentOf(0x11);
    note.name = "my-video";
    note.title = "My <b>video</b> – 🎞 \\ \"quoted\"";
    note.description = "two\nlines";
    note.assetType = "video";
    note.tags = {"art", "füße"};
    note.media = NoteMedia{contentOf(0x11), "mp4", "video/mp4", "alt text", 1280, 720, contentOf(0x22), "jpg", "image/jpeg"};
    note.license = "CC-BY-4.0";
    note.manifest = ManifestId{contentOf(0x33).digest};
    note.claim = ManifestId{contentOf(0x44).digest};
    note.framesHash = FramesHash{contentOf(0x55).digest};
    note.recipe = contentOf(0x66);
    note.inputs = {contentOf(0x77), contentOf(0x78)};
    note.effects = {contentOf(0x79)};
    return note;
}

Json activity(const char* type, Json object)
{
    return {{"@context", noteContext()}, {"id", "https://l2.example/activities/2"}, {"type", type}, {"actor", instance.actorUrl("alice")}, {"published", "2026-11-20T10:00:00Z"},
        {"to", Json::array({publicCollection})}, {"cc", Json::array({instance.actorUrl("alice") + "/followers"})}, {"object", std::move(object)}};
}

/// Every kind of document that is sent or shown to peers.
std::map<std::string, Json> emitted()
{
    std::map<std::string, Json> documents;
    documents["create"] = createDocument(instance, fullNote());
    Json update = activity("Update", noteDocument(instance, fullNote()));
    update["object"]["updated"] = "2026-11-21T10:00:00Z";
    documents["update"] = std::move(update);
    documents["delete"] = activity("Delete", Json{{"id", "https://l2.example/objects/1"}, {"type", "Tombstone"}, {"formerType", "https://www.w3.org/ns/activitystreams#Note"}, {"deleted", "2026-11-21T10:00:00Z"}});
    documents["announce"] = activity("Announce", "https://peer.example/notes/1");
    documents["accept"] = activity("Accept", Json{{"id", "https://peer.example/follows/1"}, {"type", "Follow"}, {"actor", "https://peer.example/users/bob"}, {"object", instance.actorUrl("alice")}});
    documents["actor"] = actorDocument(instance, {"alice", "Alice", "Makes glitch art", "2026-01-01T00:00:00Z", rsaKey().publicKey().pem(), {edKey().publicKey()}});
    documents["collection"] = collectionDocument("https://l2.example/users/alice/outbox", 3, "https://l2.example/users/alice/outbox?page=1");
    CollectionPage page{"https://l2.example/users/alice/outbox?page=1", "https://l2.example/users/alice/outbox", "https://l2.example/users/alice/outbox?page=2"};
    page.items = Json::array({"https://l2.example/a", "https://l2.example/b"});
    documents["page"] = collectionPageDocument(page);
    Json terms = activity("Announce", "https://peer.example/notes/1");
    for (const char* name : {"creatorKey", "role", "payoutPolicy", "price", "supersedes", "access", "framesHash", "claimHash"})
        terms[name] = std::string("a text for ") + name;
    for (const char* name : {"claim", "ingredient", "derivedFrom", "disclosure", "generator", "template"})
        terms[name] = std::string("https://l2.example/") + name;
    terms["weight"] = 4000;
    documents["terms"] = std::move(terms);
    return documents;
}

/// What canonicalisers could disagree about, though we do not send it.
std::map<std::string, Json> peculiar()
{
    const auto read = [](const char* text) { return *readJson(text); };
    return {
        {"languages", read(R"({"@context":"https://www.w3.org/ns/activitystreams","id":"https://a.example/1","type":["Note","Object"],"contentMap":{"en":"a","de-CH":["b","c"]},"name":"n"})")},
        {"numbers", read(R"({"@context":["https://www.w3.org/ns/activitystreams",{"ex":"https://a.example/ns#","n":"ex:n","d":{"@id":"ex:d","@type":"xsd:double"}}],"type":"Place","latitude":12.5,"altitude":0.001,"radius":15,"n":[1,-2,0,true,false,1.5,1e30,123456789012],"d":[2,0.1]})")},
        {"lists", read(R"({"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":["https://a.example/1",{"type":"Note","content":"x"},{"type":"Note","content":"x"}],"items":[]})")},
        {"empty", read(R"({"@context":"https://www.w3.org/ns/activitystreams","id":"https://a.example/1","type":"OrderedCollection","orderedItems":[],"name":null})")},
        {"alike", read(R"({"@context":"https://www.w3.org/ns/activitystreams","type":"Note","tag":[{"type":"Mention","name":"@a"},{"type":"Mention","name":"@a"},{"type":"Mention","tag":[{"type":"Link"},{"type":"Link"}]},{"type":"Mention","tag":[{"type":"Link"},{"type":"Link"}]}]})")},
        {"escapes", read(R"({"@context":"https://www.w3.org/ns/activitystreams","id":"https://a.example/ü?x=%20","type":"Note","content":"\"\\\n\r 🎞 é"})")},
        {"mastodon", read(R"({"@context":["https://www.w3.org/ns/activitystreams",{"ostatus":"http://ostatus.org#","atomUri":"ostatus:atomUri","conversation":"ostatus:conversation","sensitive":"as:sensitive","toot":"http://joinmastodon.org/ns#","votersCount":"toot:votersCount","Hashtag":"as:Hashtag","focalPoint":{"@container":"@list","@id":"toot:focalPoint"},"alsoKnownAs":{"@id":"as:alsoKnownAs","@type":"@id"}}],"id":"https://m.example/1","type":"Create","actor":"https://m.example/users/b","object":{"id":"https://m.example/2","type":"Note","atomUri":"https://m.example/2","sensitive":false,"content":"<p>x</p>","attachment":[{"type":"Document","focalPoint":[1.5,2.25],"url":"https://m.example/p.png"}]}})")},
    };
}

std::string textOf(const Quad& quad)
{
    return quad.subject.text + " " + quad.predicate.text + " " + quad.object.text + (quad.graph.text.empty() ? "" : " " + quad.graph.text) + " .\n";
}

using Edges = std::vector<std::pair<int, int>>;
/// A graph of blank nodes without any other name.
std::vector<Quad> graphOf(const Edges& edges)
{
    std::vector<Quad> quads;
    for (const auto& [from, to] : edges)
        quads.push_back({RdfTerm::blank("n" + std::to_string(from)), RdfTerm::iri("https://a.example/p"), RdfTerm::blank("n" + std::to_string(to)), {}});
    return quads;
}

/// The shapes of the official suite: chains, cycles, twins, stars, cliques, graph names; and random ones.
std::map<std::string, std::vector<Quad>> shapes()
{
    std::map<std::string, std::vector<Quad>> all{
        {"one edge", graphOf({{0, 1}})},
        {"a loop on itself", graphOf({{0, 0}})},
        {"a cycle of two", graphOf({{0, 1}, {1, 0}})},
        {"a cycle of three", graphOf({{0, 1}, {1, 2}, {2, 0}})},
        {"two cycles of three", graphOf({{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}})},
        {"two separate edges", graphOf({{0, 1}, {2, 3}})},
        {"a star", graphOf({{0, 1}, {0, 2}, {0, 3}, {0, 4}})},
        {"a clique of four", graphOf({{0, 1}, {0, 2}, {0, 3}, {1, 0}, {1, 2}, {1, 3}, {2, 0}, {2, 1}, {2, 3}, {3, 0}, {3, 1}, {3, 2}})},
        {"two cycles of different size", graphOf({{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 3}})},
        {"a diamond", graphOf({{0, 1}, {0, 2}, {1, 3}, {2, 3}})},
        {"a cube", graphOf({{0, 1}, {1, 2}, {2, 3}, {3, 0}, {4, 5}, {5, 6}, {6, 7}, {7, 4}, {0, 4}, {1, 5}, {2, 6}, {3, 7}})},
        {"a loop and more", graphOf({{0, 0}, {1, 0}, {1, 2}, {2, 0}})},
        {"a tail", graphOf({{0, 1}, {1, 2}, {2, 0}, {0, 3}, {3, 4}})},
    };
    std::vector<Quad> named = graphOf({{0, 1}, {1, 0}, {2, 3}});
    named[0].graph = RdfTerm::blank("g1");
    named[1].graph = RdfTerm::blank("g2");
    named[2].graph = RdfTerm::blank("n0");
    all["graphs named by blank nodes"] = named;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        Edges edges;
        const auto nodes = 3 + randomBits(seed, 0) % 5;
        for (std::uint64_t i = 0; i < nodes + seed % 4; ++i)
            edges.emplace_back(randomBits(seed, 1, i) % nodes, randomBits(seed, 2, i) % nodes);
        std::erase_if(edges, [](const auto& edge) { return edge.first == edge.second; });
        all["random " + std::to_string(seed)] = graphOf(edges);
    }
    return all;
}

Json contextOf(const TermMap& terms)
{
    Json context{{"@vocab", "_:"}};
    for (const auto& [name, meaning] : terms) {
        if (meaning.isPrefix || (meaning.type.empty() && meaning.container.empty() && !meaning.scoped)) {
            context[name] = meaning.iri;
            continue;
        }
        context[name]["@id"] = meaning.iri;
        if (!meaning.type.empty())
            context[name]["@type"] = meaning.type;
        if (!meaning.container.empty())
            context[name]["@container"] = meaning.container;
        if (meaning.scoped) {
            context[name]["@context"] = contextOf(*meaning.scoped);
            context[name]["@context"].erase("@vocab");
        }
    }
    if (!terms.contains("as"))
        context.erase("@vocab");
    return context;
}

std::vector<std::string> linesOf(const TermMap& terms, const std::string& prefix = {})
{
    std::vector<std::string> lines;
    for (const auto& [name, meaning] : terms) {
        lines.push_back(prefix + name + " " + meaning.iri + " " + meaning.type + " " + meaning.container + "\n");
        if (meaning.scoped)
            for (std::string& line : linesOf(*meaning.scoped, prefix + name + "/"))
                lines.push_back(std::move(line));
    }
    std::ranges::sort(lines);
    return lines;
}

std::string canonicalOf(const Json& document)
{
    auto data = readLinkedData(document);
    if (!data)
        return data.error().message;
    return canonicalQuads(std::move(data->quads)).value_or("too hard");
}

Json signedDocument(Json document)
{
    Json options = integrityProofOptions(document, instance.actorUrl("alice") + "#ed25519-key", now);
    const Bytes bytes = *integrityProofBytes(document, options);
    [[maybe_unused]] const bool proved = addIntegrityProof(document, std::move(options), *edKey().sign(bytes)).has_value();
    [[maybe_unused]] const bool isSigned = signLinkedData(document, creator, rsaKey(), now).has_value();
    return document;
}

bool accepts(const Json& document)
{
    const auto signature = readLinkedDataSignature(document);
    return signature && isSignedBy(*signature, rsaKey().publicKey());
}

/// A short signed document that can be rearranged.
Json goodDocument()
{
    Json document = *readJson(R"({"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",{"ex":"https://a.example/ns#","mood":"ex:mood"}],"id":"https://l2.example/activities/1","type":"Create",)"
                              R"("actor":"https://l2.example/users/alice","to":["https://www.w3.org/ns/activitystreams#Public"],"object":{"id":"https://l2.example/objects/1","type":"Note","attributedTo":"https://l2.example/users/alice","content":"the true text","mood":"calm"}})");
    [[maybe_unused]] const bool isSigned = signLinkedData(document, creator, rsaKey(), now).has_value();
    return document;
}

/// Good documents made to say something else to those who read members by name, their statements being the same.
std::map<std::string, Json> attacks()
{
    std::map<std::string, Json> all;
    const Json good = goodDocument();
    const auto rearranged = [&](const char* name, const std::function<void(Json&, Json)>& change) {
        Json document = good;
        Json inner = document["object"];
        change(document, std::move(inner));
        all[name] = std::move(document);
    };
    const auto outerOf = [&] {
        Json outer = good;
        outer.erase("@context");
        outer.erase("signature");
        outer["object"] = good["object"]["id"];
        return outer;
    };
    const auto noteFirst = [&](Json& document, Json note) {
        const Json whole = document;
        document = Json{{"@context", whole["@context"]}};
        document.update(note);
        document["signature"] = whole["signature"];
    };
    rearranged("graph swap", [&](Json& document, const Json& note) {
        document = Json{{"@context", good["@context"]}, {"@graph", Json::array({note, outerOf()})}, {"signature", good["signature"]}};
    });
    rearranged("included", [&](Json& document, const Json& note) {
        noteFirst(document, note);
        document["@included"] = Json::array({outerOf()});
    });
    rearranged("reverse", [&](Json& document, const Json& note) {
        noteFirst(document, note);
        Json outer = outerOf();
        outer.erase("object");
        document["@reverse"] = Json{{"object", outer}};
    });
    rearranged("nest", [](Json& document, const Json& note) {
        document["object"].erase("content");
        document["object"]["@nest"] = Json{{"content", note["content"]}};
    });
    rearranged("alias shadowing", [](Json& document, const Json& note) {
        document["@context"][2]["text"] = "as:content";
        document["object"].erase("content");
        document["object"]["text"] = note["content"];
    });
    rearranged("term nulled", [](Json& document, const Json&) {
        document["@context"][2]["summary"] = nullptr;
        document["object"]["summary"] = "a forged warning";
    });
    rearranged("unmapped extra", [](Json& document, const Json&) { document["object"]["extra"] = "a forged member"; });
    return all;
}

} // namespace

class LinkedDataTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ourTablesAreThePublicContexts_data();
    void ourTablesAreThePublicContexts();
    void everythingThatIsEmittedPassesTheLint();
    void theLintNamesEachFault_data();
    void theLintNamesEachFault();
    void otherProgramsAgree_data();
    void otherProgramsAgree();
    void aRearrangedDocumentIsRefused_data();
    void aRearrangedDocumentIsRefused();
    void aGoodOneIsAcceptedAndAChangedOneIsNot();
    void contextsMayOnlyAddTerms_data();
    void contextsMayOnlyAddTerms();
    void documentsHaveOneReading_data();
    void documentsHaveOneReading();
    void theNamesOfBlankNodesDoNotMatter();
    void aPoisonGraphIsRefusedSoon();
    void aProofComesFirstAndSurvivesTheSignature();
    void aBadProofIsRefused_data();
    void aBadProofIsRefused();
    void multibaseComesBack();

private:
    /// Runs a peer over a folder that holds everything it needs.
    Json answerOf(const QString& program, const QStringList& arguments, const QString& folder);
    QString installedPeer();
};

void LinkedDataTest::ourTablesAreThePublicContexts_data()
{
    // SHA-256 of the sorted lines `term IRI type container` of each public document, expanded by another program.
    QTest::addColumn<int>("lines");
    QTest::addColumn<QString>("hash");
    QTest::newRow("https://www.w3.org/ns/activitystreams") << 148 << "71755c1c531b2068d1ddfeb3aef8e6f01af569d58c5e3fb069893a17c9701bbe";
    QTest::newRow("https://w3id.org/security/v1") << 43 << "62eb12bf0596d63f188e71b835da53890b4a9d857ff402d181fab1a122c70055";
    QTest::newRow("https://w3id.org/identity/v1") << 76 << "45f82568747658af16aea60781f808d1e5bc217272af699b3dac8df46639b4ea";
    QTest::newRow("https://w3id.org/security/data-integrity/v1") << 23 << "f20647a9ced288f8ad34ebbb4960ec4e154c13921381f826e323510f15184a67";
    QTest::newRow("https://w3id.org/security/data-integrity/v2") << 23 << "89317b926d0c511b3a467f1ea1bd850e3e6bc834de155411630f7ec3e996508f";
    QTest::newRow("https://www.w3.org/ns/did/v1") << 14 << "55586ac37371577f77cec6c0dd437dc6e279c12cc9f95e266affae1ae211fdc3";
    QTest::newRow("https://w3id.org/security/multikey/v1") << 10 << "2f941f894fff059859b423ee4c6f7bb9812cd60b869e0a66521ef3ee7218de8f";
}

void LinkedDataTest::ourTablesAreThePublicContexts()
{
    QFETCH(int, lines);
    QFETCH(QString, hash);
    const TermMap* terms = knownContext(QTest::currentDataTag());
    QVERIFY(terms);
    std::string text;
    const auto ours = linesOf(*terms);
    for (const std::string& line : ours)
        text += line;
    QCOMPARE(int(ours.size()), lines);
    QCOMPARE(QString::fromStdString(hexOf(sha256(bytesOf(text)))), hash);
}

void LinkedDataTest::everythingThatIsEmittedPassesTheLint()
{
    for (const auto& [name, document] : emitted())
        for (const std::string& fault : lintDocument(document))
            QVERIFY2(false, (name + ": " + fault).c_str());
    for (const std::string& fault : lintDocument(signedDocument(emitted()["create"])))
        QVERIFY2(false, fault.c_str());
}

void LinkedDataTest::theLintNamesEachFault_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("a fraction") << QByteArray(R"({"totalItems":1.5})") << QByteArray("not whole");
    QTest::newRow("too deep") << QByteArray(R"({"tag":[{"tag":[{"tag":[{"tag":[{"name":"x"}]}]}]}]})") << QByteArray("8 levels");
    QTest::newRow("a large picture") << QByteArray(R"({"width":5001})") << QByteArray("5000 px");
    QTest::newRow("an unmapped term") << QByteArray(R"({"foo":1})") << QByteArray("foo: no statement");
    QTest::newRow("an unmapped type") << QByteArray(R"({"type":"Foo"})") << QByteArray("Foo: no statement");
    QTest::newRow("a relative reference") << QByteArray(R"({"url":"/a"})") << QByteArray("/a: no statement");
    QTest::newRow("a tab") << QByteArray(R"({"name":"a\tb"})") << QByteArray("control");
    QTest::newRow("another audience") << QByteArray(R"({"cc":[]})") << QByteArray("differs");
}

void LinkedDataTest::theLintNamesEachFault()
{
    QFETCH(QByteArray, member);
    QFETCH(QByteArray, says);
    Json document = emitted()["create"];
    document.update(*readJson(member.toStdString()));
    const auto faults = lintDocument(document);
    QVERIFY(std::ranges::any_of(faults, [&](const std::string& fault) { return fault.find(says.toStdString()) != std::string::npos; }));
}

Json LinkedDataTest::answerOf(const QString& program, const QStringList& arguments, const QString& folder)
{
    QProcess peer;
    peer.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    peer.start(program, arguments + QStringList{folder});
    if (!peer.waitForFinished(60'000) || peer.exitCode() != 0)
        return {};
    return readJson(peer.readAllStandardOutput().toStdString()).value_or(Json());
}

QString LinkedDataTest::installedPeer()
{
    const QString source = ARTDAG_SOURCE_DIR "/tests/peers/linked_data/";
    const QString target = ARTDAG_BIN_DIR "/../peers/linked_data/";
    const auto bytesOfFile = [](const QString& name) {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QDir().mkpath(target);
    const bool isInstalled = QFile::exists(target + "installed") && bytesOfFile(target + "installed") == bytesOfFile(source + "package-lock.json");
    for (const char* name : {"package.json", "package-lock.json", "peer.mjs"}) {
        QFile::remove(target + name);
        QFile::copy(source + name, target + name);
    }
    if (!isInstalled) {
        QProcess npm;
        npm.setWorkingDirectory(target);
        npm.setProcessChannelMode(QProcess::ForwardedChannels);
        npm.start("npm", {"ci", "--no-audit", "--no-fund", "--ignore-scripts"});
        if (!npm.waitForFinished(120'000) || npm.exitCode() != 0)
            return {};
        QFile::copy(source + "package-lock.json", target + "installed");
    }
    return target + "peer.mjs";
}

void LinkedDataTest::otherProgramsAgree_data()
{
    QTest::addColumn<bool>("node");
    QTest::newRow("python3-pyld") << false;
    QTest::newRow("npm jsonld") << true;
}

void LinkedDataTest::otherProgramsAgree()
{
    QFETCH(bool, node);
    QTemporaryDir folder;
    const auto write = [&](const std::string& name, const std::string& text) {
        QFile file(folder.filePath(QString::fromStdString(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(text));
    };
    Json contexts;
    for (const char* url : {"https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1", "https://w3id.org/identity/v1", "https://w3id.org/security/data-integrity/v1", "https://w3id.org/security/data-integrity/v2",
             "https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"})
        contexts[url] = contextOf(*knownContext(url));
    write("contexts.json", contexts.dump());
    write("secret.pem", rsaKey().pem());
    write("creator.pem", edKey().publicKey().pem());
    std::map<std::string, Json> documents = peculiar();
    for (auto& [name, document] : emitted())
        documents[name] = name == "actor" || name == "collection" || name == "page" ? document : signedDocument(document);
    documents["unproved"] = goodDocument();
    if (!node)
        documents.erase("numbers"); // pyld writes doubles that are whole or below 1 in a way of its own
    for (const auto& [name, document] : attacks())
        write("attack " + name + ".json", document.dump());
    for (const auto& [name, document] : documents)
        write(name + ".json", document.dump());
    for (const auto& [name, quads] : shapes()) {
        std::string text;
        for (const Quad& quad : quads)
            text += textOf(quad);
        write(name + ".nq", text);
    }
    const Json answer = node ? answerOf("node", {installedPeer()}, folder.path()) : answerOf("/usr/bin/python3", {ARTDAG_SOURCE_DIR "/tests/federation/pyld_peer.py"}, folder.path());
    QVERIFY2(answer.is_object(), "the peer is missing or failed");
    for (auto& [name, document] : documents) {
        Json plain = document;
        plain.erase("signature");
        QVERIFY2(answer["documents"][name] == canonicalOf(plain), (name + "\nours:\n" + canonicalOf(plain) + "\ntheirs:\n" + answer["documents"][name].get<std::string>()).c_str());
        if (!document.contains("signature"))
            continue;
        QVERIFY2(answer["verified"][name] == true, name.c_str());
        QVERIFY2(accepts(answer["signed"][name]) && answer["signed"][name]["signature"] != document["signature"], name.c_str());
        if (node && document.contains("proof"))
            QVERIFY2(answer["proved"][name] == true, name.c_str());
    }
    for (const auto& [name, quads] : shapes())
        QVERIFY2((!node && name == "a loop and more") /* whose statement pyld counts for subject and object */ || answer["graphs"][name] == canonicalQuads(quads).value_or("too hard"), name.c_str());
    // What we refuse they accept, so it is the rules that refuse it and not a broken signature.
    for (const auto& [name, document] : attacks())
        QVERIFY2(answer["verified"]["attack " + name] == true, name.c_str());
}

void LinkedDataTest::aRearrangedDocumentIsRefused_data()
{
    QTest::addColumn<QString>("name");
    for (const auto& [name, document] : attacks())
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void LinkedDataTest::aRearrangedDocumentIsRefused()
{
    QFETCH(QString, name);
    const auto signature = readLinkedDataSignature(attacks()[name.toStdString()]);
    QVERIFY(!signature);
    QCOMPARE(int(signature.error().fault), int(Fault::Denied));
}

void LinkedDataTest::aGoodOneIsAcceptedAndAChangedOneIsNot()
{
    QVERIFY(accepts(goodDocument()));
    const auto signature = readLinkedDataSignature(goodDocument());
    QCOMPARE(signature->creator, creator);
    QCOMPARE(signature->created, now);
    QVERIFY(!isSignedBy(*signature, SigningKey::generate(KeyAlgorithm::Rsa2048)->publicKey()));
    QVERIFY(!isSignedBy(*signature, edKey().publicKey()));
    const auto changed = [](const std::function<void(Json&)>& change) {
        Json document = goodDocument();
        change(document);
        return !accepts(document);
    };
    QVERIFY(changed([](Json& document) { document["object"]["content"] = "another text"; }));
    QVERIFY(changed([](Json& document) { document["object"]["mood"] = "angry"; }));
    QVERIFY(changed([](Json& document) { document["actor"] = "https://evil.example/users/m"; }));
    QVERIFY(changed([](Json& document) { document["object"].erase("content"); }));
    QVERIFY(changed([](Json& document) { document["signature"]["creator"] = "https://evil.example/users/m#key"; }));
    QVERIFY(changed([](Json& document) { document["signature"]["created"] = "2027-11-21T00:00:00Z"; }));
    QVERIFY(changed([](Json& document) { document["signature"]["type"] = "RsaSignature2018"; }));
    QVERIFY(changed([](Json& document) { document["signature"] = Json::array({document["signature"]}); }));
    QVERIFY(changed([](Json& document) { document.erase("signature"); }));
    Json twice = goodDocument();
    QVERIFY(!signLinkedData(twice, creator, rsaKey(), now));
    Json unmapped = *readJson(R"({"@context":"https://www.w3.org/ns/activitystreams","id":"https://a.example/1","foo":1})");
    const auto refused = signLinkedData(unmapped, creator, rsaKey(), now);
    QVERIFY(!refused && refused.error().message.find("foo") != std::string::npos);
}

void LinkedDataTest::contextsMayOnlyAddTerms_data()
{
    QTest::addColumn<QByteArray>("context");
    QTest::addColumn<bool>("good");
    const auto as = [](const char* inlined) { return QByteArray(R"(["https://www.w3.org/ns/activitystreams",)") + inlined + "]"; };
    QTest::newRow("new terms") << as(R"({"toot":"http://joinmastodon.org/ns#","blurhash":"toot:blurhash"})") << true;
    QTest::newRow("a prefix after its use") << as(R"({"blurhash":"toot:blurhash","toot":"http://joinmastodon.org/ns#"})") << true;
    QTest::newRow("the same again") << as(R"({"id":"@id","type":"@type","name":"as:name","actor":{"@id":"as:actor","@type":"@id"}})") << true;
    QTest::newRow("all that are known but identity/v1") << as(R"("https://w3id.org/security/v1","https://www.w3.org/ns/did/v1","https://w3id.org/security/multikey/v1","https://w3id.org/security/data-integrity/v1")") << true;
    QTest::newRow("another URL") << as(R"("https://evil.example/context")") << false;
    QTest::newRow("a relative URL") << as(R"("/context")") << false;
    QTest::newRow("a redefined term") << as(R"({"content":"as:summary"})") << false;
    QTest::newRow("a redefined type of value") << as(R"({"content":{"@id":"as:content","@type":"@id"}})") << false;
    QTest::newRow("redefined before it is defined") << QByteArray(R"([{"content":"https://a.example/x"},"https://www.w3.org/ns/activitystreams"])") << false;
    QTest::newRow("redefined where nobody else defines it") << QByteArray(R"({"content":"https://a.example/x"})") << false;
    QTest::newRow("redefined by a known context") << as(R"("https://w3id.org/identity/v1")") << false;
    QTest::newRow("one of our terms with another meaning") << as(R"({"contentHash":"https://a.example/x"})") << false;
    QTest::newRow("nulled") << as(R"({"content":null})") << false;
    QTest::newRow("nulled by @id") << as(R"({"content":{"@id":null}})") << false;
    QTest::newRow("the whole context nulled") << as("null") << false;
    QTest::newRow("an alias of id") << as(R"({"name2":"@id"})") << false;
    QTest::newRow("an alias of type") << as(R"({"kind":"@type"})") << false;
    QTest::newRow("an alias of graph") << as(R"({"all":"@graph"})") << false;
    QTest::newRow("an alias of a term") << as(R"({"text":"as:content"})") << false;
    QTest::newRow("an alias of a term by its IRI") << as(R"({"text":"https://www.w3.org/ns/activitystreams#content"})") << false;
    QTest::newRow("an alias by a prefix of its own") << as(R"({"x":"https://www.w3.org/ns/activitystreams#","text":"x:content"})") << false;
    QTest::newRow("an alias by a longer prefix") << as(R"({"x":"https://www.w3.org/ns/","y":"x:activitystreams#","text":"y:content"})") << false;
    QTest::newRow("another prefix as") << as(R"({"as":"https://evil.example/"})") << false;
    for (const char* keyword : {"@vocab", "@base", "@import", "@propagate", "@version", "@language", "@protected", "@direction"})
        QTest::newRow(keyword) << as((std::string("{\"") + keyword + R"(":"https://a.example/"})").c_str()) << false;
    for (const char* keyword : {"@reverse", "@nest", "@context", "@index", "@prefix", "@protected", "@language"})
        QTest::newRow((std::string("in a term: ") + keyword).c_str()) << as((std::string(R"({"x":{"@id":"https://a.example/x",")") + keyword + R"(":"https://a.example/y"}})").c_str()) << false;
    QTest::newRow("a container of graphs") << as(R"({"x":{"@id":"https://a.example/x","@container":"@graph"}})") << false;
    QTest::newRow("JSON literals") << as(R"({"x":{"@id":"https://a.example/x","@type":"@json"}})") << false;
    QTest::newRow("a blank node as meaning") << as(R"({"x":"_:y"})") << false;
    QTest::newRow("a relative meaning") << as(R"({"x":"y"})") << false;
    QTest::newRow("a compact IRI as a term") << as(R"({"as:content":"https://a.example/x"})") << false;
    QTest::newRow("prefixes in a circle") << as(R"({"x":"y:a#","y":"x:b#"})") << false;
}

void LinkedDataTest::contextsMayOnlyAddTerms()
{
    QFETCH(QByteArray, context);
    QFETCH(bool, good);
    const auto data = readLinkedData(Json{{"@context", *readJson(context.toStdString())}, {"id", "https://a.example/1"}});
    QVERIFY2(data.has_value() == good, data ? "accepted" : data.error().message.c_str());
}

void LinkedDataTest::documentsHaveOneReading_data()
{
    QTest::addColumn<QByteArray>("members");
    for (const char* members : {R"("@graph":[])", R"("@included":[])", R"("@reverse":{})", R"("@nest":{})", R"("@id":"https://a.example/1")", R"("@type":"Note")", R"("object":{"@id":"https://a.example/1"})", R"("content":{"@value":"x"})",
             R"("orderedItems":{"@list":[]})", R"("to":{"@set":[]})", R"("as:content":"x")", R"("https://www.w3.org/ns/activitystreams#content":"x")", R"("type":"as:Note")", R"("type":"@id")", R"("type":{})", R"("id":{})", R"("id":"_:b0")",
             R"("actor":"_:b0")", R"("to":"as:Public")", R"("actor":"sec:x")", R"("actor":"https://a.example/> <b")", R"("actor":"a b:c")", R"("tag":[[]])", R"("contentMap":"x")", R"("contentMap":{"e n":"x"})", R"("contentMap":{"en":{}})",
             R"("totalItems":9007199254740993)", R"("object":{"@context":{"x":"https://a.example/x"}})", R"("object":{"@context":"https://www.w3.org/ns/activitystreams"})", R"("proof":"https://a.example/p")"})
        QTest::newRow(members) << QByteArray(members);
}

void LinkedDataTest::documentsHaveOneReading()
{
    QFETCH(QByteArray, members);
    const std::string text = R"({"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1","https://w3id.org/security/data-integrity/v1"],)" + members.toStdString() + "}";
    const auto data = readLinkedData(*readJson(text));
    QVERIFY(!data);
    QCOMPARE(int(data.error().fault), int(Fault::BadInput));
}

void LinkedDataTest::theNamesOfBlankNodesDoNotMatter()
{
    for (const auto& [shape, quads] : shapes())
        for (std::uint64_t seed = 0; seed < 3; ++seed) {
            std::vector<Quad> renamed = quads;
            for (Quad& quad : renamed)
                for (RdfTerm* term : {&quad.subject, &quad.object, &quad.graph})
                    if (term->isBlank())
                        term->text = "_:x" + std::to_string(randomBits(seed, std::hash<std::string>()(term->text)));
            std::ranges::reverse(renamed);
            QVERIFY2(canonicalQuads(renamed).value_or("a") == canonicalQuads(quads).value_or("b"), shape.c_str());
        }
}

void LinkedDataTest::aPoisonGraphIsRefusedSoon()
{
    QElapsedTimer clock;
    clock.start();
    Edges clique;
    for (int from = 0; from < 12; ++from)
        for (int to = 0; to < 12; ++to)
            if (from != to)
                clique.emplace_back(from, to);
    QVERIFY(!canonicalQuads(graphOf(clique)));
    Edges chain;
    for (int node = 0; node < 5000; ++node)
        chain.emplace_back(node, (node + 1) % 5000);
    QVERIFY(!canonicalQuads(graphOf(chain)));
    QVERIFY(clock.elapsed() < 10'000);
}

void LinkedDataTest::aProofComesFirstAndSurvivesTheSignature()
{
    const Json document = signedDocument(emitted()["create"]);
    QVERIFY(document.contains("proof") && document.contains("signature"));
    const auto proof = readIntegrityProof(document);
    QVERIFY2(proof.has_value(), proof ? "" : proof.error().message.c_str());
    QCOMPARE(proof->verificationMethod, instance.actorUrl("alice") + "#ed25519-key");
    QCOMPARE(proof->created, now);
    QVERIFY(isSignedBy(*proof, edKey().publicKey()));
    QVERIFY(!isSignedBy(*proof, rsaKey().publicKey()));
    QVERIFY(accepts(document));
    Json withoutProof = document;
    withoutProof.erase("proof");
    QVERIFY(!accepts(withoutProof));
}

void LinkedDataTest::aBadProofIsRefused_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("another text") << QByteArray("/object/content") << QByteArray(R"("x")");
    QTest::newRow("a member more") << QByteArray("/extra") << QByteArray(R"("x")");
    QTest::newRow("a member that our own documents keep signatures in") << QByteArray("/sig") << QByteArray(R"("x")");
    QTest::newRow("another suite") << QByteArray("/proof/cryptosuite") << QByteArray(R"("eddsa-rdfc-2022")");
    QTest::newRow("another purpose") << QByteArray("/proof/proofPurpose") << QByteArray(R"("authentication")");
    QTest::newRow("another key") << QByteArray("/proof/verificationMethod") << QByteArray(R"("https://evil.example/k")");
    QTest::newRow("another time") << QByteArray("/proof/created") << QByteArray(R"("2026-01-01T00:00:00Z")");
    QTest::newRow("another context") << QByteArray("/proof/@context") << QByteArray(R"("https://www.w3.org/ns/activitystreams")");
    QTest::newRow("another context of the document") << QByteArray("/@context/0") << QByteArray(R"("https://evil.example/")");
    QTest::newRow("no multibase") << QByteArray("/proof/proofValue") << QByteArray(R"("AAAA")");
    QTest::newRow("a short value") << QByteArray("/proof/proofValue") << QByteArray(R"("z1111")");
    QTest::newRow("two proofs") << QByteArray("/proof") << QByteArray(R"([{},{}])");
    QTest::newRow("a text") << QByteArray("/proof") << QByteArray(R"("x")");
}

void LinkedDataTest::aBadProofIsRefused()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, value);
    Json document = signedDocument(emitted()["create"]);
    document[Json::json_pointer(path.toStdString())] = *readJson(value.toStdString());
    const auto proof = readIntegrityProof(document);
    QVERIFY(!proof || !isSignedBy(*proof, edKey().publicKey()));
}

void LinkedDataTest::multibaseComesBack()
{
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Bytes bytes(randomBits(seed, 0) % 70);
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = i < seed % 4 ? 0 : static_cast<std::uint8_t>(randomBits(seed, 1, i));
        const auto back = bytesOfMultibase(multibase(bytes));
        QVERIFY(back.has_value());
        QCOMPARE(*back, bytes);
    }
    QCOMPARE(multibase(bytesOf("Hello World!")), std::string("z2NEpo7TZRRrLZSi2U")); // draft-msporny-base58
    for (const char* bad : {"", "x", "z0", "zO", "zI", "zl", "z ", "m2NE"})
        QVERIFY(!bytesOfMultibase(bad));
    QVERIFY(!bytesOfMultibase("z" + std::string(300, '2')));
}

QTEST_GUILESS_MAIN(LinkedDataTest)
#include "linked_data_test.moc"
