// SPDX-License-Identifier: GPL-3.0-or-later
// Frames that are made of the frame before: simulations and loops, asked in order, out of order and by several threads.
#include "core/base/files.h"
#include "core/render/frame_chain.h"
#include "core/render/frame_server.h"
#include "core/render/run_plan.h"
#include "tests/support/graph_of.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <cstring>
#include <set>
#include <thread>

using namespace artdag;
using namespace artdag::test;

namespace {

/// A dot that goes round, with what it leaves behind.
const std::string trail = R"j("dot": {"effect": "shapes", "args": {"size": [12, 12], "position": {"expr": ["0.5 + 0.3 * cos(3 * t)", "0.5 + 0.3 * sin(3 * t)"]}}},
    "end": {"effect": "trails", "in": {"picture": "dot"}, "args": {"length": 0.5}})j";
/// Grey that doubles each frame: the loop's brightness tells how often it went round.
const std::string doubling = R"("start": {"effect": "solid", "args": {"colour": "#0d0d0d"}}, "last": {"effect": "feedback", "in": {"picture": "start", "previous": "twice"}},
    "twice": {"effect": "blend", "in": {"below": "last", "above": "last"}, "args": {"mode": "add", "space": "linear"}})";
/// A tunnel: the last frame, smaller and turned, over a moving picture, behind another loop that keeps what is bright.
const std::string tunnel = R"("cells": {"effect": "checker", "args": {"size": 9, "offset": {"expr": ["20 * t", "0"]}}}, "last": {"effect": "feedback", "in": {"previous": "both"}},
    "turned": {"effect": "transform", "in": {"picture": "last"}, "args": {"scale": [0.9, 0.9], "rotation": 4}},
    "both": {"effect": "blend", "in": {"below": "cells", "above": "turned"}, "args": {"opacity": 0.7}},
    "held": {"effect": "feedback", "in": {"previous": "bright"}}, "bright": {"effect": "blend", "in": {"below": "both", "above": "held"}, "args": {"mode": "lighten", "opacity": 0.8}},
    "end": {"effect": "contrast", "in": {"picture": "bright"}})";

class Server {
public:
    explicit Server(const std::string& nodes, const std::string& end = "end")
    {
        auto plan = makePlan(graphOf(recipeText(nodes, end, 8.0)), {}, m_sources);
        if (!plan)
            qFatal("%s", plan.error().message.c_str());
        m_server = std::make_unique<FrameServer>(*plan, m_sources);
    }
    FrameServer* operator->() { return m_server.get(); }
    PicturePointer frame(std::int64_t number)
    {
        auto picture = m_server->picture(*m_server->plan().output.picture, number);
        if (!picture)
            qFatal("%s", picture.error().message.c_str());
        return *picture;
    }

private:
    NoSources m_sources;
    std::unique_ptr<FrameServer> m_server;
};

bool same(const Picture& a, const Picture& b)
{
    for (int plane = 0; plane < 4; ++plane)
        for (int y = a.rect().y0; y < a.rect().y1; ++y)
            if (std::memcmp(a.view().row(plane, y), b.view().row(plane, y), static_cast<std::size_t>(a.rect().width()) * sizeof(float)) != 0)
                return false;
    return true;
}

std::string refusal(const std::string& nodes, const std::string& end)
{
    NoSources sources;
    const auto plan = makePlan(graphOf(recipeText(nodes, end)), {}, sources);
    return plan ? "" : plan.error().message;
}

} // namespace

class FrameMemoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLoopGoesRoundOnceAFrame()
    {
        Server server(doubling, "twice");
        const float start = server.frame(0)->view().at(green, 5, 5);
        for (const std::int64_t frame : {1, 2, 5, 3})
            QCOMPARE(server.frame(frame)->view().at(green, 5, 5), start * static_cast<float>(1 << frame));
    }

    void aTrailFadesAsItSays()
    {
        Server server(trail);
        Server dot(R"("end": {"effect": "shapes", "args": {"size": [12, 12], "position": [0.8, 0.5]}})");
        const auto at = [](const PicturePointer& picture) { return picture->view().at(green, 51, 24); };
        const float lit = at(dot.frame(0));
        QVERIFY(lit > 0.2F);
        QCOMPARE(at(server.frame(0)), lit);
        // 25 frames a second and half a second for a tenth: the dot has left the place after a fifth of a second.
        QVERIFY(std::abs(at(server.frame(13)) / at(server.frame(8)) - std::pow(0.1F, 5.0F / 12.5F)) < 0.001F);
    }

    void jumpingGivesWhatGoingGives_data()
    {
        QTest::addColumn<QString>("nodes");
        QTest::newRow("a simulation") << QString::fromStdString(trail);
        QTest::newRow("two loops") << QString::fromStdString(tunnel);
    }
    void jumpingGivesWhatGoingGives()
    {
        QFETCH(QString, nodes);
        Server going(nodes.toStdString()), jumping(nodes.toStdString());
        std::vector<PicturePointer> frames;
        for (std::int64_t frame = 0; frame < 150; ++frame)
            frames.push_back(going.frame(frame));
        for (const std::size_t frame : {149U, 3U, 70U, 148U, 0U, 64U, 65U, 1U})
            QVERIFY2(same(*frames[frame], *jumping.frame(static_cast<std::int64_t>(frame))), qPrintable(QString::number(frame)));
        QVERIFY(!same(*frames[10], *frames[11]));
    }

    void threadsMayAskAtTheSameTime()
    {
        Server going(tunnel), shared(tunnel);
        std::array<PicturePointer, 40> wanted, found;
        for (std::size_t i = 0; i < wanted.size(); ++i)
            wanted[i] = going.frame(static_cast<std::int64_t>(i));
        std::vector<std::thread> threads;
        for (std::size_t first = 0; first < 4; ++first)
            threads.emplace_back([&, first] {
                for (std::size_t i = first; i < found.size(); i += 4)
                    found[i] = shared.frame(static_cast<std::int64_t>(i));
            });
        for (std::thread& thread : threads)
            thread.join();
        for (std::size_t i = 0; i < wanted.size(); ++i)
            QVERIFY(same(*wanted[i], *found[i]));
    }

    void goingForwardStepsOnceAFrame()
    {
        Server server(trail);
        for (std::int64_t frame = 0; frame < 100; ++frame)
            server.frame(frame);
        QVERIFY(server->counters().nodesExecuted < 4 * 100);
    }

    void everyFrameHasAKeyOfItsOwn()
    {
        Server one(trail), other(trail + R"(, "unused": {"effect": "solid"})"), another(R"("dot": {"effect": "solid"}, "end": {"effect": "trails", "in": {"picture": "dot"}, "args": {"length": 0.4}})");
        std::set<FrameKey> keys;
        for (std::int64_t frame = 0; frame < 60; ++frame) {
            const FrameKey key = one->plan().outputFrameKey(frame);
            QVERIFY(keys.insert(key).second);
            QVERIFY(key == other->plan().outputFrameKey(frame));
        }
        QVERIFY(!keys.contains(another->plan().outputFrameKey(0)));
        // Asked at once, without those before.
        Server late(trail);
        QVERIFY(late->plan().outputFrameKey(59) == one->plan().outputFrameKey(59));
    }

    void aChangeKeepsTheFramesBefore()
    {
        const auto dimmed = [](const std::string& amount) { return R"("dot": {"effect": "gradient", "args": {"angle": {"expr": "40 * t"}}}, "end": {"effect": "trails", "in": {"picture": "dot"}, "args": {"amount": {"keys": [[0, 1], [1, 1], [1.04, )" + amount + "]]}}}"; };
        Server one(dimmed("0.5")), other(dimmed("0.6"));
        QVERIFY(one->plan().outputFrameKey(20) == other->plan().outputFrameKey(20));
        QVERIFY(one->plan().outputFrameKey(30) != other->plan().outputFrameKey(30));
    }

    void filmsDoNotDependOnThreads()
    {
        NoSources sources;
        std::vector<FramesHash> hashes;
        for (const int threads : {1, 4}) {
            auto folder = TemporaryDirectory::make();
            auto store = openStore(folder->path());
            QVERIFY(store);
            auto plan = makePlan(graphOf(recipeText(tunnel, "end", 2.0)), {}, sources);
            QVERIFY(plan);
            RunOptions options;
            options.threads = threads;
            const auto result = runPlan(*plan, *encodeProfile("master-ffv1"), **store, sources, options);
            QVERIFY2(result, result ? "" : result.error().message.c_str());
            hashes.push_back(result->framesHash);
        }
        QVERIFY(hashes[0] == hashes[1]);
    }

    void whatALoopCannotDoIsNamed()
    {
        const std::string late = R"("last": {"effect": "feedback", "in": {"previous": "end"}}, "end": {"effect": "segment", "in": {"picture": "last"}, "args": {"start": 0.4}})";
        QVERIFY2(refusal(late, "end").find("node 'end'") != std::string::npos && refusal(late, "end").find("loop") != std::string::npos, refusal(late, "end").c_str());
        const std::string small = R"("last": {"effect": "feedback", "in": {"previous": "end"}}, "end": {"effect": "crop", "in": {"picture": "last"}, "args": {"width": 20}})";
        QVERIFY2(refusal(small, "end").find("resize") != std::string::npos, refusal(small, "end").c_str());
    }

    void aChainHoldsFewLinks()
    {
        FrameChain<int> chain;
        int made = 0;
        std::vector<std::weak_ptr<const int>> links;
        const FrameChain<int>::Step step = [&](std::int64_t frame, const auto& before) -> Result<std::shared_ptr<const int>> {
            ++made;
            auto link = std::make_shared<const int>(before ? *before + 1 : 0);
            if (*link != frame)
                return fail(Fault::Corrupt, "a step came out of turn");
            links.push_back(link);
            return std::shared_ptr<const int>(std::move(link));
        };
        QCOMPARE(**chain.at(5000, step), 5000);
        QCOMPARE(made, 5001);
        const auto held = std::ranges::count_if(links, [](const auto& link) { return !link.expired(); });
        QVERIFY(held <= heldBehind() + static_cast<std::ptrdiff_t>(checkpoints) + 1);
        QCOMPARE(**chain.at(4999, step), 4999);
        QCOMPARE(made, 5001);
        QCOMPARE(**chain.at(4800, step), 4800); // from a checkpoint, not from the beginning
        QVERIFY(made < 5001 + 4800);
    }
};

QTEST_GUILESS_MAIN(FrameMemoryTest)
#include "frame_memory_test.moc"
