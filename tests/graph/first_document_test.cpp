// SPDX-License-Identifier: GPL-3.0-or-later
// The document with which the format was designed: everything a recipe can say, checked with the effects that there are.
#include "core/graph/graph.h"
#include "tests/support/fake_effects.h"

#include <QtTest>

#include <algorithm>

using namespace artdag;

namespace {

const char* const document = R"({
  "artdag": 1,
  "title": "Spin and glow",
  "license": "CC-BY-4.0",
  "tags": ["cat"],
  "author": "@giles@a.example",
  "derivedFrom": ["sha3-256:00000000000000000000000000000000000000000000000000000000000000aa"],
  "canvas": {
    "width": 1920,
    "height": 1080,
    "rate": [30, 1],
    "sampleRate": 48000,
    "duration": 10,
    "workingSpace": "linear-bt709"
  },
  "inputs": {
    "footage": {
      "media": "media",
      "title": "Footage",
      "default": "sha3-256:00000000000000000000000000000000000000000000000000000000000000bb"
    }
  },
  "params": {
    "speed": {
      "type": "real",
      "default": 90,
      "min": -720,
      "max": 720,
      "unit": "deg/s",
      "title": "Speed"
    }
  },
  "handles": ["speed", "glow.amount"],
  "nodes": {
    "spin": {
      "effect": "rotate",
      "in": {"picture": "footage"},
      "args": {"angle": {"expr": "speed * t"}}
    },
    "beat": {"effect": "beats", "in": {"sound": "footage.sound"}},
    "glow": {
      "effect": "bloom",
      "in": {"picture": "spin"},
      "args": {"radius": 12, "amount": {"bind": "beat.events", "range": [0.1, 0.9], "decay": 0.25}}
    },
    "film": {
      "effect": "sequence",
      "in": {
        "items": [
          {"id": "a", "from": "glow", "in": 0, "out": 4.5, "args": {"transition": "crossfade"}},
          "footage"
        ]
      }
    }
  },
  "outputs": {
    "main": {"picture": "film", "sound": "footage.sound", "encode": "share-h264"}
  },
  "layout": {
    "spin": [120, 40]
  }
}
)";

/// The effects of this program, with `beats` as tests know it while there is none.
std::vector<CatalogueEntry> entriesWithBeats()
{
    const auto builtin = builtinEffects().entries;
    std::vector<CatalogueEntry> entries(builtin.begin(), builtin.end());
    if (builtinEffects().find("beats") == nullptr) {
        entries.push_back({"beats", "00", test::fakeEffects().find("beat")->effect});
        std::ranges::sort(entries, {}, &CatalogueEntry::name);
    }
    return entries;
}

} // namespace

class FirstDocumentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itIsInTheWrittenForm()
    {
        const auto read = readRecipe(document);
        QVERIFY(read.problems.empty());
        QCOMPARE(QString::fromStdString(writeRecipe(read.recipe)), QString(document));
    }
    void itChecks()
    {
        const auto entries = entriesWithBeats();
        for (const Problem& problem : checkRecipe(readRecipe(document).recipe, Catalogue{entries}).problems)
            QVERIFY2(problem.pointer == "/nodes/glow/args/amount" && problem.message.find("cannot follow signals yet") != std::string::npos, (problem.pointer + " " + problem.message).c_str());
    }
};

QTEST_APPLESS_MAIN(FirstDocumentTest)
#include "first_document_test.moc"
