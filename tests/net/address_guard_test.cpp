// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/address_guard.h"

#include <QTest>

#include <arpa/inet.h>

using namespace artdag;

class AddressGuardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyPublicAddressesPass_data();
    void onlyPublicAddressesPass();
    void strangersUrlsAreCheckedByForm_data();
    void strangersUrlsAreCheckedByForm();
};

void AddressGuardTest::onlyPublicAddressesPass_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isPublic");
    const char* refused[] = {"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
        "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "100::1", "2001::1", "2001:1ff:ffff::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1", "fdff::1", "fe80::1", "febf::1", "ff02::1", "1::1", "4000::1"};
    const char* allowed[] = {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.0",
        "192.167.255.255", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2001:200::1", "2001:4860:4860::8888", "2606:4700::1111", "2a00:1450::1", "2003::1"};
    for (const char* address : refused)
        QTest::newRow(address) << address << false;
    for (const char* address : allowed)
        QTest::newRow(address) << address << true;
}

void AddressGuardTest::onlyPublicAddressesPass()
{
    QFETCH(QString, address);
    QFETCH(bool, isPublic);
    Ipv4 four{};
    Ipv6 six{};
    const QByteArray text = address.toLatin1();
    if (inet_pton(AF_INET, text.constData(), four.data()) == 1) {
        QCOMPARE(isPublicAddress(four), isPublic);
    } else {
        QVERIFY(inet_pton(AF_INET6, text.constData(), six.data()) == 1);
        QCOMPARE(isPublicAddress(six), isPublic);
    }
}

void AddressGuardTest::strangersUrlsAreCheckedByForm_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("good");
    for (const char* url : {"https://artdag.example", "https://artdag.example/users/giles", "https://artdag.example:443/x?y#z", "https://xn--bcher-kva.example/", "https://a.b.c.d.example"})
        QTest::newRow(url) << url << true;
    for (const char* url : {"http://artdag.example", "ftp://artdag.example", "file:///etc/passwd", "gopher://artdag.example", "https://user@artdag.example", "https://user:pass@artdag.example", "https://artdag.example:8443",
             "https://127.0.0.1", "https://2130706433", "https://0x7f000001", "https://0177.0.0.1", "https://0x7f.1", "https://127.1", "https://[::1]", "https://[::1]:443", "https://[::ffff:127.0.0.1]", "https://localhost",
             "https://artdag.example./", "https://127.0.0.1./", "https://.example", "https://a..example", "https://", "https:///x", "https://artdag.example\\@127.0.0.1", "https://artdag example", "https://artdag.example\r\nX: y",
             "https://b\xC3\xBC"
             "cher.example",
             "https://art%64ag.example", ""})
        QTest::newRow(url) << QString::fromUtf8(url) << false;
}

void AddressGuardTest::strangersUrlsAreCheckedByForm()
{
    QFETCH(QString, url);
    QFETCH(bool, good);
    const auto result = checkStrangersUrl(url.toStdString());
    QCOMPARE(result.has_value(), good);
    if (!good)
        QCOMPARE(result.error().fault, Fault::Denied);
}

QTEST_APPLESS_MAIN(AddressGuardTest)
#include "address_guard_test.moc"
