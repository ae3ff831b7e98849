// SPDX-License-Identifier: GPL-3.0-or-later
// The one way in which a function says that it could not do what was asked: Result<T> with TRY.
// Never an exception across a room's border; libraries that throw are caught in the adapter that calls them.
#pragma once

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace artdag {

/// What the *caller* can do about an error. Three places translate it: HTTP status, exit code, words in the Studio.
enum class Fault {
    BadInput,
    NotFound,
    Conflict,
    Denied,
    Unavailable,
    Cancelled,
    Corrupt,
};

/// A fault and a message that is safe to show. The message begins with the object: `node 'glow': radius must be 0–512 px, got -3`.
struct Error {
    Fault fault = Fault::BadInput;
    std::string message;
};

/// A value, or the reason why there is none.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
};

/// `return fail(Fault::NotFound, "input 'footage': …");` in a function that gives any Result.
[[nodiscard]] inline tl::unexpected<Error> fail(Fault fault, std::string message)
{
    return tl::unexpected<Error>(Error{fault, std::move(message)});
}

namespace result_detail {
template <class T>
T take(Result<T>&& result)
{
    return std::move(*result);
}
inline void take(Result<void>&&) {}
[[noreturn]] void checkFailed(const char* condition, const char* file, int line);
} // namespace result_detail

} // namespace artdag

/// The value of a Result, or leave the enclosing function with its error. `auto id = TRY(store.put(bytes));`
/// Not for coroutines (a statement expression cannot suspend).
#define TRY(...)                                                                     \
    ({                                                                               \
        auto artdagResult = (__VA_ARGS__);                                           \
        if (!artdagResult) [[unlikely]]                                              \
            return tl::unexpected<::artdag::Error>(std::move(artdagResult).error()); \
        ::artdag::result_detail::take(std::move(artdagResult));                      \
    })

/// Aborts on our own bugs, in every build type. Never for bad input.
#define CHECK(condition)                                                               \
    do {                                                                               \
        if (!(condition)) [[unlikely]]                                                 \
            ::artdag::result_detail::checkFailed(#condition, __FILE_NAME__, __LINE__); \
    } while (false)
