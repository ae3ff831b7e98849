// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/libav.h"

#include "core/base/result.h"
#include "core/media/animated_webp.h"
#include "core/media/decode.h"
#include "core/media/draw_svg.h"
#include "core/media/encode.h"
#include "core/media/kept_builds.h"
#include "core/picture/simd.h"

#include <fmt/core.h>

#include <array>
#include <cstdlib>

namespace artdag {

FramePointer makeFrame()
{
    FramePointer frame(av_frame_alloc());
    CHECK(frame);
    return frame;
}

PacketPointer makePacket()
{
    PacketPointer packet(av_packet_alloc());
    CHECK(packet);
    return packet;
}

std::string LibavOptions::leftOver() const
{
    const AVDictionaryEntry* entry = av_dict_get(m_options, "", nullptr, AV_DICT_IGNORE_SUFFIX);
    return entry ? entry->key : "";
}

PlainNumbers::PlainNumbers()
{
    static const locale_t plain = newlocale(LC_ALL_MASK, "C", nullptr);
    m_before = uselocale(plain);
}

PlainNumbers::~PlainNumbers()
{
    uselocale(m_before);
}

std::string libavText(int code)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(code, text.data(), text.size());
    return text.data();
}

std::string libavVersion()
{
    const unsigned version = avcodec_version();
    return fmt::format("lavc {}.{}", AV_VERSION_MAJOR(version), AV_VERSION_MINOR(version));
}

std::string probeBuild()
{
    constexpr int reading = 3; // rises when facts of a file come out differently
    return keptBuild("probe", [&] { return fmt::format("probe {} artdag " ARTDAG_VERSION " lavc {} lavf {} {} {}", reading, avcodec_version(), avformat_version(), webpVersion(), svgVersion()); });
}

std::string muxerBuild()
{
    constexpr int writing = 3; // rises when the same packets give another file
    return keptBuild("mux", [&] { return fmt::format("mux {} artdag " ARTDAG_VERSION " lavc {} lavf {}", writing, avcodec_version(), avformat_version()); });
}

void prepareLibav()
{
    static const bool prepared = [] {
        av_log_set_level(AV_LOG_QUIET);
        const auto level = simdLevel();
        if (std::getenv("ARTDAG_SIMD") == nullptr || !level || *level == SimdLevel::V4)
            return true;
        constexpr int v4 = AV_CPU_FLAG_AVX512 | AV_CPU_FLAG_AVX512ICL;
        constexpr int v3 = AV_CPU_FLAG_AVX | AV_CPU_FLAG_AVX2 | AV_CPU_FLAG_FMA3 | AV_CPU_FLAG_FMA4 | AV_CPU_FLAG_XOP
            | AV_CPU_FLAG_BMI1 | AV_CPU_FLAG_BMI2;
        av_force_cpu_flags(av_get_cpu_flags() & ~(*level == SimdLevel::V2 ? v3 | v4 : v4));
        return true;
    }();
    static_cast<void>(prepared);
}

} // namespace artdag
