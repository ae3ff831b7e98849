// SPDX-License-Identifier: GPL-3.0-or-later
// Proxies: a film's pictures at half its size, each coded for itself, so that a preview shows any frame at once. Kept in the
// store like renders: evicted ones are made again. Only previews read them; what is published never does (ADR 86).
#pragma once

#include "core/effect/effect.h"
#include "core/media/proxy_codec.h"
#include "core/store/store.h"

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace artdag {

/// Previews at this scale and below read proxies.
inline constexpr double proxyScale = 0.5;
/// Pictures that are one object of the store: a second or so, which is soon verified and soon made again.
inline constexpr std::size_t picturesAPiece = 32;

/// Why a file can have no proxy, for people; empty when it can: films without transparency do, pictures by themselves do not.
std::string whyNoProxy(const Sources::MediaFacts& facts);
/// Whether any frame of a film takes long to decode: it needs many before it, or is large.
bool isDear(const Sources::MediaFacts& facts);

/// Names the making of a proxy: its definition, the film, who decodes it.
Digest proxyKey(const ContentId& media, const Sources::MediaFacts& facts);
/// Names the making of one of its pieces.
Digest proxyPieceKey(const Digest& proxy, std::size_t piece);

struct ProxyShape {
    int width = 0, height = 0; ///< upright
    Coding coding;
    bool operator==(const ProxyShape&) const = default;
};
/// Half the size at which a film is shown, rounded up, in 8-bit Y'CbCr of the same meaning as its upright pictures.
ProxyShape proxyShape(const CodedPicture& picture, const Sources::MediaFacts& facts);
/// An upright picture as its proxy has it before it is coded: shrunk in linear light, as previews of the film do.
PackedPicture shrunk(const CodedPicture& picture, const ProxyShape& shape);

/// What a proxy consists of.
struct ProxySheet {
    struct Picture {
        Flicks from = 0; ///< the first time at which the film shows it
        std::uint32_t size = 0;
    };
    ProxyShape shape;
    std::vector<Picture> pictures;
    std::vector<ContentId> pieces; ///< of picturesAPiece pictures, one behind the other
};
Bytes bytesOfSheet(const ProxySheet& sheet);
Result<ProxySheet> sheetOfBytes(ByteView bytes); ///< Corrupt for anything it did not write

/// One film's proxy in the store. Thread-safe; `store` must outlive it.
class Proxy {
public:
    /// Null when there is none, or a part of it is gone.
    static std::shared_ptr<const Proxy> find(Store& store, const ContentId& media, const Sources::MediaFacts& facts);
    Proxy(Store& store, const ContentId& id, ProxySheet sheet);

    /// The id of its sheet, which names all of its bytes: what keys of previews hold.
    [[nodiscard]] const ContentId& id() const { return m_id; }
    [[nodiscard]] const ProxySheet& sheet() const { return m_sheet; }
    /// The picture that the film shows at a time. Where its piece is lost or damaged, the same is made of `original`, which
    /// gives the film's picture at a time.
    Result<CodedPointer> picture(Flicks time, const std::function<Result<CodedPointer>(Flicks)>& original) const;
    /// A piece was not there: it is to be made again.
    [[nodiscard]] bool isLost() const { return m_lost; }
    /// Pictures that were read so far: a test of "previews read proxies".
    [[nodiscard]] std::int64_t picturesRead() const { return m_read; }

private:
    Result<Bytes> stored(std::size_t index) const;
    Result<Bytes> madeAgain(std::size_t index, const std::function<Result<CodedPointer>(Flicks)>& original) const;

    Store* m_store;
    ContentId m_id;
    ProxySheet m_sheet;
    std::vector<std::uint64_t> m_places; ///< of each picture in its piece
    mutable std::mutex m_mutex;
    mutable std::optional<ProxyDecoder> m_decoder;
    mutable std::deque<std::pair<std::size_t, CodedPointer>> m_window; ///< newest last: strips of a frame ask again and again
    mutable std::atomic<bool> m_lost{false};
    mutable std::atomic<std::int64_t> m_read{0};
};

} // namespace artdag
