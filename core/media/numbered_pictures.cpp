// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/numbered_pictures.h"

#include "core/media/container.h"
#include "core/media/still_decoder.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <string_view>

namespace artdag {

namespace {

namespace fs = std::filesystem;

constexpr Rate nominalRate{25, 1};
constexpr std::int64_t longestSequence = 10'000'000; ///< from the first number to the last
constexpr std::int64_t largestNumber = 999'999'999'999;
constexpr std::int64_t largestPicture = std::int64_t{1} << 30;
constexpr const char* holdMark = "gaps.hold";
constexpr const char* blackMark = "gaps.black";

/// `shot.####.exr` taken apart.
struct Pattern {
    fs::path folder;
    std::string before, after;
    Gaps gaps = Gaps::Refuse;
};

/// Where the number stands in a name: the run of `#`, or `%d`, `%04d`.
std::optional<std::pair<std::size_t, std::size_t>> numberIn(std::string_view name)
{
    if (const std::size_t first = name.find('#'); first != std::string_view::npos) {
        const std::size_t end = name.find_first_not_of('#', first);
        return std::pair(first, (end == std::string_view::npos ? name.size() : end) - first);
    }
    const std::size_t first = name.find('%');
    const std::size_t end = first == std::string_view::npos ? first : name.find_first_not_of("0123456789", first + 1);
    if (end == std::string_view::npos || name[end] != 'd')
        return std::nullopt;
    return std::pair(first, end + 1 - first);
}

std::pair<std::string, Gaps> withoutGaps(const std::string& pattern)
{
    for (const auto& [suffix, gaps] : {std::pair(std::string_view(":hold"), Gaps::Hold), std::pair(std::string_view(":black"), Gaps::Black)})
        if (pattern.ends_with(suffix))
            return {pattern.substr(0, pattern.size() - suffix.size()), gaps};
    return {pattern, Gaps::Refuse};
}

/// The number that a name is made of besides `before` and `after`.
std::optional<std::int64_t> numberOf(std::string_view name, std::string_view before, std::string_view after)
{
    if (name.size() <= before.size() + after.size() || !name.starts_with(before) || !name.ends_with(after))
        return std::nullopt;
    name = name.substr(before.size(), name.size() - before.size() - after.size());
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    return error == std::errc() && end == name.data() + name.size() && number >= 0 && number <= largestNumber ? std::optional(number) : std::nullopt;
}

/// What all pictures of a folder are called but for their last number; BadInput for a folder of more than one kind.
Result<Pattern> patternOfFolder(const fs::path& folder, Gaps gaps)
{
    std::optional<Pattern> found;
    for (const TarFile& file : TRY(filesOfFolder(folder))) {
        if (file.name.starts_with('.') || file.name == holdMark || file.name == blackMark)
            continue;
        const std::size_t last = file.name.find_last_of("0123456789", file.name.rfind('.'));
        const std::size_t first = last == std::string::npos ? last : file.name.find_last_not_of("0123456789", last);
        const std::size_t begin = last == std::string::npos ? 0 : first == std::string::npos ? 0
                                                                                             : first + 1;
        if (last == std::string::npos || (found && numberOf(file.name, found->before, found->after) == std::nullopt))
            return fail(Fault::BadInput, fmt::format("folder '{}': '{}' is not one of its numbered pictures; name them by a pattern like shot.####.png", folder.string(), file.name));
        if (!found)
            found = Pattern{folder, file.name.substr(0, begin), file.name.substr(last + 1), gaps};
    }
    if (!found)
        return fail(Fault::NotFound, fmt::format("folder '{}': holds no numbered pictures", folder.string()));
    return *found;
}

Result<Pattern> patternOf(const std::string& text)
{
    const auto [path, gaps] = withoutGaps(text);
    std::error_code ignored;
    if (fs::is_directory(path, ignored))
        return patternOfFolder(path, gaps);
    const std::string name = fs::path(path).filename().string();
    const auto number = numberIn(name);
    if (!number)
        return fail(Fault::BadInput, fmt::format("pictures '{}': a pattern like shot.####.png is needed", path));
    return Pattern{fs::absolute(path).parent_path(), name.substr(0, number->first), name.substr(number->first + number->second), gaps};
}

/// `3, 7–9 and 12 more`
std::string missingNumbers(const std::map<std::int64_t, fs::path>& pictures)
{
    std::string text;
    int spans = 0;
    for (auto here = pictures.begin(), next = std::next(here); next != pictures.end(); here = next, ++next) {
        if (next->first == here->first + 1)
            continue;
        if (++spans > 5)
            return text + " …";
        text += (text.empty() ? "" : ", ") + fmt::format("{}", here->first + 1);
        if (next->first > here->first + 2)
            text += fmt::format("–{}", next->first - 1);
    }
    return text;
}

Result<std::map<std::int64_t, fs::path>> picturesOf(const Pattern& pattern)
{
    std::map<std::int64_t, fs::path> pictures;
    std::error_code error;
    const std::string words = fmt::format("pictures '{}####{}'", pattern.before, pattern.after);
    for (const fs::directory_entry& entry : fs::directory_iterator(pattern.folder, error)) {
        const auto number = numberOf(entry.path().filename().string(), pattern.before, pattern.after);
        if (!number || !entry.is_regular_file())
            continue;
        if (!pictures.emplace(*number, entry.path()).second)
            return fail(Fault::BadInput, fmt::format("{}: number {} is there twice", words, *number));
    }
    if (error)
        return fail(Fault::NotFound, fmt::format("folder '{}': {}", pattern.folder.string(), error.message()));
    if (pictures.empty())
        return fail(Fault::NotFound, fmt::format("{}: there are none in '{}'", words, pattern.folder.string()));
    if (const std::string missing = missingNumbers(pictures); !missing.empty() && pattern.gaps == Gaps::Refuse)
        return fail(Fault::BadInput, fmt::format("{}: {} missing; render them, or put :hold or :black behind the pattern", words, missing));
    return pictures;
}

/// One number's bytes: a part of the packed file, or a file of a folder that is opened when it is needed.
struct Numbered {
    SourcePointer source;
    std::int64_t offset = 0, size = 0;
    fs::path path;
};

class NumberedPictures final : public MediaFile {
public:
    NumberedPictures(std::string name, std::map<std::int64_t, Numbered> pictures, Gaps gaps)
        : m_name(std::move(name)),
          m_pictures(std::move(pictures)),
          m_gaps(gaps),
          m_first(m_pictures.begin()->first)
    {
    }

    Result<void> open()
    {
        const CodedPointer first = TRY(pictureOf(m_first));
        VideoFacts facts;
        facts.width = first->width;
        facts.height = first->height;
        facts.coding = first->coding;
        facts.rate = nominalRate;
        facts.frames = m_pictures.rbegin()->first - m_first + 1;
        facts.duration = timeOfFrame(facts.frames, nominalRate);
        facts.numbered = true;
        facts.decoder = m_decoder;
        m_facts.format = "numbered pictures";
        m_facts.video = facts;
        return {};
    }

    [[nodiscard]] const FileFacts& facts() const override { return m_facts; }
    Result<CodedPointer> pictureAt(Flicks time) override
    {
        return shown(std::clamp<std::int64_t>(frameAt(std::max<Flicks>(time, 0), nominalRate), 0, m_facts.video->frames - 1));
    }
    Result<CodedPointer> nextPicture() override { return m_next < m_facts.video->frames ? shown(m_next++) : Result<CodedPointer>(CodedPointer()); }
    Result<void> chooseLayer(const std::string& layer) override
    {
        m_layer = layer;
        m_last = m_black = nullptr;
        return open();
    }
    Result<Sound> decodeSound() override { return fail(Fault::BadInput, m_name + ": has no sound"); }
    Result<Bytes> decodeSoundBytes() override { return fail(Fault::BadInput, m_name + ": has no sound"); }

private:
    Result<CodedPointer> shown(std::int64_t frame)
    {
        const auto above = m_pictures.upper_bound(m_first + frame);
        const std::int64_t number = std::prev(above)->first; // the first number is there
        if (number == m_first + frame || m_gaps == Gaps::Hold)
            return pictureOf(number);
        if (!m_black) {
            const VideoFacts& facts = *m_facts.video;
            PackedPicture packed = makePacked(facts.width, facts.height, facts.coding);
            Picture nothing(Rect{0, 0, facts.width, facts.height});
            clear(nothing.view());
            encodeFromLinear(std::as_const(nothing).view(), packed);
            m_black = codedOf(std::move(packed));
        }
        return m_black;
    }

    Result<CodedPointer> pictureOf(std::int64_t number)
    {
        if (m_last && m_lastNumber == number)
            return m_last;
        Numbered place = m_pictures.at(number);
        if (!place.source) {
            place.source = TRY(FileSource::open(place.path));
            place.size = place.source->size();
        }
        const std::string name = fmt::format("{}, picture {}", m_name, number);
        if (place.size > largestPicture)
            return fail(Fault::BadInput, name + ": is larger than 1 GiB");
        Bytes bytes(static_cast<std::size_t>(place.size));
        if (!place.source->readAt(place.offset, bytes))
            return fail(Fault::Corrupt, name + ": cannot be read; pack or copy it again");
        DecodedStill still = TRY(decodeStill(bytes, name, m_layer));
        if (m_facts.video && (still.picture->width != m_facts.video->width || still.picture->height != m_facts.video->height))
            return fail(Fault::Corrupt, fmt::format("{}: is {}×{}, the first is {}×{}; make them all one size", name, still.picture->width, still.picture->height, m_facts.video->width, m_facts.video->height));
        m_decoder = still.decoder;
        m_last = still.picture;
        m_lastNumber = number;
        return m_last;
    }

    std::string m_name;
    std::string m_layer;
    std::map<std::int64_t, Numbered> m_pictures;
    Gaps m_gaps;
    std::int64_t m_first;
    std::int64_t m_next = 0;
    FileFacts m_facts;
    std::string m_decoder;
    std::int64_t m_lastNumber = -1;
    CodedPointer m_last, m_black;
};

Result<std::unique_ptr<MediaFile>> opened(std::string name, std::map<std::int64_t, Numbered> pictures, Gaps gaps)
{
    if (pictures.empty())
        return fail(Fault::BadInput, name + ": holds no numbered pictures");
    const std::int64_t span = pictures.rbegin()->first - pictures.begin()->first + 1;
    if (span > longestSequence)
        return fail(Fault::BadInput, fmt::format("{}: its numbers span {} pictures, more than {}", name, span, longestSequence));
    if (gaps == Gaps::Refuse && span != static_cast<std::int64_t>(pictures.size()))
        return fail(Fault::BadInput, fmt::format("{}: {} of its numbers are missing, and it does not say what to show there; import it again with :hold or :black", name, span - static_cast<std::int64_t>(pictures.size())));
    auto file = std::make_unique<NumberedPictures>(std::move(name), std::move(pictures), gaps);
    TRY(file->open());
    return std::unique_ptr<MediaFile>(std::move(file));
}

} // namespace

bool meansNumberedPictures(const fs::path& path)
{
    const std::string text = withoutGaps(path.string()).first;
    std::error_code ignored;
    return fs::is_directory(text, ignored) || (!fs::exists(text, ignored) && numberIn(fs::path(text).filename().string()));
}

Result<std::vector<TarFile>> numberedPictures(const std::string& text)
{
    const Pattern pattern = TRY(patternOf(text));
    const auto pictures = TRY(picturesOf(pattern));
    std::vector<TarFile> files;
    for (const auto& [number, path] : pictures)
        files.push_back({fmt::format("frame.{:04}{}", number, path.extension().string()), path});
    std::sort(files.begin(), files.end(), [](const TarFile& a, const TarFile& b) { return a.name.size() != b.name.size() ? a.name.size() < b.name.size() : a.name < b.name; });
    if (pattern.gaps != Gaps::Refuse)
        files.push_back({pattern.gaps == Gaps::Hold ? holdMark : blackMark, {}});
    return files;
}

Result<std::unique_ptr<MediaFile>> openNumberedPictures(const SourcePointer& source)
{
    std::map<std::int64_t, Numbered> pictures;
    Gaps gaps = Gaps::Refuse;
    for (const TarMember& member : TRY(readTar(*source))) {
        const std::size_t dot = member.name.rfind('.');
        const auto number = dot == std::string::npos ? std::nullopt : numberOf(member.name, "frame.", member.name.substr(dot));
        if (member.name == holdMark || member.name == blackMark)
            gaps = member.name == holdMark ? Gaps::Hold : Gaps::Black;
        else if (!number || !pictures.emplace(*number, Numbered{source, member.offset, member.size}).second)
            return fail(Fault::BadInput, fmt::format("{}: '{}' is not one of numbered pictures frame.0001.png …; import the pictures by a pattern like shot.####.png", source->name(), member.name.substr(0, 40)));
    }
    return opened(source->name(), std::move(pictures), gaps);
}

Result<std::unique_ptr<MediaFile>> openPictureFolder(const fs::path& folder)
{
    std::map<std::int64_t, Numbered> pictures;
    for (const auto& [number, path] : TRY(picturesOf(TRY(patternOf(folder.string())))))
        pictures.emplace(number, Numbered{nullptr, 0, 0, path});
    return opened(fmt::format("folder '{}'", folder.filename().string()), std::move(pictures), Gaps::Refuse);
}

} // namespace artdag
