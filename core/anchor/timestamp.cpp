// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of timestamps and of `.ots` files.
#include "core/anchor/timestamp.h"

#include <algorithm>

namespace artdag {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view fileMark = "\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94"sv;
constexpr std::uint64_t majorVersion = 1;
constexpr std::size_t longestFile = 64U << 10;
constexpr std::size_t longestArgument = 4096;
constexpr std::size_t longestPayload = 8192;
constexpr std::size_t longestUri = 1000;
constexpr int deepest = 256;
constexpr int mostOperations = 1024;
constexpr std::uint8_t forkMark = 0xFF;
constexpr std::uint8_t attestationMark = 0x00;
constexpr std::size_t tagLength = 8;

const Bytes& pendingTag()
{
    static const Bytes tag = *bytesOfHex("83dfe30d2ef90c8e");
    return tag;
}

const Bytes& bitcoinTag()
{
    static const Bytes tag = *bytesOfHex("0588960d73d71901");
    return tag;
}

tl::unexpected<Error> bad(const char* what)
{
    return fail(Fault::BadInput, std::string("timestamp: ") + what);
}

class Reader {
public:
    explicit Reader(ByteView bytes)
        : m_left(bytes) {}

    Result<std::uint8_t> byte() { return TRY(some(1)).front(); }
    Result<ByteView> some(std::size_t count)
    {
        if (count > m_left.size())
            return bad("it is cut short");
        const ByteView taken = m_left.first(count);
        m_left = m_left.subspan(count);
        return taken;
    }
    /// LEB128, in the one shortest form.
    Result<std::uint64_t> number()
    {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            const std::uint8_t next = TRY(byte());
            value |= static_cast<std::uint64_t>(next & 0x7FU) << shift;
            if (next == 0 && shift > 0)
                return bad("a number is not in its shortest form");
            if ((next & 0x80U) == 0)
                return value;
        }
        return bad("a number is too large");
    }
    Result<Bytes> counted(std::size_t least, std::size_t most)
    {
        const std::uint64_t count = TRY(number());
        if (count < least || count > most)
            return bad("a part has a length that is not allowed");
        const ByteView bytes = TRY(some(static_cast<std::size_t>(count)));
        return Bytes(bytes.begin(), bytes.end());
    }
    Result<void> end() const
    {
        if (!m_left.empty())
            return bad("something follows its end");
        return {};
    }
    Result<void> operation() { return ++m_operations > mostOperations ? Result<void>(bad("it has more than 1,024 operations")) : Result<void>(); }

private:
    ByteView m_left;
    int m_operations = 0;
};

bool isUri(const Bytes& bytes)
{
    return std::ranges::all_of(bytes, [](std::uint8_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-._/:").find(static_cast<char>(c)) != std::string_view::npos; });
}

Result<TimeAttestation> readAttestation(Reader& reader)
{
    const ByteView tag = TRY(reader.some(tagLength));
    TimeAttestation attestation;
    attestation.tag.assign(tag.begin(), tag.end());
    attestation.payload = TRY(reader.counted(0, longestPayload));
    Reader payload(attestation.payload);
    if (attestation.tag == pendingTag()) {
        const Bytes uri = TRY(payload.counted(1, longestUri));
        if (!isUri(uri))
            return bad("the address of a calendar has characters that are not allowed");
        attestation.kind = TimeAttestation::Kind::Pending;
        attestation.uri.assign(uri.begin(), uri.end());
    } else if (attestation.tag == bitcoinTag()) {
        attestation.kind = TimeAttestation::Kind::Bitcoin;
        attestation.height = TRY(payload.number());
    } else {
        attestation.kind = TimeAttestation::Kind::Unknown;
        return attestation;
    }
    TRY(payload.end());
    attestation.tag.clear();
    attestation.payload.clear();
    return attestation;
}

Result<TimestampStep> readStep(Reader& reader, std::uint8_t tag)
{
    TRY(reader.operation());
    TimestampStep step;
    step.operation = static_cast<TimestampOperation>(tag);
    switch (step.operation) {
    case TimestampOperation::Append:
    case TimestampOperation::Prepend:
        step.argument = TRY(reader.counted(1, longestArgument));
        [[fallthrough]];
    case TimestampOperation::Sha1:
    case TimestampOperation::Ripemd160:
    case TimestampOperation::Sha256:
    case TimestampOperation::Keccak256:
    case TimestampOperation::Reverse:
    case TimestampOperation::Hexlify:
        return step;
    }
    return bad("it has an operation that is not known");
}

/// Reads into a timestamp whose message is there; what it knows already stays.
Result<void> readInto(Reader& reader, Timestamp& timestamp, int depth)
{
    if (depth > deepest)
        return bad("it is more than 256 operations deep");
    for (bool more = true; more;) {
        std::uint8_t tag = TRY(reader.byte());
        more = tag == forkMark;
        if (more)
            tag = TRY(reader.byte());
        if (tag == attestationMark)
            addAttestation(timestamp, TRY(readAttestation(reader)));
        else
            TRY(readInto(reader, *TRY(timestampAfter(timestamp, TRY(readStep(reader, tag)))), depth + 1));
    }
    return {};
}

void putNumber(Bytes& out, std::uint64_t value)
{
    while (value >= 0x80) {
        out.push_back(static_cast<std::uint8_t>(value | 0x80));
        value >>= 7;
    }
    out.push_back(static_cast<std::uint8_t>(value));
}

void putCounted(Bytes& out, ByteView bytes)
{
    putNumber(out, bytes.size());
    out.insert(out.end(), bytes.begin(), bytes.end());
}

void putAttestation(Bytes& out, const TimeAttestation& attestation)
{
    const bool isPending = attestation.kind == TimeAttestation::Kind::Pending;
    Bytes payload = attestation.payload;
    if (isPending)
        putCounted(payload, bytesOf(attestation.uri));
    else if (attestation.kind == TimeAttestation::Kind::Bitcoin)
        putNumber(payload, attestation.height);
    const Bytes& tag = isPending ? pendingTag() : attestation.kind == TimeAttestation::Kind::Bitcoin ? bitcoinTag()
                                                                                                     : attestation.tag;
    out.push_back(attestationMark);
    out.insert(out.end(), tag.begin(), tag.end());
    putCounted(out, payload);
}

Result<void> putTimestamp(Bytes& out, const Timestamp& timestamp)
{
    std::size_t left = timestamp.attestations.size() + timestamp.branches.size();
    if (left == 0)
        return bad("a branch of it ends without an attestation");
    for (const TimeAttestation& attestation : timestamp.attestations) {
        if (--left > 0)
            out.push_back(forkMark);
        putAttestation(out, attestation);
    }
    for (const auto& [step, after] : timestamp.branches) {
        if (--left > 0)
            out.push_back(forkMark);
        out.push_back(static_cast<std::uint8_t>(step.operation));
        if (!step.argument.empty())
            putCounted(out, step.argument);
        TRY(putTimestamp(out, after));
    }
    return {};
}

/// Of a file's hash; 0 for what may not hash a file.
std::size_t lengthOf(TimestampOperation hash)
{
    return hash == TimestampOperation::Sha256 ? 32 : hash == TimestampOperation::Sha1 || hash == TimestampOperation::Ripemd160 ? 20
                                                                                                                               : 0;
}

} // namespace

Result<Timestamp> readTimestamp(ByteView bytes, Bytes message)
{
    if (bytes.size() > longestFile)
        return bad("it has more than 64 KiB");
    Reader reader(bytes);
    Timestamp timestamp;
    timestamp.message = std::move(message);
    TRY(readInto(reader, timestamp, 0));
    TRY(reader.end());
    return timestamp;
}

Result<Bytes> writeTimestamp(const Timestamp& timestamp)
{
    Bytes out;
    TRY(putTimestamp(out, timestamp));
    return out;
}

Result<DetachedTimestamp> readDetachedTimestamp(ByteView bytes)
{
    if (bytes.size() > longestFile)
        return bad("it has more than 64 KiB");
    Reader reader(bytes);
    if (bytes.size() < fileMark.size() || !std::ranges::equal(TRY(reader.some(fileMark.size())), bytesOf(fileMark)))
        return bad("this is no .ots file");
    if (TRY(reader.number()) != majorVersion)
        return bad("it is of a version that is not known");
    DetachedTimestamp file;
    file.fileHash = static_cast<TimestampOperation>(TRY(reader.byte()));
    if (lengthOf(file.fileHash) == 0)
        return bad("its file's hash is none that is known");
    const ByteView digest = TRY(reader.some(lengthOf(file.fileHash)));
    file.timestamp.message.assign(digest.begin(), digest.end());
    TRY(readInto(reader, file.timestamp, 0));
    TRY(reader.end());
    return file;
}

Result<Bytes> writeDetachedTimestamp(const DetachedTimestamp& file)
{
    if (lengthOf(file.fileHash) == 0 || file.timestamp.message.size() != lengthOf(file.fileHash))
        return bad("its message is not the hash of a file");
    const ByteView mark = bytesOf(fileMark);
    Bytes out(mark.begin(), mark.end());
    putNumber(out, majorVersion);
    out.push_back(static_cast<std::uint8_t>(file.fileHash));
    out.insert(out.end(), file.timestamp.message.begin(), file.timestamp.message.end());
    TRY(putTimestamp(out, file.timestamp));
    return out;
}

} // namespace artdag
