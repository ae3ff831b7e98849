// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every effect, derived from its description. An effect comes under these tests by existing.
#include "tests/support/argument_ends.h"
#include "tests/support/effect_settings.h"
#include "tests/support/run_effect.h"

#include "core/effect/catalogue.h"
#include "core/picture/simd.h"
#include "core/recipe/recipe_wires.h"

#include <QTest>

#include <cmath>
#include <cstring>
#include <future>
#include <set>

using namespace artdag;

namespace {

bool makesPicture(const Effect& effect)
{
    return effect.outputs[0].type == PortType::Picture;
}

bool same(const Picture& a, const Picture& b)
{
    if (a.rect() != b.rect())
        return false;
    for (int plane = 0; plane < 4; ++plane)
        for (int y = a.rect().y0; y < a.rect().y1; ++y)
            if (std::memcmp(a.view().row(plane, y), b.view().row(plane, y), sizeof(float) * static_cast<std::size_t>(a.rect().width())) != 0)
                return false;
    return true;
}

bool isFinite(const Picture& picture)
{
    for (int plane = 0; plane < 4; ++plane)
        for (int y = picture.rect().y0; y < picture.rect().y1; ++y)
            for (int x = picture.rect().x0; x < picture.rect().x1; ++x)
                if (!std::isfinite(picture.view().at(plane, x, y)))
                    return false;
    return true;
}

bool isFinite(const Sound& sound)
{
    for (int channel = 0; channel < soundChannels; ++channel)
        for (std::int64_t i = 0; i < sound.range().count; ++i)
            if (!std::isfinite(sound.channel(channel)[i]))
                return false;
    return true;
}

Picture part(const Picture& whole, Rect rect)
{
    Picture cut(rect);
    copy(whole.view(), cut.view());
    return cut;
}

/// Large pictures are looked at through windows: the engine never makes more of them either.
std::vector<Rect> windowsOf(const StreamFacts& facts)
{
    const Rect whole{0, 0, facts.width, facts.height};
    if (static_cast<std::int64_t>(facts.width) * facts.height <= 200'000)
        return {whole};
    const int x = facts.width / 2, y = facts.height / 2;
    return {Rect{0, 0, 60, 40}.clippedTo(whole), Rect{x, y, x + 60, y + 40}.clippedTo(whole), Rect{facts.width - 60, facts.height - 40, facts.width, facts.height}.clippedTo(whole)};
}

/// Renders what the effect gives and looks for NaN, which is also what it did not write.
void expectFinite(const EffectRun& run)
{
    const auto facts = run.facts();
    QVERIFY2(facts, facts ? "" : facts.error().message.c_str());
    for (std::size_t output = 0; output < facts->size(); ++output) {
        const StreamFacts& stream = (*facts)[output];
        if (stream.type == PortType::Picture) {
            QVERIFY(stream.width > 0 && stream.height > 0);
            for (const Rect& window : windowsOf(stream))
                for (const std::int64_t frame : {std::int64_t{0}, std::int64_t{9}}) {
                    const auto picture = run.picture(frame, window, static_cast<int>(output));
                    QVERIFY2(picture, picture ? "" : picture.error().message.c_str());
                    QVERIFY(isFinite(*picture));
                }
        } else if (stream.type == PortType::Sound) {
            const auto sound = run.sound({0, 4096}, static_cast<int>(output));
            QVERIFY2(sound, sound ? "" : sound.error().message.c_str());
            QVERIFY(isFinite(*sound));
        } else {
            const auto numbers = run.numbers(static_cast<int>(output));
            QVERIFY2(numbers, numbers ? "" : numbers.error().message.c_str());
            QVERIFY(std::ranges::all_of(*numbers, [](double number) { return std::isfinite(number); }));
        }
    }
}

} // namespace

class EffectsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto level = simdLevel();
        QVERIFY2(level, level ? "" : level.error().message.c_str());
    }
    void describesItself_data() { addEveryEffect(); }
    void describesItself();
    void buildsWithDefaultLeastAndMost_data() { addEveryEffect(); }
    void buildsWithDefaultLeastAndMost();
    void worksAtAnySize_data() { addEveryEffect(); }
    void worksAtAnySize();
    void aPartIsTheCropOfTheWhole_data() { addEveryEffect(); }
    void aPartIsTheCropOfTheWhole();
    void soundDoesNotDependOnTheRangeAsked_data() { addEveryEffect(); }
    void soundDoesNotDependOnTheRangeAsked();
    void transparentPixelsStayClean_data() { addEveryEffect(); }
    void transparentPixelsStayClean();
    void passesExactlyWhatItSays_data() { addEveryEffect(); }
    void passesExactlyWhatItSays();
    void isNeutralAtDefaultIfItSaysSo_data() { addEveryEffect(); }
    void isNeutralAtDefaultIfItSaysSo();
    void threadsDoNotMatter_data() { addEveryEffect(); }
    void threadsDoNotMatter();
};

void EffectsTest::describesItself()
{
    QFETCH(const Effect*, effect);
    QVERIFY(!effect->title.empty() && !effect->help.empty() && !effect->tags.empty() && !effect->synonyms.empty());
    QCOMPARE(std::string(QTest::currentDataTag()), std::string(effect->name));
    QVERIFY(!effect->outputs.empty());
    QVERIFY2(makesPicture(*effect) ? effect->render != nullptr : true, "a picture needs render");
    for (const Port& output : effect->outputs) {
        QVERIFY2(output.type != PortType::Signal || effect->signal != nullptr || effect->analyse != nullptr, "a signal needs signal or analyse");
        QVERIFY2(output.type != PortType::Events || effect->events != nullptr || effect->analyse != nullptr, "events need events or analyse");
    }
    for (const Param& param : effect->params)
        QVERIFY2(!param.animatable || (effect->events == nullptr && effect->analyse == nullptr), "what events and analyses are made of never moves");
    std::set<std::string_view> names;
    auto check = [&](const Param& param) {
        QVERIFY2(names.insert(param.name).second, std::string(param.name).c_str());
        QVERIFY2(!param.title.empty(), std::string(param.name).c_str());
        QVERIFY2(param.initial.index() == mostOf(param).index(), "the default is not of the parameter's kind");
        QVERIFY(param.kind != ParamKind::Choice || param.choices.size() > 1);
        for (const double component : componentsOf(param.initial))
            QVERIFY2(param.kind == ParamKind::Time || param.kind == ParamKind::Colour || (component >= param.least && component <= param.most), std::string(param.name).c_str());
    };
    for (const Param& param : effect->params)
        check(param);
    names.clear();
    for (const Param& param : effect->itemParams)
        check(param);
    for (std::size_t i = 0; i < effect->inputs.size(); ++i)
        QVERIFY2(!effect->inputs[i].list || i + 1 == effect->inputs.size(), "a list port is the last");
    for (const Port& input : effect->inputs)
        QVERIFY2(input.before == (input.name == previousPort), "recipes know what may close a loop by its name");
    QVERIFY2(effect->advance == nullptr || effect->passes == nullptr, "a frame that is its input's would forget what came before");
}

namespace {

/// Texts may have a grammar, and are then refused in words that name them: back to their default.
void keepTextsThatMeanSomething(EffectRun& run)
{
    for (const Param& param : run.effect().params) {
        const auto facts = run.facts();
        if (facts)
            return;
        QCOMPARE(facts.error().fault, Fault::BadInput);
        for (const Param& named : run.effect().params)
            if ((named.kind == ParamKind::Text || named.kind == ParamKind::Formula) && facts.error().message.starts_with(std::string(named.name) + ":"))
                run.set(named.name, named.initial);
        static_cast<void>(param);
    }
}

} // namespace

void EffectsTest::buildsWithDefaultLeastAndMost()
{
    QFETCH(const Effect*, effect);
    expectFinite(connectedRun(*effect));
    EffectRun least = connectedRun(*effect);
    EffectRun most = connectedRun(*effect);
    for (const Param& param : effect->params) {
        least.set(param.name, leastOf(param));
        most.set(param.name, mostOf(param));
    }
    for (const Param& param : effect->itemParams)
        for (std::size_t item = 0; item < 3; ++item) {
            least.setItem(item, param.name, leastOf(param));
            most.setItem(item, param.name, mostOf(param));
        }
    for (EffectRun* run : {&least, &most}) {
        keepTextsThatMeanSomething(*run);
        expectFinite(*run);
    }
}

void EffectsTest::worksAtAnySize()
{
    QFETCH(const Effect*, effect);
    for (const auto& [width, height] : {std::pair{1, 1}, {7, 5}, {33, 1}, {7680, 16}, {16, 4320}}) {
        Canvas canvas = EffectRun::smallCanvas();
        canvas.width = width;
        canvas.height = height;
        for (const bool stated : {false, true})
            expectFinite(connectedRun(*effect, stated, width, height, canvas));
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(QString("at %1 × %2").arg(width).arg(height)));
    }
}

void EffectsTest::aPartIsTheCropOfTheWhole()
{
    QFETCH(const Effect*, effect);
    if (!makesPicture(*effect))
        return;
    for (const bool stated : {false, true}) {
        const EffectRun run = connectedRun(*effect, stated);
        for (const std::int64_t frame : {std::int64_t{0}, std::int64_t{11}}) {
            const auto whole = run.picture(frame);
            QVERIFY(whole);
            const Rect all = whole->rect();
            std::vector<Rect> parts{{all.x1 / 3, all.y1 / 4, all.x1 / 3 + 1, all.y1 / 4 + 1}, {all.x1 / 4, all.y1 / 3, all.x1 - 3, all.y1 - 5}};
            for (int y = 0; y < all.y1; y += 16)
                parts.push_back({0, y, all.x1, std::min(y + 16, all.y1)});
            for (const Rect& rect : parts) {
                if (rect.empty() || !all.contains(rect))
                    continue;
                const auto alone = run.picture(frame, rect);
                QVERIFY(alone);
                QVERIFY2(same(*alone, part(*whole, rect)),
                    qPrintable(QString("%1, part %2,%3 – %4,%5").arg(stated ? "stated" : "default").arg(rect.x0).arg(rect.y0).arg(rect.x1).arg(rect.y1)));
            }
        }
    }
}

void EffectsTest::soundDoesNotDependOnTheRangeAsked()
{
    QFETCH(const Effect*, effect);
    for (std::size_t output = 0; output < effect->outputs.size(); ++output) {
        if (effect->outputs[output].type != PortType::Sound)
            continue;
        for (const bool stated : {false, true}) {
            const EffectRun run = connectedRun(*effect, stated);
            const auto whole = run.sound({0, 24000}, static_cast<int>(output));
            QVERIFY2(whole, whole ? "" : whole.error().message.c_str());
            for (const SampleRange& range : {SampleRange{0, 1000}, {1000, 23}, {1023, 1}, {9999, 14001}}) {
                const auto alone = run.sound(range, static_cast<int>(output));
                QVERIFY(alone);
                for (int channel = 0; channel < soundChannels; ++channel)
                    QVERIFY2(std::memcmp(alone->channel(channel), whole->channel(channel) + range.first, sizeof(float) * static_cast<std::size_t>(range.count)) == 0,
                        qPrintable(QString("samples from %1").arg(range.first)));
            }
        }
    }
}

void EffectsTest::transparentPixelsStayClean()
{
    QFETCH(const Effect*, effect);
    if (!makesPicture(*effect) || addsLight(*effect))
        return;
    for (const bool stated : {false, true}) {
        const auto picture = connectedRun(*effect, stated).picture(5);
        QVERIFY(picture);
        const ConstPictureView view = picture->view();
        for (int y = view.rect.y0; y < view.rect.y1; ++y)
            for (int x = view.rect.x0; x < view.rect.x1; ++x) {
                const float a = view.at(alpha, x, y);
                QVERIFY2(a >= 0 && a <= 1.0001F, qPrintable(QString("alpha %1 at %2,%3").arg(a).arg(x).arg(y)));
                if (a == 0)
                    for (int plane = 0; plane < 3; ++plane)
                        QVERIFY2(view.at(plane, x, y) == 0, qPrintable(QString("%1 at %2,%3").arg(view.at(plane, x, y)).arg(x).arg(y)));
            }
    }
}

void EffectsTest::passesExactlyWhatItSays()
{
    QFETCH(const Effect*, effect);
    if (effect->passes == nullptr)
        return;
    int passed = 0;
    auto look = [&](const EffectRun& run) {
        for (const std::int64_t frame : {0, 3, 14, 40}) {
            const auto expected = run.passed(frame);
            if (!expected)
                continue;
            ++passed;
            const auto rendered = run.picture(frame);
            QVERIFY(rendered);
            QVERIFY2(same(*rendered, *expected), qPrintable(QString("frame %1").arg(frame)));
        }
    };
    const Canvas canvas = EffectRun::smallCanvas();
    for (const bool stated : {false, true}) {
        look(connectedRun(*effect, stated));
        look(connectedRun(*effect, stated, canvas.width, canvas.height));
        for (const Param& param : effect->params)
            for (const Value& value : settingsOf(param)) {
                EffectRun run = connectedRun(*effect, stated);
                run.set(param.name, value);
                if (run.facts())
                    look(run);
            }
    }
    QVERIFY2(passed > 0, "no setting that was tried passes a frame on");
}

void EffectsTest::isNeutralAtDefaultIfItSaysSo()
{
    QFETCH(const Effect*, effect);
    if (effect->inputs.empty())
        return;
    const EffectRun run = connectedRun(*effect);
    if (makesPicture(*effect)) {
        bool equal = true;
        for (const std::int64_t frame : {9, 40}) {
            const auto picture = run.picture(frame);
            QVERIFY(picture);
            equal = equal && same(*picture, testPicture(inputWidth, inputHeight).picture(std::min<std::int64_t>(frame, 23), {0, 0, inputWidth, inputHeight}));
        }
        QCOMPARE(equal, effect->neutralAtDefault);
    } else if (effect->outputs[0].type != PortType::Sound) {
        const auto numbers = run.numbers();
        QVERIFY(numbers);
        bool equal = effect->inputs[0].type == PortType::Signal;
        for (std::size_t i = 0; equal && i < numbers->size(); ++i)
            equal = (*numbers)[i] == testSignal().signal(timeOfFrame(static_cast<std::int64_t>(i), EffectRun::smallCanvas().rate));
        QCOMPARE(equal, effect->neutralAtDefault);
    } else {
        const SampleRange range{0, 4800};
        const auto sound = run.sound(range);
        QVERIFY(sound);
        const Sound input = testSound(38400).sound(range);
        bool equal = true;
        for (int channel = 0; channel < soundChannels; ++channel)
            equal = equal && std::memcmp(sound->channel(channel), input.channel(channel), 4800 * sizeof(float)) == 0;
        QCOMPARE(equal, effect->neutralAtDefault);
    }
}

void EffectsTest::threadsDoNotMatter()
{
    QFETCH(const Effect*, effect);
    if (!makesPicture(*effect))
        return;
    const EffectRun run = connectedRun(*effect, true);
    const auto alone = run.picture(8);
    QVERIFY(alone);
    std::vector<std::future<bool>> strips;
    for (int y = 0; y < alone->rect().y1; y += 24)
        strips.push_back(std::async(std::launch::async, [&, y] {
            const Rect rect{0, y, alone->rect().x1, std::min(y + 24, alone->rect().y1)};
            const auto strip = run.picture(8, rect);
            return strip && same(*strip, part(*alone, rect));
        }));
    for (auto& strip : strips)
        QVERIFY(strip.get());
}

QTEST_GUILESS_MAIN(EffectsTest)
#include "effects_test.moc"
