// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/actor_document.h"
#include "core/federation/note_document.h"
#include "core/federation/vocabulary.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace artdag;

namespace {

const Instance instance{"https://l2.example", "l2.example"};

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
    note.title = "My <b>video</b>";
    note.description = "\"Quoted\" & more";
    note.assetType = "video";
    note.tags = {"art", "füße"};
    note.media = NoteMedia{contentOf(0x11), "mp4", "video/mp4", "alt text", 1280, 720, contentOf(0x22), "jpg", "image/jpeg"};
    note.license = "CC-BY-4.0";
    note.manifest = ManifestId{contentOf(0x33).digest};
    note.claim = ManifestId{contentOf(0x44).digest};
    note.framesHash = FramesHash{contentOf(0x55).digest};
    note.recipe = contentOf(0x66);
    note.inputs = {contentOf(0x77)};
    return note;
}

int depthOf(const Json& value)
{
    int deepest = 0;
    if (value.is_structured())
        for (const Json& item : value)
            deepest = std::max(deepest, depthOf(item));
    return value.is_structured() ? deepest + 1 : 0;
}

bool hasFraction(const Json& value)
{
    if (value.is_number_float())
        return true;
    return value.is_structured() && std::any_of(value.begin(), value.end(), hasFraction);
}

void collectMembers(const Json& value, std::set<std::string>& names)
{
    if (value.is_object())
        for (const auto& [name, member] : value.items()) {
            names.insert(name);
            collectMembers(member, names);
        }
    if (value.is_array())
        for (const Json& item : value)
            collectMembers(item, names);
}

} // namespace

class FederationDocumentsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void webfingerIsExactlyAsSpecified();
    void resourcesFindTheUser_data();
    void resourcesFindTheUser();
    void theActorHasWhatPeersRead();
    void anEd25519KeyIsAMultikey();
    void theCreateIsANoteWithItsMedia();
    void everyExtensionTermIsDefinedInline();
    void visibilityDecidesTheAddressing_data();
    void visibilityDecidesTheAddressing();
    void documentsStayShallowAndWhole();
    void licencesBecomeUrls_data();
    void licencesBecomeUrls();
};

void FederationDocumentsTest::webfingerIsExactlyAsSpecified()
{
    const std::string expected = R"({"subject":"acct:alice@l2.example","aliases":["https://l2.example/users/alice","https://l2.example/@alice"],)"
                                 R"("links":[{"rel":"self","type":"application/activity+json","href":"https://l2.example/users/alice"},)"
                                 R"({"rel":"http://webfinger.net/rel/profile-page","type":"text/html","href":"https://l2.example/@alice"},)"
                                 R"({"rel":"http://webfinger.net/rel/avatar","type":"image/png","href":"https://l2.example/media/avatars/alice.png"},)"
                                 R"({"rel":"http://ostatus.org/schema/1.0/subscribe","template":"https://l2.example/authorize_interaction?uri={uri}"}]})";
    QCOMPARE(webfingerDocument(instance, "alice").dump(), expected);
}

void FederationDocumentsTest::resourcesFindTheUser_data()
{
    QTest::addColumn<QString>("resource");
    QTest::addColumn<QString>("user"); // empty: refused
    QTest::addColumn<int>("fault");
    QTest::newRow("acct") << "acct:alice@l2.example"
                          << "alice" << 0;
    QTest::newRow("acct with @") << "acct:@alice@l2.example"
                                 << "alice" << 0;
    QTest::newRow("host in capitals") << "acct:alice@L2.EXAMPLE"
                                      << "alice" << 0;
    QTest::newRow("scheme in capitals") << "ACCT:alice@l2.example"
                                        << "alice" << 0;
    QTest::newRow("actor URL") << "https://l2.example/users/alice"
                               << "alice" << 0;
    QTest::newRow("profile URL") << "https://L2.example/@alice"
                                 << "alice" << 0;
    QTest::newRow("another host") << "acct:alice@other.example"
                                  << "" << int(Fault::NotFound);
    QTest::newRow("another host's URL") << "https://other.example/users/alice"
                                        << "" << int(Fault::NotFound);
    QTest::newRow("no host") << "acct:alice"
                             << "" << int(Fault::BadInput);
    QTest::newRow("no user") << "acct:@l2.example"
                             << "" << int(Fault::BadInput);
    QTest::newRow("no scheme") << "alice@l2.example"
                               << "" << int(Fault::BadInput);
    QTest::newRow("empty") << ""
                           << "" << int(Fault::BadInput);
    QTest::newRow("a longer path") << "https://l2.example/users/alice/outbox"
                                   << "" << int(Fault::NotFound);
    QTest::newRow("a suffix of the host") << "acct:alice@l2.example.evil"
                                          << "" << int(Fault::NotFound);
}

void FederationDocumentsTest::resourcesFindTheUser()
{
    QFETCH(QString, resource);
    QFETCH(QString, user);
    QFETCH(int, fault);
    const auto result = userOfResource(instance, resource.toStdString());
    QCOMPARE(result.has_value(), !user.isEmpty());
    if (result)
        QCOMPARE(QString::fromStdString(*result), user);
    else
        QCOMPARE(int(result.error().fault), fault);
}

void FederationDocumentsTest::theActorHasWhatPeersRead()
{
    const Json actor = actorDocument(instance, {"alice", "Alice", "Makes <glitch> art", "2026-01-01T00:00:00Z", "-----BEGIN PUBLIC KEY-----\n…", {}});
    QCOMPARE(actor["id"].get<std::string>(), "https://l2.example/users/alice");
    QCOMPARE(actor["type"].get<std::string>(), "Person");
    QCOMPARE(actor["summary"].get<std::string>(), "<p>Makes &lt;glitch&gt; art</p>");
    QCOMPARE(actor["publicKey"]["id"].get<std::string>(), "https://l2.example/users/alice#main-key");
    QCOMPARE(actor["publicKey"]["owner"].dump(), actor["id"].dump());
    QCOMPARE(actor["url"].get<std::string>(), "https://l2.example/@alice");
    QCOMPARE(actor["endpoints"]["sharedInbox"].get<std::string>(), "https://l2.example/inbox");
    for (const char* name : {"inbox", "outbox", "followers", "following", "liked", "featured"})
        QCOMPARE(actor[name].get<std::string>(), std::string("https://l2.example/users/alice/") + name);
}

void FederationDocumentsTest::anEd25519KeyIsAMultikey()
{
    // The key of W3C's vc-di-eddsa, "Verification Method" example: public part of its Multikey.
    const auto der = bytesOfHex("302a300506032b6570032100c4b8b9f5bd7d1d8ee8b0f62b9ea0d0ad27d9fef5bfb0d2f6cc35ec1f0c7dbfa2");
    const auto key = PublicKey::fromDer(*der);
    QVERIFY(key.has_value());
    const auto text = multibaseOf(*key);
    QVERIFY(text.has_value());
    QVERIFY(text->starts_with("z6Mk")); // all Ed25519 multikeys do: 0xed01 in base58btc
    QCOMPARE(text->size(), std::size_t(48));
    const auto rsa = SigningKey::generate(KeyAlgorithm::Rsa2048);
    QVERIFY(!multibaseOf(rsa->publicKey()).has_value());
    const Json actor = actorDocument(instance, {"alice", "Alice", "", "2026-01-01T00:00:00Z", "pem", {*key}});
    QCOMPARE(actor["assertionMethod"][0]["id"].get<std::string>(), "https://l2.example/users/alice#ed25519-key");
    QCOMPARE(actor["assertionMethod"][0]["publicKeyMultibase"].get<std::string>(), *text);
}

void FederationDocumentsTest::theCreateIsANoteWithItsMedia()
{
    const Json create = createDocument(instance, fullNote());
    const Json& note = create["object"];
    QCOMPARE(create["type"].get<std::string>(), "Create");
    QCOMPARE(create["id"].get<std::string>(), "https://l2.example/activities/01932f00-0000-7000-8000-000000000000");
    QCOMPARE(note["type"].get<std::string>(), "Note");
    QCOMPARE(note["id"].get<std::string>(), "https://l2.example/objects/" + contentOf(0x11).hex());
    for (const char* name : {"published", "to", "cc"})
        QCOMPARE(create[name].dump(), note[name].dump());
    const Json& media = note["attachment"][0];
    QCOMPARE(media["type"].get<std::string>(), "Document");
    QCOMPARE(media["url"].get<std::string>(), "https://l2.example/media/" + contentOf(0x11).hex() + ".mp4");
    QCOMPARE(media["name"].get<std::string>(), "alt text");
    QCOMPARE(media["width"].get<int>(), 1280);
    QCOMPARE(media["icon"]["url"].get<std::string>(), "https://l2.example/media/" + contentOf(0x22).hex() + ".jpg");
    QVERIFY(note["content"].get<std::string>().find("My &lt;b&gt;video&lt;/b&gt;") != std::string::npos);
    QVERIFY(note["content"].get<std::string>().find("&quot;Quoted&quot; &amp; more") != std::string::npos);
    QCOMPARE(note["tag"][1]["href"].get<std::string>(), "https://l2.example/tags/f%C3%BC%C3%9Fe");
    QCOMPARE(note["claimHash"].get<std::string>(), ManifestId{contentOf(0x44).digest}.text());
    QCOMPARE(note["inputs"].dump(), Json::array({"https://l2.example/objects/" + contentOf(0x77).hex()}).dump());
    QCOMPARE(note["license"].get<std::string>(), "https://creativecommons.org/licenses/by/4.0/");
    QVERIFY(!note.contains("summary")); // that would be a content warning
}

void FederationDocumentsTest::everyExtensionTermIsDefinedInline()
{
    std::set<std::string> used;
    Json create = createDocument(instance, fullNote());
    create.erase("@context");
    collectMembers(create, used);
    std::set<std::string> defined{"id", "type", "actor", "published", "to", "cc", "object", "attributedTo", "url", "content", "tag", "href", "name", "attachment", "mediaType", "width", "height", "icon", "replies", "likes", "shares"}; // ActivityStreams
    const Json context = noteContext();
    for (const auto& [term, meaning] : context.back().items())
        defined.insert(term);
    for (const std::string& name : used)
        QVERIFY2(defined.contains(name), name.c_str());
}

void FederationDocumentsTest::visibilityDecidesTheAddressing_data()
{
    QTest::addColumn<int>("visibility");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("cc");
    const QString everyone = "https://www.w3.org/ns/activitystreams#Public";
    const QString followers = "https://l2.example/users/alice/followers";
    QTest::newRow("public") << int(Visibility::Public) << everyone << followers;
    QTest::newRow("unlisted") << int(Visibility::Unlisted) << followers << everyone;
    QTest::newRow("followers") << int(Visibility::Followers) << followers << "";
    QTest::newRow("direct") << int(Visibility::Direct) << ""
                            << "";
}

void FederationDocumentsTest::visibilityDecidesTheAddressing()
{
    QFETCH(int, visibility);
    QFETCH(QString, to);
    QFETCH(QString, cc);
    NoteFacts note = fullNote();
    note.visibility = static_cast<Visibility>(visibility);
    const Json create = createDocument(instance, note);
    auto list = [](const QString& text) { return text.isEmpty() ? Json::array() : Json::array({text.toStdString()}); };
    QCOMPARE(create["to"].dump(), list(to).dump());
    QCOMPARE(create["cc"].dump(), list(cc).dump());
}

void FederationDocumentsTest::documentsStayShallowAndWhole()
{
    const Json create = createDocument(instance, fullNote());
    QVERIFY(depthOf(create) <= 8);
    QVERIFY(!hasFraction(create));
    const Json actor = actorDocument(instance, {"alice", "Alice", "", "2026-01-01T00:00:00Z", "pem", {}});
    QVERIFY(depthOf(actor) <= 8);
    QVERIFY(!hasFraction(actor));
}

void FederationDocumentsTest::licencesBecomeUrls_data()
{
    QTest::addColumn<QString>("license");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("words");
    QTest::newRow("by") << "CC-BY-4.0"
                        << "https://creativecommons.org/licenses/by/4.0/"
                        << "CC BY 4.0";
    QTest::newRow("by-nc-sa") << "CC-BY-NC-SA-4.0"
                              << "https://creativecommons.org/licenses/by-nc-sa/4.0/"
                              << "CC BY-NC-SA 4.0";
    QTest::newRow("zero") << "CC0-1.0"
                          << "https://creativecommons.org/publicdomain/zero/1.0/"
                          << "CC0 1.0";
    QTest::newRow("spdx") << "GPL-3.0-or-later"
                          << "https://spdx.org/licenses/GPL-3.0-or-later.html"
                          << "GPL-3.0-or-later";
    QTest::newRow("url") << "https://a.example/l"
                         << "https://a.example/l"
                         << "https://a.example/l";
    QTest::newRow("script") << "javascript:alert(1)"
                            << ""
                            << "javascript:alert(1)";
    QTest::newRow("nothing") << ""
                             << ""
                             << "";
}

void FederationDocumentsTest::licencesBecomeUrls()
{
    QFETCH(QString, license);
    QFETCH(QString, url);
    QFETCH(QString, words);
    QCOMPARE(QString::fromStdString(licenseUrl(license.toStdString())), url);
    QCOMPARE(QString::fromStdString(licenseWords(license.toStdString())), words);
}

QTEST_APPLESS_MAIN(FederationDocumentsTest)
#include "federation_documents_test.moc"
