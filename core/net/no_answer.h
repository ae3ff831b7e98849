// SPDX-License-Identifier: GPL-3.0-or-later
// What is told to a person whose server gave no answer: which server, and what to do.
#pragma once

#include "core/base/result.h"

#include <string>

namespace artdag {

/// The words of an error of HttpClient::send() for people: `who` (`server https://artdag.example`) did not answer, why, and what
/// to do. Addresses of single requests, which may hold one-time codes, are left out. Other faults than Unavailable, and a disk that cannot be
/// written, stay as they are.
Error noAnswer(const std::string& who, const Error& error);

} // namespace artdag
