// SPDX-License-Identifier: GPL-3.0-or-later
// What an effect is: a description (ports, parameters, help) and up to five free functions. One effect is one file of
// effects/ that defines `extern const Effect effect_<stem>`. Checking, forms, docs, keys and tests all derive from it.
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/effect/signal.h"
#include "core/effect/value.h"
#include "core/picture/picture.h"
#include "core/sound/sound.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

struct Effect;

enum class PortType {
    Picture,
    Sound,
    Signal,
    Events,
    Text,
    Table,
};
const char* nameOf(PortType type); ///< `picture` …

struct Port {
    std::string_view name;
    PortType type = PortType::Picture;
    std::string_view title = {};
    bool list = false;     ///< takes any number of items; at most one list port an effect, and it is the last
    bool optional = false; ///< may be left unconnected
    bool before = false;   ///< gives the frame before the asked one, and so may close a loop (feedback)
};

/// What a length means: Canvas px are multiplied by the plan's scale by the accessor px(), so that a preview looks like the film.
struct Param {
    std::string_view name;
    ParamKind kind = ParamKind::Real;
    Value initial = 0.0;                                     ///< the default
    double least = -std::numeric_limits<double>::infinity(); ///< for each component; infinite: no limit
    double most = std::numeric_limits<double>::infinity();
    double step = 0.01;
    std::string_view unit = {}; ///< `px`, `deg`, `s`, `dB`, `deg/s`, or empty
    std::string_view title = {};
    std::string_view help = {};
    std::string_view group = {};
    std::vector<std::string_view> choices = {}; ///< for Choice; `initial` is an index
    bool animatable = true;
};

/// The shape of one stream: what a port carries, known before anything is rendered.
struct StreamFacts {
    static constexpr std::int64_t endless = -1;
    PortType type = PortType::Picture;
    int width = 0; ///< px at the plan's scale
    int height = 0;
    std::int64_t frames = endless;  ///< pictures; a still is endless
    ContentId baked;                ///< what a source reads instead of its file; enters its keys
    std::int64_t samples = endless; ///< sound; 0: there is no sound (a silent film's sound port)
    bool operator==(const StreamFacts&) const = default;
};

/// What every node of a plan shares.
struct Canvas {
    int width = 1920; ///< px at the plan's scale
    int height = 1080;
    Rate rate;
    int sampleRate = 48000;
    Flicks duration = 10 * flicksPerSecond;
    double scale = 1.0; ///< 1 for an export; ½, ¼, ⅛ for a preview
    bool operator==(const Canvas&) const = default;
};

/// Media behind content ids. The engine gives one with sticky decoders; tests give a fake. All calls are thread-safe.
class Sources {
public:
    virtual ~Sources() = default;
    struct MediaFacts {
        int width = 0, height = 0; ///< px as shown: rotation and aspect applied
        bool hasPicture = false, hasSound = false;
        bool still = false;
        Flicks duration = 0;
        Flicks soundDuration = 0;
        Coding coding;
        Rate numbered{0, 1};    ///< numbered pictures: the nominal rate of one a frame
        ContentId bakedSound;   ///< what its sound is read from instead, where decoding it is not the same on every machine
        ContentId bakedPicture; ///< the same for its picture: a drawing, as one machine drew it
        std::string bakedBy;    ///< `opus lavc 59.37`
        std::string decoder;    ///< identity for keys and the manifest, `h264 lavc 59.37`
    };
    /// `layer`: of an OpenEXR picture, empty for the one at the top; BadInput lists those there are.
    virtual Result<MediaFacts> facts(const ContentId& media, const std::string& layer = {}) = 0;
    /// The last picture whose pts ≤ time (the first one before that; the last one after the end).
    virtual Result<CodedPointer> picture(const ContentId& media, Flicks time, const std::string& layer = {}) = 0;
    /// Sound at `sampleRate`, silence outside the stream.
    virtual Result<Sound> sound(const ContentId& media, SampleRange range, int sampleRate) = 0;
    /// The bytes of a small file (a font, a LUT).
    virtual Result<std::shared_ptr<const Bytes>> file(const ContentId& id) = 0;
};

/// A picture of a file, by the time at which it is shown (Sources::picture).
struct FilePicture {
    ContentId media;
    Flicks time = 0;
    std::string layer;
};

/// One connected input: a port, or one item of the list port. Trims are already applied: frame 0 is the item's `in`.
struct InputFacts {
    int port = 0;  ///< index into Effect::inputs
    int item = -1; ///< index into the call's items, −1 for a plain port
    StreamFacts stream;
};

/// Named access to arguments that were evaluated for one instant. An unknown name or a wrong kind is our bug (CHECK).
struct Arguments {
    std::span<const Param> params;
    std::span<const Value> values;

    [[nodiscard]] const Value& value(std::string_view name) const;
    [[nodiscard]] double real(std::string_view name) const;          ///< real and angle; an integer is widened
    [[nodiscard]] std::int64_t integer(std::string_view name) const; ///< integer, seed
    [[nodiscard]] bool boolean(std::string_view name) const;
    [[nodiscard]] int choice(std::string_view name) const; ///< index into Param::choices
    [[nodiscard]] const std::string& text(std::string_view name) const;
    [[nodiscard]] Colour colour(std::string_view name) const;
    [[nodiscard]] Vec2 vec2(std::string_view name) const;
    [[nodiscard]] Flicks time(std::string_view name) const;
    [[nodiscard]] const Gradient& gradient(std::string_view name) const;
    [[nodiscard]] const CurvePoints& curve(std::string_view name) const;
    [[nodiscard]] const ContentId& file(std::string_view name) const;
};

/// What an effect knows while it answers: all values, nothing to wait for except `sources`.
struct Call {
    const Effect& effect;
    const Canvas& canvas;
    std::span<const InputFacts> inputs; ///< connected inputs, in port order, then items in list order
    std::span<const Arguments> items;   ///< arguments of each item of the list port (Effect::itemParams)
    Arguments args;
    Sources* sources = nullptr;                      ///< null while keys are made
    int output = 0;                                  ///< index into Effect::outputs
    StreamFacts out;                                 ///< facts of that output (empty in `facts`)
    const Signals* signals = nullptr;                ///< connected signals and events; null while shapes are found
    const std::vector<Analysed>* analysed = nullptr; ///< what `analyse` found, for the `sound` of an effect that has both

    /// Index into `inputs` of a port by name, −1 when it is not connected.
    [[nodiscard]] int input(std::string_view port) const;
    /// A length in canvas px, in px of this plan.
    [[nodiscard]] double px(std::string_view name) const { return args.real(name) * canvas.scale; }
    /// Frames nearest to a length of time.
    [[nodiscard]] std::int64_t framesOf(Flicks time) const;
};

/// What an effect with memory hands from one frame to the next: cells, particles, a picture, as the effect arranges them.
struct Memory {
    std::vector<float> numbers;
};

struct FrameCall : Call {
    std::int64_t frame = 0;         ///< of the output
    Space space = Space::Linear;    ///< of the inputs' pixels and of those to be written
    const Memory* memory = nullptr; ///< of this frame, where the effect has any (Effect::advance)
    /// Seconds since the output's frame 0.
    [[nodiscard]] double t() const { return static_cast<double>(frame) * static_cast<double>(canvas.rate.denominator) / static_cast<double>(canvas.rate.numerator); }
};

struct FrameNeed {
    int input = 0;          ///< index into Call::inputs
    std::int64_t frame = 0; ///< of that input; the engine holds the first and last frame beyond its ends
    bool operator==(const FrameNeed&) const = default;
};

/// Samples of one block: what an effect that remembers is called for, at multiples of it.
inline constexpr std::int64_t soundBlock = 4096;

/// What an effect that remembers keeps from one block to the next: numbers of its own choosing, none before sample 0.
struct SoundMemory {
    std::vector<double> numbers;
    std::vector<float> samples; ///< delay lines and the like
    [[nodiscard]] bool empty() const { return numbers.empty() && samples.empty(); }
};

struct SoundCall : Call {
    SampleRange range;             ///< of the output
    bool moves = true;             ///< false: no argument moves, `args` hold for every sample
    SoundMemory* memory = nullptr; ///< of an effect that remembers (Effect::remembers)
    /// A real argument at a sample of the output. Constant arguments are cheap. For smooth automation an effect asks at
    /// multiples of 64 samples of the output and goes linearly between, so that the result does not depend on `range`.
    std::function<double(std::string_view name, std::int64_t sample)> realAt;
    /// The same, asked only where something moves.
    [[nodiscard]] double real(std::string_view name, std::int64_t sample) const { return moves ? realAt(name, sample) : args.real(name); }
};

struct SoundNeed {
    int input = 0;
    SampleRange range; ///< of that input; silence beyond its ends
};

/// What an analysis reads: whole inputs, piece by piece.
struct AnalysisCall : Call {
    std::function<Result<Sound>(int input, SampleRange range)> soundOf;             ///< silence beyond its ends
    std::function<Result<PicturePointer>(int input, std::int64_t frame)> pictureOf; ///< a whole frame
};

/// How the pixels of the output depend on the inputs' pixels, which is what lets the engine fuse and tile.
enum class Access {
    Pointwise, ///< output pixel (x, y) needs input pixel (x, y) only; all picture inputs have the output's size
    Region,    ///< needs what `region` says; may be rendered in any tiles
    Gather,    ///< like Region, and a pixel costs the same in any tile: what reads here and there without a filter of its own
    Whole,     ///< `region` says what it needs; rendered in one call for the whole asked rectangle
};

/// In which space an effect computes.
enum class Works {
    Linear,
    Display,
    Either, ///< in the space that its consumer asks
};

struct Effect {
    std::string_view name; ///< the file's stem
    int version = 1;       ///< rises when its pixels or samples change
    std::string_view title;
    std::string_view help;                       ///< one or two sentences for an artist
    std::vector<std::string_view> tags = {};     ///< first tag is the category in the palette
    std::vector<std::string_view> synonyms = {}; ///< what other tools call it
    std::vector<Port> inputs = {};
    std::vector<Port> outputs = {{"picture", PortType::Picture}};
    std::vector<Param> params = {};
    std::vector<Param> itemParams = {}; ///< of each item of the list port
    Access access = Access::Pointwise;
    bool timeDependent = false;    ///< the frame number itself enters the key (noise that boils, a playing source)
    bool neutralAtDefault = false; ///< default settings give the input back
    double cost = 0;               ///< ms a megapixel on one core, for estimates; 0: guessed from `access` and inputs

    /// Shapes of the outputs. Null: a picture output is like the first picture input (else endless, of canvas size), a
    /// sound output like the first sound input (else endless). BadInput for what cannot work, naming the port.
    Result<void> (*facts)(const Call&, std::span<StreamFacts> outputs) = nullptr;
    /// Which input frames an output frame needs. Null: the same frame number of every connected picture input.
    void (*needs)(const FrameCall&, std::vector<FrameNeed>& out) = nullptr;
    /// Numbers besides arguments and input frames on which this frame's pixels depend: how far a crossfade has come, how
    /// deep a fade is. They enter the frame key instead of the frame number, so that what moved in time is still a hit.
    /// Connected signals enter by their value at the frame; what a frame takes from connected events must be among these.
    void (*moment)(const FrameCall&, std::vector<double>& out) = nullptr;
    /// Of an effect with `needs` or `moment`: whether all frames are one where neither arguments nor inputs move (a photograph, a
    /// formula without time), so that one is made and kept. Null: no.
    bool (*still)(const Call&) = nullptr;
    /// Frames of the output at which a new shot begins (a sequence's cuts): encoded chunks begin there.
    void (*cuts)(const Call&, std::vector<std::int64_t>& out) = nullptr;
    /// Index of the need whose frame this frame is, unchanged and of the same size (between the cuts of a sequence, a trim,
    /// identity): it may keep that frame's key, and need not be copied. Null or −1: none. `render` works all the same.
    int (*passes)(const FrameCall&) = nullptr;
    /// The picture of a file that this frame is, sample for sample, if the file's pixels are square: an encoder that wants such
    /// samples is given them as they are. `render` works all the same.
    Result<std::optional<FilePicture>> (*native)(const FrameCall&) = nullptr;
    /// Which part of need `index` the output part `out` needs (clipped by the engine to the input). Null: the same part
    /// for Pointwise, all of it otherwise.
    Rect (*region)(const FrameCall&, std::size_t index, Rect out) = nullptr;
    /// Where `render` computes. The engine converts between steps that differ, and only there: a chain of tone effects pays
    /// the transfer curve once, and none between a file and its first or the encoder and its last. Null: in linear light.
    Works (*works)(const FrameCall&) = nullptr;
    /// Writes every pixel of `out`. `inputs` are the needs in order; each covers at least what `region` asked, clipped
    /// to that input's picture. Thread-safe, no shared state; depends on nothing but its arguments.
    Result<void> (*render)(const FrameCall&, std::span<const ConstPictureView> inputs, PictureView out) = nullptr;

    /// A simulation: makes what is remembered at call.frame out of what was at the frame before (null at frame 0) and the needed
    /// input frames, whole. Asked for one frame after the other from 0, with nothing else between; a frame's key holds that of
    /// the frame before. `render` finds the result in call.memory.
    Result<void> (*advance)(const FrameCall&, const Memory* before, std::span<const ConstPictureView> inputs, Memory& now) = nullptr;

    /// `sound` hears in order: it is called for one block of soundBlock samples after another from sample 0, each time with
    /// the memory that the block before left. For filters, delays, compressors. The engine keeps memories and replays from
    /// one of them when a listener jumps, so that the sample is the same by whatever way it is reached (ADR 80).
    bool remembers = false;
    /// Which input sound an output range needs. Null: the same range of every connected sound input.
    void (*soundNeeds)(const SoundCall&, std::vector<SoundNeed>& out) = nullptr;
    /// Writes `out` (already call.range, silent). The result for a sample must not depend on the range asked.
    Result<void> (*sound)(const SoundCall&, std::span<const Sound> inputs, Sound& out) = nullptr;

    /// The value of signal output `call.output` at an instant, arguments taken at that instant.
    double (*signal)(const Call& call, Flicks time) = nullptr;
    /// Appends the events of events output `call.output` with from ≤ time < to, sorted; its arguments never move.
    void (*events)(const Call& call, Flicks from, Flicks to, std::vector<Event>& out) = nullptr;
    /// Instead of those two, for what needs whole inputs (sound or pictures) first: one for each output. Run once and
    /// stored by the content of its inputs; its arguments never move. For a sound output, what `sound` wants to know of the
    /// whole before the first sample (Call::analysed).
    Result<std::vector<Analysed>> (*analyse)(const AnalysisCall& call) = nullptr;
};

} // namespace artdag
