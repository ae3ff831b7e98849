// SPDX-License-Identifier: GPL-3.0-or-later
// One `artdag-bridge` process with libavfilter or one plugin: asked, and its answers not believed before they are checked.
#pragma once

#include "core/base/json.h"
#include "core/bridge/bridge_options.h"
#include "core/filters/exchange.h"
#include "core/worker/shared_memory.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace artdag {

/// The shape of frames that go to a filter or come from it, or of blocks of sound.
struct FramesShape {
    int width = 0, height = 0;
    Coding coding = {};
    int samples = 0; ///< > 0: sound, at most so many at once

    [[nodiscard]] std::size_t bytes() const { return samples > 0 ? soundBytes(samples) : packedBytes(coding.format, width, height); }
};

class FilterProcess {
public:
    /// `plugin`: the file of a frei0r plugin; empty: libavfilter. `object` begins every message: `filter ffmpeg.gblur`.
    /// Unavailable when there is no such program, NotFound when there is no such plugin. Once cancelled it answers nothing more.
    static Result<FilterProcess> start(const BridgeOptions& options, const std::filesystem::path& plugin, std::string object, const CancelToken& cancel = {});

    /// The answer, or the filter's own error, or how its process ended: Corrupt for a crash or a lie, Unavailable for a limit, Cancelled.
    Result<Json> ask(Json question);
    /// Opens a filter, and makes the memory through which its frames go.
    Result<void> open(Json request, std::size_t inputs);
    [[nodiscard]] const std::vector<FramesShape>& inputs() const { return m_inputs; }
    [[nodiscard]] const FramesShape& output() const { return m_output; }
    /// Changes options for what is put from now on: `[{"name", "value"} …]`.
    Result<void> set(Json options);
    /// `packed` as the input's shape has it (core/filters/exchange.h).
    Result<void> put(std::size_t input, Stretch stretch, std::span<const std::uint8_t> packed);
    Result<void> end(std::size_t input);
    enum class Taken {
        Frame,
        More,
        End,
    };
    /// `packed` is filled where it is a frame, which is seen from frame `at` on, or samples at their place.
    Result<Taken> take(std::vector<std::uint8_t>& packed, Stretch& at);

private:
    FilterProcess(std::unique_ptr<WorkerProcess> worker, std::string object)
        : m_worker(std::move(worker)),
          m_object(std::move(object)) {}
    [[nodiscard]] Error errorOf(const WorkerEnd& end) const;
    tl::unexpected<Error> lie();
    Result<FramesShape> shapeOfJson(const Json& json);

    std::unique_ptr<WorkerProcess> m_worker;
    std::string m_object;
    std::vector<FramesShape> m_inputs;
    FramesShape m_output;
    std::vector<std::size_t> m_places; ///< of each input's frame in the memory, then of the output's
    std::optional<SharedMemory> m_memory;
};

} // namespace artdag
