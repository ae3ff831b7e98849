// SPDX-License-Identifier: GPL-3.0-or-later
// What tests feed to effects: pictures, sound, signals, events and files, all made by code.
#pragma once

#include "core/effect/effect.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace artdag {

/// A stream that a test feeds to a port; pictures may be asked for any part of frame 0 … frames − 1.
struct TestStream {
    StreamFacts facts;
    std::function<Picture(std::int64_t frame, Rect part)> picture = {};
    std::function<Sound(SampleRange range)> sound = {};
    std::function<double(Flicks time)> signal = {};
    std::vector<Event> events = {};
};

/// A moving picture with smooth and fine detail, clean transparent and half transparent parts; another for each `look`.
TestStream testPicture(int width, int height, int look = 0, std::int64_t frames = 24);
/// Two chirps and clicks; another for each `look`.
TestStream testSound(std::int64_t samples, int look = 0);

/// What analyses find something in: eight seconds of notes, strong and weak ones, that fade away; and five of a ball that
/// swings, with a cut and a flash.
TestStream testRhythm();
TestStream testDance();
/// A signal that swings, and events at uneven distances.
TestStream testSignal();
TestStream testEvents();
/// Something of `width` × `height` for a port of this type.
TestStream testStream(PortType type, int width, int height, int look);

/// Media, fonts and files made by code: each content id is another film of 2 s, 96 × 64 px, with sound. Fonts are Inter;
/// the file 3 is a .cube.
class TestSources : public Sources {
public:
    Result<MediaFacts> facts(const ContentId& media, const std::string& layer) override;
    Result<CodedPointer> picture(const ContentId& media, Flicks time, const std::string& layer) override;
    Result<Sound> sound(const ContentId& media, SampleRange range, int sampleRate) override;
    Result<std::shared_ptr<const Bytes>> file(const ContentId& id) override;
};

} // namespace artdag
