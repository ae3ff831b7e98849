// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the proxy of one film, a picture a step, so that whoever makes it may stop, pause or give way between any two. Pieces
// are kept as they are made: one that is stopped goes on from there another time.
#pragma once

#include "core/media/shown_pictures.h"
#include "core/render/proxy.h"

#include <memory>

namespace artdag {

/// Used by one thread at a time. It has a decoder of its own: nobody who looks at the film waits for it.
class ProxyMaker {
public:
    /// BadInput for a file that can have no proxy; errors of media name the file. `store` must outlive the maker.
    static Result<std::unique_ptr<ProxyMaker>> open(Store& store, const ContentId& media, const Sources::MediaFacts& facts);

    /// Makes the next picture; true once the whole proxy is in the store. A film that breaks has none: its error again.
    Result<bool> step();
    /// 0 … 1, by the film's time.
    [[nodiscard]] double progress() const;
    [[nodiscard]] std::size_t pictures() const { return m_sheet.pictures.size(); }
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }

private:
    ProxyMaker(Store& store, ShownPictures film, const ContentId& media, const Sources::MediaFacts& facts);
    Result<void> add(const ShownPicture& shown);
    void beginPiece();
    Result<void> endPiece();
    Result<void> endProxy();

    Store* m_store;
    ShownPictures m_film;
    Sources::MediaFacts m_facts;
    Digest m_key;
    std::optional<ProxyEncoder> m_encoder;
    ProxySheet m_sheet;
    Bytes m_piece;                     ///< pictures that are not in the store yet
    std::vector<std::uint32_t> m_kept; ///< sizes in the piece, where it is in the store already
    std::optional<ContentId> m_keptPiece;
    std::uint64_t m_bytes = 0;
    std::uint64_t m_microseconds = 0; ///< of this piece
    bool m_done = false;
};

} // namespace artdag
