// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/binding.h"

#include <algorithm>

namespace artdag {

namespace {

constexpr std::size_t mostExclusions = 1000;

/// A whole number that is not negative.
std::optional<std::uint64_t> wholeNumber(const Cbor* value)
{
    return value != nullptr && value->kind == Cbor::Kind::Unsigned ? std::optional(value->number) : std::nullopt;
}

std::optional<DataBinding> readRanges(const Cbor& list)
{
    DataBinding binding;
    std::uint64_t end = 0;
    for (const Cbor& item : list.items) {
        const auto start = wholeNumber(item.find("start")), length = wholeNumber(item.find("length"));
        if (!start || !length || *start < end || *length > UINT64_MAX - *start)
            return std::nullopt;
        end = *start + *length;
        binding.exclusions.push_back({*start, *length});
    }
    return binding;
}

bool isSaid(const Cbor& map, std::string_view member)
{
    const Cbor* value = map.find(member);
    return value != nullptr && value->kind != Cbor::Kind::Null;
}

/// Only whole boxes at the top are known here, which is what is written for films in one file.
std::optional<BoxBinding> readBoxes(const Cbor& list)
{
    BoxBinding binding;
    for (const Cbor& item : list.items) {
        const std::string path = item.textOf("xpath");
        if (path.size() != 5 || path[0] != '/')
            return std::nullopt;
        for (const char* limit : {"length", "subset", "version", "flags", "exact"})
            if (isSaid(item, limit))
                return std::nullopt;
        BoxBinding::Exclusion exclusion{path.substr(1), {}};
        if (const Cbor* data = item.find("data"); data != nullptr && data->kind == Cbor::Kind::Array)
            for (const Cbor& one : data->items) {
                const auto offset = wholeNumber(one.find("offset"));
                const Cbor* value = one.find("value");
                if (!offset || value == nullptr || value->kind != Cbor::Kind::Bytes || value->text.size() > 1024 || exclusion.having.size() == mostExclusions)
                    return std::nullopt;
                exclusion.having.emplace_back(*offset, Bytes(value->text.begin(), value->text.end()));
            }
        binding.exclusions.push_back(std::move(exclusion));
    }
    return binding;
}

} // namespace

Binding readBinding(const std::string& label, const Cbor& assertion, const std::string& hashOfClaim)
{
    Binding binding{label, assertion.textOf("alg"), {}, {}, {}, false};
    if (binding.hash.empty())
        binding.hash = hashOfClaim;
    const Cbor* value = assertion.find("hash");
    const bool hasValue = value != nullptr && value->kind == Cbor::Kind::Bytes;
    if (hasValue)
        binding.value.assign(value->text.begin(), value->text.end());
    static const Cbor none = Cbor::ofArray({});
    const Cbor* said = assertion.find("exclusions");
    const Cbor& exclusions = said == nullptr || said->kind == Cbor::Kind::Null ? none : *said;
    const bool isList = exclusions.kind == Cbor::Kind::Array && exclusions.items.size() <= mostExclusions;
    if (label == "c2pa.hash.data") {
        binding.data = isList ? readRanges(exclusions) : std::nullopt;
        binding.isMalformed = !binding.data || !hasValue;
    } else if ((label == "c2pa.hash.bmff.v2" || label == "c2pa.hash.bmff.v3") && !isSaid(assertion, "merkle")) {
        binding.boxes = isList ? readBoxes(exclusions) : std::nullopt;
        binding.isMalformed = !isList || !hasValue;
    }
    return binding;
}

Cbor writeBinding(const Binding& binding)
{
    std::vector<Cbor> exclusions;
    if (binding.data) {
        for (const DataBinding::Range& range : binding.data->exclusions)
            exclusions.push_back(Cbor::ofMap({{"start", Cbor::ofNumber(static_cast<std::int64_t>(range.start))}, {"length", Cbor::ofNumber(static_cast<std::int64_t>(range.length))}}));
        return Cbor::ofMap({{"exclusions", Cbor::ofArray(std::move(exclusions))}, {"name", Cbor::ofText("jumbf manifest")}, {"alg", Cbor::ofText(binding.hash)}, {"hash", Cbor::ofBytes(binding.value)}, {"pad", Cbor::ofBytes({})}});
    }
    for (const BoxBinding::Exclusion& exclusion : binding.boxes.value_or(BoxBinding{}).exclusions) {
        std::vector<Cbor> data;
        for (const auto& [offset, bytes] : exclusion.having)
            data.push_back(Cbor::ofMap({{"offset", Cbor::ofNumber(static_cast<std::int64_t>(offset))}, {"value", Cbor::ofBytes(bytes)}}));
        Cbor one = Cbor::ofMap({{"xpath", Cbor::ofText("/" + exclusion.type)}});
        if (!data.empty())
            one = Cbor::ofMap({{"xpath", Cbor::ofText("/" + exclusion.type)}, {"data", Cbor::ofArray(std::move(data))}});
        exclusions.push_back(std::move(one));
    }
    return Cbor::ofMap({{"exclusions", Cbor::ofArray(std::move(exclusions))}, {"alg", Cbor::ofText(binding.hash)}, {"hash", Cbor::ofBytes(binding.value)}, {"name", Cbor::ofText("jumbf manifest")}});
}

Binding boxBinding()
{
    Binding binding{"c2pa.hash.bmff.v3", "sha256", Bytes(32), {}, BoxBinding{}, false};
    binding.boxes->exclusions = {{"uuid", {{8, Bytes(credentialsUuid.begin(), credentialsUuid.end())}}}, {"ftyp", {}}, {"mfra", {}}};
    return binding;
}

} // namespace artdag
