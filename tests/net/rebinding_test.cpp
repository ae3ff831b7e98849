// SPDX-License-Identifier: GPL-3.0-or-later
// Names whose addresses change between two looks, or that have good and bad ones: a client for strangers' URLs connects to the
// address that it checked and to no other. This program is its own resolver and its own network: nothing leaves it.
#include "core/net/http_client.h"

#include <QTest>

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <mutex>
#include <new>
#include <utility>

using namespace artdag;

namespace {

using Addresses = std::vector<std::string>;

struct Network {
    std::mutex mutex;
    std::vector<Addresses> answers; ///< of the resolver, one for each time that it is asked; the last one again and again
    std::size_t asked = 0;
    Addresses connected;

    void begin(std::vector<Addresses> next)
    {
        const std::lock_guard lock(mutex);
        answers = std::move(next);
        asked = 0;
        connected.clear();
    }
};
Network network;

/// One block for each entry, so that freeing is simple.
addrinfo* entryOf(const std::string& address, const char* port, addrinfo* next)
{
    struct Entry {
        addrinfo info{};
        sockaddr_storage place{};
    };
    auto* entry = new (std::malloc(sizeof(Entry))) Entry();
    const auto number = htons(static_cast<std::uint16_t>(port != nullptr ? std::atoi(port) : 0));
    if (auto* four = reinterpret_cast<sockaddr_in*>(&entry->place); inet_pton(AF_INET, address.c_str(), &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = number;
        entry->info.ai_addrlen = sizeof(sockaddr_in);
    } else {
        auto* six = reinterpret_cast<sockaddr_in6*>(&entry->place);
        CHECK(inet_pton(AF_INET6, address.c_str(), &six->sin6_addr) == 1);
        six->sin6_family = AF_INET6;
        six->sin6_port = number;
        entry->info.ai_addrlen = sizeof(sockaddr_in6);
    }
    entry->info.ai_family = entry->place.ss_family;
    entry->info.ai_socktype = SOCK_STREAM;
    entry->info.ai_addr = reinterpret_cast<sockaddr*>(&entry->place);
    entry->info.ai_next = next;
    return &entry->info;
}

} // namespace

// The definitions of a program stand before those of the C library, for libcurl too.
extern "C" {

int getaddrinfo(const char*, const char* port, const addrinfo*, addrinfo** result)
{
    const std::lock_guard lock(network.mutex);
    const Addresses& answer = network.answers.at(std::min(network.asked++, network.answers.size() - 1));
    *result = nullptr;
    for (auto address = answer.rbegin(); address != answer.rend(); ++address)
        *result = entryOf(*address, port, *result);
    return 0;
}

void freeaddrinfo(addrinfo* entry)
{
    while (entry != nullptr)
        std::free(std::exchange(entry, entry->ai_next));
}

int connect(int, const sockaddr* address, socklen_t)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address->sa_family == AF_INET)
        inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text.data(), text.size());
    else if (address->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, text.data(), text.size());
    const std::lock_guard lock(network.mutex);
    if (text[0] != '\0')
        network.connected.emplace_back(text.data());
    errno = ECONNREFUSED;
    return -1;
}
}

class RebindingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSecondLookAtANameIsCheckedAgain_data();
    void aSecondLookAtANameIsCheckedAgain();
    void onlyThePublicOnesOfManyAreTried_data();
    void onlyThePublicOnesOfManyAreTried();
    void whoMayGoAnywhereGoesThere();

private:
    static Fault faultOf(HttpClient& client)
    {
        HttpRequest request;
        request.url = "https://rebinding.example/users/eve";
        const auto answer = client.send(request);
        return answer ? Fault::Corrupt : answer.error().fault;
    }
    static constexpr const char* good = "93.184.215.14";
};

void RebindingTest::aSecondLookAtANameIsCheckedAgain_data()
{
    QTest::addColumn<QString>("second");
    for (const char* address : {"127.0.0.1", "169.254.169.254", "10.0.0.1", "0.0.0.0", "192.168.1.1", "::1", "::ffff:127.0.0.1", "fd00::1", "64:ff9b::7f00:1"})
        QTest::newRow(address) << address;
}

void RebindingTest::aSecondLookAtANameIsCheckedAgain()
{
    QFETCH(QString, second);
    network.begin({{good}, {second.toStdString()}});
    const auto client = openHttpClient(Reach::PublicOnly);
    QCOMPARE(faultOf(*client), Fault::Unavailable); // nobody answers there, but it was asked
    QCOMPARE(network.connected, Addresses{good});
    QCOMPARE(network.asked, std::size_t{1});                // what is connected to is what was looked up: nothing is looked up in between
    const auto another = openHttpClient(Reach::PublicOnly); // the first one remembers the name for a minute
    QCOMPARE(faultOf(*another), Fault::Denied);
    QCOMPARE(network.asked, std::size_t{2});
    QCOMPARE(network.connected, Addresses{good});
}

void RebindingTest::onlyThePublicOnesOfManyAreTried_data()
{
    QTest::addColumn<QStringList>("addresses");
    QTest::newRow("private last") << QStringList{good, "127.0.0.1"};
    QTest::newRow("private first") << QStringList{"127.0.0.1", good};
    QTest::newRow("private between") << QStringList{good, "10.1.2.3", "1.1.1.1"};
    QTest::newRow("both families") << QStringList{"::1", good};
}

void RebindingTest::onlyThePublicOnesOfManyAreTried()
{
    QFETCH(QStringList, addresses);
    Addresses all;
    for (const QString& address : addresses)
        all.push_back(address.toStdString());
    network.begin({all});
    const auto client = openHttpClient(Reach::PublicOnly);
    QCOMPARE(faultOf(*client), Fault::Denied);
    for (const std::string& address : network.connected)
        QVERIFY2(address == good || address == "1.1.1.1", address.c_str());
}

void RebindingTest::whoMayGoAnywhereGoesThere()
{
    network.begin({{"127.0.0.1"}});
    const auto client = openHttpClient();
    QCOMPARE(faultOf(*client), Fault::Unavailable);
    QCOMPARE(network.connected, Addresses{"127.0.0.1"}); // so it is seen here when a connection is tried
}

QTEST_GUILESS_MAIN(RebindingTest)
#include "rebinding_test.moc"
