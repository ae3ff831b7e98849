// SPDX-License-Identifier: GPL-3.0-or-later
// What the operations of a timestamp do, and how timestamps grow together.
#include "core/anchor/timestamp.h"

#include "core/base/keccak.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace artdag {

namespace {

constexpr std::size_t longestMessage = 4096;

Result<Bytes> digestBy(const EVP_MD* algorithm, ByteView message)
{
    Bytes digest(EVP_MAX_MD_SIZE);
    unsigned length = 0;
    if (algorithm == nullptr || EVP_Digest(message.data(), message.size(), digest.data(), &length, algorithm, nullptr) != 1)
        return fail(Fault::Unavailable, "timestamp: OpenSSL here lacks a hash that it uses");
    digest.resize(length);
    return digest;
}

/// Keccak as it was before FIPS 202: the padding begins with 0x01.
Bytes keccak256(ByteView message)
{
    constexpr std::size_t rate = 136;
    Bytes padded(message.begin(), message.end());
    padded.resize((message.size() / rate + 1) * rate);
    padded[message.size()] ^= 0x01;
    padded.back() ^= 0x80;
    std::array<std::uint64_t, 25> state{};
    for (std::size_t block = 0; block < padded.size(); block += rate) {
        for (std::size_t i = 0; i < rate; ++i)
            state[i / 8] ^= static_cast<std::uint64_t>(padded[block + i]) << (i % 8 * 8);
        keccak(state);
    }
    Bytes digest(32);
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = static_cast<std::uint8_t>(state[i / 8] >> (i % 8 * 8));
    return digest;
}

Bytes joined(ByteView first, ByteView second)
{
    Bytes bytes(first.begin(), first.end());
    bytes.insert(bytes.end(), second.begin(), second.end());
    return bytes;
}

Result<Bytes> outcomeOf(const TimestampStep& step, ByteView message)
{
    switch (step.operation) {
    case TimestampOperation::Sha1:
        return digestBy(EVP_sha1(), message);
    case TimestampOperation::Ripemd160:
        return digestBy(EVP_ripemd160(), message);
    case TimestampOperation::Sha256:
        return digestBy(EVP_sha256(), message);
    case TimestampOperation::Keccak256:
        return keccak256(message);
    case TimestampOperation::Append:
        return joined(message, step.argument);
    case TimestampOperation::Prepend:
        return joined(step.argument, message);
    case TimestampOperation::Reverse:
        return Bytes(message.rbegin(), message.rend());
    case TimestampOperation::Hexlify: {
        const std::string hex = hexOf(message);
        return Bytes(hex.begin(), hex.end());
    }
    }
    return fail(Fault::BadInput, "timestamp: it has an operation that is not known");
}

/// The order of the format: by tag, then by what they say.
auto rankOf(const TimeAttestation& attestation)
{
    static const Bytes pending = *bytesOfHex("83dfe30d2ef90c8e");
    static const Bytes bitcoin = *bytesOfHex("0588960d73d71901");
    const Bytes& tag = attestation.kind == TimeAttestation::Kind::Pending ? pending : attestation.kind == TimeAttestation::Kind::Bitcoin ? bitcoin
                                                                                                                                         : attestation.tag;
    return std::tie(tag, attestation.uri, attestation.height, attestation.payload);
}

void collect(const Timestamp& timestamp, std::vector<std::pair<Bytes, TimeAttestation>>& found)
{
    for (const TimeAttestation& attestation : timestamp.attestations)
        found.emplace_back(timestamp.message, attestation);
    for (const auto& [step, after] : timestamp.branches)
        collect(after, found);
}

} // namespace

Result<Bytes> applyStep(const TimestampStep& step, ByteView message)
{
    if (message.empty() || message.size() + step.argument.size() > longestMessage || (step.operation == TimestampOperation::Hexlify && message.size() * 2 > longestMessage))
        return fail(Fault::BadInput, "timestamp: a message in it must have 1 to 4,096 bytes");
    return outcomeOf(step, message);
}

Result<Timestamp*> timestampAfter(Timestamp& timestamp, const TimestampStep& step)
{
    auto place = std::ranges::lower_bound(timestamp.branches, step, {}, &TimestampBranch::step);
    if (place == timestamp.branches.end() || place->step != step) {
        Timestamp after;
        after.message = TRY(applyStep(step, timestamp.message));
        place = timestamp.branches.insert(place, TimestampBranch{step, std::move(after)});
    }
    return &place->after;
}

void addAttestation(Timestamp& timestamp, TimeAttestation attestation)
{
    auto& list = timestamp.attestations;
    const auto place = std::ranges::lower_bound(list, attestation, [](const TimeAttestation& a, const TimeAttestation& b) { return rankOf(a) < rankOf(b); });
    if (place == list.end() || *place != attestation)
        list.insert(place, std::move(attestation));
}

Result<void> mergeTimestamps(Timestamp& into, const Timestamp& other)
{
    if (into.message != other.message)
        return fail(Fault::BadInput, "timestamp: it is about another message");
    for (const TimeAttestation& attestation : other.attestations)
        addAttestation(into, attestation);
    for (const auto& [step, after] : other.branches)
        TRY(mergeTimestamps(*TRY(timestampAfter(into, step)), after));
    return {};
}

void pruneTimestamp(Timestamp& timestamp, const std::function<bool(const Bytes& message, const TimeAttestation& attestation)>& isFalse)
{
    std::erase_if(timestamp.attestations, [&](const TimeAttestation& attestation) { return isFalse(timestamp.message, attestation); });
    std::erase_if(timestamp.branches, [&](auto& branch) {
        pruneTimestamp(branch.after, isFalse);
        return branch.after.attestations.empty() && branch.after.branches.empty();
    });
}

std::vector<std::pair<Bytes, TimeAttestation>> attestationsOf(const Timestamp& timestamp)
{
    std::vector<std::pair<Bytes, TimeAttestation>> found;
    collect(timestamp, found);
    return found;
}

} // namespace artdag
