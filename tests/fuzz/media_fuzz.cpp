// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a media file: opened, its first pictures in order and by time, its first packets, its sound.
#include "core/media/decode.h"
#include "core/media/stored_packets.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const int memory = ::memfd_create("media", MFD_CLOEXEC);
    if (memory < 0)
        return 0;
    const bool written = ::write(memory, data, size) == static_cast<ssize_t>(size);
    if (const auto file = written ? artdag::openMedia("/proc/self/fd/" + std::to_string(memory)) : artdag::fail(artdag::Fault::BadInput, "")) {
        for (int i = 0; i < 4; ++i)
            if (const auto picture = (*file)->nextPicture(); !picture || !*picture)
                break;
        for (const artdag::Flicks time : {artdag::flicksPerSecond, artdag::Flicks{0}, artdag::flicksPerSecond / 3})
            static_cast<void>((*file)->pictureAt(time));
        if (const auto packets = (*file)->packets())
            if (const std::int64_t count = (*packets)->copyable(0, 4); count > 0)
                static_cast<void>((*packets)->read(0, count));
        if ((*file)->facts().audio && (*file)->facts().audio->duration < 60 * artdag::flicksPerSecond)
            static_cast<void>((*file)->decodeSound());
    }
    ::close(memory);
    return 0;
}
