// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/note_row.h"

#include "core/base/exact_math.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag {

namespace {

constexpr double usualStrength = 0.8; ///< of a step on the grid without an accent

/// A letter, sharps or flats, an octave; −1 for anything else.
int readNote(std::string_view word)
{
    constexpr int naturals[7] = {9, 11, 0, 2, 4, 5, 7}; // A B C D E F G
    if (word.empty())
        return -1;
    const char letter = word[0] >= 'a' && word[0] <= 'g' ? static_cast<char>(word[0] - 'a' + 'A') : word[0];
    if (letter < 'A' || letter > 'G')
        return -1;
    int note = naturals[letter - 'A'];
    std::size_t at = 1;
    for (; at < word.size() && (word[at] == '#' || word[at] == 'b'); ++at)
        note += word[at] == '#' ? 1 : -1;
    if (at + 1 != word.size() || word[at] < '0' || word[at] > '9')
        return -1;
    note += 12 * (word[at] - '0' + 1);
    return note >= 0 && note <= 127 ? note : -1;
}

bool readStep(std::string_view word, NoteStep& step)
{
    if (word == ".")
        return true;
    if (word == "_") {
        step.hold = true;
        return true;
    }
    if (word.ends_with('!')) {
        step.accent = true;
        word.remove_suffix(1);
    }
    while (true) {
        const std::size_t plus = std::min(word.find('+'), word.size());
        const int note = readNote(word.substr(0, plus));
        if (note < 0)
            return false;
        step.notes.push_back(note);
        if (plus == word.size())
            return true;
        word.remove_prefix(plus + 1);
    }
}

int holdsAfter(const std::vector<NoteStep>& row, std::size_t place)
{
    int holds = 0;
    while (holds + 1 < static_cast<int>(row.size()) && row[(place + static_cast<std::size_t>(holds) + 1) % row.size()].hold)
        ++holds;
    return holds;
}

} // namespace

Result<std::vector<NoteStep>> readNoteRow(std::string_view row, std::string_view param)
{
    constexpr std::string_view between = " |\n\t";
    std::vector<NoteStep> steps;
    for (std::size_t begin = row.find_first_not_of(between); begin != std::string_view::npos; begin = row.find_first_not_of(between, begin)) {
        const std::size_t end = std::min(row.find_first_of(between, begin), row.size());
        const std::string_view word = row.substr(begin, end - begin);
        if (!readStep(word, steps.emplace_back()))
            return fail(Fault::BadInput, fmt::format("{}: '{}' is no note; write C3, F#4, Bb2, chords as C3+E3+G3, accents as C3!, . for a rest or _ to hold", param, word));
        begin = end;
    }
    if (steps.empty())
        return fail(Fault::BadInput, fmt::format("{}: there is none; write some, like 'C3 . Eb3 G3'", param));
    return steps;
}

std::vector<PlayedStep> stepsPlayed(const SoundCall& call, const std::vector<NoteStep>& row, double stepSeconds, SampleRange range)
{
    std::vector<PlayedStep> played;
    const double rate = call.canvas.sampleRate;
    const auto add = [&](std::int64_t sample, std::int64_t index, double strength, bool given) {
        const auto place = static_cast<std::size_t>(index % static_cast<std::int64_t>(row.size()));
        const double own = row[place].accent ? 1.0 : usualStrength;
        played.push_back({sample, index, &row[place], given ? strength : own, holdsAfter(row, place)});
    };
    if (const int input = call.input("events"); input >= 0) {
        const Rate samples{call.canvas.sampleRate, 1};
        const auto events = call.signals->events(input, 0, timeOfFrame(range.end(), samples));
        for (std::size_t i = 0; i < events.size(); ++i)
            if (const std::int64_t sample = frameAt(events[i].time, samples); sample >= range.first && sample < range.end())
                add(sample, static_cast<std::int64_t>(i), events[i].strength, true);
        return played;
    }
    const double step = stepSeconds * rate;
    for (auto index = std::max<std::int64_t>(0, static_cast<std::int64_t>(exact::floor(static_cast<double>(range.first) / step)) - 1);; ++index) {
        const auto sample = static_cast<std::int64_t>(exact::floor(static_cast<double>(index) * step + 0.5));
        if (sample >= range.end())
            return played;
        if (sample >= range.first)
            add(sample, index, 1.0, false);
    }
}

double hertzOfNote(double note)
{
    return 440.0 * exact::pow(2.0, (note - 69.0) / 12.0);
}

} // namespace artdag
