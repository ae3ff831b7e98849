// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file that may carry a recipe: an answer or an error; what was taken out leaves a file that carries nothing.
#include "core/base/files.h"
#include "core/embed/embed.h"

#include <cstdlib>
#include <unistd.h>

using namespace artdag;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const TemporaryDirectory directory = TemporaryDirectory::make("artdag-fuzz").value();
    const std::filesystem::path file = directory.path() / "file", bare = directory.path() / "bare", carrier = directory.path() / "carrier";
    std::FILE* out = std::fopen(file.c_str(), "wb");
    std::fwrite(data, 1, size, out);
    std::fclose(out);
    const auto read = readEmbedded(file);
    ::unlink(bare.c_str());
    ::unlink(carrier.c_str());
    if (!read)
        return 0;
    if (read->empty()) {
        const Embedded put{"sha3-256:00", "{\"a\": \"<&>\"}"};
        if (!writeEmbedded(file, carrier, put))
            return 0;
        if (readEmbedded(carrier).value() != put || !writeBare(carrier, bare) || !readEmbedded(bare).value().empty())
            std::abort();
    } else {
        static_cast<void>(writeBare(file, bare));
    }
    return 0;
}
