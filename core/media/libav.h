// SPDX-License-Identifier: GPL-3.0-or-later
// Owning pointers for FFmpeg's structures and its error codes in words. The only headers of FFmpeg that this project
// includes are below; nothing outside core/media includes this file.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avstring.h>
#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
#include <libavutil/cpu.h>
#include <libavutil/crc.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

#include <locale.h>

#include <memory>
#include <string>

namespace artdag {

struct LibavFree {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
    void operator()(AVCodecParameters* parameters) const { avcodec_parameters_free(&parameters); }
};
using FramePointer = std::unique_ptr<AVFrame, LibavFree>;
using PacketPointer = std::unique_ptr<AVPacket, LibavFree>;
using CodecPointer = std::unique_ptr<AVCodecContext, LibavFree>;

FramePointer makeFrame();
PacketPointer makePacket();

/// Options for one call of FFmpeg; what the call did not take stays in it.
class LibavOptions {
public:
    LibavOptions() = default;
    ~LibavOptions() { av_dict_free(&m_options); }
    LibavOptions(const LibavOptions&) = delete;
    LibavOptions& operator=(const LibavOptions&) = delete;
    void set(const char* name, const std::string& value) { av_dict_set(&m_options, name, value.c_str(), 0); }
    AVDictionary** address() { return &m_options; }
    /// The first option that was not taken, or empty.
    [[nodiscard]] std::string leftOver() const;

private:
    AVDictionary* m_options = nullptr;
};

/// While it stands, this thread writes and reads numbers as C does. FFmpeg and its encoders follow the locale (x264 puts its
/// settings into the film as 1.00 or 1,00); every call that opens, encodes or writes is made under one.
class PlainNumbers {
public:
    PlainNumbers();
    ~PlainNumbers();
    PlainNumbers(const PlainNumbers&) = delete;
    PlainNumbers& operator=(const PlainNumbers&) = delete;

private:
    locale_t m_before;
};

/// FFmpeg's words for one of its error codes.
std::string libavText(int code);
/// `lavc 59.37`
std::string libavVersion();
/// Once per process: silences FFmpeg's log (errors come back as values) and makes it keep to the level that ARTDAG_SIMD
/// forces. Every entrance of this room calls it.
void prepareLibav();

} // namespace artdag
