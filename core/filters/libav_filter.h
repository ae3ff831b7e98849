// SPDX-License-Identifier: GPL-3.0-or-later
// Filters of libavfilter: which there are, what they can be told, and one of them at work. The only files with its headers are
// libav_*; this room is linked by `artdag-bridge` alone.
#pragma once

#include "core/filters/open_filter.h"

namespace artdag {

/// `libavfilter 8.44.100`
std::string libavFilterVersion();
/// Where the library lies, for who keeps what it said.
std::string libavFilterFile();
/// Names of the filters that are not denied, and have one or two pictures in and one out, or sounds.
std::vector<std::string> libavFilterNames();
/// Name, help, inputs and options, tried on a small picture or on stereo at 48 kHz; BadInput says why it is no bridge.
Result<Json> describeLibavFilter(const std::string& name);
/// BadInput in the filter's own words for what it refuses, and for an option that is not described.
Result<std::unique_ptr<OpenFilter>> openLibavFilter(const FilterRequest& request);

} // namespace artdag
