// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: any resource that webfinger is asked for gives a name that an account can have, or an error.
#include "core/federation/actor_document.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

using namespace artdag;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const Instance instance{"https://l2.example", "l2.example"};
    const auto user = userOfResource(instance, std::string_view(reinterpret_cast<const char*>(bytes), size));
    if (user)
        CHECK(!user->empty() && user->size() <= 30 && std::ranges::all_of(*user, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }));
    else
        CHECK(user.error().fault == Fault::BadInput || user.error().fault == Fault::NotFound);
    return 0;
}
