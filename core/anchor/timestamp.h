// SPDX-License-Identifier: GPL-3.0-or-later
// OpenTimestamps: a tree of operations that leads from a message to what calendars and Bitcoin blocks attest, and its file
// form `.ots` (https://opentimestamps.org, version 1). Written canonically; read with limits, whoever sent it. Knows no network.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace artdag {

/// By their tags.
enum class TimestampOperation : std::uint8_t {
    Sha1 = 0x02,
    Ripemd160 = 0x03,
    Sha256 = 0x08,
    Keccak256 = 0x67,
    Append = 0xF0,
    Prepend = 0xF1,
    Reverse = 0xF2,
    Hexlify = 0xF3,
};

/// One edge of the tree: an operation with its argument (of Append and Prepend alone).
struct TimestampStep {
    TimestampOperation operation = TimestampOperation::Sha256;
    Bytes argument;
    auto operator<=>(const TimestampStep&) const = default;
};

/// Who vouches for a message, and how it can be looked up.
struct TimeAttestation {
    enum class Kind {
        Pending, ///< a calendar promises it at `uri`
        Bitcoin, ///< the message is the Merkle root of the block at `height`
        Unknown, ///< kept as it is: `tag`, `payload`
    };
    Kind kind = Kind::Pending;
    std::string uri; ///< letters, digits and - . _ / :
    std::uint64_t height = 0;
    Bytes tag, payload;
    bool operator==(const TimeAttestation&) const = default;
};

struct TimestampBranch;

/// A message and what is known about it. Lists are kept sorted and without doubles by the functions below.
struct Timestamp {
    Bytes message;
    std::vector<TimeAttestation> attestations;
    std::vector<TimestampBranch> branches;
    bool operator==(const Timestamp&) const;
};

struct TimestampBranch {
    TimestampStep step;
    Timestamp after;
    bool operator==(const TimestampBranch&) const = default;
};
inline bool Timestamp::operator==(const Timestamp&) const = default; // down here, where a branch is complete

/// What a step makes of a message; BadInput beyond 4,096 bytes.
Result<Bytes> applyStep(const TimestampStep& step, ByteView message);
/// The timestamp after a step, made when it is not there. BadInput as above.
Result<Timestamp*> timestampAfter(Timestamp& timestamp, const TimestampStep& step);
void addAttestation(Timestamp& timestamp, TimeAttestation attestation);
/// Adds all that another timestamp of the same message knows. BadInput when the messages differ.
Result<void> mergeTimestamps(Timestamp& into, const Timestamp& other);

/// Takes out what `isFalse` says of a message and its attestation, and branches that then lead nowhere.
void pruneTimestamp(Timestamp& timestamp, const std::function<bool(const Bytes& message, const TimeAttestation& attestation)>& isFalse);

/// Every attestation with the message it speaks of, in the order of the file.
std::vector<std::pair<Bytes, TimeAttestation>> attestationsOf(const Timestamp& timestamp);

/// Bytes that calendars answer with: a timestamp without its message. At most 64 KiB, 1,024 operations, 256 deep; BadInput
/// otherwise and for anything that is not one exact timestamp.
Result<Timestamp> readTimestamp(ByteView bytes, Bytes message);
/// BadInput when a branch ends without an attestation.
Result<Bytes> writeTimestamp(const Timestamp& timestamp);

/// An `.ots` file about a file of that digest.
struct DetachedTimestamp {
    TimestampOperation fileHash = TimestampOperation::Sha256; ///< Sha1, Ripemd160 or Sha256
    Timestamp timestamp;                                      ///< its message is the file's digest
    bool operator==(const DetachedTimestamp&) const = default;
};
Result<DetachedTimestamp> readDetachedTimestamp(ByteView bytes);
Result<Bytes> writeDetachedTimestamp(const DetachedTimestamp& file);

} // namespace artdag
