// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/still_decoder.h"

#include "core/base/similar_names.h"
#include "core/media/coded_frame.h"
#include "core/media/decode.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace artdag {

namespace {

struct Beginning {
    std::string_view bytes;
    AVCodecID codec;
};
using namespace std::string_view_literals;
constexpr std::array beginnings{
    Beginning{"\x89PNG\r\n\x1a\n"sv, AV_CODEC_ID_PNG},
    Beginning{"\xFF\xD8\xFF"sv, AV_CODEC_ID_MJPEG},
    Beginning{"II*\0"sv, AV_CODEC_ID_TIFF},
    Beginning{"MM\0*"sv, AV_CODEC_ID_TIFF},
    Beginning{"\x76\x2F\x31\x01"sv, AV_CODEC_ID_EXR},
    Beginning{"BM"sv, AV_CODEC_ID_BMP},
};

std::string_view textOf(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// A text that ends with a zero byte, taken off the front; an empty one also where there is none.
std::string_view takeText(std::string_view& rest)
{
    const std::size_t end = rest.find('\0');
    const std::string_view text = rest.substr(0, end == std::string_view::npos ? 0 : end);
    rest.remove_prefix(std::min(rest.size(), text.size() + 1));
    return text;
}

/// The value of the attribute `channels`, or nothing.
std::string_view exrChannels(std::string_view rest)
{
    while (!rest.empty() && rest.front() != '\0') {
        const std::string_view name = takeText(rest);
        takeText(rest); // its type
        if (rest.size() < 4)
            return {};
        std::uint32_t size = 0;
        std::memcpy(&size, rest.data(), 4);
        rest.remove_prefix(4);
        if (size > rest.size())
            return {};
        if (name == "channels")
            return rest.substr(0, size);
        rest.remove_prefix(size);
    }
    return {};
}

} // namespace

AVCodecID stillCodecOf(ByteView bytes)
{
    const std::string_view text = textOf(bytes);
    for (const Beginning& beginning : beginnings)
        if (text.starts_with(beginning.bytes))
            return beginning.codec;
    return text.starts_with("RIFF") && text.substr(std::min<std::size_t>(8, text.size())).starts_with("WEBP") ? AV_CODEC_ID_WEBP : AV_CODEC_ID_NONE;
}

std::vector<std::string> exrLayers(ByteView bytes)
{
    std::vector<std::string> layers;
    if (stillCodecOf(bytes) != AV_CODEC_ID_EXR || bytes.size() < 8)
        return layers;
    constexpr std::size_t channelFacts = 16; // type, linearity, sampling
    constexpr std::array<std::string_view, 4> colours{"R", "G", "B", "Y"};
    std::string_view channels = exrChannels(textOf(bytes).substr(8));
    while (!channels.empty() && channels.front() != '\0') {
        const std::string_view name = takeText(channels);
        channels.remove_prefix(std::min(channels.size(), channelFacts));
        const std::size_t dot = name.rfind('.');
        const std::string_view channel = dot == std::string_view::npos ? name : name.substr(dot + 1);
        std::string layer(dot == std::string_view::npos ? std::string_view() : name.substr(0, dot));
        if (std::find(colours.begin(), colours.end(), channel) != colours.end() && std::find(layers.begin(), layers.end(), layer) == layers.end())
            layers.push_back(std::move(layer));
    }
    std::stable_partition(layers.begin(), layers.end(), [](const std::string& layer) { return layer.empty(); });
    return layers;
}

Result<void> chooseExrLayer(AVCodecContext& codec, ByteView bytes, const std::string& layer)
{
    const std::vector<std::string> layers = exrLayers(bytes);
    std::vector<std::string_view> named(layers.begin(), layers.end());
    std::erase(named, "");
    if (!layer.empty() && std::ranges::find(named, layer) == named.end()) {
        std::string list;
        for (const std::string_view each : named)
            list += fmt::format("{}'{}'", list.empty() ? "; its layers are " : ", ", each);
        const std::vector<std::string_view> near = similarNames(layer, named);
        return fail(Fault::BadInput, fmt::format("has no layer '{}'{}{}", layer.substr(0, 60), named.empty() ? "; it has no layers" : list, near.empty() ? "" : fmt::format("; did you mean '{}'?", near.front())));
    }
    if (const std::string& chosen = layer.empty() && !layers.empty() ? layers.front() : layer; !chosen.empty())
        av_opt_set(codec.priv_data, "layer", chosen.c_str(), 0);
    return {};
}

Bytes beginningOf(const FileSource& source)
{
    Bytes bytes(static_cast<std::size_t>(std::min<std::int64_t>(source.size(), 1 << 16)));
    return source.readAt(0, bytes) ? bytes : Bytes();
}

int errorRecognition(AVCodecID codec)
{
    switch (codec) {
    case AV_CODEC_ID_FFV1:
    case AV_CODEC_ID_PNG:
    case AV_CODEC_ID_BMP:
    case AV_CODEC_ID_GIF:
        return AV_EF_CRCCHECK | AV_EF_EXPLODE;
    default:
        return AV_EF_CRCCHECK;
    }
}

bool isWholeJpeg(ByteView bytes)
{
    const auto last = [&](std::uint8_t marker) {
        for (std::size_t i = bytes.size(); i >= 2; --i)
            if (bytes[i - 2] == 0xFF && bytes[i - 1] == marker)
                return i;
        return std::size_t{0};
    };
    return last(0xD9) > last(0xDA);
}

Result<DecodedStill> decodeStill(ByteView bytes, const std::string& name, const std::string& layer)
{
    prepareLibav();
    const AVCodecID id = stillCodecOf(bytes);
    const auto choices = decodersFor(id);
    if (choices.empty())
        return fail(Fault::BadInput, name + ": is no picture that is known here; PNG, JPEG, TIFF, OpenEXR, BMP and WebP are read");
    const auto damaged = [&] { return fail(Fault::Corrupt, name + ": its picture is cut off or damaged; copy or export it again"); };
    if (id == AV_CODEC_ID_MJPEG && !isWholeJpeg(bytes))
        return damaged();
    CodecPointer codec(avcodec_alloc_context3(choices.front().codec));
    CHECK(codec);
    codec->flags |= AV_CODEC_FLAG_BITEXACT;
    codec->max_pixels = maximumPixels;
    codec->err_recognition = errorRecognition(id);
    codec->thread_count = 1;
    const PlainNumbers plain;
    if (const auto chosen = chooseExrLayer(*codec, bytes, layer); !chosen)
        return fail(chosen.error().fault, name + ": " + chosen.error().message);
    const PacketPointer packet = makePacket();
    if (bytes.size() > INT32_MAX - AV_INPUT_BUFFER_PADDING_SIZE || avcodec_open2(codec.get(), choices.front().codec, nullptr) < 0 || av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0)
        return damaged();
    std::copy(bytes.begin(), bytes.end(), packet->data);
    DecodedStill still{makeFrame(), nullptr, fmt::format("{} {}", choices.front().codec->name, libavVersion())};
    avcodec_send_packet(codec.get(), packet.get());
    avcodec_send_packet(codec.get(), nullptr);
    constexpr int broken = FF_DECODE_ERROR_INVALID_BITSTREAM | FF_DECODE_ERROR_CONCEALMENT_ACTIVE | FF_DECODE_ERROR_DECODE_SLICES;
    if (avcodec_receive_frame(codec.get(), still.frame.get()) < 0 || (still.frame->flags & AV_FRAME_FLAG_CORRUPT) != 0 || (still.frame->decode_error_flags & broken) != 0)
        return damaged();
    auto picture = codedPictureOf(*still.frame, id);
    if (!picture)
        return fail(picture.error().fault, name + ": " + picture.error().message);
    still.picture = std::move(*picture);
    return still;
}

} // namespace artdag
