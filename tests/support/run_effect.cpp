// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_effect.h"

#include "core/picture/pointwise.h"

#include "core/base/exact_math.h"
#include "core/base/files.h"
#include "core/plan/plan.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace artdag {

namespace {

constexpr float poison = std::numeric_limits<float>::quiet_NaN();

struct Pixel {
    double planes[4];
};

Pixel pixelOf(int look, int width, int height, std::int64_t frame, int x, int y)
{
    const double u = (x + 0.5) / width;
    const double v = (y + 0.5) / height;
    const double t = static_cast<double>(frame) / 24;
    const double fine = ((x / 3 + y / 5 + look) % 2 == 0) ? 0.12 : 0.0;
    const double r = 0.45 + 0.4 * exact::sin(6.0 * u + 2.0 * look + 3.0 * t) * exact::cos(4.0 * v);
    const double g = 0.4 + 0.35 * exact::sin(5.0 * v - 4.0 * t + look) + fine;
    const double b = 0.5 + 0.4 * exact::cos(9.0 * (u - 0.5) * (v - 0.3) * 4.0 + t + 0.7 * look);
    const double dx = u - 0.3 - 0.2 * t;
    const double dy = v - 0.4;
    const bool disc = dx * dx + dy * dy < 0.02;
    double a = 1.0;
    if (u > 0.7 && v < 0.35)
        a = 0.0; // a clean hole
    else if (v > 0.75)
        a = 0.25 + 0.7 * u;
    auto lit = [&](double value) { return (disc ? 0.95 : std::clamp(value, 0.02, 0.98)) * a; };
    return {{lit(r * r), lit(g * g), lit(b * b), a}};
}

void fillPoison(Picture& picture)
{
    const PictureView view = picture.view();
    for (int plane = 0; plane < 4; ++plane)
        for (int y = view.rect.y0; y < view.rect.y1; ++y)
            std::fill_n(view.row(plane, y), view.rect.width(), poison);
}

} // namespace

TestStream testPicture(int width, int height, int look, std::int64_t frames)
{
    TestStream stream{{PortType::Picture, width, height, frames}};
    stream.picture = [=](std::int64_t frame, Rect part) {
        Picture picture(part);
        const PictureView view = picture.view();
        for (int y = part.y0; y < part.y1; ++y)
            for (int x = part.x0; x < part.x1; ++x) {
                const Pixel pixel = pixelOf(look, width, height, frame, x, y);
                for (int plane = 0; plane < 4; ++plane)
                    view.at(plane, x, y) = static_cast<float>(pixel.planes[plane]);
            }
        return picture;
    };
    return stream;
}

TestStream testSound(std::int64_t samples, int look)
{
    TestStream stream{{.type = PortType::Sound, .samples = samples}};
    stream.sound = [=](SampleRange range) {
        Sound sound(range);
        for (std::int64_t i = 0; i < range.count; ++i) {
            const std::int64_t at = range.first + i;
            if (at < 0 || (samples != StreamFacts::endless && at >= samples))
                continue;
            const double t = static_cast<double>(at) / 48000;
            const double click = at % 9600 < 40 ? 0.3 : 0.0;
            sound.channel(0)[i] = static_cast<float>(0.5 * exact::sin(2 * exact::pi * (220 + 40 * look + 300 * t) * t) + click);
            sound.channel(1)[i] = static_cast<float>(0.4 * exact::sin(2 * exact::pi * (330 + 25 * look - 90 * t) * t) - click);
        }
        return sound;
    };
    return stream;
}

TestStream testSignal()
{
    TestStream stream{{.type = PortType::Signal}};
    stream.signal = [](Flicks time) { return 0.4 + 0.5 * exact::sin(5.0 * secondsOfFlicks(time)) + (secondsOfFlicks(time) > 1.0 ? 0.3 : 0.0); };
    return stream;
}

TestStream testEvents()
{
    TestStream stream{{.type = PortType::Events}};
    for (const auto& [seconds, strength] : {std::pair{0.1, 1.0}, {0.35, 0.5}, {0.4, 0.8}, {1.2, 1.0}})
        stream.events.push_back({flicksOfSeconds(seconds), strength});
    return stream;
}

TestStream testStream(PortType type, int width, int height, int look)
{
    switch (type) {
    case PortType::Sound: return testSound(38400, look);
    case PortType::Signal: return testSignal();
    case PortType::Events: return testEvents();
    default: return testPicture(width, height, look);
    }
}

// -- sources

Result<Sources::MediaFacts> TestSources::facts(const ContentId&, const std::string&)
{
    MediaFacts facts;
    facts.width = 96;
    facts.height = 64;
    facts.hasPicture = facts.hasSound = true;
    facts.duration = facts.soundDuration = 2 * flicksPerSecond;
    facts.coding = {.format = SampleFormat::Rgb24, .matrix = Matrix::Identity, .fullRange = true};
    facts.decoder = "made by code";
    return facts;
}

Result<CodedPointer> TestSources::picture(const ContentId& media, Flicks time, const std::string& layer)
{
    const auto look = static_cast<std::uint8_t>(media.digest[0] + layer.size()); // each layer is another picture
    // Ten pictures a second, the last one held.
    const std::int64_t frame = std::clamp<std::int64_t>(frameAt(time, {10, 1}), 0, 19);
    auto packed = std::make_shared<PackedPicture>(makePacked(96, 64, {.format = SampleFormat::Rgb24, .matrix = Matrix::Identity, .fullRange = true}));
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 96; ++x) {
            const Pixel pixel = pixelOf(look, 96, 64, frame, x, y);
            for (std::size_t plane = 0; plane < 3; ++plane)
                packed->data[(static_cast<std::size_t>(y) * 96 + x) * 3 + plane] = static_cast<std::uint8_t>(255 * std::sqrt(pixel.planes[plane]));
        }
    auto coded = std::make_shared<CodedPicture>(packed->view());
    coded->owner = packed;
    return CodedPointer(coded);
}

Result<Sound> TestSources::sound(const ContentId& media, SampleRange range, int)
{
    return testSound(96000, media.digest[0]).sound(range);
}

Result<std::shared_ptr<const Bytes>> TestSources::file(const ContentId& id)
{
    const char* path = id.isNull() ? "/usr/share/fonts/opentype/inter/Inter-Regular.otf" : "/usr/share/fonts/opentype/inter/Inter-BlackItalic.otf";
    return std::make_shared<const Bytes>(TRY(readFile(path)));
}

// -- running

namespace {

class StreamSignals final : public Signals {
public:
    const std::vector<TestStream>* streams = nullptr;
    double signal(int input, Flicks time) const override { return (*streams)[static_cast<std::size_t>(input)].signal(time); }
    std::vector<Event> events(int input, Flicks from, Flicks to) const override
    {
        std::vector<Event> found;
        for (const Event& event : (*streams)[static_cast<std::size_t>(input)].events)
            if (event.time >= from && event.time < to)
                found.push_back(event);
        return found;
    }
};

} // namespace

struct EffectRun::Evaluated {
    std::vector<Arguments> items;
    StreamSignals signals;
};

EffectRun::EffectRun(const Effect& effect, const Canvas& canvas)
    : m_effect(&effect),
      m_canvas(canvas)
{
    for (const Param& param : effect.params)
        m_values.push_back(param.initial);
}

Canvas EffectRun::smallCanvas()
{
    return {.width = 192, .height = 108, .rate = {30, 1}, .sampleRate = 48000, .duration = 2 * flicksPerSecond, .scale = 0.1};
}

void EffectRun::connect(std::string_view port, TestStream stream)
{
    const auto found = std::ranges::find(m_effect->inputs, port, &Port::name);
    CHECK(found != m_effect->inputs.end());
    InputFacts input{static_cast<int>(found - m_effect->inputs.begin()), -1, stream.facts};
    if (found->list) {
        input.item = static_cast<int>(m_itemValues.size());
        m_itemValues.emplace_back();
        for (const Param& param : m_effect->itemParams)
            m_itemValues.back().push_back(param.initial);
    }
    m_inputs.push_back(input);
    m_streams.push_back(std::move(stream));
}

void EffectRun::connectAll(int width, int height)
{
    int look = 0;
    for (const Port& port : m_effect->inputs)
        for (int i = 0; i < (port.list ? 3 : 1); ++i, ++look)
            connect(port.name, testStream(port.type, std::max(1, width * (i == 1 ? 3 : i == 2 ? 5
                                                                                              : 4)
                                                             / 4),
                                   height * (i == 2 ? 5 : 4) / 4, look));
}

namespace {

Value& valueOf(const std::vector<Param>& params, std::vector<Value>& values, std::string_view name)
{
    const auto found = std::ranges::find(params, name, &Param::name);
    CHECK(found != params.end());
    return values[static_cast<std::size_t>(found - params.begin())];
}

} // namespace

void EffectRun::set(std::string_view param, Value value)
{
    valueOf(m_effect->params, m_values, param) = std::move(value);
}

void EffectRun::setItem(std::size_t item, std::string_view param, Value value)
{
    valueOf(m_effect->itemParams, m_itemValues[item], param) = std::move(value);
}

EffectRun::Evaluated EffectRun::evaluated() const
{
    Evaluated evaluated;
    evaluated.signals.streams = &m_streams;
    for (const auto& values : m_itemValues)
        evaluated.items.push_back({m_effect->itemParams, values});
    return evaluated;
}

Call EffectRun::call(const Evaluated& evaluated, int output, const StreamFacts& out) const
{
    return {*m_effect, m_canvas, m_inputs, evaluated.items, {m_effect->params, m_values}, &m_sources, output, out, &evaluated.signals};
}

Result<std::vector<StreamFacts>> EffectRun::facts() const
{
    std::vector<StreamFacts> outputs;
    for (const Port& port : m_effect->outputs) {
        StreamFacts facts{port.type, port.type == PortType::Picture ? m_canvas.width : 0, port.type == PortType::Picture ? m_canvas.height : 0};
        const auto like = std::ranges::find(m_inputs, port.type, [](const InputFacts& input) { return input.stream.type; });
        outputs.push_back(like == m_inputs.end() ? facts : like->stream);
    }
    if (m_effect->facts != nullptr) {
        const Evaluated arguments = evaluated();
        TRY(m_effect->facts(call(arguments, 0, {}), outputs));
    }
    return outputs;
}

void EffectRun::withCall(const std::function<void(const Call&)>& use) const
{
    const Evaluated arguments = evaluated();
    const auto out = factsOf(0);
    CHECK(out);
    use(call(arguments, 0, *out));
}

Result<StreamFacts> EffectRun::factsOf(int output) const
{
    return TRY(facts())[static_cast<std::size_t>(output)];
}

namespace {

/// The part of an input that was asked, within a frame of NaN that was not.
struct Fenced {
    Picture memory;
    ConstPictureView view;
};
Fenced fenced(const TestStream& stream, std::int64_t frame, Rect part)
{
    if (part.empty())
        return {};
    Fenced fence{Picture(part.grown(4)), {}};
    fillPoison(fence.memory);
    const Picture wanted = stream.picture(frame, part);
    copy(wanted.view(), fence.memory.view().sub(part));
    fence.view = fence.memory.view().sub(part);
    return fence;
}

} // namespace

Result<Picture> EffectRun::picture(std::int64_t frame, Rect part, int output) const
{
    const Evaluated arguments = evaluated();
    FrameCall frameCall{call(arguments, output, TRY(factsOf(output))), frame};
    const Works works = m_effect->works != nullptr ? m_effect->works(frameCall) : Works::Linear;
    frameCall.space = works == Works::Display ? Space::Display : Space::Linear;
    std::vector<Fenced> fences;
    for (const FrameNeed& need : frameNeeds(frameCall)) {
        const TestStream& stream = m_streams[static_cast<std::size_t>(need.input)];
        const Rect whole{0, 0, stream.facts.width, stream.facts.height};
        Rect region = whole;
        if (m_effect->region != nullptr)
            region = m_effect->region(frameCall, fences.size(), part).clippedTo(whole);
        else if (m_effect->access == Access::Pointwise)
            region = part.clippedTo(whole);
        fences.push_back(fenced(stream, heldFrame(stream.facts, need.frame), region));
        if (frameCall.space == Space::Display && !region.empty())
            toDisplay(fences.back().view, fences.back().memory.view().sub(region));
    }
    std::vector<ConstPictureView> inputs;
    for (const Fenced& fence : fences)
        inputs.push_back(fence.view);
    Picture out(part);
    fillPoison(out);
    TRY(m_effect->render(frameCall, inputs, out.view()));
    if (frameCall.space == Space::Display)
        fromDisplay(out.view(), out.view());
    return out;
}

Result<Picture> EffectRun::picture(std::int64_t frame, int output) const
{
    const StreamFacts facts = TRY(factsOf(output));
    return picture(frame, {0, 0, facts.width, facts.height}, output);
}

Result<Picture> EffectRun::passed(std::int64_t frame) const
{
    const Evaluated arguments = evaluated();
    const FrameCall frameCall{call(arguments, 0, TRY(factsOf(0))), frame};
    const int index = m_effect->passes == nullptr ? -1 : m_effect->passes(frameCall);
    if (index < 0)
        return fail(Fault::NotFound, "passes nothing on");
    const FrameNeed need = frameNeeds(frameCall)[static_cast<std::size_t>(index)];
    const TestStream& stream = m_streams[static_cast<std::size_t>(need.input)];
    return stream.picture(heldFrame(stream.facts, need.frame), {0, 0, stream.facts.width, stream.facts.height});
}

Result<Sound> EffectRun::sound(SampleRange range, int output) const
{
    const Evaluated arguments = evaluated();
    SoundCall soundCall{call(arguments, output, TRY(factsOf(output))), range, m_moves, nullptr, {}};
    soundCall.realAt = [&](std::string_view name, std::int64_t) { return soundCall.args.real(name); };
    std::vector<Analysed> analysed;
    if (m_effect->analyse != nullptr) {
        AnalysisCall asked{soundCall, {}, {}};
        asked.soundOf = [&](int input, SampleRange part) -> Result<Sound> { return m_streams[static_cast<std::size_t>(input)].sound(part); };
        analysed = TRY(m_effect->analyse(asked));
        soundCall.analysed = &analysed;
    }
    auto make = [&](SampleRange part) -> Result<Sound> {
        soundCall.range = part;
        std::vector<Sound> inputs;
        for (const SoundNeed& need : soundNeeds(soundCall))
            inputs.push_back(m_streams[static_cast<std::size_t>(need.input)].sound(need.range));
        Sound out(part);
        TRY(m_effect->sound(soundCall, inputs, out));
        return out;
    };
    if (!m_effect->remembers)
        return make(range);
    SoundMemory memory;
    soundCall.memory = &memory;
    Sound whole(range);
    for (std::int64_t first = 0; first < range.end(); first += soundBlock) {
        const Sound block = TRY(make({first, soundBlock}));
        for (std::int64_t i = std::max(first, range.first); i < std::min(first + soundBlock, range.end()); ++i)
            for (int channel = 0; channel < soundChannels; ++channel)
                whole.channel(channel)[i - range.first] = block.channel(channel)[i - first];
    }
    return whole;
}

Result<std::vector<double>> EffectRun::numbers(int output) const
{
    const Evaluated arguments = evaluated();
    AnalysisCall asked{call(arguments, output, TRY(factsOf(output))), {}, {}};
    asked.soundOf = [&](int input, SampleRange range) -> Result<Sound> { return m_streams[static_cast<std::size_t>(input)].sound(range); };
    Analysed found;
    if (m_effect->analyse != nullptr)
        found = TRY(m_effect->analyse(asked))[static_cast<std::size_t>(output)];
    else if (m_effect->outputs[static_cast<std::size_t>(output)].type == PortType::Events)
        m_effect->events(asked, 0, 2 * flicksPerSecond, found.events);
    else
        for (std::int64_t frame = 0; frame < 60; ++frame)
            found.values.push_back(m_effect->signal(asked, timeOfFrame(frame, m_canvas.rate)));
    for (const Event& event : found.events)
        for (const double number : {static_cast<double>(event.time), event.strength})
            found.values.push_back(number);
    return found.values;
}

} // namespace artdag
