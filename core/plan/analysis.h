// SPDX-License-Identifier: GPL-3.0-or-later
// What analyses found, by content: their names, their bytes in the store, and where a plan looks for them.
#pragma once

#include "core/effect/signal.h"
#include "core/store/store.h"

#include <functional>
#include <memory>
#include <vector>

namespace artdag {

using AnalysisKey = Name<struct AnalysisKeyTag>; ///< names the work behind all outputs of an analysis

using Analysis = std::vector<Analysed>; ///< one for each output
using AnalysisPointer = std::shared_ptr<const Analysis>;

/// Where a plan finds analyses that are at hand; null pointers for those that are not.
using AnalysisLookup = std::function<AnalysisPointer(const AnalysisKey&)>;

/// `"artdag.analysis.1\n"`, u32 number of outputs, then for each: u64 events, i64 flicks and f64 strength each; f64 rate;
/// u64 values, f64 each. Little-endian.
Bytes bytesOfAnalysis(const Analysis& analysis);
/// Corrupt for anything else.
Result<Analysis> analysisOfBytes(ByteView bytes);

/// The action cache's "analysis": null when it is not there, or cannot be read and must be made again.
AnalysisPointer storedAnalysis(Store& store, const AnalysisKey& key);
Result<void> storeAnalysis(Store& store, const AnalysisKey& key, const Analysis& analysis);

/// A lookup in a store, which must outlive it.
AnalysisLookup analysesOf(Store& store);

} // namespace artdag
