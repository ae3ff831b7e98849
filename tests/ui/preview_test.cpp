// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview_engine.h"

#include "core/base/files.h"
#include "core/recipe/edit_recipe.h"
#include "tests/media/film_maker.h"
#include "tests/ui/sample_recipe.h"
#include "ui/qt_std.h"
#include "ui/viewer.h"

#include <QtTest>

using namespace artdag;

/// A film of 640 × 360 with a group of 60 in a canvas of its size.
std::string filmRecipe(const ContentId& film)
{
    return R"({"artdag": 1, "title": "Film", "canvas": {"width": 640, "height": 360, "rate": [30, 1], "sampleRate": 48000, "duration": 2}, "nodes": {"clip": {"effect": "media", "args": {"file": ")" + film.text() + R"("}}}, "outputs": {"main": {"picture": "clip"}}})";
}

/// Two seconds whose pictures carry their number in eight bars, the least bit on the left, white for 1.
constexpr const char* numberedFilm = "-f lavfi -i color=black:s=640x360:r=30:d=2,format=yuv420p,geq=lum='16+219*mod(floor(N/pow(2,floor(X/80))),2)':cb=128:cr=128 -c:v libx264 -preset veryfast -g 250 -bf 2 -pix_fmt yuv420p";

std::int64_t numberIn(const QImage& picture)
{
    std::int64_t number = 0;
    for (int bit = 0; bit < 8; ++bit)
        number += qGray(picture.pixel(picture.width() * (2 * bit + 1) / 16, picture.height() / 2)) > 127 ? std::int64_t{1} << bit : 0;
    return number;
}

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

    /// Whether a picture that nobody asked for yet is shown without decoding the film. The engine takes a proxy up a moment
    /// after it is in the store.
    bool readsNoFilm(PreviewEngine& engine, const Recipe& recipe)
    {
        const std::int64_t decoded = m_workspace->sources->picturesDecoded();
        return m_next > 3 && picture(engine, recipe, "clip", --m_next, 0.5).has_value() && m_workspace->sources->picturesDecoded() == decoded;
    }

    /// A film in the store, another one for each hue.
    Result<ContentId> film(int hue)
    {
        m_next = 20;
        const std::string arguments = "-f lavfi -i testsrc2=s=640x360:r=30:d=2 -vf hue=h=" + std::to_string(hue) + " -c:v libx264 -preset veryfast -g 250 -pix_fmt yuv420p";
        if (!m_maker.make("film.mp4", arguments.c_str()))
            return fail(Fault::Unavailable, "ffmpeg made no film");
        return m_workspace->store->putFile(m_maker.path("film.mp4"), ObjectClass::Asset, Intake::Copy);
    }
    artdag::testing::FilmMaker m_maker;
    std::int64_t m_next = 0; ///< one more than the frame that readsNoFilm asks for

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

    /// A click at one sample of a file: where it is heard, and seen at full zoom, a column for each sample.
    void aClickIsDrawnAtItsSample()
    {
        constexpr std::int64_t place = 54'321;
        QVERIFY(m_maker.make("click.wav", ("-f lavfi -i aevalsrc='if(eq(n," + std::to_string(place) + "),0.9,0)':s=48000:d=2 -c:a pcm_s24le").c_str()));
        const auto id = m_workspace->store->putFile(m_maker.path("click.wav"), ObjectClass::Asset, Intake::Copy);
        QVERIFY(id.has_value());
        const Recipe recipe = readRecipe(R"({"artdag": 1, "canvas": {"width": 64, "height": 36, "rate": [30, 1], "sampleRate": 48000, "duration": 2}, "nodes": {"clip": {"effect": "media", "args": {"file": ")" + id->text() + R"("}}}, "outputs": {"main": {"sound": "clip.sound"}}})").recipe;
        PreviewEngine engine(*m_workspace, 64 << 20);
        engine.setRecipe(std::make_shared<const Recipe>(recipe));
        for (const std::int64_t first : {std::int64_t{0}, place - 5, place - 47'000}) {
            std::optional<Result<PreviewPeaks>> peaks;
            const int count = first == 0 ? 96'000 / 8 : 1000;
            const std::int64_t each = first == 0 ? 8 : (place - first > 1000 ? 48 : 1);
            engine.askPeaks(Urgency::Idle, "peaks", targetOfFilm(recipe), {first, count * each}, count, [&](Result<PreviewPeaks> got) { peaks = std::move(got); });
            QTRY_VERIFY_WITH_TIMEOUT(peaks.has_value(), 30000);
            QVERIFY2(peaks->has_value(), *peaks ? "" : peaks->error().message.c_str());
            const std::vector<float>& seen = (*peaks)->peaks;
            QCOMPARE(static_cast<std::int64_t>(std::ranges::max_element(seen) - seen.begin()), (place - first) / each);
            QVERIFY(*std::ranges::max_element(seen) > 0.8F);
            QCOMPARE(std::ranges::count_if(seen, [](float peak) { return peak > 0.01F; }), std::ptrdiff_t{1});
        }
    }

    void filmsGetTheirProxiesOnceAPictureWasShown()
    {
        const auto id = film(0);
        QVERIFY2(id.has_value(), id ? "" : id.error().message.c_str());
        PreviewEngine engine(*m_workspace, 64 << 20);
        const Recipe recipe = readRecipe(filmRecipe(*id)).recipe;
        engine.setRecipe(std::make_shared<const Recipe>(recipe));
        std::vector<ProxyState> states;
        connect(&engine, &PreviewEngine::proxiesChanged, this, [&] { states.push_back(engine.proxyState()); });
        QVERIFY(picture(engine, recipe, "clip", 50, 0.125).has_value()); // before: nothing was shown
        const auto before = picture(engine, recipe, "clip", 20, 0.5);
        QVERIFY(before.has_value());
        const Sources::MediaFacts facts = *m_workspace->sources->facts(*id);
        QTRY_VERIFY_WITH_TIMEOUT(Proxy::find(*m_workspace->store, *id, facts) != nullptr && engine.proxyState() == ProxyState{}, 120000);
        QVERIFY(std::ranges::any_of(states, [](const ProxyState& state) { return state.films == 1 && state.progress > 0 && state.progress < 1; }));
        // Once its plans are made anew previews read it; whole pictures do not.
        QTRY_VERIFY_WITH_TIMEOUT(readsNoFilm(engine, recipe), 10000);
        const std::int64_t decoded = m_workspace->sources->picturesDecoded();
        QVERIFY(picture(engine, recipe, "clip", 21, 1).has_value());
        QVERIFY(m_workspace->sources->picturesDecoded() > decoded);
        QVERIFY(picture(engine, recipe, "clip", 20, 0.5)->image != before->image); // it is named otherwise, and computed again
    }

    void aLostProxyIsMadeAgain()
    {
        const auto id = film(90);
        QVERIFY(id.has_value());
        PreviewEngine engine(*m_workspace, 64 << 20);
        const Recipe recipe = readRecipe(filmRecipe(*id)).recipe;
        engine.setRecipe(std::make_shared<const Recipe>(recipe));
        const Sources::MediaFacts facts = *m_workspace->sources->facts(*id);
        const auto proxy = [&] { return Proxy::find(*m_workspace->store, *id, facts); };
        QVERIFY(picture(engine, recipe, "clip", 3, 0.5).has_value());
        QTRY_VERIFY_WITH_TIMEOUT(proxy() != nullptr && engine.proxyState() == ProxyState{}, 120000);
        QTRY_VERIFY_WITH_TIMEOUT(readsNoFilm(engine, recipe), 10000);
        QVERIFY(m_workspace->store->remove(proxy()->sheet().pieces[1]));
        QVERIFY(proxy() == nullptr);
        QVERIFY(picture(engine, recipe, "clip", 40, 0.5).has_value()); // in what was lost
        QTRY_VERIFY_WITH_TIMEOUT(proxy() != nullptr, 120000);
    }

    void proxiesAreNotMadeWhereTheyAreNotWanted()
    {
        const auto id = film(180);
        QVERIFY(id.has_value());
        PreviewEngine engine(*m_workspace, 64 << 20);
        engine.setMakesProxies(false);
        const Recipe recipe = readRecipe(filmRecipe(*id)).recipe;
        engine.setRecipe(std::make_shared<const Recipe>(recipe));
        QVERIFY(picture(engine, recipe, "clip", 3, 0.5).has_value());
        QTRY_VERIFY(engine.idle());
        QCOMPARE(engine.proxyState(), ProxyState{});
    }

    void theNearestPictureInMemoryComesBeforeTheOneAskedFor()
    {
        PreviewEngine engine(*m_workspace, 64 << 20);
        const Recipe recipe = sampleRecipe();
        engine.setRecipe(std::make_shared<const Recipe>(recipe));
        const auto nearest = [&](std::int64_t frame, std::int64_t reach) {
            std::int64_t near = -1;
            bool done = false;
            const PreviewMeanwhile meanwhile{0.5, reach, [&](const PreviewPicture& got) {
                                                 near = got.frame;
                                                 QVERIFY(!done && got.image.size() == QSize(160, 90));
                                             }};
            engine.askPicture(
                Urgency::Viewer, "viewer", targetOfCard(recipe, builtinEffects(), "soft"), frame, 0.125, [&](Result<PreviewPicture>) { done = true; }, false, meanwhile);
            [&] { QTRY_VERIFY_WITH_TIMEOUT(done, 30000); }();
            return near;
        };
        QCOMPARE(nearest(4, 48), std::int64_t{-1});
        QVERIFY(picture(engine, recipe, "soft", 2, 0.5).has_value() && picture(engine, recipe, "soft", 9, 0.5).has_value());
        QCOMPARE(nearest(4, 48), std::int64_t{2});
        QCOMPARE(nearest(4, 1), std::int64_t{-1});
        QCOMPARE(nearest(7, 48), std::int64_t{9});
        QCOMPARE(nearest(2, 48), std::int64_t{-1}); // itself
    }

    void scrubbingShowsTheNearestPictureThenTheExactOne()
    {
        PreviewEngine engine(*m_workspace, 256 << 20);
        Document document;
        Player player;
        Recipe recipe = *setArgument(sampleRecipe(), "soft", "radius", Json(60));
        recipe.canvas.width = 1280; // so that the exact picture takes far longer than finding the nearest
        recipe.canvas.height = 720;
        document.reset(recipe, {});
        player.setLength(10, {10, 1}, 48000);
        engine.setRecipe(document.recipe());
        Viewer viewer(document, player);
        viewer.setViewSize({1280, 720});
        viewer.setEngine(&engine);
        viewer.setTarget(targetOfCard(recipe, builtinEffects(), "soft"), "soft");
        QTRY_VERIFY_WITH_TIMEOUT(viewer.isExact() && !viewer.image().isNull(), 30000);
        const auto near = picture(engine, recipe, "soft", 7, 1);
        QVERIFY(near.has_value());
        std::vector<QImage> shown;
        connect(&viewer, &Viewer::pictureArrived, this, [&] { shown.push_back(viewer.image()); });
        player.seek(6); // 0 is shown, 7 is in memory and nearer
        QTRY_VERIFY_WITH_TIMEOUT(viewer.isExact(), 30000);
        const auto wanted = picture(engine, recipe, "soft", 6, 1);
        QVERIFY(wanted.has_value() && !shown.empty());
        QVERIFY(shown.back() == wanted->image);
        QVERIFY2(shown.front() == near->image, qPrintable(QString("%1 pictures").arg(shown.size())));
    }

    /// The number is the film's own, not what the engine says the frame is: as an editor who reads a burnt-in timecode.
    void whileScrubbingThePlayheadsNumberIsReadInThePicture()
    {
        QVERIFY(m_maker.make("numbers.mp4", numberedFilm));
        const auto id = m_workspace->store->putFile(m_maker.path("numbers.mp4"), ObjectClass::Asset, Intake::Copy);
        QVERIFY(id.has_value());
        PreviewEngine engine(*m_workspace, 256 << 20);
        Document document;
        Player player;
        const Recipe recipe = readRecipe(filmRecipe(*id)).recipe;
        document.reset(recipe, {});
        player.setLength(60, {30, 1}, 48000);
        engine.setRecipe(document.recipe());
        Viewer viewer(document, player);
        viewer.setViewSize({640, 360});
        viewer.setEngine(&engine);
        viewer.setTarget(targetOfCard(recipe, builtinEffects(), "clip"), "clip");
        QTRY_VERIFY_WITH_TIMEOUT(viewer.isExact() && !viewer.image().isNull(), 30000);
        QStringList wrong;
        connect(&viewer, &Viewer::pictureArrived, this, [&] {
            if (const std::int64_t read = numberIn(viewer.image()); viewer.isExact() && read != player.frame())
                wrong << QStringLiteral("%1 shows %2").arg(player.frame()).arg(read);
        });
        int exact = 0;
        const auto goTo = [&](std::int64_t frame) {
            player.seek(frame);
            QTest::qWait(33);
            exact += viewer.isExact() ? 1 : 0;
        };
        for (std::int64_t frame = 1; frame < 60; ++frame) // as a hand goes over the film in two seconds
            goTo(frame);
        for (std::int64_t frame = 59; frame >= 0; --frame)
            goTo(frame);
        qInfo("%d of 119 places were shown exactly before the hand went on", exact);
        QVERIFY(exact > 0);
        for (std::int64_t step = 0; step < 60; ++step) { // every frame once, far from the one before
            player.seek(step * 37 % 60);
            QTRY_VERIFY_WITH_TIMEOUT(viewer.isExact(), 30000);
            QCOMPARE(numberIn(viewer.image()), step * 37 % 60);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QStringLiteral(", "))));
    }

    void theInspectionKnowsWhatIsCached()
    {
        PreviewEngine engine(*m_workspace, 64 << 20);
        const Recipe recipe = sampleRecipe();
        engine.setRecipe(std::make_shared<const Recipe>(recipe));
        auto state = [&](const char* name) {
            std::optional<Result<std::shared_ptr<const TracedInspection>>> answer;
            engine.askInspection(0.5, 0, 2, [&](Result<std::shared_ptr<const TracedInspection>> got) { answer = std::move(got); });
            [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 30000); }();
            for (const InspectedNode& node : (**answer)->inspection.nodes) {
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
