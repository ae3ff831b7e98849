// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's Sources: media of the store behind sticky decoders, with a window of decoded pictures so that frames may
// be rendered out of order. Knows content ids only, never an artist's paths.
#pragma once

#include "core/effect/effect.h"
#include "core/media/decode.h"
#include "core/store/store.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace artdag {

/// Sound that does not decode to the same samples everywhere is decoded once and kept as FLAC, a drawing is drawn once and kept
/// as PNG: assets of the store, whose content ids are among the facts. Decoders are opened on first use; each is used by one thread at a time. `store` must outlive the sources.
class MediaSources : public Sources {
public:
    explicit MediaSources(Store& store, MediaOpener open = openMedia);
    ~MediaSources() override;

    Result<MediaFacts> facts(const ContentId& media, const std::string& layer = {}) override;
    Result<CodedPointer> picture(const ContentId& media, Flicks time, const std::string& layer = {}) override;
    Result<Sound> sound(const ContentId& media, SampleRange range, int sampleRate) override;
    Result<std::shared_ptr<const Bytes>> file(const ContentId& id) override;
    /// The coded pictures of a film (MediaFile::packets), for one thread.
    Result<std::shared_ptr<StoredPackets>> packets(const ContentId& media);
    /// Reads the sound of a file, or its picture if it is a drawing, from a baked object as a manifest names it. If the store
    /// lacks it, what is baked here must be the very same.
    void useBaked(const ContentId& media, const ContentId& object);
    /// What decoding the sound of a file, or drawing it, gives here and now, and not kept; none for media that are read as they are.
    Result<std::optional<ContentId>> bakedAgain(const ContentId& media);
    /// Ends every useBaked.
    void forgetBaked();
    /// Pictures that decoders gave since the start: a test of "the second identical render does no decoding".
    [[nodiscard]] std::int64_t picturesDecoded() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace artdag
