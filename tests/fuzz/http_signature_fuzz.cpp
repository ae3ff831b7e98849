// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: a request's header lines (`name: value`, then an empty line and the body) are read as signed without a crash, and a
// structured field is written as it is read.
#include "core/federation/http_signature.h"
#include "core/federation/moments.h"
#include "core/federation/structured_fields.h"

#include <cstddef>
#include <cstdint>

using namespace artdag;

namespace {

void compareFields(std::string_view text)
{
    const auto dictionary = readFieldDictionary(text);
    if (!dictionary)
        return;
    const auto again = readFieldDictionary(fieldText(*dictionary));
    CHECK(again.has_value() && *again == *dictionary);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    std::string_view rest(reinterpret_cast<const char*>(bytes), size);
    SignableRequest request{"POST", "https", "peer.example", "/inbox?a=1", {}, ""};
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (line.empty())
            break;
        const auto colon = std::min(line.find(':'), line.size());
        const std::string_view value = line.substr(std::min(colon + 1, line.size()));
        request.headers.emplace_back(line.substr(0, colon), value);
        compareFields(value);
        const auto seconds = secondsOfUtc(value);
        CHECK(!seconds || secondsOfUtc(utcText(*seconds)) == *seconds);
    }
    request.body = rest;
    constexpr std::int64_t now = 1'800'000'000;
    const auto signature = readRequestSignature(request, {"peer.example"}, now);
    CHECK(!signature || (!signature->keyId.empty() && !signature->candidates.empty()));
    CHECK(signature || (signature.error().fault == Fault::Denied && !signature.error().message.empty()));
    return 0;
}
