// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a store of Content Credentials, and as CBOR: an answer or an error; what can be read can be shown, and CBOR that was read is
// written as the same value.
#include "core/credentials/read_credentials.h"

#include <cstdlib>

using namespace artdag;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView bytes(data, size);
    if (const auto reading = readCredentialStore(bytes, {}, 1'800'000'000)) {
        if (jsonOf(reading->credentials).dump(-1, ' ', false, Json::error_handler_t::replace).empty())
            std::abort();
        for (const std::string& line : wordsOf(reading->credentials))
            for (const char letter : line)
                if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F)
                    std::abort();
    }
    if (const auto value = readCbor(bytes)) {
        const Bytes written = writeCbor(*value);
        const auto again = readCbor(written);
        if (!again || writeCbor(*again) != written)
            std::abort();
    }
    return 0;
}
