// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_effect.h"

#include "core/picture/pointwise.h"

#include "core/base/exact_math.h"
#include "core/base/files.h"
#include "core/plan/plan.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

namespace artdag {

namespace {

constexpr float poison = std::numeric_limits<float>::quiet_NaN();

void fillPoison(Picture& picture)
{
    const PictureView view = picture.view();
    for (int plane = 0; plane < 4; ++plane)
        for (int y = view.rect.y0; y < view.rect.y1; ++y)
            std::fill_n(view.row(plane, y), view.rect.width(), poison);
}

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

struct EffectRun::Reached {
    std::mutex mutex;
    std::int64_t frame = -1;
    std::shared_ptr<const Memory> memory;
};

EffectRun::EffectRun(const Effect& effect, const Canvas& canvas)
    : m_effect(&effect),
      m_canvas(canvas),
      m_reached(std::make_shared<Reached>())
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
    m_reached = std::make_shared<Reached>();
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

void EffectRun::connectAll(int width, int height, const std::function<TestStream(TestStream)>& as)
{
    int look = 0;
    for (const Port& port : m_effect->inputs)
        for (int i = 0; i < (port.list ? 3 : 1); ++i, ++look) {
            TestStream stream = testStream(port.type, std::max(1, width * (i == 1 ? 3 : i == 2 ? 5
                                                                                               : 4)
                                                              / 4),
                height * (i == 2 ? 5 : 4) / 4, look);
            connect(port.name, as ? as(std::move(stream)) : std::move(stream));
        }
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
    m_reached = std::make_shared<Reached>();
    valueOf(m_effect->params, m_values, param) = std::move(value);
}

void EffectRun::setItem(std::size_t item, std::string_view param, Value value)
{
    m_reached = std::make_shared<Reached>();
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

/// The part of an input that was asked, within a frame of NaN that was not.
struct EffectRun::Fenced {
    Picture memory;
    ConstPictureView view;
};

EffectRun::Fenced EffectRun::fenced(const TestStream& stream, std::int64_t frame, Rect part) const
{
    if (part.empty())
        return {};
    Fenced fence{Picture(part.grown(4)), {}};
    fillPoison(fence.memory);
    Picture wanted = stream.picture(frame, part);
    copy(wanted.view(), fence.memory.view().sub(part));
    fence.view = fence.memory.view().sub(part);
    if (m_tellsContent) {
        wanted.look();
        fence.view.content = std::as_const(wanted).view().content;
    }
    return fence;
}

std::vector<EffectRun::Fenced> EffectRun::inputsOf(const FrameCall& call, const std::function<Rect(std::size_t need, Rect whole)>& region) const
{
    std::vector<Fenced> fences;
    for (const FrameNeed& need : frameNeeds(call)) {
        const TestStream& stream = m_streams[static_cast<std::size_t>(need.input)];
        const Rect whole{0, 0, stream.facts.width, stream.facts.height};
        const Rect part = region(fences.size(), whole).clippedTo(whole);
        fences.push_back(fenced(stream, heldFrame(stream.facts, need.frame), part));
        if (call.space == Space::Display && !part.empty())
            toDisplay(fences.back().view, fences.back().memory.view().sub(part));
    }
    return fences;
}

Space EffectRun::spaceOf(const FrameCall& call) const
{
    const Works works = m_effect->works != nullptr ? m_effect->works(call) : Works::Linear;
    return works == Works::Display ? Space::Display : Space::Linear;
}

/// Goes on from the frame that was asked last, where it lies before.
Result<std::shared_ptr<const Memory>> EffectRun::memoryAt(std::int64_t frame, const Evaluated& arguments, const StreamFacts& out, int output) const
{
    const std::lock_guard lock(m_reached->mutex);
    std::shared_ptr<const Memory> memory = m_reached->frame <= frame ? m_reached->memory : nullptr;
    for (std::int64_t at = memory ? m_reached->frame + 1 : 0; at <= frame; ++at) {
        FrameCall frameCall{call(arguments, output, out), at};
        frameCall.space = spaceOf(frameCall);
        const std::vector<Fenced> fences = inputsOf(frameCall, [](std::size_t, Rect whole) { return whole; });
        std::vector<ConstPictureView> inputs;
        for (const Fenced& fence : fences)
            inputs.push_back(fence.view);
        auto now = std::make_shared<Memory>();
        TRY(m_effect->advance(frameCall, memory.get(), inputs, *now));
        memory = std::move(now);
    }
    m_reached->frame = frame;
    m_reached->memory = memory;
    return memory;
}

Result<Picture> EffectRun::picture(std::int64_t frame, Rect part, int output) const
{
    const Evaluated arguments = evaluated();
    FrameCall frameCall{call(arguments, output, TRY(factsOf(output))), frame};
    frameCall.space = spaceOf(frameCall);
    std::shared_ptr<const Memory> memory;
    if (m_effect->advance != nullptr) {
        memory = TRY(memoryAt(frame, arguments, frameCall.out, output));
        frameCall.memory = memory.get();
    }
    const std::vector<Fenced> fences = inputsOf(frameCall, [&](std::size_t need, Rect whole) {
        if (m_effect->region != nullptr)
            return m_effect->region(frameCall, need, part);
        return m_effect->access == Access::Pointwise ? part : whole;
    });
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

Result<std::vector<Analysed>> EffectRun::analysed() const
{
    const Evaluated arguments = evaluated();
    AnalysisCall asked{call(arguments, 0, TRY(factsOf(0))), {}, {}};
    asked.soundOf = [&](int input, SampleRange range) -> Result<Sound> { return m_streams[static_cast<std::size_t>(input)].sound(range); };
    asked.pictureOf = [&](int input, std::int64_t frame) -> Result<PicturePointer> {
        const TestStream& stream = m_streams[static_cast<std::size_t>(input)];
        return std::make_shared<const Picture>(stream.picture(frame, {0, 0, stream.facts.width, stream.facts.height}));
    };
    return m_effect->analyse(asked);
}

Result<std::vector<double>> EffectRun::numbers(int output) const
{
    const Evaluated arguments = evaluated();
    const Call asked = call(arguments, output, TRY(factsOf(output)));
    Analysed found;
    if (m_effect->analyse != nullptr)
        found = TRY(analysed())[static_cast<std::size_t>(output)];
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
