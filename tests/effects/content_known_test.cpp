// SPDX-License-Identifier: GPL-3.0-or-later
// An effect that is told what of a picture is empty gives what it gives without knowing.
#include "tests/support/effect_settings.h"

#include <QTest>

#include <cstring>

using namespace artdag;

namespace {

/// The stream with nothing around its middle.
TestStream islandOf(TestStream stream)
{
    if (stream.facts.type != PortType::Picture)
        return stream;
    const int width = stream.facts.width, height = stream.facts.height;
    const Rect island{width * 5 / 12, height / 3, width * 7 / 12, height * 2 / 3};
    stream.picture = [=, whole = stream.picture](std::int64_t frame, Rect part) {
        Picture picture(part);
        clear(picture.view());
        if (const Rect shown = island.clippedTo(part); !shown.empty())
            copy(whole(frame, shown).view(), picture.view());
        return picture;
    };
    return stream;
}

EffectRun runOf(const Effect& effect, bool stated, bool knows)
{
    EffectRun run(effect);
    run.connectAll(inputWidth, inputHeight, islandOf);
    if (stated)
        applyStated(run);
    for (const Param& param : effect.params)
        if (const auto at = std::ranges::find(param.choices, "transparent"); at != param.choices.end())
            run.set(param.name, static_cast<std::int64_t>(at - param.choices.begin()));
    if (knows)
        run.tellContent();
    return run;
}

} // namespace

class ContentKnownTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesTheSame_data() { addEveryEffect(); }
    void givesTheSame();
};

void ContentKnownTest::givesTheSame()
{
    QFETCH(const Effect*, effect);
    if (effect->inputs.empty() || effect->inputs.front().type != PortType::Picture || effect->outputs.front().type != PortType::Picture)
        return;
    for (const bool stated : {false, true}) {
        const EffectRun blind = runOf(*effect, stated, false), knowing = runOf(*effect, stated, true);
        if (!blind.facts())
            continue;
        for (const std::int64_t frame : {0, 11}) {
            const auto one = blind.picture(frame), other = knowing.picture(frame);
            QVERIFY(one && other);
            for (int plane = 0; plane < 4; ++plane)
                for (int y = one->rect().y0; y < one->rect().y1; ++y)
                    QVERIFY2(std::memcmp(one->view().row(plane, y), other->view().row(plane, y), sizeof(float) * static_cast<std::size_t>(one->rect().width())) == 0,
                        qPrintable(QString("%1, frame %2, plane %3, row %4").arg(stated ? "stated" : "default").arg(frame).arg(plane).arg(y)));
        }
    }
}

QTEST_GUILESS_MAIN(ContentKnownTest)
#include "content_known_test.moc"
