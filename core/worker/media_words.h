// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the worker's answers: facts of a file, the shape of a picture, an error. Reading them checks every number, for
// the worker that says them may have been taken over by the file that it reads.
#pragma once

#include "core/base/json.h"
#include "core/media/decode.h"

#include <string>
#include <string_view>

namespace artdag {

Json jsonOfFacts(const FileFacts& facts);
/// Corrupt for sizes, rates, durations, layouts or texts that no file read here can have.
Result<FileFacts> factsOfJson(const Json& json);

Json jsonOfCoding(const Coding& coding);
Result<Coding> codingOfJson(const Json& json);

/// `fault` and `message`.
Json jsonOfError(const Error& error);
/// The message on one line, no longer than people read, beginning with `object`: `file 'cat.mp4'`.
Error errorOfJson(const Json& json, std::string_view object);

/// A member that must be a whole number within bounds.
Result<std::int64_t> wholeNumber(const Json& json, const char* name, std::int64_t least, std::int64_t most);
bool flag(const Json& json, const char* name); ///< false unless it is there and true

} // namespace artdag
