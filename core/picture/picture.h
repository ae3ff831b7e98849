// SPDX-License-Identifier: GPL-3.0-or-later
// Pixels as the engine computes with them: float32, planar R G B A, linear light, BT.709 primaries, premultiplied
// alpha, never clamped between steps. And pixels as files hold them: coded planes (yuv420p, rgb24 …).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace artdag {

/// Half-open in both directions: [x0, x1) × [y0, y1), in pixels of a stream's whole picture, y down.
struct Rect {
    int x0 = 0;
    int y0 = 0;
    int x1 = 0;
    int y1 = 0;

    bool operator==(const Rect&) const = default;
    [[nodiscard]] int width() const { return x1 - x0; }
    [[nodiscard]] int height() const { return y1 - y0; }
    [[nodiscard]] bool empty() const { return x1 <= x0 || y1 <= y0; }
    [[nodiscard]] Rect movedBy(int dx, int dy) const { return {x0 + dx, y0 + dy, x1 + dx, y1 + dy}; }
    [[nodiscard]] Rect grown(int by) const { return {x0 - by, y0 - by, x1 + by, y1 + by}; }
    [[nodiscard]] Rect clippedTo(const Rect& other) const;
    [[nodiscard]] bool contains(const Rect& other) const;
};

inline constexpr int red = 0;
inline constexpr int green = 1;
inline constexpr int blue = 2;
inline constexpr int alpha = 3;

/// What the numbers of a picture mean: linear light, premultiplied (what they are wherever nothing else is said), or sRGB
/// values with straight alpha, black where alpha is 0 (what tone effects compute with, and SDR files hold).
enum class Space {
    Linear,
    Display,
};

/// A window on float planes that somebody else owns. `rect` says which part of the whole picture the planes hold.
template <class Sample>
struct PlanesView {
    Sample* planes[4] = {};    ///< R, G, B, A; each points at pixel (rect.x0, rect.y0)
    std::ptrdiff_t stride = 0; ///< samples from one row to the next
    Rect rect;
    bool opaque = false; ///< alpha is known to be 1 throughout; false says nothing
    Rect content;        ///< outside of it all samples are known to be 0; empty says nothing

    /// First sample of row y (in whole-picture coordinates), at x = rect.x0.
    [[nodiscard]] Sample* row(int plane, int y) const { return planes[plane] + (y - rect.y0) * stride; }
    [[nodiscard]] Sample& at(int plane, int x, int y) const { return row(plane, y)[x - rect.x0]; }
    /// The part inside `part`, which must lie within rect.
    [[nodiscard]] PlanesView sub(const Rect& part) const
    {
        PlanesView view = *this;
        for (int plane = 0; plane < 4; ++plane)
            view.planes[plane] = planes[plane] + (part.y0 - rect.y0) * stride + (part.x0 - rect.x0);
        view.rect = part;
        view.content = content.clippedTo(part);
        return view;
    }
    /// The same samples at other places.
    [[nodiscard]] PlanesView movedBy(int dx, int dy) const
    {
        PlanesView view = *this;
        view.rect = rect.movedBy(dx, dy);
        view.content = content.movedBy(dx, dy);
        return view;
    }
    /// Where samples may be other than 0.
    [[nodiscard]] Rect contentOrAll() const { return content.empty() ? rect : content; }
    operator PlanesView<const Sample>() const // NOLINT(google-explicit-constructor): a writable window is a readable one
        requires(!std::is_const_v<Sample>)
    {
        return {{planes[0], planes[1], planes[2], planes[3]}, stride, rect, opaque, content};
    }
};
using PictureView = PlanesView<float>;
using ConstPictureView = PlanesView<const float>;

/// Memory for one picture, perhaps larger than it needs.
struct PictureBlock {
    float* memory = nullptr;
    std::size_t bytes = 0;
};

/// Blocks of memory that pictures of one run use again: the kernel need not clear 33 MB for each 1080p frame. The parts of a
/// source that a moving picture needs differ from frame to frame, so a block serves smaller pictures too. What is lent and
/// what is kept for use again never come to more than what was lent at once. Thread-safe.
class PictureMemory {
public:
    PictureMemory() = default;
    ~PictureMemory();
    PictureMemory(const PictureMemory&) = delete;
    PictureMemory& operator=(const PictureMemory&) = delete;
    PictureBlock take(std::size_t bytes);
    void give(PictureBlock block);
    /// Keeps nothing from now on: pictures that outlive the run give their blocks back to the system.
    void close();
    /// Bytes that are kept for use again.
    [[nodiscard]] std::size_t kept() const;

private:
    void trim();

    mutable std::mutex m_mutex;
    std::multimap<std::size_t, float*> m_free; ///< by size
    std::size_t m_kept = 0;
    std::size_t m_lent = 0;
    std::size_t m_mostLent = 0;
    bool m_closed = false;
};

/// Gives a picture's block back to where it came from.
struct FreePicture {
    std::shared_ptr<PictureMemory> memory;
    std::size_t bytes = 0;
    void operator()(float* block) const;
};

/// Float planes that own their memory: 64-byte aligned rows, uninitialised until written.
class Picture {
public:
    Picture() = default;
    explicit Picture(Rect rect, std::shared_ptr<PictureMemory> memory = nullptr);

    [[nodiscard]] const Rect& rect() const { return m_rect; }
    [[nodiscard]] PictureView view();
    [[nodiscard]] ConstPictureView view() const;
    /// Looks whether alpha is 1 throughout and what is not empty, once it is written: views of a constant picture say so.
    void look();
    [[nodiscard]] std::size_t bytes() const { return m_floats * sizeof(float); }

private:
    std::unique_ptr<float, FreePicture> m_memory;
    std::size_t m_floats = 0;
    std::ptrdiff_t m_stride = 0;
    Rect m_rect;
    Rect m_content;
    bool m_opaque = false;
};
using PicturePointer = std::shared_ptr<const Picture>;

/// Fills with transparent black.
void clear(PictureView out);
/// Copies the common part of two windows.
void copy(ConstPictureView from, PictureView out);

/// How samples lie in a coded picture. The names are FFmpeg's, for they enter the frames hash.
enum class SampleFormat {
    Yuv420p,
    Yuv422p,
    Yuv444p,
    Yuv420p10,
    Yuv422p10,
    Yuv444p10,
    Yuva420p,
    Rgb24,
    Rgba,
    Rgb48,
    Rgba64,
    Gray8,
    Gray16,
    Gbrp,
    Gbrap,
    Gbrp10,
    Gbrp16,
    Gbrap16,
    Yuva444p10,
    Gbrpf32, ///< floats hold linear light, premultiplied, as OpenEXR does
    Gbrapf32,
};
enum class Matrix {
    Bt601,
    Bt709,
    Bt2020,
    Identity,
};
enum class Transfer {
    Srgb,
    Pq,
    Hlg,
    Linear,
};
enum class Primaries {
    Bt709,
    Bt2020,
};
enum class ChromaSite {
    Left,
    Centre,
    TopLeft,
};

/// Everything that says what coded samples mean.
struct Coding {
    SampleFormat format = SampleFormat::Yuv420p;
    Matrix matrix = Matrix::Bt709;
    Transfer transfer = Transfer::Srgb;
    Primaries primaries = Primaries::Bt709;
    ChromaSite site = ChromaSite::Left;
    bool fullRange = false;
    bool operator==(const Coding&) const = default;
};

struct PlaneShape {
    int width = 0;           ///< pixels of this plane
    int height = 0;          ///< rows
    int samplesPerPixel = 1; ///< 3 for rgb24, 1 for planar formats
    int bytesPerSample = 1;
    [[nodiscard]] std::size_t rowBytes() const { return static_cast<std::size_t>(width) * static_cast<std::size_t>(samplesPerPixel * bytesPerSample); }
    [[nodiscard]] std::size_t bytes() const { return rowBytes() * static_cast<std::size_t>(height); }
};
/// The planes of a format, in the order of the format's name. Chroma sizes round up.
std::vector<PlaneShape> planesOf(SampleFormat format, int width, int height);
const char* nameOf(SampleFormat format); ///< `yuv420p`, `yuv420p10le`, `gbrp`, …
bool hasAlpha(SampleFormat format);

/// Planes as a decoder gave them or an encoder wants them. `owner` keeps the memory; rows may be padded.
struct CodedPicture {
    int width = 0;
    int height = 0;
    Coding coding;
    const std::uint8_t* planes[4] = {};
    std::ptrdiff_t strides[4] = {}; ///< bytes
    std::shared_ptr<void> owner;
};
using CodedPointer = std::shared_ptr<const CodedPicture>;

/// A coded picture with its own memory, rows without padding, planes consecutive: `data` is what the frames hash reads.
struct PackedPicture {
    int width = 0;
    int height = 0;
    Coding coding;
    std::vector<std::uint8_t> data;
    [[nodiscard]] CodedPicture view() const; ///< valid as long as this
};
PackedPicture makePacked(int width, int height, const Coding& coding);
/// As a picture that owns it.
CodedPointer codedOf(PackedPicture packed);
/// Writes the samples as `data` of a packed picture of the same shape holds them.
void packCodes(const CodedPicture& picture, std::uint8_t* data);

/// Decodes rows [out.rect.y0, y1) × [x0, x1) of `coded`. Alpha 1 where the format has none.
void decodeCoded(const CodedPicture& coded, Space space, PictureView out);
inline void decodeToLinear(const CodedPicture& coded, PictureView out)
{
    decodeCoded(coded, Space::Linear, out);
}
/// Encodes a whole linear picture (its rect must be the packed picture's size): see PictureWriter.
void encodeFromLinear(ConstPictureView linear, PackedPicture& out);
/// As RGBA bytes, sRGB, straight alpha over black, for a screen: `rgba` holds width·height·4 bytes.
void toDisplayRgba(ConstPictureView linear, std::uint8_t* rgba, std::ptrdiff_t strideBytes);

} // namespace artdag
