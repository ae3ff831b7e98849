// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/compare_film.h"

#include "core/media/likeness.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace artdag {

namespace {

using Verdict = VerifyAnswer::Verdict;

constexpr double tolerance = 0.0501; ///< 0.05 dB; figures are in hundredths, which a double holds only about
constexpr double tooLossy = 20;      ///< below, another film would do as well

void say(VerifyReport& report, Verdict verdict, std::string words)
{
    report.file.verdict = verdict;
    report.file.words.push_back(std::move(words));
}

void sayFrame(VerifyReport& report, std::int64_t frame, const std::string& why)
{
    noteDifference(report, frame);
    say(report, Verdict::No, fmt::format("frame {} is the first whose picture in the file is not {}", frame, why));
}

bool samePicture(const CodedPicture& one, const CodedPicture& other)
{
    return one.width == other.width && one.height == other.height && one.coding.format == other.coding.format && canonicalBytes(one) == canonicalBytes(other);
}

/// The words for a picture of the file that cannot be had, or empty.
std::string faultOf(const Result<CodedPointer>& given)
{
    return !given ? " (" + given.error().message + ")" : *given == nullptr ? " (the file ends before it)"
                                                                           : "";
}

Result<void> compareLossless(const FilmComparison& c, VerifyReport& report)
{
    for (const auto& [frame, digest] : c.again.pictures) {
        const auto given = c.sample.all ? c.delivered->next() : c.delivered->picture(frame);
        const bool same = given && *given != nullptr && (*given)->coding.format == c.planned.profile.coding.format && pixelsDigest(canonicalBytes(**given)) == digest;
        if (!same) {
            sayFrame(report, frame, "what the recipe gives" + faultOf(given));
            return {};
        }
    }
    if (c.sample.all && c.delivered->next().value_or(nullptr) != nullptr)
        say(report, Verdict::No, "the file has more pictures than the recipe gives");
    else
        say(report, Verdict::Yes, fmt::format("{} of {} pictures, decoded from the file, are what the recipe gives, bit for bit", c.again.pictures.size(), report.frames));
    return {};
}

/// Chunk by chunk: what the encoder makes of the rendered frames, decoded, beside the delivered film.
Result<void> compareEncoded(const FilmComparison& c, VerifyReport& report)
{
    for (const auto& [at, object] : c.again.chunks) {
        const PlanChunk& chunk = c.planned.plan->chunks[at];
        const EncodedChunk encoded = TRY(chunkOfBytes(TRY(c.again.store->get(object))));
        TRY(decodeChunk(c.planned.profile, encoded, [&](std::int64_t index, const CodedPicture& expected) -> Result<void> {
            if (report.file.verdict == Verdict::No)
                return {};
            const auto given = c.sample.all ? c.delivered->next() : c.delivered->picture(chunk.first + index);
            if (!given || *given == nullptr || !samePicture(expected, **given))
                sayFrame(report, chunk.first + index, "what the recorded encoder makes of the recipe's" + faultOf(given));
            return {};
        }));
        if (report.file.verdict == Verdict::No)
            return {};
    }
    if (c.sample.all && !c.again.chunks.empty() && c.delivered->next().value_or(nullptr) != nullptr)
        say(report, Verdict::No, "the file has more pictures than the recipe gives");
    else
        say(report, Verdict::Yes, fmt::format("{} of {} chunks, encoded again by the recorded encoder, decode to the file's pictures, bit for bit", c.again.chunks.size(), c.planned.plan->chunks.size()));
    return {};
}

std::vector<ChunkLikeness> likenessOfChunks(const FilmComparison& c)
{
    const Plan& plan = *c.planned.plan;
    std::map<std::size_t, ChunkLikeness> chunks;
    for (const auto& [frame, measured] : c.again.likeness) {
        const std::size_t at = chunkOf(plan, frame);
        const auto [chunk, isNew] = chunks.try_emplace(at, ChunkLikeness{at, c.sample.all || std::ranges::binary_search(c.sample.chunks, at), frame, measured, {}});
        if (!isNew && measured < chunk->second.measured) {
            chunk->second.leastFrame = frame;
            chunk->second.measured = measured;
        }
        if (c.recorded.size() == plan.chunks.size())
            chunk->second.recorded = readDecibels(c.recorded[at]);
    }
    std::vector<ChunkLikeness> list;
    for (const auto& [at, chunk] : chunks)
        list.push_back(chunk);
    return list;
}

bool agrees(const ChunkLikeness& chunk)
{
    if (!chunk.recorded || chunk.measured == *chunk.recorded)
        return true;
    return chunk.measured > *chunk.recorded - tolerance && (!chunk.whole || chunk.measured < *chunk.recorded + tolerance);
}

void compareLikeness(const FilmComparison& c, VerifyReport& report)
{
    report.likeness = likenessOfChunks(c);
    for (const ChunkLikeness& chunk : report.likeness)
        if (!agrees(chunk)) {
            noteDifference(report, chunk.leastFrame);
            say(report, Verdict::No, fmt::format("chunk {} is {} dB like the recipe's frames (least at frame {}), and {} dB was recorded", chunk.chunk, decibels(chunk.measured), chunk.leastFrame, decibels(*chunk.recorded)));
            return;
        }
    const auto least = std::ranges::min_element(report.likeness, {}, &ChunkLikeness::measured);
    if (least == report.likeness.end())
        return;
    const std::string figure = fmt::format("{} chunks looked at are at least {} dB like the recipe's frames (chunk {}, frame {})", report.likeness.size(), decibels(least->measured), least->chunk, least->leastFrame);
    if (least->measured < tooLossy)
        say(report, Verdict::CannotTell, "too lossy to tell: " + figure);
    else if (!least->recorded)
        say(report, Verdict::CannotTell, figure + "; no figure was recorded to compare with");
    else if (report.file.verdict != Verdict::No)
        say(report, Verdict::Yes, figure + ", as recorded");
}

Result<void> compareSound(const FilmComparison& c, VerifyReport& report)
{
    if (!c.again.sound)
        return {};
    const auto mine = TRY(openMedia(c.again.film));
    const Bytes expected = TRY(mine->decodeSoundBytes());
    const auto given = c.delivered->sound();
    if (given && *given == expected) {
        report.file.words.push_back("the sound decodes to the same");
        return {};
    }
    const std::string why = given ? "" : " (" + given.error().message + ")";
    if (c.planned.profile.lossless || c.sameEncoder || !given) {
        say(report, Verdict::No, "the sound in the file is not what the recipe gives" + why);
        return {};
    }
    const double alike = given->size() == expected.size() ? soundLikeness(expected, *given, c.planned.plan->canvas.sampleRate) : 0;
    const std::string figure = fmt::format("the sound is {} dB like what is encoded here (its least second)", decibels(alike));
    say(report, alike < tooLossy && report.file.verdict == Verdict::Yes ? Verdict::CannotTell : report.file.verdict, (alike < tooLossy ? "too lossy to tell: " : "") + figure);
    return {};
}

/// False, with words, when the file's pictures cannot be those of the plan.
bool hasTheShape(const FilmComparison& c, VerifyReport& report)
{
    const auto& video = c.delivered->facts().video;
    if (!c.planned.plan->output.picture || c.planned.profile.videoCodec.empty())
        return true;
    if (!video) {
        say(report, Verdict::No, "the file has no pictures");
        return false;
    }
    // Counted where the container counts; else an estimate, which full verification does better than.
    if (!c.sample.all && std::abs(video->frames - report.frames) > 1) {
        say(report, Verdict::No, fmt::format("the file has {} pictures, the recipe gives {}", video->frames, report.frames));
        return false;
    }
    return true;
}

} // namespace

void noteDifference(VerifyReport& report, std::int64_t frame)
{
    report.firstDifferingFrame = std::min(frame, report.firstDifferingFrame.value_or(frame));
}

Result<void> compareFilm(const FilmComparison& c, VerifyReport& report)
{
    if (!hasTheShape(c, report))
        return {};
    if (c.again.pictures.empty()) // sound alone
        report.file.verdict = Verdict::Yes;
    else if (c.planned.profile.lossless)
        TRY(compareLossless(c, report));
    else if (c.sameEncoder)
        TRY(compareEncoded(c, report));
    else
        report.file.words.push_back("it was encoded by another build than the one here, so its bytes cannot be compared");
    if (report.file.verdict != Verdict::No && !c.again.likeness.empty())
        compareLikeness(c, report);
    if (report.file.verdict != Verdict::No)
        TRY(compareSound(c, report));
    return {};
}

} // namespace artdag
