// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the members of a JSON object strictly and names the one that is wrong by its pointer: `/output/media/width: …`.
// For documents from outside: nothing is guessed, converted or overlooked.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// What a text must look like.
using TextForm = bool (*)(std::string_view);
namespace form {
bool line(std::string_view text);     ///< 1–1024 bytes without control characters
bool note(std::string_view text);     ///< 0–65,536 bytes without control characters but line breaks and tabs
bool token(std::string_view text);    ///< 1–128 of A–Z a–z 0–9 and . _ : + @ -
bool bareName(std::string_view text); ///< a line that cannot be a path
bool actor(std::string_view text);    ///< `@user@domain`, the domain with a port where it has one
bool instant(std::string_view text);  ///< RFC 3339, in UTC: `2026-03-01T12:00:00Z`
bool decimal(std::string_view text);  ///< `41.2`, `-3`, `inf`
bool url(std::string_view text);      ///< http(s), at most 2048 characters
bool uuid(std::string_view text);     ///< RFC 9562, lower case
const char* nameOf(TextForm form);    ///< for errors: `an actor such as @user@domain`
} // namespace form

/// The object must outlive this.
class Members {
public:
    static Result<Members> of(const Json& object, std::string pointer);

    Result<std::string> text(const char* name, TextForm form);
    Result<std::string> textOrNull(const char* name, TextForm form); ///< empty for null
    Result<bool> boolean(const char* name);
    Result<std::int64_t> integer(const char* name, std::int64_t least, std::int64_t most);
    Result<Members> object(const char* name);
    [[nodiscard]] bool has(const char* name) const;
    [[nodiscard]] bool isNull(const char* name) const; ///< there and null; it then counts as read
    Result<void> eachItem(const char* name, std::size_t most, const std::function<Result<void>(const Json&, const std::string& pointer)>& read);
    Result<std::map<std::string, std::string>> texts(const char* name, std::size_t most, TextForm nameForm, TextForm valueForm);
    template <class N>
    Result<N> hash(const char* name)
    {
        return N{TRY(digest(name))};
    }
    Result<Digest> digest(const char* name);
    Result<Digest> hexDigest(const char* name); ///< 64 lower-case digits, without the name of a hash before them
    Result<Json> value(const char* name);       ///< whatever it is
    /// The member must be exactly this text.
    Result<void> constant(const char* name, std::string_view text);
    /// One of a list of texts: its index.
    Result<std::size_t> choice(const char* name, const std::vector<std::string_view>& choices);
    /// BadInput when there is a member that nobody asked for.
    Result<void> finish() const;

private:
    Members(const Json& object, std::string pointer)
        : m_object(&object),
          m_pointer(std::move(pointer)) {}
    Result<const Json*> member(const char* name);
    const Json* m_object;
    std::string m_pointer;
    mutable std::set<std::string, std::less<>> m_read;
};

/// Lower-case `sha3-256:…` only.
Result<Digest> digestOfMember(const Json& value, const std::string& pointer);
tl::unexpected<Error> badMember(const std::string& pointer, const std::string& what);

} // namespace artdag
