// SPDX-License-Identifier: GPL-3.0-or-later
// Notes that an artist writes as a row of words, and when they are played: on the grid of a tempo, or one for each event.
#pragma once

#include "core/effect/effect.h"

#include <string_view>
#include <vector>

namespace artdag {

/// One step of a row. `C3` is 48, `A4` 69 (440 Hz).
struct NoteStep {
    std::vector<int> notes; ///< MIDI numbers, none for a rest
    bool hold = false;      ///< the notes before sound on
    bool accent = false;
};

/// Words like `C3`, `F#4`, `Bb2`, a chord `C3+Eb3+G3`, an accent `C3!`, `.` (rest), `_` (hold); `|` is for the eye.
/// BadInput begins with `param` and says what is wrong.
Result<std::vector<NoteStep>> readNoteRow(std::string_view row, std::string_view param);

struct PlayedStep {
    std::int64_t sample = 0; ///< at which it begins
    std::int64_t index = 0;  ///< of the step or event since the beginning
    const NoteStep* step = nullptr;
    double strength = 1.0;
    int holds = 0; ///< steps after it that hold it
};
/// The steps that begin within a range of the output: one for each event of the port `events` where that is connected, else
/// every `stepSeconds`. The row repeats.
std::vector<PlayedStep> stepsPlayed(const SoundCall& call, const std::vector<NoteStep>& row, double stepSeconds, SampleRange range);

double hertzOfNote(double note); ///< equal temperament, A4 = 440 Hz

} // namespace artdag
