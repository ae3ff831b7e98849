// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/identity/keys.h"
#include "server/l2/passwords.h"
#include "server/l2/tokens.h"

#include <QTest>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/stat.h>

using namespace artdag;
using namespace artdag::server;

namespace {

const std::string secretText = "0123456789abcdefghijklmnopqrstuvwxyz";

TokenRealm realm()
{
    return {"https://l2.example", "artdag-l2", Bytes(secretText.begin(), secretText.end())};
}

constexpr std::int64_t now = 1'795'000'000;

std::string signedWith(const std::string& header, const std::string& body, const Bytes& secret)
{
    const std::string text = base64Url(bytesOf(header)) + "." + base64Url(bytesOf(body));
    Bytes mac(32);
    unsigned length = 32;
    HMAC(EVP_sha256(), secret.data(), int(secret.size()), bytesOf(text).data(), text.size(), mac.data(), &length);
    return text + "." + base64Url(mac);
}

const std::string rightHeader = R"({"alg":"HS256","typ":"JWT"})";

std::string bodyWith(const char* name, const Json& value)
{
    Json body{{"iss", "https://l2.example"}, {"aud", "artdag-l2"}, {"sub", "giles"}, {"scope", "read"}, {"jti", "1"}, {"iat", now}, {"nbf", now}, {"exp", now + 3600}};
    if (value.is_null())
        body.erase(name);
    else
        body[name] = value;
    return body.dump();
}

} // namespace

class CredentialsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTokenComesBack();
    void badTokensAreRefused_data();
    void badTokensAreRefused();
    void weakSecretsAreRefused_data();
    void weakSecretsAreRefused();
    void theSecretIsMadeOnceForOurEyesOnly();
    void passwordsAreArgon2id();
    void guessingIsSlowedDownForOneAccount();
};

void CredentialsTest::aTokenComesBack()
{
    const auto claims = readToken(realm(), makeToken(realm(), {"giles", "read publish", "id", now, now, now + 3600}), now);
    QVERIFY(claims.has_value());
    QCOMPARE(claims->subject, "giles");
    QCOMPARE(claims->scope, "read publish");
    QCOMPARE(claims->id, "id");
}

void CredentialsTest::badTokensAreRefused_data()
{
    QTest::addColumn<QByteArray>("token");
    const Bytes secret = realm().secret;
    auto row = [](const char* name, const std::string& token) { QTest::newRow(name) << QByteArray::fromStdString(token); };
    const std::string good = signedWith(rightHeader, bodyWith("sub", "giles"), secret);
    QVERIFY(readToken(realm(), good, now).has_value()); // the table starts from a good one
    row("alg none", base64Url(bytesOf(std::string(R"({"alg":"none","typ":"JWT"})"))) + "." + base64Url(bytesOf(bodyWith("sub", "giles"))) + ".");
    row("alg none, signed", signedWith(R"({"alg":"none","typ":"JWT"})", bodyWith("sub", "giles"), secret));
    row("RS256 with our secret", signedWith(R"({"alg":"RS256","typ":"JWT"})", bodyWith("sub", "giles"), secret));
    row("HS512", signedWith(R"({"alg":"HS512","typ":"JWT"})", bodyWith("sub", "giles"), secret));
    row("kid", signedWith(R"({"alg":"HS256","typ":"JWT","kid":"../../dev/null"})", bodyWith("sub", "giles"), secret));
    row("another key", signedWith(rightHeader, bodyWith("sub", "giles"), Bytes(32, 0)));
    row("empty key", signedWith(rightHeader, bodyWith("sub", "giles"), Bytes(1, 0)));
    row("no signature", good.substr(0, good.rfind('.')));
    row("empty signature", good.substr(0, good.rfind('.') + 1));
    row("short signature", good.substr(0, good.size() - 4));
    std::string tampered = good;
    tampered[good.find('.') + 5] = tampered[good.find('.') + 5] == 'A' ? 'B' : 'A';
    row("tampered", tampered);
    row("expired", signedWith(rightHeader, bodyWith("exp", now), secret));
    row("not yet", signedWith(rightHeader, bodyWith("nbf", now + 10), secret));
    row("issued in the future", signedWith(rightHeader, bodyWith("iat", now + 10), secret));
    row("too long a life", signedWith(rightHeader, bodyWith("exp", now + 90'000), secret));
    row("another issuer", signedWith(rightHeader, bodyWith("iss", "https://evil.example"), secret));
    row("another audience", signedWith(rightHeader, bodyWith("aud", "artdag-l1"), secret));
    row("expiry as text", signedWith(rightHeader, bodyWith("exp", "9999999999"), secret));
    for (const char* name : {"iss", "aud", "sub", "scope", "jti", "iat", "nbf", "exp"})
        QTest::newRow(qPrintable(QString("without ") + name)) << QByteArray::fromStdString(signedWith(rightHeader, bodyWith(name, nullptr), secret));
    row("empty", "");
    row("dots", "..");
    row("words", "not a token");
    row("very long", std::string(10'000, 'a'));
}

void CredentialsTest::badTokensAreRefused()
{
    QFETCH(QByteArray, token);
    QVERIFY(!readToken(realm(), token.toStdString(), now).has_value());
}

void CredentialsTest::weakSecretsAreRefused_data()
{
    QTest::addColumn<QString>("secret");
    QTest::addColumn<bool>("good");
    QTest::newRow("short") << "0123456789abcdef" << false;
    QTest::newRow("one letter") << QString(64, 'a') << false;
    QTest::newRow("few letters") << QString("abc").repeated(20) << false;
    QTest::newRow("long and mixed") << QString::fromStdString(secretText) << true;
}

void CredentialsTest::weakSecretsAreRefused()
{
    QFETCH(QString, secret);
    QFETCH(bool, good);
    QCOMPARE(tokenSecret("/nowhere/at/all", secret.toStdString()).has_value(), good);
}

void CredentialsTest::theSecretIsMadeOnceForOurEyesOnly()
{
    const auto directory = TemporaryDirectory::make();
    const auto file = directory->path() / "secret";
    const auto first = tokenSecret(file, "");
    QVERIFY(first.has_value());
    QVERIFY(first->size() >= 32);
    struct stat facts {};
    QCOMPARE(::stat(file.c_str(), &facts), 0);
    QCOMPARE(facts.st_mode & 0777, 0600U);
    QCOMPARE(*tokenSecret(file, ""), *first);
    ::chmod(file.c_str(), 0640);
    QVERIFY(!tokenSecret(file, "").has_value());
}

void CredentialsTest::passwordsAreArgon2id()
{
    const auto hash = hashPassword("correct horse");
    QVERIFY(hash->starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    QVERIFY(isPassword(*hash, "correct horse"));
    QVERIFY(!isPassword(*hash, "correct horsf"));
    QVERIFY(*hashPassword("correct horse") != *hash); // salted
}

void CredentialsTest::guessingIsSlowedDownForOneAccount()
{
    Throttle throttle;
    auto time = Throttle::Clock::time_point{} + std::chrono::hours(1);
    for (int i = 0; i < 4; ++i) {
        throttle.failed("giles", time);
        QCOMPARE(throttle.wait("giles", time).count(), 0);
    }
    throttle.failed("giles", time);
    QCOMPARE(throttle.wait("giles", time).count(), 30);
    QCOMPARE(throttle.wait("carol", time).count(), 0);
    time += std::chrono::seconds(31);
    QCOMPARE(throttle.wait("giles", time).count(), 0);
    throttle.failed("giles", time);
    QCOMPARE(throttle.wait("giles", time).count(), 60);
    time += std::chrono::hours(2);
    throttle.failed("giles", time);
    QCOMPARE(throttle.wait("giles", time).count(), 0); // forgotten
    throttle.succeeded("giles");
}

QTEST_APPLESS_MAIN(CredentialsTest)
#include "credentials_test.moc"
