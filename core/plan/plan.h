// SPDX-License-Identifier: GPL-3.0-or-later
// What must exist for an output, named before anything is rendered: stream facts, frame keys, chunk borders, chunk keys.
#pragma once

#include "core/graph/graph.h"
#include "core/media/encode.h"
#include "core/store/store.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace artdag {

/// One node with the shapes of its outputs and inputs.
struct PlanNode {
    std::vector<StreamFacts> outputs;
    std::vector<InputFacts> inputs; ///< trims applied
    Digest staticDigest{};          ///< effect, version, constant arguments, canvas facts
    bool animated = false;
    bool needed = false; ///< something of the asked output depends on it
};

struct PlanChunk {
    std::int64_t first = 0; ///< frames of the output
    std::int64_t count = 0;
};

struct PlanOptions {
    double scale = 1.0;  ///< < 1 for previews
    bool picture = true; ///< false: the encode carries no picture
    bool sound = true;   ///< false: the encode carries no sound
    bool still = false;  ///< the encode carries one picture: frame 0
};

/// Immutable once made, shared between threads; memoised keys are guarded inside.
class Plan {
public:
    std::shared_ptr<const Graph> graph;
    GraphOutput output;
    Canvas canvas; ///< at the plan's scale
    std::vector<PlanNode> nodes;
    std::int64_t frames = 0;
    SampleRange sound; ///< empty when the output has no sound
    std::vector<PlanChunk> chunks;

    /// Names the work behind frame `frame` of a port (docs/formats.md, "Frame keys"). Thread-safe, memoised.
    FrameKey frameKey(NodePort port, std::int64_t frame) const;
    /// Names the work behind a range of sound of a port.
    SoundKey soundKey(NodePort port, SampleRange range) const;
    /// Frame keys of a chunk and the encoder's settings and identity; no absolute time, so a chunk that moved is a hit.
    ChunkKey chunkKey(const PlanChunk& chunk, const EncodeProfile& profile) const;
    /// The key of frame `frame` of the asked output, its last frame held beyond its end.
    FrameKey outputFrameKey(std::int64_t frame) const;
    /// The digest of a node's frame keys over the output's length, in order: a step's key.
    FrameKey stepKey(int node) const;
    /// How many different frames of a picture port the output can ask for: 1 for a still one, 0 for sound.
    std::int64_t stepFrames(int node, int port) const;

private:
    struct Memo {
        std::mutex mutex;
        std::vector<std::unordered_map<std::int64_t, FrameKey>> frames; ///< by node, then frame · outputs + output
    };
    std::shared_ptr<Memo> m_memo = std::make_shared<Memo>();
    friend Result<std::shared_ptr<const Plan>> makePlan(std::shared_ptr<const Graph>, std::string_view, Sources&, const PlanOptions&);
};

/// Plans one output (the first for an empty name). NotFound for an unknown output; BadInput names node and port for
/// shapes that cannot work; errors of media name the file.
Result<std::shared_ptr<const Plan>> makePlan(std::shared_ptr<const Graph> graph, std::string_view output, Sources& sources, const PlanOptions& options = {});

/// Plans a preview of any picture port instead of an output.
Result<std::shared_ptr<const Plan>> makePreviewPlan(std::shared_ptr<const Graph> graph, NodePort port, Sources& sources, const PlanOptions& options);

/// The arguments of a node (and of its items) at an instant of its own output.
struct EvaluatedArguments {
    std::vector<Value> values;
    std::vector<std::vector<Value>> itemValues;
    std::vector<Arguments> items; ///< views into itemValues
};
EvaluatedArguments evaluateArguments(const Plan& plan, int node, std::int64_t frame);
/// A call for a node with those arguments; `arguments` and `plan` must outlive it.
FrameCall frameCall(const Plan& plan, NodePort port, std::int64_t frame, const EvaluatedArguments& arguments, Sources* sources);
SoundCall soundCall(const Plan& plan, NodePort port, SampleRange range, const EvaluatedArguments& arguments, Sources* sources);

/// What a frame or a range of sound needs, by the effect's rule or the default one.
std::vector<FrameNeed> frameNeeds(const FrameCall& call);
std::vector<SoundNeed> soundNeeds(const SoundCall& call);
/// A frame number within a stream: its ends hold.
std::int64_t heldFrame(const StreamFacts& facts, std::int64_t frame);

} // namespace artdag
