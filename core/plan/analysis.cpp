// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/analysis.h"

#include <bit>
#include <cstring>
#include <string_view>

namespace artdag {

namespace {

constexpr std::string_view magic = "artdag.analysis.1\n";

void append(Bytes& bytes, std::uint64_t value, std::size_t size = 8)
{
    for (std::size_t i = 0; i < size; ++i)
        bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

/// Takes numbers off the front; past the end everything is 0 and `whole` is false.
struct Reader {
    ByteView rest;
    bool whole = true;

    std::uint64_t number(std::size_t size = 8)
    {
        whole = whole && rest.size() >= size;
        std::uint64_t value = 0;
        for (std::size_t i = 0; whole && i < size; ++i)
            value |= static_cast<std::uint64_t>(rest[i]) << (8 * i);
        rest = rest.subspan(whole ? size : rest.size());
        return value;
    }
    double real() { return std::bit_cast<double>(number()); }
    /// A count of things of `size` bytes that are still to come.
    std::size_t count(std::size_t size)
    {
        const std::uint64_t value = number();
        whole = whole && value <= rest.size() / size;
        return whole ? static_cast<std::size_t>(value) : 0;
    }
};

} // namespace

Bytes bytesOfAnalysis(const Analysis& analysis)
{
    Bytes bytes(magic.begin(), magic.end());
    append(bytes, analysis.size(), 4);
    for (const Analysed& output : analysis) {
        append(bytes, output.events.size());
        for (const Event& event : output.events) {
            append(bytes, static_cast<std::uint64_t>(event.time));
            append(bytes, std::bit_cast<std::uint64_t>(event.strength));
        }
        append(bytes, std::bit_cast<std::uint64_t>(output.rate));
        append(bytes, output.values.size());
        for (const double value : output.values)
            append(bytes, std::bit_cast<std::uint64_t>(value));
    }
    return bytes;
}

Result<Analysis> analysisOfBytes(ByteView bytes)
{
    Reader reader{bytes};
    const bool named = bytes.size() >= magic.size() && std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
    if (named)
        reader.rest = bytes.subspan(magic.size());
    Analysis analysis;
    const std::uint64_t outputs = named ? reader.number(4) : 0;
    for (std::uint64_t i = 0; i < outputs && reader.whole; ++i) {
        Analysed& output = analysis.emplace_back();
        output.events.resize(reader.count(16));
        for (Event& event : output.events) {
            event.time = static_cast<Flicks>(reader.number());
            event.strength = reader.real();
        }
        output.rate = reader.real();
        output.values.resize(reader.count(8));
        for (double& value : output.values)
            value = reader.real();
    }
    if (!named || !reader.whole || !reader.rest.empty())
        return fail(Fault::Corrupt, "analysis: its bytes are not those of an analysis; it is made again by the next render");
    return analysis;
}

AnalysisPointer storedAnalysis(Store& store, const AnalysisKey& key)
{
    const auto hit = store.action("analysis", key.digest);
    if (!hit || hit->objects.size() != 1)
        return nullptr;
    const auto bytes = store.get(hit->objects.front());
    auto analysis = bytes ? analysisOfBytes(*bytes) : Result<Analysis>(tl::unexpected<Error>(bytes.error()));
    return analysis ? std::make_shared<const Analysis>(std::move(*analysis)) : nullptr;
}

Result<void> storeAnalysis(Store& store, const AnalysisKey& key, const Analysis& analysis)
{
    const ContentId object = TRY(store.put(bytesOfAnalysis(analysis), ObjectClass::Render));
    return store.putAction("analysis", key.digest, {{object}, Json::object()});
}

AnalysisLookup analysesOf(Store& store)
{
    return [&store](const AnalysisKey& key) { return storedAnalysis(store, key); };
}

} // namespace artdag
