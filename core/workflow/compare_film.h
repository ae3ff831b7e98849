// SPDX-License-Identifier: GPL-3.0-or-later
// The third question: is the delivered file an encoding of the frames that were rendered again? Lossless films are decoded
// and compared. Lossy ones are compared with what the recorded encoder makes, if that is the build at hand; else by likeness.
#pragma once

#include "core/workflow/render_again.h"
#include "core/workflow/verify_work.h"

namespace artdag {

/// What the comparison looks at.
struct FilmComparison {
    const PlannedRender& planned;
    const FrameSample& sample;
    const RenderedAgain& again;
    DeliveredFilm* delivered = nullptr;
    bool sameEncoder = false;
    std::vector<std::string> recorded; ///< the manifest's psnr
};

/// Answers in report.file, and where it is a No because of a picture, names the frame. Errors are those of our own files.
Result<void> compareFilm(const FilmComparison& comparison, VerifyReport& report);

/// Keeps the least frame.
void noteDifference(VerifyReport& report, std::int64_t frame);

} // namespace artdag
