// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/base/random.h"
#include "core/render/frame_server.h"
#include "core/render/run_plan.h"
#include "tests/support/graph_of.h"

#include <QtTest>

#include <cstring>
#include <thread>

using namespace artdag;
using namespace artdag::test;

namespace {

const std::string chain = R"("cells": {"effect": "checker"}, "hue": {"effect": "hue_shift", "in": {"picture": "cells"}, "args": {"angle": {"expr": "90 * t"}}},
    "lit": {"effect": "brightness", "in": {"picture": "hue"}, "args": {"amount": 0.2}}, "turn": {"effect": "rotate", "in": {"picture": "lit"}, "args": {"angle": {"expr": "30 * t"}}},
    "soft": {"effect": "blur", "in": {"picture": "turn"}}, "end": {"effect": "contrast", "in": {"picture": "soft"}, "args": {"amount": 0.3}})";

const std::string clip = R"("clip": {"effect": "media", "args": {"file": "sha3-256:)" + std::string(64, '7') + R"("}}, "late": {"effect": "segment", "in": {"picture": "clip"}, "args": {"start": 0.4}}, "film": {"effect": "sequence", "in": {"items": [{"from": "clip", "in": 0, "out": 0.2}, {"from": "late"}]}})";

/// A film of 64 × 48 whose codes are noise, also beyond what its range allows.
class NoiseFilm : public NoSources {
public:
    explicit NoiseFilm(Coding coding)
        : m_coding(coding) {}
    Result<MediaFacts> facts(const ContentId&, const std::string&) override
    {
        MediaFacts facts;
        facts.hasPicture = true;
        facts.width = 64;
        facts.height = 48;
        facts.duration = 2 * flicksPerSecond;
        return facts;
    }
    Result<CodedPointer> picture(const ContentId&, Flicks time, const std::string& = {}) override
    {
        auto packed = std::make_shared<PackedPicture>(makePacked(64, 48, m_coding));
        for (std::size_t i = 0; i < packed->data.size(); ++i)
            packed->data[i] = static_cast<std::uint8_t>(randomBits(5, i, static_cast<std::uint64_t>(time)));
        auto view = std::make_shared<CodedPicture>(packed->view());
        view->owner = packed;
        return CodedPointer(view);
    }

private:
    Coding m_coding;
};

class Server {
public:
    explicit Server(const std::string& text, std::shared_ptr<FrameCache> cache = nullptr, std::unique_ptr<Sources> sources = std::make_unique<NoSources>(), FrameServer::Keep keep = FrameServer::Keep::Everything)
        : m_sources(std::move(sources))
    {
        auto plan = makePlan(graphOf(text), {}, *m_sources);
        if (!plan)
            qFatal("%s", plan.error().message.c_str());
        m_server = std::make_unique<FrameServer>(*plan, *m_sources, std::move(cache), keep);
    }
    FrameServer* operator->() { return m_server.get(); }
    PicturePointer frame(std::int64_t number, Rect rect = {0, 0, 64, 48})
    {
        auto picture = m_server->picture(*m_server->plan().output.picture, number, rect, {});
        if (!picture)
            qFatal("%s", picture.error().message.c_str());
        return *picture;
    }

private:
    std::unique_ptr<Sources> m_sources;
    std::unique_ptr<FrameServer> m_server;
};

bool equalOver(const Picture& a, const Picture& b, const Rect& rect)
{
    for (int plane = 0; plane < 4; ++plane)
        for (int y = rect.y0; y < rect.y1; ++y)
            if (std::memcmp(&a.view().at(plane, rect.x0, y), &b.view().at(plane, rect.x0, y), static_cast<std::size_t>(rect.width()) * sizeof(float)) != 0)
                return false;
    return true;
}

} // namespace

class FrameServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRegionIsTheCropOfTheWhole()
    {
        Server server(recipeText(chain, "end"));
        const auto whole = server.frame(9);
        for (const Rect rect : {Rect{0, 0, 1, 1}, Rect{13, 7, 40, 30}, Rect{60, 40, 64, 48}})
            QVERIFY(equalOver(*whole, *server.frame(9, rect), rect));
    }

    void aFrameThatStandsIsMadeOnce()
    {
        const std::string nodes = R"x("cells": {"effect": "checker"}, "turn": {"effect": "rotate", "in": {"picture": "cells"}, "args": {"angle": {"expr": "10 + 30 * floor(2 * t)"}}},
            "soft": {"effect": "blur", "in": {"picture": "turn"}, "args": {"radius": {"expr": "2 + t"}}})x";
        Server run(recipeText(nodes, "soft"), std::make_shared<FrameCache>(std::size_t{1} << 24), std::make_unique<NoSources>(), FrameServer::Keep::Still);
        Server alone(recipeText(nodes, "soft"));
        QVERIFY(equalOver(*run.frame(0), *alone.frame(0), {0, 0, 64, 48}));
        const auto once = run->counters().nodesExecuted.load();
        QVERIFY(equalOver(*run.frame(1), *alone.frame(1), {0, 0, 64, 48}));
        QCOMPARE(run->counters().nodesExecuted.load() - once, 1); // the blur alone
    }

    void aHeldFrameIsMadeOnce()
    {
        // The blocks of one hold all come from one frame of the second film.
        const std::string nodes = R"("cells": {"effect": "checker"}, "film": {"effect": "rotate", "in": {"picture": "cells"}, "args": {"angle": {"expr": "30 * t"}}},
            "other": {"effect": "plasma"}, "end": {"effect": "datamosh", "in": {"picture": "film", "other": "other"}, "args": {"block": 8, "hold": 1, "motion": 0}})";
        Server run(recipeText(nodes, "end"), std::make_shared<FrameCache>(std::size_t{1} << 24), std::make_unique<NoSources>(), FrameServer::Keep::Still);
        Server alone(recipeText(nodes, "end"));
        QVERIFY(equalOver(*run.frame(8), *alone.frame(8), {0, 0, 64, 48}));
        const auto once = run->counters().nodesExecuted.load();
        QVERIFY(equalOver(*run.frame(9), *alone.frame(9), {0, 0, 64, 48}));
        QCOMPARE(run->counters().nodesExecuted.load() - once, 2); // the film's present frame and the damage
    }

    void fusedStepsGiveWhatTheyGiveOneByOne()
    {
        // A second consumer makes the engine keep an edge whole that it would else fuse.
        Server fused(recipeText(chain, "end"));
        Server apart(recipeText(chain + R"(, "other": {"effect": "identity", "in": {"picture": "hue"}}, "both": {"effect": "blend", "in": {"below": "end", "above": "other"}, "args": {"opacity": 0}})", "both"));
        QVERIFY(equalOver(*fused.frame(4), *apart.frame(4), {0, 0, 64, 48}));
    }

    void codesDoNotDependOnHowAFrameIsMade()
    {
        // Strip by strip in display space, and by way of edges that are kept whole.
        const std::string tones = R"("lit": {"effect": "gradient", "args": {"angle": {"expr": "40 * t"}}}, "hue": {"effect": "hue_shift", "in": {"picture": "lit"}, "args": {"angle": 70}}, "end": {"effect": "contrast", "in": {"picture": "hue"}, "args": {"amount": 0.3}})";
        const std::string both = R"(, "both": {"effect": "blend", "in": {"below": "end", "above": "hue"}, "args": {"opacity": {"expr": "0 * t"}}})";
        for (const auto& [alone, end] : {std::pair{tones, "end"}, std::pair{chain, "end"}}) {
            Server fused(recipeText(alone, end));
            Server apart(recipeText(alone + both, "both"));
            PackedPicture codes[3];
            for (PackedPicture& packed : codes)
                packed = makePacked(64, 48, Coding{});
            QVERIFY(fused->coded(*fused->plan().output.picture, 4, codes[0]));
            QVERIFY(apart->coded(*apart->plan().output.picture, 4, codes[1]));
            QVERIFY(codes[0].data == codes[1].data);
            encodeFromLinear(fused.frame(4)->view(), codes[2]);
            for (std::size_t i = 0; i < codes[0].data.size(); ++i)
                QVERIFY(std::abs(codes[0].data[i] - codes[2].data[i]) <= 1);
        }
    }

    void aFilmPassedOnUnchangedGivesTheCodesOfItsFile()
    {
        Coding fullRange;
        fullRange.fullRange = true;
        Coding fine;
        fine.format = SampleFormat::Yuv444p;
        for (const Coding& coding : {Coding{}, fullRange, fine}) {
            Server server(recipeText(clip, "film"), nullptr, std::make_unique<NoiseFilm>(coding));
            for (const std::int64_t frame : {0, 4, 5, 9}) {
                PackedPicture native = makePacked(64, 48, coding), floats = native;
                QVERIFY(server->coded(*server->plan().output.picture, frame, native));
                encodeFromLinear(server.frame(frame)->view(), floats);
                const auto file = NoiseFilm(coding).picture({}, timeOfFrame(frame < 5 ? frame : frame + 5, {25, 1}));
                QVERIFY(std::memcmp(native.data.data(), (*file)->planes[0], native.data.size()) == 0);
                QVERIFY(native.data == floats.data);
            }
        }
    }

    void whatGathersWithoutSayingWhereIsGivenAllOfItsInput()
    {
        Server server(recipeText(R"("cells": {"effect": "checker"}, "tube": {"effect": "crt", "in": {"picture": "cells"}, "args": {"curvature": {"expr": "0.3 + 0 * t"}}})", "tube"));
        PackedPicture packed = makePacked(64, 48, Coding{});
        QVERIFY(server->coded(*server->plan().output.picture, 5, packed));
        QVERIFY(packed.data != makePacked(64, 48, Coding{}).data);
    }

    void toneStepsThatUndoEachOtherLeaveTheCode()
    {
        // Between the two, values stay in display space: nothing is lost to a curve and back.
        Server server(recipeText(R"("half": {"effect": "solid", "args": {"colour": [0.6, 0.6, 0.6, 1]}}, "up": {"effect": "brightness", "in": {"picture": "half"}, "args": {"amount": {"expr": "0.25 + 0 * t"}}}, "down": {"effect": "brightness", "in": {"picture": "up"}, "args": {"amount": -0.25}})", "down"));
        Coding coding;
        coding.format = SampleFormat::Rgb24;
        coding.fullRange = true;
        PackedPicture packed = makePacked(64, 48, coding);
        QVERIFY(server->coded(*server->plan().output.picture, 0, packed));
        QCOMPARE(packed.data[0], std::uint8_t{153});
    }

    void aCacheGivesTheEarlierPictureAndExecutesNothing()
    {
        auto cache = std::make_shared<FrameCache>(64U << 20);
        Server first(recipeText(chain, "end"), cache);
        const auto before = first.frame(3);
        Server undone(recipeText(chain, "end"), cache);
        const auto after = undone.frame(3);
        QCOMPARE(undone->counters().nodesExecuted.load(), 0);
        QVERIFY(before == after);
    }

    void aStillUnderAMovingPictureIsRenderedOnce()
    {
        auto cache = std::make_shared<FrameCache>(64U << 20);
        Server server(recipeText(R"("cells": {"effect": "checker"}, "soft": {"effect": "blur", "in": {"picture": "cells"}}, "turn": {"effect": "rotate", "in": {"picture": "soft"}, "args": {"angle": {"expr": "30 * t"}}})", "turn"), cache);
        server.frame(0);
        const auto once = server->counters().nodesExecuted.load();
        server.frame(1);
        QCOMPARE(server->counters().nodesExecuted.load() - once, 1);
    }

    void theCacheStaysWithinItsLimit()
    {
        auto cache = std::make_shared<FrameCache>(3 * 64 * 48 * 16);
        Server server(recipeText(chain, "end"), cache);
        for (int frame = 0; frame < 12; ++frame)
            server.frame(frame);
        QVERIFY(cache->bytes() <= 3U * 64 * 48 * 16);
        QVERIFY(cache->bytes() > 0);
    }

    void frames_beyondTheEndHoldTheLast()
    {
        Server server(recipeText(R"("bar": {"effect": "gradient"}, "turn": {"effect": "rotate", "in": {"picture": "bar"}, "args": {"angle": {"expr": "30 * t"}}}, "cut": {"effect": "sequence", "in": {"items": [{"id": "a", "from": "turn", "in": 0, "out": 1}]}})", "cut"));
        QVERIFY(equalOver(*server.frame(24), *server.frame(49), {0, 0, 64, 48}));
        QVERIFY(!equalOver(*server.frame(23), *server.frame(24), {0, 0, 64, 48}));
    }

    void aCancelledPullSaysSo()
    {
        Server server(recipeText(chain, "end"));
        CancelToken cancel;
        cancel.cancel();
        const auto picture = server->picture(*server->plan().output.picture, 0, cancel);
        QVERIFY(!picture);
        QCOMPARE(picture.error().fault, Fault::Cancelled);
    }

    void soundDoesNotDependOnTheRangeAsked()
    {
        Server server(recipeText(R"("bar": {"effect": "gradient"}, "pad": {"effect": "synth_pad"}, "loud": {"effect": "gain", "in": {"sound": "pad"}, "args": {"gain": {"expr": "-6 * t"}}})", "bar", 2.0, "loud"));
        const NodePort port = *server->plan().output.sound;
        const auto whole = server->sound(port, {0, 5000});
        const auto part = server->sound(port, {1234, 777});
        QVERIFY(whole && part);
        for (int channel = 0; channel < soundChannels; ++channel)
            QCOMPARE(std::memcmp(whole->channel(channel) + 1234, part->channel(channel), 777 * sizeof(float)), 0);
    }

    void aRunIsTheSameForEveryNumberOfThreads()
    {
        NoSources sources;
        const auto plan = makePlan(graphOf(recipeText(chain, "end", 2.2)), {}, sources);
        QVERIFY(plan);
        std::vector<RunResult> results;
        for (const int threads : {1, 2, 7}) {
            auto folder = TemporaryDirectory::make();
            auto store = openStore(folder->path());
            QVERIFY(store);
            RunOptions options;
            options.threads = threads;
            auto result = runPlan(*plan, *encodeProfile("share-h264"), **store, sources, options);
            QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
            results.push_back(std::move(*result));
        }
        for (const RunResult& result : results) {
            QCOMPARE(result.chunks, results.front().chunks);
            QCOMPARE(result.framesHash, results.front().framesHash);
            QCOMPARE(result.framesRendered, 55);
        }
    }

    void aSecondRunRendersNothingAndAVerificationEverything()
    {
        NoSources sources;
        const auto plan = makePlan(graphOf(recipeText(chain, "end", 1.0)), {}, sources);
        auto folder = TemporaryDirectory::make();
        auto store = openStore(folder->path());
        const EncodeProfile profile = *encodeProfile("share-h264");
        const auto first = runPlan(*plan, profile, **store, sources, {});
        const auto second = runPlan(*plan, profile, **store, sources, {});
        RunOptions verification;
        verification.useCache = false;
        const auto third = runPlan(*plan, profile, **store, sources, verification);
        QVERIFY(first && second && third);
        QCOMPARE(second->framesRendered, 0);
        QCOMPARE(second->chunksCached, 1);
        QCOMPARE(third->framesRendered, 25);
        QCOMPARE(third->cacheReads, 0);
        QCOMPARE(second->framesHash, first->framesHash);
        QCOMPARE(third->framesHash, first->framesHash);
    }

    void aCancelledRunEndsWithinHalfASecond()
    {
        NoSources sources;
        const auto plan = makePlan(graphOf(recipeText(chain, "end", 3600.0)), {}, sources);
        auto folder = TemporaryDirectory::make();
        auto store = openStore(folder->path());
        RunOptions options;
        std::chrono::steady_clock::time_point asked;
        options.progress = [&](const RunProgress& progress) {
            if (progress.framesDone > 30 && !options.cancel.cancelled()) {
                asked = std::chrono::steady_clock::now();
                options.cancel.cancel();
            }
        };
        const auto run = runPlan(*plan, *encodeProfile("share-h264"), **store, sources, options);
        QVERIFY(!run);
        QCOMPARE(run.error().fault, Fault::Cancelled);
        QVERIFY(std::chrono::steady_clock::now() - asked < std::chrono::milliseconds(500));
    }
};

QTEST_APPLESS_MAIN(FrameServerTest)
#include "frame_server_test.moc"
