// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/media_sources.h"

#include "core/base/files.h"
#include "core/media/decode.h"
#include "core/media/encode.h"
#include "core/media/stored_packets.h"
#include "core/media/stored_sound.h"
#include "core/render/known_facts.h"
#include "core/render/source_sound.h"
#include "core/render/turned_picture.h"

#include <fmt/format.h>

#include <atomic>
#include <cerrno>
#include <deque>
#include <fstream>

#include <map>
#include <mutex>

namespace artdag {

namespace {

constexpr std::string_view inexact = " inexact";           ///< at the end of a decoder's identity
constexpr std::size_t windowBytes = std::size_t{48} << 20; ///< decoded pictures kept for each file: more than a run is ahead of itself

std::size_t bytesOf(const CodedPicture& picture)
{
    std::size_t bytes = 0;
    for (const PlaneShape& shape : planesOf(picture.coding.format, picture.width, picture.height))
        bytes += shape.bytes();
    return bytes;
}

struct OpenFile {
    std::mutex mutex;
    std::unique_ptr<MediaFile> file;
    std::unique_ptr<MediaFile> baked; ///< the sound's file, or the picture's, where it is another
    bool given = false;               ///< that one was named by useBaked: these facts are nobody else's
    Sources::MediaFacts facts;
    std::string words; ///< what the file said of itself, before anything was read instead of it
    int rotation = 0;
    std::deque<std::pair<Flicks, CodedPointer>> window; ///< by asked time, oldest first
    std::size_t bytes = 0;
    CodedPointer last; ///< the decoder's own pointer of the newest entry, to keep one copy of a picture shown twice
    CodedPointer lastCoded;
    std::optional<SourceSound> sound;       ///< once it was asked for
    std::shared_ptr<StoredPackets> packets; ///< likewise
};

/// Writes the sound of a file as FLAC, a piece at a time.
Result<void> bakeSound(MediaFile& file, const TemporaryDirectory& directory)
{
    MuxInput film;
    film.profile = TRY(encodeProfile("flac"));
    film.sampleRate = file.facts().audio->sampleRate;
    const auto stream = TRY(file.openSound());
    const auto encoder = TRY(makeSoundEncoder(film.profile, film.sampleRate));
    std::ofstream packets(directory.path() / "packets", std::ios::binary);
    SoundBytes stored;
    const auto write = [&](const Bytes& bytes) { packets.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size())); };
    for (Sound piece = TRY(stream->next()); piece.range().count > 0; piece = TRY(stream->next()))
        write(stored.add(TRY(encoder->add(toS24(piece)))));
    write(stored.finish(TRY(encoder->finish())));
    packets.close();
    if (!packets)
        return tl::unexpected<Error>(systemError("baked sound", errno));
    StoredSound sound = TRY(StoredSound::open(directory.path() / "packets"));
    film.sound = sound.facts();
    film.soundPackets = [&] { return sound.next(); };
    return muxFile(film, directory.path() / "sound.flac");
}

Result<ContentId> keptSound(MediaFile& file, Store& store)
{
    const TemporaryDirectory directory = TRY(TemporaryDirectory::make());
    TRY(bakeSound(file, directory));
    const SourcePointer flac = TRY(FileSource::open(directory.path() / "sound.flac"));
    const auto writer = TRY(store.write(static_cast<std::uint64_t>(flac->size()), ObjectClass::Asset));
    Bytes block(std::size_t{1} << 20);
    for (std::int64_t at = 0; at < flac->size(); at += static_cast<std::int64_t>(block.size())) {
        block.resize(static_cast<std::size_t>(std::min<std::int64_t>(std::int64_t{1} << 20, flac->size() - at)));
        if (!flac->readAt(at, block))
            return tl::unexpected<Error>(systemError("baked sound", errno));
        TRY(writer->add(block));
    }
    return writer->finish();
}

/// The picture of a drawing as PNG.
Result<Bytes> drawnPicture(MediaFile& file)
{
    const CodedPointer drawn = TRY(file.pictureAt(0));
    MuxInput film;
    film.profile = TRY(encodeProfile("png"));
    CHECK(film.profile.coding.format == drawn->coding.format);
    film.width = drawn->width;
    film.height = drawn->height;
    film.rate = file.facts().video->rate;
    PackedPicture packed = makePacked(drawn->width, drawn->height, drawn->coding);
    packCodes(*drawn, packed.data.data());
    const auto encoder = TRY(makeChunkEncoder(film.profile, film.width, film.height, film.rate));
    TRY(encoder->add(packed));
    film.chunks.push_back(TRY(encoder->finish()));
    const TemporaryDirectory directory = TRY(TemporaryDirectory::make());
    TRY(muxFile(film, directory.path() / "drawing.png"));
    return readFile(directory.path() / "drawing.png");
}

} // namespace

struct MediaSources::State {
    State(Store& objects, MediaOpener opener)
        : store(objects),
          openFile(std::move(opener)) {}
    Store& store;
    MediaOpener openFile;
    std::mutex mutex;
    using Reading = std::pair<ContentId, std::string>; ///< a file and one of its layers
    std::map<Reading, std::shared_ptr<OpenFile>> files;
    std::map<Reading, MediaFacts> facts; ///< asked for at every frame; none of media in givenBaked
    std::map<ContentId, std::shared_ptr<const ::artdag::Bytes>> blobs;
    std::atomic<std::int64_t> decoded{0};
    std::map<ContentId, ContentId> givenBaked;

    Result<std::shared_ptr<OpenFile>> open(const ContentId& id, const std::string& layer);
    Result<void> openBaked(const ContentId& id, OpenFile& entry, bool picture);
    Result<ContentId> bakedObject(const ContentId& id, OpenFile& entry, bool picture);
    Result<ContentId> bakeHere(const ContentId& id, OpenFile& entry, bool picture);
    void closeAll(const ContentId& id);
};

Result<std::shared_ptr<OpenFile>> MediaSources::State::open(const ContentId& id, const std::string& layer)
{
    std::shared_ptr<OpenFile> entry;
    {
        const std::lock_guard lock(mutex);
        auto& place = files[{id, layer}];
        if (!place)
            place = std::make_shared<OpenFile>();
        entry = place;
    }
    const std::lock_guard lock(entry->mutex);
    if (entry->file)
        return entry;
    auto path = store.path(id);
    if (!path)
        return fail(path.error().fault, fmt::format("media {} is not in the store: import it again (`artdag render … --input NAME=PATH`)", id.text()));
    auto file = TRY(openFile(*path, knownWords(store, id)));
    entry->words = layer.empty() ? file->found() : std::string();
    if (!layer.empty())
        TRY(file->chooseLayer(layer));
    entry->file = std::move(file);
    const FileFacts& facts = entry->file->facts();
    MediaFacts& known = entry->facts;
    if (facts.video) {
        entry->rotation = facts.video->rotation;
        const bool quarter = entry->rotation == 90 || entry->rotation == 270;
        known.hasPicture = true;
        // Pixels that are not square make the picture wider or narrower than it was coded.
        const Rate aspect = facts.video->aspect;
        const int shown = static_cast<int>((2 * facts.video->width * aspect.numerator / aspect.denominator + 1) / 2);
        known.width = quarter ? facts.video->height : shown;
        known.height = quarter ? shown : facts.video->height;
        known.still = facts.video->still;
        if (facts.video->numbered)
            known.numbered = facts.video->rate;
        known.duration = facts.video->duration;
        known.coding = facts.video->coding;
        known.decoder = facts.video->decoder;
    }
    if (facts.audio) {
        known.hasSound = true;
        known.soundDuration = facts.audio->duration;
        known.decoder += (known.decoder.empty() ? "" : ", ") + facts.audio->decoder;
    }
    const bool picture = facts.video && facts.video->decoder.ends_with(inexact);
    if (picture || (facts.audio && facts.audio->decoder.ends_with(inexact)))
        if (auto done = openBaked(id, *entry, picture); !done) {
            entry->file.reset();
            return tl::unexpected<Error>(done.error());
        }
    return entry;
}

/// The object with the decoded sound or the drawn picture: given, found, or made.
Result<ContentId> MediaSources::State::bakedObject(const ContentId& id, OpenFile& entry, bool picture)
{
    std::optional<ContentId> wanted;
    {
        const std::lock_guard lock(mutex);
        if (const auto given = givenBaked.find(id); given != givenBaked.end()) {
            entry.given = true;
            wanted = given->second;
        }
    }
    if (wanted && store.facts(*wanted))
        return *wanted;
    const ContentId baked = TRY(bakeHere(id, entry, picture));
    if (wanted && baked != *wanted)
        return fail(Fault::NotFound, fmt::format("the baked {} {} of media {} is not in the store, and this machine bakes another: fetch the work again", picture ? "picture" : "sound", wanted->text(), id.text()));
    return baked;
}

Result<ContentId> MediaSources::State::bakeHere(const ContentId& id, OpenFile& entry, bool picture)
{
    const std::string kind = picture ? "bake.picture" : "bake.sound";
    Hasher hasher;
    const Digest key = hasher.add("artdag." + kind + ".1\n").add(id.digest).finish();
    if (const auto hit = store.action(kind, key); hit && hit->objects.size() == 1)
        return hit->objects.front();
    const ContentId baked = picture ? TRY(store.put(TRY(drawnPicture(*entry.file)), ObjectClass::Asset)) : TRY(keptSound(*entry.file, store));
    TRY(store.putAction(kind, key, {{baked}, Json{{"by", picture ? entry.file->facts().video->decoder : entry.file->facts().audio->decoder}}}));
    return baked;
}

Result<void> MediaSources::State::openBaked(const ContentId& id, OpenFile& entry, bool picture)
{
    MediaFacts& known = entry.facts;
    const ContentId baked = TRY(bakedObject(id, entry, picture));
    (picture ? known.bakedPicture : known.bakedSound) = baked;
    known.bakedBy = picture ? entry.file->facts().video->decoder : entry.file->facts().audio->decoder;
    known.bakedBy.resize(known.bakedBy.size() - inexact.size());
    const auto path = store.path(baked);
    if (!path)
        return fail(path.error().fault, fmt::format("the baked {} {} of media {} is not in the store: fetch the work again", picture ? "picture" : "sound", baked.text(), id.text()));
    entry.baked = TRY(openFile(*path, {}));
    if (picture)
        entry.file = std::move(entry.baked); // nothing is asked of the drawing any more
    return {};
}

void MediaSources::State::closeAll(const ContentId& id)
{
    std::erase_if(files, [&](const auto& file) { return file.first.first == id; });
}

MediaSources::MediaSources(Store& store, MediaOpener open)
    : m_state(std::make_unique<State>(store, std::move(open))) {}
MediaSources::~MediaSources() = default;

Result<Sources::MediaFacts> MediaSources::facts(const ContentId& media, const std::string& layer)
{
    std::optional<MediaFacts> facts;
    {
        const std::lock_guard lock(m_state->mutex);
        if (!m_state->givenBaked.contains(media)) {
            if (const auto found = m_state->facts.find({media, layer}); found != m_state->facts.end())
                return found->second;
            facts = knownFacts(m_state->store, media, layer);
        }
    }
    if (!facts) {
        const auto entry = TRY(m_state->open(media, layer));
        if (entry->given) // of one verification only
            return entry->facts;
        facts = entry->facts;
        noteFacts(m_state->store, media, layer, *facts, entry->words);
    }
    const std::lock_guard lock(m_state->mutex);
    return m_state->facts.emplace(std::pair(media, layer), std::move(*facts)).first->second;
}

Result<CodedPointer> MediaSources::picture(const ContentId& media, Flicks time, const std::string& layer)
{
    const std::shared_ptr<OpenFile> entry = TRY(m_state->open(media, layer));
    const std::lock_guard lock(entry->mutex);
    for (auto at = entry->window.rbegin(); at != entry->window.rend(); ++at)
        if (at->first == time)
            return at->second;
    CodedPointer coded = TRY(entry->file->pictureAt(time));
    CodedPointer upright = coded;
    if (coded == entry->lastCoded) {
        upright = entry->last;
    } else {
        ++m_state->decoded;
        if (entry->rotation != 0)
            upright = turned(*coded, entry->rotation);
        entry->bytes += bytesOf(*upright);
    }
    entry->lastCoded = coded;
    entry->last = upright;
    entry->window.emplace_back(time, upright);
    while (entry->bytes > windowBytes && entry->window.size() > 8) {
        const CodedPointer oldest = entry->window.front().second;
        entry->window.pop_front();
        if (entry->window.front().second != oldest)
            entry->bytes -= std::min(entry->bytes, bytesOf(*oldest));
    }
    return upright;
}

Result<Sound> MediaSources::sound(const ContentId& media, SampleRange range, int sampleRate)
{
    const std::shared_ptr<OpenFile> entry = TRY(m_state->open(media, {}));
    const std::lock_guard lock(entry->mutex);
    if (!entry->file->facts().audio)
        return Sound(range);
    MediaFile& file = entry->baked ? *entry->baked : *entry->file;
    if (!entry->sound)
        entry->sound.emplace([&file] { return file.openSound(); }, entry->file->facts().audio->sampleRate);
    return entry->sound->at(range, sampleRate);
}

Result<std::shared_ptr<StoredPackets>> MediaSources::packets(const ContentId& media)
{
    const std::shared_ptr<OpenFile> entry = TRY(m_state->open(media, {}));
    const std::lock_guard lock(entry->mutex);
    if (!entry->packets) {
        const Bytes known = knownPlaces(m_state->store, media);
        entry->packets = TRY(entry->file->packets(known));
        if (known.empty())
            notePlaces(m_state->store, media, entry->packets->places());
    }
    return entry->packets;
}

Result<std::shared_ptr<const Bytes>> MediaSources::file(const ContentId& id)
{
    const std::lock_guard lock(m_state->mutex);
    auto& blob = m_state->blobs[id];
    if (!blob) {
        auto bytes = m_state->store.get(id);
        if (!bytes)
            return tl::unexpected<Error>(bytes.error());
        blob = std::make_shared<const Bytes>(std::move(*bytes));
    }
    return blob;
}

void MediaSources::useBaked(const ContentId& media, const ContentId& object)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->givenBaked[media] = object;
    m_state->closeAll(media);
}

Result<std::optional<ContentId>> MediaSources::bakedAgain(const ContentId& media)
{
    const auto file = TRY(m_state->openFile(TRY(m_state->store.path(media)), knownWords(m_state->store, media)));
    const FileFacts& facts = file->facts();
    if (facts.video && facts.video->decoder.ends_with(inexact))
        return std::optional(ContentId{sha3(TRY(drawnPicture(*file)))});
    if (!facts.audio || !facts.audio->decoder.ends_with(inexact))
        return std::nullopt;
    const TemporaryDirectory directory = TRY(TemporaryDirectory::make());
    TRY(bakeSound(*file, directory));
    return std::optional(TRY(contentIdOfFile(directory.path() / "sound.flac")));
}

void MediaSources::forgetBaked()
{
    const std::lock_guard lock(m_state->mutex);
    for (const auto& [media, object] : m_state->givenBaked)
        m_state->closeAll(media);
    m_state->givenBaked.clear();
}

std::int64_t MediaSources::picturesDecoded() const
{
    return m_state->decoded;
}

} // namespace artdag
