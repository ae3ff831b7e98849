// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_streams.h"

#include "core/base/exact_math.h"
#include "core/base/files.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

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

TestStream testRhythm()
{
    TestStream stream{{.type = PortType::Sound, .samples = 8 * 48000}};
    stream.sound = [](SampleRange range) {
        constexpr double loudness[8] = {0.8, 0.02, 0.25, 0.02, 0.3, 0.02, 0.25, 0.02};
        constexpr std::int64_t step = 10286; // 280 notes a minute
        Sound sound(range);
        for (std::int64_t i = 0; i < range.count; ++i) {
            const std::int64_t at = range.first + i, note = std::min<std::int64_t>(at / step, 28);
            if (at < 0 || at >= 8 * 48000)
                continue;
            const double t = static_cast<double>(at - note * step) / 48000, turn = 2 * exact::pi * (note % 4 == 0 ? 110.0 : 440.0) * t;
            const double value = loudness[note % 8] * exact::exp(-(note < 28 ? 30.0 : 7.0) * t) * (exact::sin(turn) + 0.5 * exact::sin(2 * turn) + 0.1 * exact::sin(15 * turn));
            sound.channel(0)[i] = static_cast<float>(value);
            sound.channel(1)[i] = static_cast<float>(0.7 * value);
        }
        return sound;
    };
    return stream;
}

TestStream testDance()
{
    TestStream stream{{PortType::Picture, 48, 36, 150}};
    stream.picture = [](std::int64_t frame, Rect part) {
        const double t = static_cast<double>(frame) / 30, x = 24 + 14 * exact::sin(2 * exact::pi * t), y = 18 + 3 * exact::sin(5.0 * t);
        const bool flash = frame == 40, second = frame >= 90;
        Picture picture(part);
        for (int row = part.y0; row < part.y1; ++row)
            for (int column = part.x0; column < part.x1; ++column) {
                const bool ball = (column - x) * (column - x) + (row - y) * (row - y) < 30;
                const float back = second ? 0.4F : 0.05F, value = flash ? 0.9F : ball ? 0.6F
                                                                                      : back + 0.002F * static_cast<float>((column + row + frame) % 5);
                const float rgb[3] = {value, second ? 0.3F * value : value, flash ? value : 0.5F * value};
                for (int plane = 0; plane < 3; ++plane)
                    picture.view().at(plane, column, row) = rgb[plane];
                picture.view().at(alpha, column, row) = 1.0F;
            }
        return picture;
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
    PackedPicture packed = makePacked(96, 64, {.format = SampleFormat::Rgb24, .matrix = Matrix::Identity, .fullRange = true});
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 96; ++x) {
            const Pixel pixel = pixelOf(look, 96, 64, frame, x, y);
            for (std::size_t plane = 0; plane < 3; ++plane)
                packed.data[(static_cast<std::size_t>(y) * 96 + x) * 3 + plane] = static_cast<std::uint8_t>(255 * std::sqrt(pixel.planes[plane]));
        }
    return codedOf(std::move(packed));
}

Result<Sound> TestSources::sound(const ContentId& media, SampleRange range, int)
{
    return testSound(96000, media.digest[0]).sound(range);
}

namespace {

/// A curve and a small cube that exchanges channels a little.
constexpr std::string_view cubeFile = "LUT_1D_SIZE 3\nLUT_3D_SIZE 2\n0 0 0\n0.6 0.5 0.4\n1 1 1\n"
                                      "0 0.1 0.2\n0.9 0.2 0\n0.1 0.8 0\n1 0.9 0.3\n0 0.2 0.7\n0.8 0.1 1\n0.2 1 0.9\n0.9 1 0.8\n";

} // namespace

Result<std::shared_ptr<const Bytes>> TestSources::file(const ContentId& id)
{
    if (id.digest[0] == 3)
        return std::make_shared<const Bytes>(cubeFile.begin(), cubeFile.end());
    const char* path = id.isNull() ? "/usr/share/fonts/opentype/inter/Inter-Regular.otf" : "/usr/share/fonts/opentype/inter/Inter-BlackItalic.otf";
    return std::make_shared<const Bytes>(TRY(readFile(path)));
}

} // namespace artdag
