// SPDX-License-Identifier: GPL-3.0-or-later
// Which filters of libavfilter may be used, and which of their options may be set. Names of filters are denied by a list; an
// option that takes free text is denied unless it is on a list, for a text may be the name of a file or of a device. Applied
// where filters are listed and again where one is run.
#pragma once

#include <string_view>

namespace artdag {

/// Opens files, devices or networks, runs other code, waits for the clock, or shows nothing.
bool isDeniedFilter(std::string_view filter);
/// Whether an option that takes any text takes a formula or a list of numbers.
bool isHarmlessText(std::string_view filter, std::string_view option);

} // namespace artdag
