// SPDX-License-Identifier: GPL-3.0-or-later
// What has one key in all frames is known to be a still: it is made once and kept, and so is what is made of it.
#include <QtTest>

#include "core/effect/catalogue.h"
#include "tests/support/effect_settings.h"
#include "tests/support/graph_of.h"

#include <algorithm>
#include <fmt/format.h>

using namespace artdag;
using namespace artdag::test;

namespace {

/// `{"in":…}` with a still picture on each input port, or nothing where the effect wants more than pictures.
std::optional<std::string> fedWithStills(const Effect& effect)
{
    std::string fed;
    for (const Port& port : effect.inputs) {
        if (port.type != PortType::Picture)
            return std::nullopt;
        fed += fmt::format(R"({}"{}":{})", fed.empty() ? "" : ",", port.name, port.list ? R"(["card","ground"])" : fed.empty() ? R"("card")"
                                                                                                                               : R"("ground")");
    }
    return fed.empty() ? "" : fmt::format(R"(,"in":{{{}}})", fed);
}

std::optional<std::shared_ptr<const Plan>> planned(const Effect& effect, const std::string& arguments)
{
    const auto fed = fedWithStills(effect);
    if (!fed || effect.outputs[0].type != PortType::Picture)
        return std::nullopt;
    NoSources sources;
    const std::string nodes = fmt::format(R"("card":{{"effect":"gradient"}},"ground":{{"effect":"checker"}},"it":{{"effect":"{}"{},"args":{{{}}}}})", effect.name, *fed, arguments);
    auto plan = makePlan(graphOf(recipeText(nodes, "it", 12.0)), {}, sources);
    return plan ? std::optional(*plan) : std::nullopt; // some want what ends, or a file
}

bool isStill(const Plan& plan)
{
    return !plan.nodes[static_cast<std::size_t>(plan.output.picture->node)].animated;
}

/// Whether the frames at the beginning, at the end and between have one key.
bool hasOneKey(const Plan& plan)
{
    const std::int64_t last = plan.frames - 1;
    const FrameKey first = plan.outputFrameKey(0);
    return std::ranges::all_of(std::initializer_list<std::int64_t>{1, last / 5, last / 3, last / 2, last}, [&](std::int64_t frame) { return plan.outputFrameKey(frame) == first; });
}

} // namespace

class StillsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneKeyIsOnePicture_data() { addEveryEffect(); }
    void oneKeyIsOnePicture()
    {
        QFETCH(const Effect*, effect);
        const auto plan = planned(*effect, "");
        if (!plan)
            return;
        QCOMPARE(isStill(**plan), hasOneKey(**plan));
    }

    void whatHasNoSpeedStands_data() { addEveryEffect(); }
    void whatHasNoSpeedStands()
    {
        QFETCH(const Effect*, effect);
        for (const std::string param : {"speed", "rate"}) {
            const auto found = std::ranges::find(effect->params, param, &Param::name);
            const auto plan = found == effect->params.end() ? std::nullopt : planned(*effect, fmt::format(R"("{}":0)", param));
            if (!plan)
                continue;
            QCOMPARE(isStill(**plan), hasOneKey(**plan));
            if (found->animatable)
                QVERIFY(!isStill(**planned(*effect, fmt::format(R"("{}":{{"expr":"t"}})", param))));
        }
    }
};

QTEST_GUILESS_MAIN(StillsTest)
#include "stills_test.moc"
