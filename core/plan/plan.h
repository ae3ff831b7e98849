// SPDX-License-Identifier: GPL-3.0-or-later
// What must exist for an output, named before anything is rendered: stream facts, frame keys, chunk borders, chunk keys.
#pragma once

#include "core/base/preimage.h"
#include "core/base/random.h"
#include "core/base/shared_list.h"
#include "core/graph/edit_argument.h"
#include "core/media/encode.h"
#include "core/plan/analysis.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace artdag {

class Plan;

/// The connected signals and events of one node of a plan, which must outlive it.
class NodeSignals final : public Signals {
public:
    const Plan* plan = nullptr;
    int node = 0;
    [[nodiscard]] double signal(int input, Flicks time) const override;
    [[nodiscard]] std::vector<Event> events(int input, Flicks from, Flicks to) const override;
};

/// The arguments of a node (and of its items) at an instant of its own output: those of the graph, which must outlive it, where
/// nothing moves.
struct EvaluatedArguments {
    EvaluatedArguments() = default;
    EvaluatedArguments(EvaluatedArguments&&) = default; ///< never copied: they are views
    EvaluatedArguments& operator=(EvaluatedArguments&&) = default;

    std::span<const Value> values;
    std::vector<Arguments> items;
    std::vector<std::vector<Value>> own; ///< of nodes and items of which something moves
};

/// One node with the shapes of its outputs and inputs.
struct PlanNode {
    std::vector<StreamFacts> outputs;
    std::vector<InputFacts> inputs; ///< trims applied
    Digest staticDigest{};          ///< effect, version, constant arguments, canvas facts
    Digest soundDigest{};           ///< the same without pictures' facts: names sound, and what is found in it
    bool animated = false;
    bool before = false;                             ///< its frames are kept for a port that gives the frame before (feedback)
    bool fromStart = false;                          ///< all its frames before an asked one are needed: simulations, loops, and what feeds them
    bool needed = false;                             ///< something of the asked output depends on it
    std::optional<AnalysisKey> analysisKey;          ///< of an analysis or a bridge that can run: none of its inputs waits
    AnalysisPointer analysis;                        ///< its result, when it is at hand
    std::shared_ptr<const EvaluatedArguments> still; ///< where no argument moves: what they are at every instant
    Digest bakeDigest{};                             ///< of a bridge: staticDigest without the outputs, whose shape it has when it is baked
    bool guessed = false;                            ///< its shape depends on a bridge that is not baked yet, and may be another
    std::string bakedBy;                             ///< who baked outputs[0].baked
    std::vector<int> waitsFor;                       ///< analyses that must run before this node has keys; rising
};

struct PlanChunk {
    std::int64_t first = 0; ///< frames of the output
    std::int64_t count = 0;
};

/// What a bridge gave, as a film of the store.
struct BakedFilm {
    ContentId film;
    std::string by; ///< `libavfilter 8.44.100 gblur`
};

struct PlanOptions {
    double scale = 1.0;                        ///< < 1 for previews
    bool picture = true;                       ///< false: the encode carries no picture
    bool sound = true;                         ///< false: the encode carries no sound
    bool still = false;                        ///< the encode carries one picture: frame 0
    std::shared_ptr<const Plan> previous = {}; ///< of an earlier state: keys that are still right are taken over
    AnalysisLookup analyses = {};              ///< where results of analyses are found; null: none is at hand
    std::map<int, BakedFilm> baked = {};       ///< of bridges, by node; makeReadyPlan finds them
};

/// One frame of one port.
struct PlanSlot {
    int node = 0;
    int output = 0;
    std::int64_t frame = 0;
    bool operator==(const PlanSlot&) const = default;
};
struct PlanSlotHash {
    std::size_t operator()(const PlanSlot& slot) const noexcept
    {
        return static_cast<std::size_t>(randomBits(static_cast<std::uint64_t>(slot.node), static_cast<std::uint64_t>(slot.frame), static_cast<std::uint64_t>(slot.output)));
    }
};

/// Which needed nodes use a node: as an input, or followed by an argument.
class NodeUsers {
public:
    explicit NodeUsers(const Plan& plan);
    [[nodiscard]] std::span<const int> of(int node) const
    {
        const auto index = static_cast<std::size_t>(node);
        return std::span(m_users).subspan(m_first[index], m_first[index + 1] - m_first[index]);
    }

private:
    std::vector<std::size_t> m_first; ///< by node: its first user in m_users
    std::vector<int> m_users;
};

/// Immutable once made, shared between threads; memoised keys are guarded inside.
class Plan {
public:
    std::shared_ptr<const Graph> graph;
    GraphOutput output;
    Canvas canvas; ///< at the plan's scale
    SharedList<PlanNode> nodes;
    std::int64_t frames = 0;
    SampleRange sound; ///< empty when the output has no sound
    std::vector<PlanChunk> chunks;
    std::map<int, NodeSignals> signals; ///< of nodes with connected signals or events
    bool simple = false;                ///< nothing is analysed, baked, bound or fed back: what an edit changes is what comes after it

    /// False while an analysis must run before all keys are known: nothing can be rendered (core/render/ready_plan.h).
    [[nodiscard]] bool ready() const;
    /// Needed analyses and bridges that can run and are not at hand.
    [[nodiscard]] std::vector<int> analysesToRun() const;

    /// Names the work behind frame `frame` of a port (docs/formats.md, "Frame keys"). Thread-safe, memoised. Like all keys
    /// it must not be asked of a node that waits for an analysis.
    FrameKey frameKey(NodePort port, std::int64_t frame) const;
    /// Names the work behind a range of sound of a port.
    SoundKey soundKey(NodePort port, SampleRange range) const;
    /// Frame keys of a chunk and the encoder's settings and identity; no absolute time, so a chunk that moved is a hit.
    ChunkKey chunkKey(const PlanChunk& chunk, const EncodeProfile& profile) const;
    /// The key of frame `frame` of the asked output, its last frame held beyond its end.
    FrameKey outputFrameKey(std::int64_t frame) const;
    /// The digest of a node's frame keys over the output's length, in order: a step's key.
    FrameKey stepKey(int node) const;
    /// How many different frames of a picture or signal port the output can ask for: 1 for a still one, 0 for sound.
    std::int64_t stepFrames(int node, int port) const;

    /// What frameKey remembers (core/plan/key_wave.h): a still port has one frame.
    PlanSlot slotOf(NodePort port, std::int64_t frame) const { return {port.node, port.output, nodes[static_cast<std::size_t>(port.node)].animated ? frame : 0}; }
    std::optional<FrameKey> rememberedKey(const PlanSlot& slot) const;
    void rememberKey(const PlanSlot& slot, const FrameKey& key) const;
    /// The value of a signal port at an instant that was asked before (core/plan/signals.h). Thread-safe.
    std::optional<double> rememberedSignal(NodePort port, Flicks time) const;
    void rememberSignal(NodePort port, Flicks time, double value) const;
    /// Found when first asked, shared with plans made by replan. Thread-safe.
    std::shared_ptr<const NodeUsers> users() const;

private:
    struct Memo {
        std::mutex mutex;
        std::shared_ptr<const NodeUsers> users;
        SharedList<std::optional<FrameKey>> first; ///< by node: frame 0 of output 0, all there is of a still one
        std::unordered_map<PlanSlot, FrameKey, PlanSlotHash> moving;
        std::map<std::tuple<int, int, std::int64_t, std::int64_t>, SoundKey> sounds; ///< by node, output, first sample, count
        std::map<std::tuple<int, int, Flicks>, double> signals;                      ///< by node, output, time
    };
    SoundKey computedSoundKey(NodePort port, SampleRange range) const;
    void takeKeys(const Plan& previous);
    /// Keys of nodes that are not `changed`; the graphs differ in arguments only.
    void takeKeysBut(const Plan& previous, const std::vector<bool>& changed);

    std::shared_ptr<Memo> m_memo = std::make_shared<Memo>();
    friend Result<std::shared_ptr<const Plan>> makePlan(std::shared_ptr<const Graph>, std::string_view, Sources&, const PlanOptions&);
    friend Result<std::shared_ptr<const Plan>> replan(const std::shared_ptr<const Plan>&, const ArgumentEdit&, Sources&, const PlanOptions&);
};

/// Plans one output (the first for an empty name). NotFound for an unknown output; BadInput names node and port for
/// shapes that cannot work; errors of media name the file.
Result<std::shared_ptr<const Plan>> makePlan(std::shared_ptr<const Graph> graph, std::string_view output, Sources& sources, const PlanOptions& options = {});

/// The plan of the graph with one argument edited, made from the plan before: only the node is checked and planned, what a
/// changed shape reaches, and the keys of what comes after it. The same as makePlan of the edited graph, which it is where
/// plans are not `simple`. `options` are those of the plan before. The errors of makePlan, and of withArgument.
Result<std::shared_ptr<const Plan>> replan(const std::shared_ptr<const Plan>& before, const ArgumentEdit& edit, Sources& sources, const PlanOptions& options = {});

/// Plans a preview of any picture port instead of an output.
Result<std::shared_ptr<const Plan>> makePreviewPlan(std::shared_ptr<const Graph> graph, NodePort port, Sources& sources, const PlanOptions& options);

EvaluatedArguments evaluateArguments(const Plan& plan, int node, std::int64_t frame);
EvaluatedArguments evaluateArgumentsAt(const Plan& plan, int node, Flicks time);
/// The same without copies where nothing moves.
std::shared_ptr<const EvaluatedArguments> argumentsAt(const Plan& plan, int node, std::int64_t frame);
/// A call for a node with those arguments; `arguments` and `plan` must outlive it.
Call callOf(const Plan& plan, NodePort port, const EvaluatedArguments& arguments, Sources* sources);
FrameCall frameCall(const Plan& plan, NodePort port, std::int64_t frame, const EvaluatedArguments& arguments, Sources* sources);
SoundCall soundCall(const Plan& plan, NodePort port, SampleRange range, const EvaluatedArguments& arguments, Sources* sources);

/// A moving argument in a preimage: its index with each component, or with the whole value of a text and the like.
void addMoving(Preimage& preimage, std::size_t index, const Value& value);

/// What a frame or a range of sound needs, by the effect's rule or the default one.
std::vector<FrameNeed> frameNeeds(const FrameCall& call);
std::vector<SoundNeed> soundNeeds(const SoundCall& call);
/// Whether a connected input gives the frame before the asked one.
bool isBefore(const GraphNode& node, std::size_t input);
/// The samples of its own output that an effect makes for a range: where it remembers, all blocks up to its end.
SampleRange heardFor(const Effect& effect, SampleRange range);
/// How much of an input an analysis reads: all of it, or the canvas's length of an endless one. Samples or frames.
std::int64_t analysedLength(const StreamFacts& stream, const Canvas& canvas);
/// A frame number within a stream: its ends hold.
std::int64_t heldFrame(const StreamFacts& facts, std::int64_t frame);

} // namespace artdag
