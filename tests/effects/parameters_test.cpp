// SPDX-License-Identifier: GPL-3.0-or-later
// Every parameter of every effect changes what comes out, from its description alone.
#include "tests/support/argument_ends.h"
#include "tests/support/effect_settings.h"

#include "core/effect/catalogue.h"

#include <QTest>

using namespace artdag;

class ParametersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyParameterDoesSomething_data() { addEveryEffect(); }
    void everyParameterDoesSomething();
};

namespace {

constexpr std::int64_t soundLength = 192'000;

/// At least 0.1 % of pixels or samples differ, or the shape does.
bool differs(const EffectRun& a, const EffectRun& b)
{
    const auto shapes = a.facts();
    const auto otherShapes = b.facts();
    if (!shapes || !otherShapes || *shapes != *otherShapes)
        return true;
    for (std::size_t output = 0; output < shapes->size(); ++output) {
        const auto port = static_cast<int>(output);
        std::int64_t different = 0, all = 0;
        if ((*shapes)[output].type != PortType::Sound && (*shapes)[output].type != PortType::Picture) {
            const auto one = a.numbers(port), other = b.numbers(port);
            CHECK(one && other);
            all = 1;
            different = *one != *other ? 1 : 0;
        } else if ((*shapes)[output].type == PortType::Sound) {
            const auto one = a.sound({0, soundLength}, port), other = b.sound({0, soundLength}, port);
            CHECK(one && other);
            all = soundLength;
            for (std::int64_t i = 0; i < all; ++i)
                different += one->channel(0)[i] != other->channel(0)[i] || one->channel(1)[i] != other->channel(1)[i] ? 1 : 0;
        } else {
            for (const std::int64_t frame : {0, 7, 20, 40, 55}) {
                const auto one = a.picture(frame, port), other = b.picture(frame, port);
                CHECK(one && other);
                const Rect rect = one->rect();
                all += static_cast<std::int64_t>(rect.width()) * rect.height();
                for (int y = rect.y0; y < rect.y1; ++y)
                    for (int x = rect.x0; x < rect.x1; ++x) {
                        bool equal = true;
                        for (int plane = 0; plane < 4; ++plane)
                            equal = equal && one->view().at(plane, x, y) == other->view().at(plane, x, y);
                        different += equal ? 0 : 1;
                    }
            }
        }
        if (different * 1000 >= all)
            return true;
    }
    return false;
}

} // namespace

void ParametersTest::everyParameterDoesSomething()
{
    QFETCH(const Effect*, effect);
    QStringList idle;
    auto changes = [&](const Param& param, bool ofItem, const Value& end, bool stated) {
        EffectRun before = connectedRun(*effect, stated);
        if (ofItem)
            before.setItem(itemThatShows, param.name, param.initial);
        else
            before.set(param.name, param.initial);
        applyContext(before, param.name);
        EffectRun after = before;
        if (ofItem)
            after.setItem(itemThatShows, param.name, end);
        else
            after.set(param.name, end);
        return differs(before, after);
    };
    auto attempt = [&](const Param& param, bool ofItem) {
        for (const Value& end : endsOf(param)) {
            if (changes(param, ofItem, end, false) || changes(param, ofItem, end, true)) // with the others at default, or all moved
                continue;
            std::string text;
            for (const double component : componentsOf(end))
                text += std::to_string(component) + " ";
            const auto* whole = std::get_if<std::int64_t>(&end);
            idle << QString("%1 at %2").arg(std::string(param.name).c_str(), whole != nullptr ? QString::number(*whole) : QString::fromStdString(text));
        }
    };
    for (const Param& param : effect->params)
        attempt(param, false);
    for (const Param& param : effect->itemParams)
        attempt(param, true);
    QVERIFY2(idle.isEmpty(), qPrintable("nothing changes with " + idle.join(", ")));
}

QTEST_GUILESS_MAIN(ParametersTest)
#include "parameters_test.moc"
