// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator says: which source wins, what is wrong, what is never shown. And lists of blocked domains.
#include "server/l2/domain_block_csv.h"
#include "server/operation/examination.h"
#include "server/operation/settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace artdag;
using namespace artdag::server;

class SettingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theNearerSourceWins_data();
    void theNearerSourceWins();
    void mistakesAreNamed_data();
    void mistakesAreNamed();
    void goodValuesPass_data();
    void goodValuesPass();
    void secretsAreNotShown_data();
    void secretsAreNotShown();
    void faultsOfTheFileAreNamed_data();
    void faultsOfTheFileAreNamed();
    void secretsThatEveryoneReadsAreRefused();
    void listsAreSplit();
    void blockListsComeBack();
    void blockListsAreReadAsOthersWriteThem_data();
    void blockListsAreReadAsOthersWriteThem();
    void clocksAreCompared();

private:
    std::string file(const QString& name, const QByteArray& text, QFile::Permissions permissions = QFile::ReadOwner | QFile::WriteOwner)
    {
        QFile file(m_directory.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.setPermissions(permissions))
            qFatal("cannot write a file of the test");
        return file.fileName().toStdString();
    }
    QTemporaryDir m_directory;
};

namespace {

const std::string strong = "0123456789abcdefghijklmnopqrstuvwxyz";

Settings settingsWith(const std::map<std::string, std::string>& environment)
{
    SettingSources sources;
    sources.environment = [environment](const std::string& name) -> std::optional<std::string> {
        const auto found = environment.find(name);
        return found == environment.end() ? std::nullopt : std::optional(found->second);
    };
    sources.secrets = "/nonexistent";
    return Settings::read(sources);
}

} // namespace

void SettingsTest::theNearerSourceWins_data()
{
    QTest::addColumn<QString>("sources");
    QTest::addColumn<QString>("winner");
    QTest::newRow("nothing said") << ""
                                  << "usual";
    QTest::newRow("file") << "f"
                          << "file";
    QTest::newRow("/run/secrets before the file") << "fr"
                                                  << "run";
    QTest::newRow("NAME_FILE before /run/secrets") << "frn"
                                                   << "named";
    QTest::newRow("environment before NAME_FILE") << "frne"
                                                  << "environment";
    QTest::newRow("command line before all") << "frneo"
                                             << "option";
    QTest::newRow("an empty environment says nothing") << "fE"
                                                       << "file";
}

void SettingsTest::theNearerSourceWins()
{
    QFETCH(QString, sources);
    QFETCH(QString, winner);
    auto secret = [](const std::string& from) { return from + " " + strong; };
    std::map<std::string, std::string> environment;
    SettingSources places;
    places.secrets = m_directory.filePath("none").toStdString();
    if (sources.contains('f'))
        places.files = {m_directory.filePath("is not there").toStdString(), file("artdagd.toml", QByteArray::fromStdString("jwt_secret = \"" + secret("file") + "\"\n"))};
    if (sources.contains('r')) {
        file("jwt_secret", QByteArray::fromStdString(secret("run") + "\n"));
        places.secrets = m_directory.path().toStdString();
    }
    if (sources.contains('n'))
        environment["JWT_SECRET_FILE"] = file("named", QByteArray::fromStdString(secret("named") + "\r\n"));
    if (sources.contains('e'))
        environment["JWT_SECRET"] = secret("environment");
    if (sources.contains('E'))
        environment["JWT_SECRET"] = "";
    if (sources.contains('o'))
        places.options["JWT_SECRET"] = secret("option");
    places.environment = [&](const std::string& name) -> std::optional<std::string> { return environment.contains(name) ? std::optional(environment[name]) : std::nullopt; };
    const Settings settings = Settings::read(places);
    QVERIFY2(settings.check(), settings.check() ? "" : settings.check().error().message.c_str());
    QCOMPARE(settings["JWT_SECRET"], winner == "usual" ? "" : secret(winner.toStdString()));
    QCOMPARE(settings["PORT"], "8200");
    QVERIFY(!settings.find("JWT_SECRET").from.empty());
}

void SettingsTest::mistakesAreNamed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    auto row = [](const char* name, const char* value) { QTest::addRow("%s=%s", name, value) << name << value; };
    row("PORT", "eighty");
    row("PORT", "65536");
    row("PORT", "-1");
    row("PORT", "80 ");
    row("THREADS", "0");
    row("MAX_UPLOAD", "500MB");
    row("ARTDAG_DOMAIN", "https://a.example");
    row("ARTDAG_DOMAIN", "A.example");
    row("PUBLIC_URL", "a.example");
    row("PUBLIC_URL", "https://user:pass@a.example");
    row("PUBLIC_URL", "https://a.example/?x");
    row("REGISTRATION", "maybe");
    row("L1_SERVERS", "https://a.example,ftp://b.example");
    row("L1_SERVERS", "https://a.example,,");
    row("TRUSTED_PROXIES", "proxy.example");
    row("DATABASE_URL", "mysql://x");
    row("SMTP_URL", "mail.example");
    row("SMTP_URL", "smtp://mail.example/inbox");
    row("SMTP_URL", "smtp://u:p/q@mail.example");
    row("SMTP_URL", "smtp://:587");
    row("SMTP_FROM", "artdag");
    row("FEDERATE_WITH", "a.example, https://b.example");
    row("SMTP_FROM", "Art DAG <artdag@a.example>");
    row("SMTP_FROM", "artdag@a.example\r\nBcc: b@b.example");
    row("JWT_SECRET", "short");
    row("JWT_SECRET", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    row("SECURE_MODE", "yes");
    row("DATABASE_URL_FILE", "/nonexistent/file");
}

void SettingsTest::mistakesAreNamed()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    const auto checked = settingsWith({{name.toStdString(), value.toStdString()}}).check();
    QVERIFY(!checked);
    QCOMPARE(checked.error().fault, Fault::BadInput);
    QVERIFY2(checked.error().message.starts_with(name.remove("_FILE").toStdString() + ": "), checked.error().message.c_str());
    QVERIFY(name != "JWT_SECRET" || checked.error().message.find(value.toStdString()) == std::string::npos);
}

void SettingsTest::goodValuesPass_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    auto row = [](const char* name, const char* value) { QTest::addRow("%s=%s", name, value) << name << value; };
    row("PORT", "0");
    row("ARTDAG_DOMAIN", "127.0.0.1:8200");
    row("ARTDAG_DOMAIN", "xn--grn-joa.example");
    row("HOST", "::1");
    row("PUBLIC_URL", "http://127.0.0.1:1/l2");
    row("L1_SERVERS", "https://a.example , https://b.example");
    row("TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8");
    row("DATABASE_URL", "postgresql:///artdag");
    row("DATABASE_URL", "sqlite:/x/y.sqlite");
    row("SMTP_URL", "smtps://u:p@mail.example:465");
    row("SMTP_URL", "smtp://u%40mail.example:p%2Fq@mail.example:587/");
    row("SMTP_FROM", "art+dag@a.example");
    row("FEDERATE_WITH", "a.example, 127.0.0.1");
    row("ALLOW_LOOPBACK", "true");
}

void SettingsTest::goodValuesPass()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    const Settings settings = settingsWith({{name.toStdString(), value.toStdString()}});
    const auto checked = settings.check();
    QVERIFY2(checked, checked ? "" : checked.error().message.c_str());
    QCOMPARE(settings[name.toStdString()], value.toStdString());
    QCOMPARE(settings.find(name.toStdString()).from, "environment");
}

void SettingsTest::secretsAreNotShown_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("shown");
    QTest::newRow("token secret") << "JWT_SECRET" << QString::fromStdString(strong) << "(hidden)";
    QTest::newRow("database") << "DATABASE_URL"
                              << "postgresql://artdag:hunter2@db.example:5432/artdag"
                              << "postgresql://…@db.example:5432/artdag";
    QTest::newRow("password with an at") << "DATABASE_URL"
                                         << "postgresql://artdag:hunter2@x@db.example/artdag"
                                         << "postgresql://…@db.example/artdag";
    QTest::newRow("password as an option") << "DATABASE_URL"
                                           << "postgresql://u@db.example/artdag?password=hunter2"
                                           << "postgresql://…@db.example/artdag";
    QTest::newRow("no user") << "DATABASE_URL"
                             << "postgresql:///artdag?password=hunter2"
                             << "(hidden)";
    QTest::newRow("a file") << "DATABASE_URL"
                            << "sqlite:/srv/a.sqlite"
                            << "sqlite:/srv/a.sqlite";
    QTest::newRow("mail") << "SMTP_URL"
                          << "smtps://u:hunter2@mail.example"
                          << "smtps://…@mail.example";
    QTest::newRow("no secret") << "PORT"
                               << "81"
                               << "81";
    QTest::newRow("nothing") << "JWT_SECRET"
                             << ""
                             << "(none)";
}

void SettingsTest::secretsAreNotShown()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, shown);
    const Settings settings = settingsWith({{name.toStdString(), value.toStdString()}});
    QCOMPARE(QString::fromStdString(server::shown(settings.find(name.toStdString()))), shown);
}

void SettingsTest::faultsOfTheFileAreNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("unknown name") << QByteArray("port = 1\nprot = 2\n") << ":2: 'prot': there is no such setting";
    QTest::newRow("not TOML") << QByteArray("port = = 1\n") << ":1: ";
    QTest::newRow("a table") << QByteArray("[port]\nx = 1\n") << "'port': must be text";
    QTest::newRow("a value that is wrong") << QByteArray("port = 99999\n") << "PORT: must be a whole number from 0 to 65535 (from file ";
}

void SettingsTest::faultsOfTheFileAreNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    SettingSources sources;
    sources.files = {file("wrong.toml", text)};
    const auto checked = Settings::read(sources).check();
    QVERIFY(!checked);
    QVERIFY2(QString::fromStdString(checked.error().message).contains(words), checked.error().message.c_str());
}

void SettingsTest::secretsThatEveryoneReadsAreRefused()
{
    const auto open = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther;
    QVERIFY(!settingsWith({{"JWT_SECRET_FILE", file("open", QByteArray::fromStdString(strong), open)}}).check());
    QVERIFY(settingsWith({{"JWT_SECRET_FILE", file("closed", QByteArray::fromStdString(strong))}}).check());
    SettingSources sources;
    sources.files = {file("open.toml", QByteArray::fromStdString("jwt_secret = \"" + strong + "\""), open)};
    QVERIFY(!Settings::read(sources).check());
    sources.files = {file("harmless.toml", "port = 8201", open)};
    QVERIFY(Settings::read(sources).check());
    QCOMPARE(Settings::read(sources).number("PORT"), 8201);
}

void SettingsTest::listsAreSplit()
{
    SettingSources sources;
    sources.files = {file("list.toml", "l1_servers = [\"https://a.example\", \"https://b.example\"]\nsecure_mode = true\n")};
    const Settings settings = Settings::read(sources);
    const std::vector<std::string> servers{"https://a.example", "https://b.example"};
    QCOMPARE(settings.list("L1_SERVERS"), servers);
    QVERIFY(settings.isOn("SECURE_MODE") && !settings.isOn("ALLOW_LOOPBACK"));
    QCOMPARE(settingsWith({{"L1_SERVERS", " https://a.example ,https://b.example"}}).list("L1_SERVERS"), servers);
    QCOMPARE(settingsWith({}).list("L1_SERVERS").size(), 0U);
}

void SettingsTest::blockListsComeBack()
{
    DomainBlock plain, full;
    plain.domain = "a.example";
    plain.severity = "silence";
    full.domain = "b.example";
    full.severity = "suspend";
    full.rejectMedia = full.rejectReports = full.obfuscate = true;
    full.publicComment = "spam, \"offers\"\nand more";
    full.privateComment = "for moderators";
    const std::string csv = csvOfBlocks({plain, full});
    QVERIFY(csv.starts_with("#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\na.example,silence,false,false,,false\n"));
    QVERIFY(csv.find("moderators") == std::string::npos);
    const auto read = blocksOfCsv(csv);
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QCOMPARE(read->size(), 2U);
    QCOMPARE(read->at(1).publicComment, full.publicComment);
    QVERIFY(read->at(1).rejectMedia && read->at(1).rejectReports && read->at(1).obfuscate && !read->at(0).rejectMedia);
    QCOMPARE(csvOfBlocks(*read), csv);
}

void SettingsTest::blockListsAreReadAsOthersWriteThem_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("domains"); ///< with severity; `!` for a refusal
    QTest::newRow("Mastodon") << QByteArray("#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\r\nbad.example,suspend,False,False,spam,False\r\n") << "bad.example/suspend";
    QTest::newRow("domains only") << QByteArray("domain\na.example\nb.example") << "a.example/suspend b.example/suspend";
    QTest::newRow("another order, a mark, an unknown column") << QByteArray("\xEF\xBB\xBFseverity,x,domain\nsilence,1,a.example\n\n") << "a.example/silence";
    QTest::newRow("only its names") << QByteArray("#domain,#severity\n") << "";
    QTest::newRow("no names") << QByteArray("a.example,suspend\n") << "!";
    QTest::newRow("unknown severity") << QByteArray("domain,severity\na.example,banish\n") << "!";
    QTest::newRow("empty") << QByteArray() << "!";
    QTest::newRow("bare domains") << QByteArray("\xEF\xBB\xBF"
                                                "c.example\r\nd.example")
                                  << "c.example/suspend d.example/suspend";
    QTest::newRow("open quote") << QByteArray("#domain\n\"a.example") << "!";
    QTest::newRow("no domain") << QByteArray("not a domain") << "!";
}

void SettingsTest::blockListsAreReadAsOthersWriteThem()
{
    QFETCH(QByteArray, csv);
    QFETCH(QString, domains);
    const auto read = blocksOfCsv(csv.toStdString());
    QStringList found;
    for (const DomainBlock& block : read ? *read : std::vector<DomainBlock>())
        found << QString::fromStdString(block.domain + "/" + block.severity);
    QCOMPARE(read ? found.join(' ') : QString("!"), domains);
}

void SettingsTest::clocksAreCompared()
{
    QCOMPARE(secondsAhead("Sat, 28 Nov 2026 06:20:00 GMT", 1'795'846'800), 0);
    QCOMPARE(secondsAhead("Sat, 28 Nov 2026 06:20:00 GMT", 1'795'846'890), 90);
    QCOMPARE(secondsAhead("yesterday", 5), 0);
}

QTEST_GUILESS_MAIN(SettingsTest)
#include "settings_test.moc"
