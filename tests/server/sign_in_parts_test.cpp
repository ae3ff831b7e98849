// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/application.h"
#include "server/l2/form_body.h"
#include "server/l2/oauth_clients.h"
#include "server/l2/one_time_codes.h"
#include "server/l2/visits.h"
#include "server/web/place_pages.h"

#include <QTest>

#include <set>

using namespace artdag;
using namespace artdag::server;

class SignInPartsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void authenticatorsAgreeOnTheCode_data();
    void authenticatorsAgreeOnTheCode();
    void aCodeIsGoodForItsNeighboursToo();
    void base32IsThatOfTheRfc();
    void codesAreReadAsPeopleTypeThem();
    void pkceIsThatOfTheRfc();
    void onlyLoopbackIsRedirectedTo_data();
    void onlyLoopbackIsRedirectedTo();
    void noLoginLeadsElsewhere_data();
    void noLoginLeadsElsewhere();
    void formsAreReadStrictly_data();
    void formsAreReadStrictly();
    void everyFormNeedsASession();
    void proseIsEscaped();
};

void SignInPartsTest::authenticatorsAgreeOnTheCode_data()
{
    // RFC 6238 appendix B, SHA-1, the last six of its eight digits
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("code");
    QTest::newRow("59") << qint64(59) << "287082";
    QTest::newRow("2005") << qint64(1111111109) << "081804";
    QTest::newRow("2005, later") << qint64(1111111111) << "050471";
    QTest::newRow("2009") << qint64(1234567890) << "005924";
    QTest::newRow("2033") << qint64(2000000000) << "279037";
    QTest::newRow("2603") << qint64(20000000000) << "353130";
}

void SignInPartsTest::authenticatorsAgreeOnTheCode()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, code);
    QCOMPARE(QString::fromStdString(totpCode(bytesOf("12345678901234567890"), seconds / 30)), code);
}

void SignInPartsTest::aCodeIsGoodForItsNeighboursToo()
{
    const Bytes secret(20, 7);
    const std::int64_t now = 1'795'000'000;
    for (int away = -2; away <= 2; ++away) {
        const auto step = totpStep(secret, totpCode(secret, now / 30 + away), now);
        QCOMPARE(step.has_value(), std::abs(away) <= 1);
        if (step)
            QCOMPARE(*step, now / 30 + away);
    }
    QVERIFY(!totpStep(secret, "", now));
    QVERIFY(!totpStep(secret, "12345", now));
}

void SignInPartsTest::base32IsThatOfTheRfc()
{
    for (const auto& [plain, coded] : {std::pair{"", ""}, std::pair{"f", "MY"}, std::pair{"fo", "MZXQ"}, std::pair{"foo", "MZXW6"}, std::pair{"foob", "MZXW6YQ"}, std::pair{"fooba", "MZXW6YTB"}, std::pair{"foobar", "MZXW6YTBOI"}}) {
        QCOMPARE(base32(bytesOf(plain)), coded);
        const auto back = bytesOfBase32(coded);
        QVERIFY(back.has_value());
        QCOMPARE(std::string(back->begin(), back->end()), plain);
    }
    QVERIFY(!bytesOfBase32("MZ1"));
}

void SignInPartsTest::codesAreReadAsPeopleTypeThem()
{
    QCOMPARE(plainUserCode("wdjb mjht"), "WDJB-MJHT");
    QCOMPARE(plainUserCode("WDJBMJHT"), "WDJB-MJHT");
    QCOMPARE(plainUserCode("WDJB-MJH"), "");
    QCOMPARE(plainUserCode("WDJB-MJHTX"), "");
    QCOMPARE(plainUserCode("WDJA-MJHT"), "");
    QCOMPARE(plainUserCode(newUserCode()).size(), 9U);
    QCOMPARE(plainCode("ABCD-efgh ijkl"), "abcdefghijkl");
    const auto codes = newRecoveryCodes();
    QCOMPARE(std::set<std::string>(codes.begin(), codes.end()).size(), 10U);
    for (const std::string& code : codes)
        QCOMPARE(code.size(), 19U);
}

void SignInPartsTest::pkceIsThatOfTheRfc()
{
    const std::string verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636 appendix B
    QVERIFY(fitsChallenge(verifier, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    QVERIFY(!fitsChallenge(verifier, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cN"));
    QVERIFY(!fitsChallenge(verifier, verifier)); // that would be the method `plain`
    QVERIFY(!fitsChallenge("short", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
}

void SignInPartsTest::onlyLoopbackIsRedirectedTo_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("good");
    for (const char* url : {"http://127.0.0.1:5555", "http://127.0.0.1:1/back", "http://[::1]:5555/a/b"})
        QTest::newRow(url) << url << true;
    for (const char* url : {"https://127.0.0.1:1/", "http://127.0.0.1/", "http://localhost:1/", "http://127.0.0.1:80@evil.example/", "http://127.0.0.1.evil.example:80/", "http://127.0.0.1:123456/", "http://127.0.0.1:1/?x=1", "http://127.0.0.1:1/#x", "http://127.0.0.1:1/\r\nX: y", "javascript:alert(1)", ""})
        QTest::newRow(qPrintable(QString("not ") + url)) << url << false;
}

void SignInPartsTest::onlyLoopbackIsRedirectedTo()
{
    QFETCH(QString, url);
    QFETCH(bool, good);
    QCOMPARE(isLoopbackRedirect(url.toStdString()), good);
}

void SignInPartsTest::noLoginLeadsElsewhere_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("goesTo");
    QTest::newRow("own") << "/settings?x=1"
                         << "/settings?x=1";
    for (const char* path : {"", "//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "/x\r\nSet-Cookie: y"})
        QTest::newRow(qPrintable(QString("not ") + path)) << path << "/";
}

void SignInPartsTest::noLoginLeadsElsewhere()
{
    QFETCH(QString, path);
    QFETCH(QString, goesTo);
    QCOMPARE(QString::fromStdString(ownPath(path.toStdString())), goesTo);
}

void SignInPartsTest::formsAreReadStrictly_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("good");
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("two") << QByteArray("a=1&b=x+y%20z") << true;
    QTest::newRow("bad escape") << QByteArray("a=%zz") << false;
    QTest::newRow("NUL") << QByteArray("a=%00") << false;
    QTest::newRow("very many") << QByteArray("a&").repeated(2000) << false;
}

void SignInPartsTest::formsAreReadStrictly()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, good);
    Request request;
    request.headers.emplace_back("content-type", "application/x-www-form-urlencoded; charset=utf-8");
    request.body = body.toStdString();
    const auto form = readForm(request);
    QCOMPARE(form.has_value(), good);
    if (body.startsWith("a=1"))
        QCOMPARE(form->text("b"), "x y z");
    request.headers.clear();
    QVERIFY(!readForm(request).has_value());
}

/// The table itself: whatever changes something for a logged-in browser by a form does not take a bearer token, and whatever
/// is under /settings and /admin is closed to strangers.
void SignInPartsTest::everyFormNeedsASession()
{
    int forms = 0;
    for (const Route& route : routes()) {
        const std::string_view path = route.path;
        if (path.starts_with("/settings"))
            QVERIFY2(route.access == Access::Member, route.path);
        if (path.starts_with("/admin"))
            QVERIFY2(route.access == Access::Moderator || route.access == Access::Admin, route.path);
        if (route.body != Body::Form)
            continue;
        ++forms;
        QCOMPARE(std::string_view(route.method), "POST");
        QVERIFY2(route.scope == nullptr, route.path);
    }
    QVERIFY(forms >= 24);
}

void SignInPartsTest::proseIsEscaped()
{
    QCOMPARE(proseOf("# A <b>\none\ntwo\n\n- x\n- y\nz"), "<h2>A &lt;b&gt;</h2><p>one<br>two</p><ul><li>x</li><li>y</li></ul><p>z</p>");
    QCOMPARE(proseOf(""), "");
}

QTEST_APPLESS_MAIN(SignInPartsTest)
#include "sign_in_parts_test.moc"
