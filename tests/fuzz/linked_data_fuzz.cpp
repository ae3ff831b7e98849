// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: any JSON is read as linked data, canonicalised and looked at for signatures without a crash, and its canonical form
// does not depend on the order of its members.
#include "core/federation/document_lint.h"
#include "core/federation/integrity_proof.h"
#include "core/federation/linked_data.h"
#include "core/federation/linked_data_signature.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

using namespace artdag;

namespace {

Json reversed(const Json& value)
{
    if (!value.is_object())
        return value;
    Json out = Json::object();
    for (auto member = value.rbegin(); member != value.rend(); ++member)
        out[member.key()] = member.key() == "@context" ? *member : reversed(*member);
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const auto document = readJson(std::string_view(reinterpret_cast<const char*>(bytes), size), {1U << 20, 32, 10'000});
    if (!document)
        return 0;
    (void)lintDocument(*document);
    (void)readIntegrityProof(*document);
    (void)readLinkedDataSignature(*document);
    auto data = readLinkedData(*document);
    auto other = readLinkedData(reversed(*document));
    CHECK(data.has_value() == other.has_value());
    if (data) {
        const auto text = canonicalQuads(std::move(data->quads), 2000);
        const auto again = canonicalQuads(std::move(other->quads), 2000);
        CHECK(!text || !again || *text == *again);
    }
    return 0;
}
