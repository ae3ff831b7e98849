// SPDX-License-Identifier: GPL-3.0-or-later
// Sound from one sample rate to another: a Kaiser-windowed sinc evaluated in a fixed order, so that a sample does not
// depend on the range asked for. Output sample k lies at time k/toRate, input sample i at i/fromRate: no delay.
#pragma once

#include "core/sound/sound.h"

namespace artdag {

/// The input samples that output samples `out` are made of (at fromRate).
SampleRange resampleNeeds(SampleRange out, int fromRate, int toRate);

/// Samples `out` (at toRate) of a stream whose samples in.range() (at fromRate) are given; silence beyond them.
Sound resample(const Sound& in, int fromRate, int toRate, SampleRange out);

/// All samples that lie within the input: k with in.first/fromRate ≤ k/toRate < in.end/fromRate.
Sound resample(const Sound& in, int fromRate, int toRate);

} // namespace artdag
