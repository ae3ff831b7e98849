// SPDX-License-Identifier: GPL-3.0-or-later
// What libcurl gives, given back at the end. For core/net.
#pragma once

#include "core/base/result.h"

#include <curl/curl.h>

#include <memory>

namespace artdag {

struct FreeCurl {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlPointer = std::unique_ptr<CURL, FreeCurl>;
using CurlList = std::unique_ptr<curl_slist, FreeList>;

/// A transfer's handle; the library is made ready once. Thread-safe.
inline CurlPointer makeCurl()
{
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    CHECK(ready == CURLE_OK);
    CurlPointer handle(curl_easy_init());
    CHECK(handle != nullptr);
    return handle;
}

} // namespace artdag
