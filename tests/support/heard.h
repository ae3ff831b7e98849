// SPDX-License-Identifier: GPL-3.0-or-later
// Test sounds and what an ear would say about a result, in plain double precision: levels of tones, pitch, decay.
#pragma once

#include "tests/support/run_effect.h"

#include <functional>
#include <string_view>
#include <vector>

namespace artdag::test {

const Effect& effectNamed(std::string_view name);

/// A sound whose both sides are `at(seconds)`, or one of each.
TestStream soundOf(std::function<double(double seconds)> at, std::int64_t samples = StreamFacts::endless);
TestStream soundOf(std::function<double(double seconds)> left, std::function<double(double seconds)> right, std::int64_t samples = StreamFacts::endless);
std::function<double(double seconds)> sine(double hertz, double amplitude = 0.5);

/// One channel as doubles.
std::vector<double> samplesOf(const Sound& sound, int channel = 0);
/// Amplitude of a tone, by a sum over the samples under a Hann window.
double levelOf(const std::vector<double>& samples, double hertz, double rate = 48000);
double rmsOf(const std::vector<double>& samples);
/// Frequency of the strongest period between two frequencies: the peak of the autocorrelation, between samples.
double pitchOf(const std::vector<double>& samples, double from, double to, double rate = 48000);
double decibels(double ratio);
double cents(double found, double expected);
/// Where a sound begins after at least `silence` samples below the threshold.
std::vector<std::int64_t> beginnings(const std::vector<double>& samples, double threshold, int silence);
Moment seconds(double value);

/// Writes a 32-bit WAV to a pipe of the ffmpeg command's ebur128 and reads {integrated LUFS, true peak dBTP}; empty without ffmpeg.
std::vector<double> loudnessByFfmpeg(const Sound& sound, int rate = 48000);

} // namespace artdag::test
