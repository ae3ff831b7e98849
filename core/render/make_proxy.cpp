// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/make_proxy.h"

#include "core/render/turned_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace artdag {

ProxyMaker::ProxyMaker(Store& store, ShownPictures film, const ContentId& media, const Sources::MediaFacts& facts)
    : m_store(&store),
      m_film(std::move(film)),
      m_facts(facts),
      m_key(proxyKey(media, facts))
{
}

Result<std::unique_ptr<ProxyMaker>> ProxyMaker::open(Store& store, const ContentId& media, const Sources::MediaFacts& facts)
{
    if (const std::string reason = whyNoProxy(facts); !reason.empty())
        return fail(Fault::BadInput, fmt::format("media {}: has no proxy, as {}", media.text(), reason));
    if (store.isProvisional(media))
        return fail(Fault::Unavailable, fmt::format("media {}: is still being read; its proxy can be made afterwards", media.text()));
    ShownPictures film = TRY(ShownPictures::open(TRY(store.path(media))));
    return std::unique_ptr<ProxyMaker>(new ProxyMaker(store, std::move(film), media, facts));
}

double ProxyMaker::progress() const
{
    const Flicks length = m_film.duration();
    if (m_done || m_sheet.pictures.empty() || length <= 0)
        return m_done ? 1 : 0;
    return std::clamp(static_cast<double>(m_sheet.pictures.back().from) / static_cast<double>(length), 0.0, 1.0);
}

Result<bool> ProxyMaker::step()
{
    if (m_done)
        return true;
    const auto began = std::chrono::steady_clock::now();
    const ShownPicture shown = TRY(m_film.next());
    if (shown.picture == nullptr) {
        TRY(endProxy());
        m_done = true;
        return true;
    }
    if (m_sheet.pictures.size() % picturesAPiece == 0)
        beginPiece();
    TRY(add(shown));
    m_microseconds += static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began).count());
    if (m_sheet.pictures.size() % picturesAPiece == 0)
        TRY(endPiece());
    return false;
}

/// Looks whether the piece that begins here was made before.
void ProxyMaker::beginPiece()
{
    m_piece.clear();
    m_kept.clear();
    m_keptPiece.reset();
    m_microseconds = 0;
    const auto hit = m_store->action("proxy.piece", proxyPieceKey(m_key, m_sheet.pieces.size()));
    if (!hit || hit->objects.size() != 1)
        return;
    const auto facts = m_store->facts(hit->objects.front());
    if (!facts || !m_store->path(hit->objects.front())) // damaged: now it is gone
        return;
    std::uint64_t sum = 0;
    for (const Json& size : hit->facts.value("sizes", Json::array())) {
        m_kept.push_back(size.is_number_unsigned() ? size.get<std::uint32_t>() : 0);
        sum += m_kept.back();
    }
    if (m_kept.size() == picturesAPiece && sum == facts->size) // the last one is short, and made anew
        m_keptPiece = hit->objects.front();
}

Result<void> ProxyMaker::add(const ShownPicture& shown)
{
    if (m_keptPiece && m_encoder) {
        m_sheet.pictures.push_back({shown.from, m_kept[m_sheet.pictures.size() % picturesAPiece]});
        return {};
    }
    const int rotation = m_film.rotation();
    const CodedPointer upright = rotation == 0 ? shown.picture : turned(*shown.picture, rotation);
    if (!m_encoder) {
        m_sheet.shape = proxyShape(*upright, m_facts);
        m_encoder.emplace(TRY(ProxyEncoder::open(m_sheet.shape.width, m_sheet.shape.height, m_sheet.shape.coding.format)));
        if (m_keptPiece)
            return add(shown);
    }
    const Bytes data = TRY(m_encoder->encode(shrunk(*upright, m_sheet.shape)));
    m_piece.insert(m_piece.end(), data.begin(), data.end());
    m_sheet.pictures.push_back({shown.from, static_cast<std::uint32_t>(data.size())});
    return {};
}

Result<void> ProxyMaker::endPiece()
{
    const std::size_t first = m_sheet.pieces.size() * picturesAPiece;
    if (m_keptPiece && m_sheet.pictures.size() - first == picturesAPiece) {
        m_sheet.pieces.push_back(*m_keptPiece);
        return {};
    }
    Json sizes = Json::array();
    for (std::size_t i = first; i < m_sheet.pictures.size(); ++i)
        sizes.push_back(m_sheet.pictures[i].size);
    const ContentId id = TRY(m_store->put(m_piece, ObjectClass::Render));
    TRY(m_store->putAction("proxy.piece", proxyPieceKey(m_key, m_sheet.pieces.size()), {{id}, Json{{"sizes", std::move(sizes)}}, m_microseconds}));
    m_bytes += m_piece.size();
    m_sheet.pieces.push_back(id);
    return {};
}

Result<void> ProxyMaker::endProxy()
{
    if (m_sheet.pictures.size() % picturesAPiece != 0)
        TRY(endPiece());
    const ContentId sheet = TRY(m_store->put(bytesOfSheet(m_sheet), ObjectClass::Render));
    ActionResult result{{sheet}, Json::object(), 0};
    result.objects.insert(result.objects.end(), m_sheet.pieces.begin(), m_sheet.pieces.end());
    return m_store->putAction("proxy", m_key, result);
}

} // namespace artdag
