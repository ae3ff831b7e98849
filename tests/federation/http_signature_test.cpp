// SPDX-License-Identifier: GPL-3.0-or-later
// Signed requests: both forms there and back, every way to cheat refused, the RFC's own vectors, an independent program.
#include "core/base/digest.h"
#include "core/base/files.h"
#include "core/base/random.h"
#include "core/federation/http_signature.h"
#include "core/federation/message_signature.h"
#include "core/federation/moments.h"

#include <QProcess>
#include <QtTest>

#include <algorithm>
#include <functional>

using namespace artdag;

namespace {

constexpr std::int64_t now = 1'800'000'000;
const std::string keyId = "https://l2.example/users/alice#main-key";
const std::vector<std::string> ourNames{"peer.example", "peer.example:8443"};

const SigningKey& rsaKey()
{
    static const SigningKey key = *SigningKey::fromPem(*readTextFile(std::filesystem::path(ARTDAG_SOURCE_DIR) / "tests/identity/goldens/rsa2048.pem"));
    return key;
}
const SigningKey& edKey()
{
    static const SigningKey key = *SigningKey::fromPem(*readTextFile(std::filesystem::path(ARTDAG_SOURCE_DIR) / "tests/identity/goldens/ed25519.pem"));
    return key;
}

SignableRequest post(std::string target = "/users/bob/inbox")
{
    return {"POST", "https", "peer.example", std::move(target), {{"host", "peer.example"}, {"content-type", "application/activity+json"}}, R"({"type":"Follow"})"};
}

SignableRequest signedRequest(SignableRequest request, SignatureForm form, std::int64_t at = now)
{
    const HeaderLines lines = *signRequest(request, form, keyId, rsaKey(), at);
    request.headers.insert(request.headers.end(), lines.begin(), lines.end());
    return request;
}

std::string& headerOf(SignableRequest& request, const std::string& name)
{
    return std::ranges::find(request.headers, name, &std::pair<std::string, std::string>::first)->second;
}
void eraseHeader(SignableRequest& request, const std::string& name)
{
    std::erase_if(request.headers, [&](const auto& line) { return line.first == name; });
}
void replaceIn(std::string& text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    QVERIFY2(at != std::string::npos, from.c_str());
    text.replace(at, from.size(), to);
}

bool accepts(const SignableRequest& request, const PublicKey& key = rsaKey().publicKey())
{
    const auto signature = readRequestSignature(request, ourNames, now);
    return signature && isSignedBy(*signature, key);
}

/// A cavage signature over any list of headers, as a careless or hostile sender would make it.
SignableRequest cavageOver(SignableRequest request, const std::string& names, const std::string& parameters, const std::string& text, const SigningKey& key = rsaKey())
{
    request.headers.emplace_back("Signature", "keyId=\"" + keyId + "\"," + parameters + "headers=\"" + names + "\",signature=\"" + base64(*key.sign(bytesOf(text))) + "\"");
    return request;
}

/// The same for RFC 9421.
SignableRequest messageOver(SignableRequest request, const std::string& input, const SigningKey& key = rsaKey())
{
    const auto dictionary = readFieldDictionary("sig1=" + input);
    const std::string base = dictionary ? signatureBase(request, std::get<FieldList>(dictionary->front().second)).value_or("") : "";
    request.headers.emplace_back("Signature-Input", "sig1=" + input);
    request.headers.emplace_back("Signature", "sig1=:" + base64(*key.sign(bytesOf(base))) + ":");
    return request;
}

SignableRequest withDigest(SignableRequest request, const std::string& name, const std::string& value)
{
    request.headers.emplace_back(name, value);
    return request;
}

std::string digestOf(const std::string& body)
{
    return "SHA-256=" + base64(sha256(bytesOf(body)));
}

/// The request of RFC 9421, appendix B.2.
SignableRequest rfcRequest()
{
    return {"POST", "https", "example.com", "/foo?param=Value&Pet=dog",
        {{"host", "example.com"}, {"date", "Tue, 20 Apr 2021 02:07:55 GMT"}, {"content-type", "application/json"},
            {"content-digest", "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"}, {"content-length", "18"}},
        R"({"hello": "world"})"};
}

using Damage = std::function<void(SignableRequest&)>;

} // namespace
Q_DECLARE_METATYPE(SignableRequest)
Q_DECLARE_METATYPE(Damage)

class HttpSignatureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bothFormsComeBack_data();
    void bothFormsComeBack();
    void whatPeersSendIsAccepted_data();
    void whatPeersSendIsAccepted();
    void aDamagedRequestIsRefused_data();
    void aDamagedRequestIsRefused();
    void aWeakSignatureIsRefusedThoughItsBytesAreRight_data();
    void aWeakSignatureIsRefusedThoughItsBytesAreRight();
    void theWindowIsOneHour();
    void anotherKeyOrKindOfKeyIsRefused();
    void whatCannotBeSignedSaysSo();
    void theVectorsOfRfc9421_data();
    void theVectorsOfRfc9421();
    void mutatedHeadersNeverCrash_data();
    void mutatedHeadersNeverCrash();
    void anIndependentProgramAgrees();
    void aDateIsWrittenInOneWay_data();
    void aDateIsWrittenInOneWay();
};

void HttpSignatureTest::bothFormsComeBack_data()
{
    QTest::addColumn<SignableRequest>("request");
    QTest::newRow("POST") << post();
    QTest::newRow("POST with a query") << post("/inbox?a=1&b=%20");
    QTest::newRow("GET") << SignableRequest{"GET", "https", "peer.example", "/users/bob", {{"host", "peer.example"}}, ""};
    QTest::newRow("GET with a query") << SignableRequest{"GET", "https", "peer.example", "/users/bob?page=2", {{"host", "peer.example"}}, ""};
    QTest::newRow("another port") << SignableRequest{"POST", "https", "peer.example:8443", "/inbox", {{"host", "peer.example:8443"}}, "{}"};
    QTest::newRow("the standard port written out") << SignableRequest{"POST", "https", "peer.example:443", "/inbox", {{"host", "peer.example:443"}}, "{}"};
    QTest::newRow("POST without a body") << SignableRequest{"POST", "https", "peer.example", "/inbox", {{"host", "peer.example"}}, ""};
}

void HttpSignatureTest::bothFormsComeBack()
{
    QFETCH(SignableRequest, request);
    for (const SignatureForm form : {SignatureForm::Cavage, SignatureForm::Rfc9421}) {
        const SignableRequest sent = signedRequest(request, form);
        const auto signature = readRequestSignature(sent, ourNames, now + 5);
        QVERIFY2(signature.has_value(), signature ? "" : signature.error().message.c_str());
        QCOMPARE(int(signature->form), int(form));
        QCOMPARE(signature->keyId, keyId);
        QCOMPARE(signature->created, now);
        QVERIFY(isSignedBy(*signature, rsaKey().publicKey()));
    }
}

void HttpSignatureTest::whatPeersSendIsAccepted_data()
{
    QTest::addColumn<SignableRequest>("request");
    QTest::addColumn<bool>("ed25519");
    const std::string body = post().body;
    const std::string date = imfDate(now);
    const std::string digest = digestOf(body);
    const SignableRequest dated = withDigest(withDigest(post("/inbox?page=1"), "digest", digest), "date", date);
    const std::string rest = "\nhost: peer.example\ndate: " + date + "\ndigest: " + digest;
    QTest::newRow("the query signed") << cavageOver(dated, "(request-target) host date digest", "algorithm=\"rsa-sha256\",", "(request-target): post /inbox?page=1" + rest) << false;
    QTest::newRow("the query left out") << cavageOver(dated, "(request-target) host date digest", "algorithm=\"rsa-sha256\",", "(request-target): post /inbox" + rest) << false;
    QTest::newRow("no algorithm named") << cavageOver(dated, "(request-target) host date digest", "", "(request-target): post /inbox?page=1" + rest) << false;
    QTest::newRow("names in capitals, another order") << cavageOver(dated, "Digest Date Host (request-target)", "", "digest: " + digest + "\ndate: " + date + "\nhost: peer.example\n(request-target): post /inbox") << false;
    QTest::newRow("more covered") << cavageOver(dated, "(request-target) host date digest content-type", "", "(request-target): post /inbox" + rest + "\ncontent-type: application/activity+json") << false;
    const SignableRequest undated = withDigest(post("/inbox"), "digest", "md5=XUFAKrxLKna5cZ2REBfFkg==, sha-256=" + digest.substr(8));
    const std::string created = std::to_string(now - 3);
    const std::string hs2019 = "(request-target): post /inbox\n(created): " + created + "\n(expires): " + std::to_string(now + 60) + "\nhost: peer.example\ndigest: " + undated.headers.back().second;
    const std::string times = "algorithm=\"hs2019\",created=" + created + ",expires=" + std::to_string(now + 60) + ",";
    QTest::newRow("hs2019 with created and expires, RSA") << cavageOver(undated, "(request-target) (created) (expires) host digest", times, hs2019) << false;
    QTest::newRow("hs2019 with created and expires, Ed25519") << cavageOver(undated, "(request-target) (created) (expires) host digest", times, hs2019, edKey()) << true;
    const SignableRequest described = withDigest(withDigest(post("/inbox"), "content-digest", "sha-512=:AAAA:, sha-256=:" + digest.substr(8) + ":"), "date", date);
    const std::string parameters = ";created=" + created + ";keyid=\"" + keyId + "\"";
    QTest::newRow("RFC 9421 with more components") << messageOver(described, R"(("@method" "@target-uri" "@authority" "host" "date" "content-digest"))" + parameters + ";alg=\"rsa-v1_5-sha256\"") << false;
    QTest::newRow("RFC 9421 without alg, other parameters, blanks") << messageOver(described, R"(( "@target-uri"  "@method" "content-digest" ))" + parameters + R"(; nonce="a\"b";tag="x";expires=)" + std::to_string(now + 1)) << false;
    QTest::newRow("RFC 9421 with Ed25519") << messageOver(described, R"(("@method" "@target-uri" "content-digest"))" + parameters + ";alg=\"ed25519\"", edKey()) << true;
}

void HttpSignatureTest::whatPeersSendIsAccepted()
{
    QFETCH(SignableRequest, request);
    QFETCH(bool, ed25519);
    const auto signature = readRequestSignature(request, ourNames, now);
    QVERIFY2(signature.has_value(), signature ? "" : signature.error().message.c_str());
    QVERIFY(isSignedBy(*signature, (ed25519 ? edKey() : rsaKey()).publicKey()));
    QVERIFY(!isSignedBy(*signature, (ed25519 ? rsaKey() : edKey()).publicKey()));
}

void HttpSignatureTest::aDamagedRequestIsRefused_data()
{
    QTest::addColumn<int>("form");
    QTest::addColumn<Damage>("damage");
    const auto both = [](const char* name, const Damage& damage) {
        QTest::newRow((std::string("cavage: ") + name).c_str()) << int(SignatureForm::Cavage) << damage;
        QTest::newRow((std::string("RFC 9421: ") + name).c_str()) << int(SignatureForm::Rfc9421) << damage;
    };
    both("unsigned", [](auto& request) { eraseHeader(request, "Signature"); });
    both("two Signature headers", [](auto& request) { request.headers.emplace_back("signature", headerOf(request, "Signature")); });
    both("an empty Signature", [](auto& request) { headerOf(request, "Signature").clear(); });
    both("two Host lines", [](auto& request) { request.headers.emplace_back("Host", "peer.example"); });
    both("no Host line", [](auto& request) { eraseHeader(request, "host"); });
    both("Host of another server", [](auto& request) { headerOf(request, "host") = "other.example"; });
    both("authority of another server", [](auto& request) { request.authority = "other.example"; });
    both("Host with another port", [](auto& request) { headerOf(request, "host") = "peer.example:8443"; });
    both("Host with a final dot", [](auto& request) { headerOf(request, "host") = "peer.example."; });
    both("another body", [](auto& request) { request.body += " "; });
    both("no body", [](auto& request) { request.body.clear(); });
    both("another method", [](auto& request) { request.method = "PUT"; });
    both("another path", [](auto& request) { request.target = "/users/carol/inbox?q=1"; });
    both("a path that was normalised on the way", [](auto& request) { request.target = "/users//bob/inbox?q=1"; });
    both("another query", [](auto& request) { request.target = "/users/bob/inbox?q=2"; });
    both("no query", [](auto& request) { request.target = "/users/bob/inbox"; });
    both("a chunked body", [](auto& request) { request.headers.emplace_back("transfer-encoding", "chunked"); });
    both("a huge Signature", [](auto& request) { headerOf(request, "Signature").append(1 << 20, 'A'); });
    both("a folded Signature", [](auto& request) { headerOf(request, "Signature").insert(10, "\r\n "); });
    both("a NUL in Signature", [](auto& request) { headerOf(request, "Signature").insert(10, 1, '\0'); });
    both("signature of other bytes", [](auto& request) {
        auto& line = headerOf(request, "Signature");
        auto& digit = line[line.size() - 20];
        digit = digit == 'A' ? 'B' : 'A';
    });
    const auto cavage = [](const char* name, const Damage& damage) { QTest::newRow((std::string("cavage: ") + name).c_str()) << int(SignatureForm::Cavage) << damage; };
    cavage("two Digest lines", [](auto& request) { request.headers.emplace_back("digest", headerOf(request, "Digest")); });
    cavage("two Date lines", [](auto& request) { request.headers.emplace_back("date", headerOf(request, "Date")); });
    cavage("no Date line", [](auto& request) { eraseHeader(request, "Date"); });
    cavage("another date", [](auto& request) { headerOf(request, "Date") = imfDate(now + 1); });
    cavage("a folded Date", [](auto& request) { headerOf(request, "Date").insert(4, "\r\n "); });
    cavage("the digest of the new body, unsigned", [](auto& request) {
        request.body = "{}";
        headerOf(request, "Digest") = digestOf("{}");
    });
    for (const char* digest : {"MD5=XUFAKrxLKna5cZ2REBfFkg==", "SHA-512=z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==", "SHA-256", "SHA-256=", "SHA-256=!!!!", "SHA-256=AAAA", ""})
        cavage((std::string("Digest ") + digest).c_str(), [digest](auto& request) { headerOf(request, "Digest") = digest; });
    cavage("SHA-256 twice in Digest", [](auto& request) { headerOf(request, "Digest") += ", " + digestOf(request.body); });
    cavage("two members of one name", [](auto& request) { headerOf(request, "Signature") += ",keyId=\"https://evil.example/k\""; });
    cavage("two signatures in one header", [](auto& request) { headerOf(request, "Signature") += ", " + headerOf(request, "Signature"); });
    cavage("no keyId", [](auto& request) { replaceIn(headerOf(request, "Signature"), "keyId=", "keyName="); });
    cavage("keyId with a blank", [](auto& request) { replaceIn(headerOf(request, "Signature"), "#main-key", " x"); });
    cavage("no list of headers", [](auto& request) { replaceIn(headerOf(request, "Signature"), "headers=", "fields="); });
    cavage("empty list of headers", [](auto& request) { replaceIn(headerOf(request, "Signature"), "(request-target) host date digest", ""); });
    cavage("algorithm none", [](auto& request) { replaceIn(headerOf(request, "Signature"), "rsa-sha256", "none"); });
    cavage("algorithm hmac-sha256", [](auto& request) { replaceIn(headerOf(request, "Signature"), "rsa-sha256", "hmac-sha256"); });
    cavage("algorithm rsa-sha1", [](auto& request) { replaceIn(headerOf(request, "Signature"), "rsa-sha256", "rsa-sha1"); });
    cavage("a quote without end", [](auto& request) { headerOf(request, "Signature").pop_back(); });
    cavage("base64 with a line break", [](auto& request) { auto& line = headerOf(request, "Signature"); line.insert(line.size() - 30, "\n"); });
    cavage("base64 without padding", [](auto& request) { replaceIn(headerOf(request, "Signature"), "==\"", "\""); });
    cavage("a comma without a parameter", [](auto& request) { headerOf(request, "Signature") += ","; });
    cavage("an empty Signature-Input beside it", [](auto& request) { request.headers.emplace_back("signature-input", ""); });
    const auto message = [](const char* name, const Damage& damage) { QTest::newRow((std::string("RFC 9421: ") + name).c_str()) << int(SignatureForm::Rfc9421) << damage; };
    message("two Signature-Input lines", [](auto& request) { request.headers.emplace_back("signature-input", headerOf(request, "Signature-Input")); });
    message("two members in Signature-Input", [](auto& request) { headerOf(request, "Signature-Input") += R"(, sig2=("@method");created=1)"; });
    message("two members in Signature", [](auto& request) { headerOf(request, "Signature") += ", sig2=:AAAA:"; });
    message("the same member twice", [](auto& request) { headerOf(request, "Signature") += ", " + headerOf(request, "Signature"); });
    message("another label", [](auto& request) { replaceIn(headerOf(request, "Signature"), "sig1", "sig2"); });
    message("no Signature-Input", [](auto& request) { eraseHeader(request, "Signature-Input"); });
    message("a signature that is a string", [](auto& request) { headerOf(request, "Signature") = "sig1=\"AAAA\""; });
    message("an empty signature", [](auto& request) { headerOf(request, "Signature") = "sig1=::"; });
    message("a list that has no end", [](auto& request) { replaceIn(headerOf(request, "Signature-Input"), ")", ""); });
    message("created as a string", [](auto& request) { replaceIn(headerOf(request, "Signature-Input"), std::to_string(now), "\"" + std::to_string(now) + "\""); });
    message("another created", [](auto& request) { replaceIn(headerOf(request, "Signature-Input"), std::to_string(now), std::to_string(now + 1)); });
    message("a huge created", [](auto& request) { replaceIn(headerOf(request, "Signature-Input"), std::to_string(now), "99999999999999999999"); });
    message("another scheme", [](auto& request) { request.scheme = "http"; });
    message("two Content-Digest lines", [](auto& request) { request.headers.emplace_back("content-digest", headerOf(request, "Content-Digest")); });
    message("the digest of the new body, unsigned", [](auto& request) {
        request.body = "{}";
        headerOf(request, "Content-Digest") = "sha-256=:" + digestOf("{}").substr(8) + ":";
    });
    for (const char* digest : {"md5=:XUFAKrxLKna5cZ2REBfFkg==:", "sha-512=:AAAA:", "sha-256=AAAA", "sha-256=::", "sha-256=:AAAA:", "sha-256=(:AAAA:)", "sha-256", ""})
        message((std::string("Content-Digest ") + digest).c_str(), [digest](auto& request) { headerOf(request, "Content-Digest") = digest; });
}

void HttpSignatureTest::aDamagedRequestIsRefused()
{
    QFETCH(int, form);
    QFETCH(Damage, damage);
    SignableRequest request = signedRequest(post("/users/bob/inbox?q=1"), static_cast<SignatureForm>(form));
    QVERIFY(accepts(request));
    damage(request);
    QVERIFY(!accepts(request));
    const auto signature = readRequestSignature(request, ourNames, now);
    QVERIFY(signature || (signature.error().fault == Fault::Denied && !signature.error().message.empty()));
}

void HttpSignatureTest::aWeakSignatureIsRefusedThoughItsBytesAreRight_data()
{
    QTest::addColumn<SignableRequest>("request");
    const std::string date = imfDate(now);
    const std::string digest = digestOf(post().body);
    const SignableRequest dated = withDigest(withDigest(post("/inbox"), "digest", digest), "date", date);
    const std::string target = "(request-target): post /inbox";
    const std::string host = "\nhost: peer.example";
    const std::string body = "\ndigest: " + digest;
    const std::string day = "\ndate: " + date;
    QTest::newRow("no digest covered") << cavageOver(dated, "(request-target) host date", "", target + host + day);
    QTest::newRow("no digest there") << cavageOver(withDigest(post("/inbox"), "date", date), "(request-target) host date", "", target + host + day);
    QTest::newRow("no host covered") << cavageOver(dated, "(request-target) date digest", "", target + day + body);
    QTest::newRow("no target covered") << cavageOver(dated, "host date digest", "", ("\n" + host + day + body).substr(2));
    QTest::newRow("no date covered") << cavageOver(dated, "(request-target) host digest", "", target + host + body);
    QTest::newRow("only the date") << cavageOver(dated, "date", "", "date: " + date);
    QTest::newRow("a header twice in the list") << cavageOver(dated, "(request-target) host host date digest", "", target + host + host + day + body);
    QTest::newRow("two blanks in the list") << cavageOver(dated, "(request-target)  host date digest", "", target + host + day + body);
    QTest::newRow("a header that is not there") << cavageOver(dated, "(request-target) host date digest x-more", "", target + host + day + body + "\nx-more: ");
    QTest::newRow("an unknown pseudo-header") << cavageOver(dated, "(request-target) host date digest (more)", "", target + host + day + body + "\n(more): ");
    const auto timed = [&](const char* parameters, const std::string& created) {
        return cavageOver(dated, "(request-target) (created) host digest", parameters, target + "\n(created): " + created + host + body);
    };
    QTest::newRow("created with rsa-sha256") << timed("algorithm=\"rsa-sha256\",created=1800000000,", "1800000000");
    QTest::newRow("created long ago") << timed("algorithm=\"hs2019\",created=1799990000,", "1799990000");
    QTest::newRow("created in the future") << timed("algorithm=\"hs2019\",created=1800009000,", "1800009000");
    QTest::newRow("created with a fraction") << timed("algorithm=\"hs2019\",created=1800000000.5,", "1800000000.5");
    QTest::newRow("created beyond all numbers") << timed("algorithm=\"hs2019\",created=99999999999999999999,", "99999999999999999999");
    QTest::newRow("created is missing") << timed("algorithm=\"hs2019\",", "");
    QTest::newRow("expired") << timed("algorithm=\"hs2019\",created=1799999990,expires=1799999999,", "1799999990");
    QTest::newRow("created not covered, no date") << cavageOver(dated, "(request-target) host digest", "algorithm=\"hs2019\",created=1800000000,", target + host + body);
    const SignableRequest described = withDigest(withDigest(post("/inbox"), "content-digest", "sha-256=:" + digest.substr(8) + ":"), "date", date);
    const std::string parameters = ";created=1800000000;keyid=\"k\"";
    const auto message = [&](const char* name, const std::string& input) { QTest::newRow((std::string("RFC 9421: ") + name).c_str()) << messageOver(described, input); };
    message("no method", R"(("@target-uri" "content-digest"))" + parameters);
    message("no target", R"(("@method" "content-digest"))" + parameters);
    message("only the path", R"(("@method" "@path" "content-digest"))" + parameters);
    message("no content-digest", R"(("@method" "@target-uri"))" + parameters);
    message("no components", "()" + parameters);
    message("no created", R"(("@method" "@target-uri" "content-digest");keyid="k")");
    message("no keyid", R"(("@method" "@target-uri" "content-digest");created=1800000000)");
    message("a component twice", R"(("@method" "@method" "@target-uri" "content-digest"))" + parameters);
    message("a component of the response", R"(("@method" "@target-uri" "content-digest" "@status"))" + parameters);
    message("a component with parameters", R"(("@method" "@target-uri" "content-digest";req))" + parameters);
    message("a component in capitals", R"(("@method" "@target-uri" "content-digest" "Date"))" + parameters);
    message("a parameter twice", R"(("@method" "@target-uri" "content-digest");created=1800000000;keyid="k";keyid="j")");
    message("algorithm hs2019", R"(("@method" "@target-uri" "content-digest"))" + parameters + ";alg=\"hs2019\"");
    message("algorithm hmac-sha256", R"(("@method" "@target-uri" "content-digest"))" + parameters + ";alg=\"hmac-sha256\"");
    message("algorithm that is not the key's", R"(("@method" "@target-uri" "content-digest"))" + parameters + ";alg=\"ed25519\"");
    message("created long ago", R"(("@method" "@target-uri" "content-digest");created=1799990000;keyid="k")");
    message("created in the future", R"(("@method" "@target-uri" "content-digest");created=1800009000;keyid="k")");
    message("expired", R"(("@method" "@target-uri" "content-digest"))" + parameters + ";expires=1799999999");
}

void HttpSignatureTest::aWeakSignatureIsRefusedThoughItsBytesAreRight()
{
    QFETCH(SignableRequest, request);
    QVERIFY(!accepts(request));
}

void HttpSignatureTest::theWindowIsOneHour()
{
    for (const SignatureForm form : {SignatureForm::Cavage, SignatureForm::Rfc9421}) {
        QVERIFY(accepts(signedRequest(post(), form, now - 3600)));
        QVERIFY(accepts(signedRequest(post(), form, now + 3600)));
        QVERIFY(!accepts(signedRequest(post(), form, now - 3601)));
        QVERIFY(!accepts(signedRequest(post(), form, now + 3601)));
        QVERIFY(!accepts(signedRequest(post(), form, now - 86'400)));
    }
}

void HttpSignatureTest::anotherKeyOrKindOfKeyIsRefused()
{
    const SigningKey other = *SigningKey::generate(KeyAlgorithm::Rsa2048);
    for (const SignatureForm form : {SignatureForm::Cavage, SignatureForm::Rfc9421}) {
        QVERIFY(!accepts(signedRequest(post(), form), other.publicKey()));
        QVERIFY(!accepts(signedRequest(post(), form), edKey().publicKey()));
    }
}

void HttpSignatureTest::whatCannotBeSignedSaysSo()
{
    QVERIFY(!signRequest(post(), SignatureForm::Cavage, keyId, edKey(), now));
    QVERIFY(!signRequest(post(), SignatureForm::Cavage, "a\"b", rsaKey(), now));
    QVERIFY(!signRequest(post(), SignatureForm::Rfc9421, "", rsaKey(), now));
    QVERIFY(!signRequest(signedRequest(post(), SignatureForm::Cavage), SignatureForm::Cavage, keyId, rsaKey(), now));
}

void HttpSignatureTest::theVectorsOfRfc9421_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("base");
    QTest::newRow("B.2.1") << QByteArray(R"(();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd")")
                           << QByteArray(R"("@signature-params": ();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd")");
    QTest::newRow("B.2.3") << QByteArray(R"(("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss")")
                           << QByteArray(R"("date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@query": ?param=Value&Pet=dog
"@authority": example.com
"content-type": application/json
"content-digest": sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss")");
    QTest::newRow("B.2.5") << QByteArray(R"(("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret")")
                           << QByteArray(R"("date": Tue, 20 Apr 2021 02:07:55 GMT
"@authority": example.com
"content-type": application/json
"@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret")");
    QTest::newRow("B.2.6") << QByteArray(R"(("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519")")
                           << QByteArray(R"("date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519")");
}

void HttpSignatureTest::theVectorsOfRfc9421()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, base);
    const auto dictionary = readFieldDictionary("sig=" + input.toStdString());
    QVERIFY(dictionary.has_value());
    const auto text = signatureBase(rfcRequest(), std::get<FieldList>(dictionary->front().second));
    QVERIFY(text.has_value());
    QCOMPARE(QByteArray::fromStdString(*text), base);
    if (QByteArray(QTest::currentDataTag()) == "B.2.6") { // whose key is ours to check: B.1.4
        const PublicKey key = *PublicKey::fromDer(*bytesOfBase64("MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="));
        QVERIFY(key.verify(bytesOf(*text), *bytesOfBase64("wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==")));
    }
}

void HttpSignatureTest::mutatedHeadersNeverCrash_data()
{
    QTest::addColumn<int>("form");
    QTest::newRow("cavage") << int(SignatureForm::Cavage);
    QTest::newRow("RFC 9421") << int(SignatureForm::Rfc9421);
}

void HttpSignatureTest::mutatedHeadersNeverCrash()
{
    QFETCH(int, form);
    const SignableRequest good = signedRequest(post(), static_cast<SignatureForm>(form));
    constexpr std::string_view interesting{"\0\"\\,;=:()?*. \t\r\n%/+-0aA\x7F\xFF", 25};
    int read = 0;
    for (std::uint64_t round = 0; round < 10'000; ++round) {
        SignableRequest request = good;
        // The first three lines are Host, Content-Type and Date or Content-Digest; those of the signature come last.
        auto& [name, value] = request.headers[2 + randomBits(round, 0) % (request.headers.size() - 2)];
        for (std::uint64_t step = 0; step <= randomBits(round, 1) % 4; ++step) {
            const std::size_t at = randomBits(round, 2, step) % (value.size() + 1);
            const char c = interesting[randomBits(round, 3, step) % interesting.size()];
            switch (randomBits(round, 4, step) % 4) {
            case 0:
                value.insert(at, 1, c);
                break;
            case 1:
                value.erase(at, 1 + randomBits(round, 5, step) % 8);
                break;
            case 2:
                value.insert(at, value.substr(at / 2, 16));
                break;
            default:
                if (at < value.size())
                    value[at] = c;
            }
        }
        const auto signature = readRequestSignature(request, ourNames, now);
        if (!signature)
            continue;
        ++read;
        // Cavage does not cover its own parameters, so keyId may then be another; RFC 9421 covers every one.
        if (form == int(SignatureForm::Rfc9421) && isSignedBy(*signature, rsaKey().publicKey()))
            QCOMPARE(signature->keyId, keyId);
    }
    QVERIFY(read > 10);
}

void HttpSignatureTest::anIndependentProgramAgrees()
{
    // Debian's python3-httpsig signs and verifies draft-cavage.
    QTemporaryDir folder;
    const auto write = [&](const char* name, const std::string& text) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(text));
    };
    const SignableRequest request = post("/users/bob/inbox?q=1");
    const SignableRequest ours = signedRequest(request, SignatureForm::Cavage);
    Json headers;
    for (const auto& [name, value] : ours.headers)
        headers[name] = value;
    write("secret.pem", rsaKey().pem());
    write("public.pem", rsaKey().publicKey().pem());
    write("request.json", Json{{"headers", headers}, {"method", "POST"}, {"path", request.target}, {"host", "peer.example"}, {"date", imfDate(now)}, {"digest", digestOf(request.body)}}.dump());
    QProcess python;
    python.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    python.start("/usr/bin/python3", {ARTDAG_SOURCE_DIR "/tests/federation/httpsig_peer.py", folder.path()});
    QVERIFY2(python.waitForFinished(20'000) && python.exitCode() == 0, "python3-httpsig is missing or disagrees");
    const auto answer = readJson(python.readAllStandardOutput().toStdString());
    QVERIFY(answer.has_value());
    QCOMPARE((*answer)["verified"].get<bool>(), true);
    QCOMPARE((*answer)["refused"].get<bool>(), true);
    for (const char* algorithm : {"rsa-sha256", "hs2019"}) {
        SignableRequest theirs = withDigest(withDigest(request, "date", imfDate(now)), "digest", digestOf(request.body));
        theirs.headers.emplace_back("signature", (*answer)[algorithm].get<std::string>());
        const auto signature = readRequestSignature(theirs, ourNames, now);
        QVERIFY2(signature.has_value(), signature ? "" : signature.error().message.c_str());
        QCOMPARE(isSignedBy(*signature, rsaKey().publicKey()), true);
    }
}

void HttpSignatureTest::aDateIsWrittenInOneWay_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("seconds"); // -1: refused
    QTest::newRow("the RFC's") << "Sun, 06 Nov 1994 08:49:37 GMT" << qint64(784'111'777);
    QTest::newRow("a leap day") << "Thu, 29 Feb 2024 23:59:59 GMT" << qint64(1'709'251'199);
    QTest::newRow("the beginning") << "Thu, 01 Jan 1970 00:00:00 GMT" << qint64(0);
    QTest::newRow("the wrong weekday") << "Mon, 06 Nov 1994 08:49:37 GMT" << qint64(-1);
    QTest::newRow("no such day") << "Wed, 29 Feb 2023 00:00:00 GMT" << qint64(-1);
    QTest::newRow("second 60") << "Sun, 06 Nov 1994 08:49:60 GMT" << qint64(-1);
    QTest::newRow("hour 24") << "Sun, 06 Nov 1994 24:00:00 GMT" << qint64(-1);
    QTest::newRow("a sign") << "Sun, 06 Nov 1994 08:-1:37 GMT" << qint64(-1);
    QTest::newRow("another zone") << "Sun, 06 Nov 1994 08:49:37 UTC" << qint64(-1);
    QTest::newRow("rfc850") << "Sunday, 06-Nov-94 08:49:37 GMT" << qint64(-1);
    QTest::newRow("asctime") << "Sun Nov  6 08:49:37 1994" << qint64(-1);
    QTest::newRow("empty") << "" << qint64(-1);
}

void HttpSignatureTest::aDateIsWrittenInOneWay()
{
    QFETCH(QString, text);
    QFETCH(qint64, seconds);
    const auto read = secondsOfImfDate(text.toStdString());
    QCOMPARE(qint64(read.value_or(-1)), seconds);
    if (read)
        QCOMPARE(QString::fromStdString(imfDate(*read)), text);
}

QTEST_GUILESS_MAIN(HttpSignatureTest)
#include "http_signature_test.moc"
