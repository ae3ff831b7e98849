// SPDX-License-Identifier: GPL-3.0-or-later
// What every effect gave when it was blessed, at every level of kernels; `./run bless` writes goldens.txt.
#include "tests/support/effect_settings.h"

#include "core/effect/catalogue.h"
#include "core/picture/simd.h"

#include <QProcess>
#include <QTest>

#include <fstream>
#include <map>

using namespace artdag;

class GoldensTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto level = simdLevel();
        QVERIFY2(level, level ? "" : level.error().message.c_str());
    }
    void goldensHold();
    void goldensHoldAtEverySimdLevel_data();
    void goldensHoldAtEverySimdLevel();
};

void GoldensTest::goldensHold()
{
    std::map<std::string, std::string> found;
    std::map<std::string, std::string> names;
    for (const CatalogueEntry& entry : builtinEffects().entries)
        for (const bool stated : {false, true}) {
            const std::string digest = digestOf(connectedRun(*entry.effect, stated));
            const std::string name = std::string(entry.name) + (stated ? " stated" : " default");
            found[name] = digest;
            if (stated != entry.effect->neutralAtDefault || (entry.effect->neutralAtDefault && entry.effect->params.empty()))
                continue; // neutral ones are compared where they do something
            if (name == "composite default")
                continue; // `over`, as artists expect, which is what blend does at its default
            const auto [other, isNew] = names.emplace(digest, name);
            QVERIFY2(isNew, qPrintable(QString("%1 and %2 give the same").arg(name.c_str(), other->second.c_str())));
        }
    const std::string path = ARTDAG_SOURCE_DIR "/tests/effects/goldens.txt";
    if (qEnvironmentVariable("ARTDAG_BLESS") == "1") {
        std::ofstream file(path);
        for (const auto& [name, digest] : found)
            file << name << ' ' << digest << '\n';
        return;
    }
    std::map<std::string, std::string> expected;
    std::ifstream file(path);
    for (std::string effect, setting, digest; file >> effect >> setting >> digest;)
        expected[effect + ' ' + setting] = digest;
    QStringList wrong;
    for (const auto& [name, digest] : found)
        if (expected[name] != digest)
            wrong << QString::fromStdString(name);
    for (const auto& [name, digest] : expected)
        if (!found.contains(name))
            wrong << QString::fromStdString(name) + " (gone)";
    QVERIFY2(wrong.isEmpty(), qPrintable("other pixels or samples than blessed: " + wrong.join(", ")));
}

void GoldensTest::goldensHoldAtEverySimdLevel_data()
{
    QTest::addColumn<QString>("level");
    for (const char* level : {"v2", "v3", "v4"})
        QTest::newRow(level) << level;
}

void GoldensTest::goldensHoldAtEverySimdLevel()
{
    QFETCH(QString, level);
    QProcess other;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("ARTDAG_SIMD", level);
    environment.remove("ARTDAG_BLESS");
    other.setProcessEnvironment(environment);
    other.setProcessChannelMode(QProcess::MergedChannels);
    other.start(QCoreApplication::applicationFilePath(), {"goldensHold"});
    QVERIFY(other.waitForFinished(300'000));
    const QByteArray said = other.readAll();
    if (said.contains("this machine has no x86-64"))
        QSKIP("a level that this machine lacks");
    QVERIFY2(other.exitStatus() == QProcess::NormalExit && other.exitCode() == 0, said.constData());
}

QTEST_GUILESS_MAIN(GoldensTest)
#include "goldens_test.moc"
