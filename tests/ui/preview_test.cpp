// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview_engine.h"

#include "core/base/files.h"
#include "core/recipe/edit_recipe.h"
#include "tests/ui/sample_recipe.h"
#include "ui/qt_std.h"

#include <QtTest>

using namespace artdag;

class PreviewTest : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryDirectory> m_home;
    std::unique_ptr<Workspace> m_workspace;

    /// The picture of a card, waited for.
    Result<PreviewPicture> picture(PreviewEngine& engine, const Recipe& recipe, const char* card, std::int64_t frame, double scale)
    {
        std::optional<Result<PreviewPicture>> answer;
        engine.askPicture(Urgency::Viewer, "viewer", targetOfCard(recipe, builtinEffects(), card), frame, scale, [&](Result<PreviewPicture> got) { answer = std::move(got); });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 30000); }();
        return answer ? std::move(*answer) : Result<PreviewPicture>(fail(Fault::Unavailable, "no answer"));
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto home = TemporaryDirectory::make();
        QVERIFY(home.has_value());
        m_home = std::make_unique<TemporaryDirectory>(std::move(*home));
        auto workspace = openWorkspace(m_home->path());
        QVERIFY2(workspace.has_value(), workspace ? "" : workspace.error().message.c_str());
        m_workspace = std::move(*workspace);
    }
    void cleanupTestCase()
    {
        m_workspace.reset();
        m_home.reset();
    }

    void theScaleHasEnoughPixelsForTheView_data()
    {
        QTest::addColumn<double>("view");
        QTest::addColumn<double>("scale");
        QTest::newRow("huge") << 4000.0 << 1.0;
        QTest::newRow("exact") << 1920.0 << 1.0;
        QTest::newRow("half") << 960.0 << 0.5;
        QTest::newRow("quarter") << 480.0 << 0.25;
        QTest::newRow("card") << 160.0 << 0.125;
    }
    void theScaleHasEnoughPixelsForTheView()
    {
        QFETCH(double, view);
        QFETCH(double, scale);
        QCOMPARE(previewScale(1920, 1080, view, view * 9 / 16), scale);
    }

    void aPictureArrivesAtTheAskedScale()
    {
        PreviewEngine engine(*m_workspace, 64 << 20);
        const Recipe recipe = sampleRecipe();
        engine.setRecipe(std::make_shared<const Recipe>(recipe));
        const auto full = picture(engine, recipe, "soft", 3, 1);
        QVERIFY2(full.has_value(), full ? "" : full.error().message.c_str());
        QCOMPARE(full->image.size(), QSize(320, 180));
        const auto half = picture(engine, recipe, "soft", 3, 0.5);
        QVERIFY(half.has_value());
        QCOMPARE(half->image.size(), QSize(160, 90));
        const auto earlier = picture(engine, recipe, "soft", 0, 0.5);
        QVERIFY(earlier.has_value());
        QVERIFY(earlier->image != half->image); // the hue turns with time
    }

    void anEditShowsAndUndoComputesNothing()
    {
        PreviewEngine engine(*m_workspace, 64 << 20);
        const auto before = std::make_shared<const Recipe>(sampleRecipe());
        engine.setRecipe(before);
        const auto first = picture(engine, *before, "soft", 2, 1);
        QVERIFY(first.has_value());

        const auto after = std::make_shared<const Recipe>(*setArgument(*before, "soft", "radius", Json(30)));
        engine.setRecipe(after);
        const auto second = picture(engine, *after, "soft", 2, 1);
        QVERIFY(second.has_value());
        QVERIFY(second->image != first->image);

        const std::int64_t executed = engine.nodesExecuted();
        QVERIFY(executed > 0);
        engine.setRecipe(before);
        const auto again = picture(engine, *before, "soft", 2, 1);
        QVERIFY(again.has_value());
        QVERIFY(again->image == first->image);
        QCOMPARE(engine.nodesExecuted(), executed);
    }

    void aHalfMadeNodeElsewhereDoesNotHideThePicture()
    {
        PreviewEngine engine(*m_workspace, 64 << 20);
        const Recipe recipe = *addNode(sampleRecipe(), "blend", {0, 0}, "half_made");
        engine.setRecipe(std::make_shared<const Recipe>(recipe));
        QVERIFY(picture(engine, recipe, "soft", 0, 0.25).has_value());
        const auto broken = picture(engine, recipe, "half_made", 0, 0.25);
        QVERIFY(!broken.has_value());
        QVERIFY2(broken.error().message.find("half_made") != std::string::npos, broken.error().message.c_str());
    }

    void soundAndItsPeaksArrive()
    {
        PreviewEngine engine(*m_workspace, 64 << 20);
        const Recipe recipe = sampleRecipe();
        engine.setRecipe(std::make_shared<const Recipe>(recipe));
        std::optional<Result<Sound>> sound;
        engine.askSound(Urgency::Sound, "sound", targetOfFilm(recipe), {4800, 480}, [&](Result<Sound> got) { sound = std::move(got); });
        QTRY_VERIFY_WITH_TIMEOUT(sound.has_value(), 30000);
        QVERIFY2(sound->has_value(), *sound ? "" : sound->error().message.c_str());
        QCOMPARE((*sound)->range(), (SampleRange{4800, 480}));
        std::optional<Result<PreviewPeaks>> peaks;
        engine.askPeaks(Urgency::Idle, "peaks", targetOfFilm(recipe), {0, 48000}, 10, [&](Result<PreviewPeaks> got) { peaks = std::move(got); });
        QTRY_VERIFY_WITH_TIMEOUT(peaks.has_value(), 30000);
        QVERIFY(peaks->has_value());
        QCOMPARE((*peaks)->peaks.size(), std::size_t{10});
        QVERIFY(*std::max_element((*peaks)->peaks.begin(), (*peaks)->peaks.end()) > 0.01F);
    }

    void theInspectionKnowsWhatIsCached()
    {
        PreviewEngine engine(*m_workspace, 64 << 20);
        const Recipe recipe = sampleRecipe();
        engine.setRecipe(std::make_shared<const Recipe>(recipe));
        auto state = [&](const char* name) {
            std::optional<Result<std::shared_ptr<const Inspection>>> answer;
            engine.askInspection(0.5, 0, 2, [&](Result<std::shared_ptr<const Inspection>> got) { answer = std::move(got); });
            [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 30000); }();
            for (const InspectedNode& node : (**answer)->nodes) {
                if (node.name == name)
                    return node.state;
            }
            return NodeState::Failed;
        };
        QCOMPARE(state("soft"), NodeState::Absent);
        QVERIFY(picture(engine, recipe, "soft", 0, 0.5).has_value());
        QCOMPARE(state("soft"), NodeState::Partial);
        QVERIFY(picture(engine, recipe, "soft", 1, 0.5).has_value());
        QCOMPARE(state("soft"), NodeState::Cached);
    }
};

QTEST_GUILESS_MAIN(PreviewTest)
#include "preview_test.moc"
