// SPDX-License-Identifier: GPL-3.0-or-later
// Sound that a filter gave into a file that decodes to the very same samples: WAV of IEEE float32, stereo (Microsoft,
// "Multiple Channel Audio Data and WAVE Files"; format tag 3). The same bytes for the same samples.
#pragma once

#include "core/base/result.h"
#include "core/sound/sound.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace artdag {

class WaveWriter {
public:
    /// Unavailable at more than `mostBytes`, or than the format's 4 GiB (3 h at 48 kHz), naming `object`.
    WaveWriter(std::filesystem::path path, int sampleRate, std::uint64_t mostBytes, std::string object);
    /// What is no number or infinite is written as silence, and −0 as 0.
    Result<void> add(const float* left, const float* right, std::int64_t count);
    Result<void> addSilence(std::int64_t count);
    [[nodiscard]] std::int64_t samples() const { return m_samples; }
    Result<void> finish();

private:
    std::filesystem::path m_path;
    std::ofstream m_file;
    int m_sampleRate;
    std::uint64_t m_mostBytes;
    std::string m_object;
    std::int64_t m_samples = 0;
    std::vector<float> m_interleaved;
};

} // namespace artdag
