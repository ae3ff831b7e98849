// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/no_answer.h"

namespace artdag {

Error noAnswer(const std::string& who, const Error& error)
{
    if (error.fault != Fault::Unavailable || error.message.ends_with("cannot be written"))
        return error;
    const auto reason = error.message.rfind(": "); // behind method and address
    return {error.fault, who + ": it does not answer (" + error.message.substr(reason == std::string::npos ? 0 : reason + 2) + "). See whether this machine is online and the address is right; once the server is there again, do the same again: what was done already is kept"};
}

} // namespace artdag
