// SPDX-License-Identifier: GPL-3.0-or-later
// Pages that ask people whether a program may act for them.
#pragma once

#include "server/http/message.h"
#include "server/l2/site.h"

#include <string>
#include <utility>
#include <vector>

namespace artdag::server {

struct DeviceCodeForm {
    std::string token, code, problem;
};
Response deviceCodePage(const Site& site, const DeviceCodeForm& form, int status = 200);

struct ConsentPage {
    std::string token, action;
    std::string program, user;
    std::vector<const char*> wishes;
    std::vector<std::pair<std::string, std::string>> fields; ///< hidden
    std::string userCode;                                    ///< to compare with the program's screen; may be empty
    std::string target;                                      ///< origin that the answer leads to; may be empty
};
Response consentPage(const Site& site, const ConsentPage& page);

} // namespace artdag::server
