// SPDX-License-Identifier: GPL-3.0-or-later
// One effect run alone, as the engine would run it: facts, needs, regions, render. What an effect must not read is NaN,
// and so is its output before it is written, so that a wrong region or a forgotten pixel shows.
#pragma once

#include "tests/support/test_streams.h"

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace artdag {

class EffectRun {
public:
    explicit EffectRun(const Effect& effect, const Canvas& canvas = smallCanvas());
    /// Full HD at a tenth: what px parameters at their defaults are made for.
    static Canvas smallCanvas();

    /// To a plain port; to the list port as its next item, with default arguments.
    void connect(std::string_view port, TestStream stream);
    /// Something of `width` × `height` to every port, three items to a list (the second narrower, the third larger).
    void connectAll(int width, int height, const std::function<TestStream(TestStream)>& as = {});
    void set(std::string_view param, Value value);
    void setItem(std::size_t item, std::string_view param, Value value);

    /// Shapes of the outputs; to be asked again after a change of arguments.
    Result<std::vector<StreamFacts>> facts() const;
    Result<Picture> picture(std::int64_t frame, Rect part, int output = 0) const;
    Result<Picture> picture(std::int64_t frame, int output = 0) const;
    /// Without the engine: what remembers is heard from its beginning.
    Result<Sound> sound(SampleRange range, int output = 0) const;
    /// Has the effect believe that arguments move, though their values stay: it must give the same.
    void pretendMoves() { m_moves = true; }
    /// Tells the effect what of its inputs is empty, as the engine does.
    void tellContent() { m_tellsContent = true; }
    /// Two seconds of a signal (a value each frame), or of events (time and strength), or all that an analysis found.
    Result<std::vector<double>> numbers(int output = 0) const;
    /// All that an analysis found.
    Result<std::vector<Analysed>> analysed() const;
    /// The frame that Effect::passes names, if it names one.
    Result<Picture> passed(std::int64_t frame) const;

    /// Calls with what the effect would be asked with: for cuts and the like.
    void withCall(const std::function<void(const Call&)>& use) const;
    [[nodiscard]] const Effect& effect() const { return *m_effect; }
    [[nodiscard]] std::size_t items() const { return m_itemValues.size(); }

private:
    struct Evaluated;
    struct Fenced;
    struct Reached;
    [[nodiscard]] Fenced fenced(const TestStream& stream, std::int64_t frame, Rect part) const;
    [[nodiscard]] std::vector<Fenced> inputsOf(const FrameCall& call, const std::function<Rect(std::size_t need, Rect whole)>& region) const;
    [[nodiscard]] Space spaceOf(const FrameCall& call) const;
    Result<std::shared_ptr<const Memory>> memoryAt(std::int64_t frame, const Evaluated& arguments, const StreamFacts& out, int output) const;
    [[nodiscard]] Call call(const Evaluated& evaluated, int output, const StreamFacts& out) const;
    [[nodiscard]] Evaluated evaluated() const;
    Result<StreamFacts> factsOf(int output) const;

    const Effect* m_effect;
    Canvas m_canvas;
    std::vector<TestStream> m_streams; ///< as m_inputs
    std::vector<InputFacts> m_inputs;
    std::vector<Value> m_values;
    std::vector<std::vector<Value>> m_itemValues;
    bool m_moves = false, m_tellsContent = false;
    std::shared_ptr<Reached> m_reached; ///< how far a simulation has come; copies share it until one of them changes
    mutable TestSources m_sources;
};

} // namespace artdag
