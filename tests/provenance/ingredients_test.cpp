// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/provenance/claim.h"

#include <QtTest>

#include <numeric>

using namespace artdag;

namespace {

ContentId id(const std::string& text)
{
    return ContentId{sha3(bytesOf(text))};
}

/// A manifest from a word for each ingredient: its role, then `+` when somebody is named.
RunFacts manifestOf(const QByteArray& words)
{
    RunFacts facts;
    int number = 0;
    for (const QByteArray& word : words.split(' ')) {
        const std::string owner = word.endsWith('+') ? "@a" + std::to_string(number) + "@x.example" : "";
        const ContentId hash = id("thing " + std::to_string(++number));
        if (word.startsWith("in"))
            facts.inputs.push_back({"p" + std::to_string(number), "n", hash, owner, "", ""});
        else if (word.startsWith("fx"))
            facts.effects.push_back({"effect:e" + std::to_string(number), "1", hash, owner});
        else if (word.startsWith("recipe"))
            facts.recipe.contentHash = hash, facts.recipe.author = owner;
        else if (word.startsWith("machine"))
            facts.infrastructure.softwareHash = hash, facts.infrastructure.operatorName = owner;
    }
    return facts;
}

} // namespace

class IngredientsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void weightsFollowTheDefaultPolicy_data()
    {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QByteArray>("weights");
        QTest::newRow("all four") << QByteArray("in+ fx+ recipe+ machine+") << QByteArray("4000 2500 2000 1500");
        QTest::newRow("equal within a role, the first gets what is over") << QByteArray("in+ in+ in+ fx+ recipe+ machine+") << QByteArray("1334 1333 1333 2500 2000 1500");
        QTest::newRow("effects of nobody fold over the others") << QByteArray("in+ fx fx recipe+ machine+") << QByteArray("5333 0 0 2667 2000");
        QTest::newRow("no inputs") << QByteArray("fx recipe+ machine") << QByteArray("0 10000 0");
        QTest::newRow("40, 25 and 20 of 85") << QByteArray("in+ fx+ recipe+ machine") << QByteArray("4706 2941 2353 0");
        QTest::newRow("nobody at all") << QByteArray("in fx recipe machine") << QByteArray("0 0 10000 0");
        QTest::newRow("one of two inputs names somebody") << QByteArray("in in+ recipe+") << QByteArray("0 6667 3333");
    }
    void weightsFollowTheDefaultPolicy()
    {
        QFETCH(QByteArray, words);
        QFETCH(QByteArray, weights);
        QByteArrayList got;
        for (const Ingredient& ingredient : ingredientsOf(manifestOf(words)))
            got << QByteArray::number(ingredient.weight);
        QCOMPARE(got.join(' '), weights);
    }

    void weightsAlwaysSumToAWholeAndNobodyGetsNothing()
    {
        const std::array<const char*, 6> words{"in+ ", "in ", "fx+ ", "fx ", "machine+ ", "in+ in+ "};
        for (std::uint64_t seed = 0; seed < 500; ++seed) {
            QByteArray line = randomBits(seed, 0) % 2 == 0 ? "recipe+ " : "recipe ";
            for (std::uint64_t i = 0; i < randomBits(seed, 1) % 40; ++i)
                line += words[randomBits(seed, 2, i) % words.size()];
            const auto ingredients = ingredientsOf(manifestOf(line.trimmed()));
            const bool anyone = std::ranges::any_of(ingredients, [](const Ingredient& one) { return !one.owner.empty(); });
            QCOMPARE(std::accumulate(ingredients.begin(), ingredients.end(), 0, [](int sum, const Ingredient& one) { return sum + one.weight; }), 10000);
            for (const Ingredient& one : ingredients)
                QVERIFY(one.weight >= 0 && (!anyone || (one.weight > 0) == !one.owner.empty()));
        }
    }

    void theSameFilmOnTwoPortsIsOneIngredient()
    {
        RunFacts facts = manifestOf("in+ recipe+");
        facts.inputs.push_back(facts.inputs[0]);
        facts.inputs[1].port = "again";
        QCOMPARE(ingredientsOf(facts).size(), std::size_t{2});
    }

    void disclosureFollowsFromTheGraph_data()
    {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("disclosure");
        QTest::newRow("drawn by rules") << QByteArray("recipe") << QByteArray("procedural") << QByteArray("algorithmicMedia");
        QTest::newRow("one film, changed") << QByteArray("in recipe") << QByteArray("none") << QByteArray("humanEdits");
        QTest::newRow("two films") << QByteArray("in in recipe") << QByteArray("none") << QByteArray("composite");
        QTest::newRow("by a model") << QByteArray("recipe") << QByteArray("model") << QByteArray("trainedAlgorithmicMedia");
        QTest::newRow("by a model from a film") << QByteArray("in recipe") << QByteArray("model") << QByteArray("compositeWithTrainedAlgorithmicMedia");
    }
    void disclosureFollowsFromTheGraph()
    {
        QFETCH(QByteArray, words);
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, disclosure);
        RunFacts facts = manifestOf(words);
        facts.generator.kind = kind.toStdString();
        QCOMPARE(disclosureOf(facts), disclosure.toStdString());
    }
};

QTEST_APPLESS_MAIN(IngredientsTest)
#include "ingredients_test.moc"
