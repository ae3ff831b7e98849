// SPDX-License-Identifier: GPL-3.0-or-later
// A text as a QR code to be read from the screen.
#pragma once

#include <string>

namespace artdag::server {

/// An SVG of one path, with a quiet zone of four modules; `label` is said to those who do not see it. Empty when the text is
/// too long for a code.
std::string qrCodeSvg(const std::string& text, const std::string& label);

} // namespace artdag::server
