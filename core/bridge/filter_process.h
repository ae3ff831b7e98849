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

/// The shape of frames that go to a filter or come from it.
struct FramesShape {
    int width = 0, height = 0;
    Coding coding;
};

class FilterProcess {
public:
    /// `plugin`: the file of a frei0r plugin; empty: libavfilter. `object` begins every message: `filter ffmpeg.gblur`.
    /// Unavailable when there is no such program, NotFound when there is no such plugin.
    static Result<FilterProcess> start(const BridgeOptions& options, const std::filesystem::path& plugin, std::string object);

    /// The answer, or the filter's own error, or how its process ended: Corrupt for a crash or a lie, Unavailable for a limit.
    Result<Json> ask(Json question);
    /// Opens a filter, and makes the memory through which its frames go.
    Result<void> open(Json request, std::size_t inputs);
    [[nodiscard]] const std::vector<FramesShape>& inputs() const { return m_inputs; }
    [[nodiscard]] const FramesShape& output() const { return m_output; }
    Result<void> put(std::size_t input, std::int64_t frame, std::span<const std::uint8_t> packed);
    Result<void> end(std::size_t input);
    enum class Taken {
        Frame,
        More,
        End,
    };
    /// `packed` is filled where it is a frame, which is seen from frame `at` on.
    Result<Taken> take(std::vector<std::uint8_t>& packed, std::int64_t& at);

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
