// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: the body of a form. What is read are texts within their limits, and written again they are the same.
#include "server/l2/form_body.h"

#include <cstddef>
#include <cstdint>

using namespace artdag;
using namespace artdag::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    Request request;
    request.method = "POST";
    request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    request.body.assign(reinterpret_cast<const char*>(bytes), size);
    const auto form = readForm(request);
    if (!form) {
        CHECK(!form.error().message.empty());
        return 0;
    }
    CHECK(form->fields.size() <= 1000);
    Request again = request;
    again.body.clear();
    for (const auto& [name, value] : form->fields) {
        CHECK((name + value).find('\0') == std::string::npos);
        again.body += (again.body.empty() ? "" : "&") + encodeForm(name) + "=" + encodeForm(value);
        if (const auto line = form->line(name, 20))
            CHECK(line->size() <= 20);
    }
    const auto same = readForm(again);
    CHECK(same && (same->fields == form->fields || form->fields.empty()));
    return 0;
}
