// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/proxy.h"

#include "core/base/preimage.h"
#include "core/picture/affine.h"
#include "core/picture/show_coded.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <fstream>

namespace artdag {

namespace {

/// Rises when the pictures of a proxy change: their size, how they are shrunk, what they are coded as.
constexpr std::string_view definition = "half of linear light, 4:4:4";
constexpr std::string_view magic = "ADproxy1";
constexpr std::size_t windowPictures = 12; ///< more than threads render side by side
constexpr std::int64_t smallPixels = std::int64_t{640} * 360;
constexpr std::int64_t largePixels = std::int64_t{1920} * 1088;

Result<Bytes> readPart(const std::filesystem::path& path, std::uint64_t offset, std::size_t size)
{
    std::ifstream file(path, std::ios::binary);
    Bytes bytes(size);
    if (!file.seekg(static_cast<std::streamoff>(offset)) || !file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size)))
        return fail(Fault::Corrupt, "proxy: a piece is shorter than its sheet says");
    return bytes;
}

/// Little-endian numbers one after the other; `ok` stays false once there were too few bytes.
struct Reader {
    ByteView rest;
    bool ok = true;
    template <class Number>
    Number number()
    {
        Number value{};
        ok = ok && rest.size() >= sizeof value;
        if (ok) {
            std::memcpy(&value, rest.data(), sizeof value);
            rest = rest.subspan(sizeof value);
        }
        return value;
    }
};

} // namespace

std::string whyNoProxy(const Sources::MediaFacts& facts)
{
    if (!facts.hasPicture)
        return "it has no pictures";
    if (facts.still || facts.numbered.numerator > 0)
        return "its pictures are files by themselves";
    if (hasAlpha(facts.coding.format))
        return "it is transparent";
    return {};
}

bool isDear(const Sources::MediaFacts& facts)
{
    const std::int64_t pixels = std::int64_t{facts.width} * facts.height;
    const bool alone = standsAlone(std::string_view(facts.decoder).substr(0, facts.decoder.find(' ')));
    return whyNoProxy(facts).empty() && pixels >= smallPixels && (!alone || pixels > largePixels);
}

Digest proxyKey(const ContentId& media, const Sources::MediaFacts& facts)
{
    Hasher hasher;
    return hasher.add("artdag.proxy.1\n").addText(definition).addText(proxyCodecIdentity()).addText(facts.decoder).add(media.digest).finish();
}

Digest proxyPieceKey(const Digest& proxy, std::size_t piece)
{
    Hasher hasher;
    return hasher.add("artdag.proxy.piece.1\n").add(proxy).addU64(piece).finish();
}

ProxyShape proxyShape(const CodedPicture& picture, const Sources::MediaFacts& facts)
{
    ProxyShape shape{(facts.width + 1) / 2, (facts.height + 1) / 2, picture.coding};
    const bool colourless = planesOf(picture.coding.format, 2, 2).size() == 1;
    shape.coding.format = SampleFormat::Yuv444p; // what 4:2:0 has at half the size
    if (shape.coding.matrix == Matrix::Identity || colourless)
        shape.coding.matrix = Matrix::Bt709;
    return shape;
}

PackedPicture shrunk(const CodedPicture& picture, const ProxyShape& shape)
{
    Picture linear(Rect{0, 0, shape.width, shape.height});
    const Affine toSource = scaled(static_cast<double>(picture.width) / shape.width, static_cast<double>(picture.height) / shape.height);
    showCoded(picture, toSource, Filter::Area, linear.view());
    linear.look();
    PackedPicture packed = makePacked(shape.width, shape.height, shape.coding);
    encodeFromLinear(linear.view(), packed);
    return packed;
}

Bytes bytesOfSheet(const ProxySheet& sheet)
{
    const Coding& coding = sheet.shape.coding;
    Preimage out;
    out.add(magic).addU32(static_cast<std::uint32_t>(sheet.shape.width)).addU32(static_cast<std::uint32_t>(sheet.shape.height));
    for (const int each : {static_cast<int>(coding.format), static_cast<int>(coding.matrix), static_cast<int>(coding.transfer), static_cast<int>(coding.primaries), static_cast<int>(coding.site), coding.fullRange ? 1 : 0})
        out.addU16(static_cast<std::uint16_t>(each));
    out.addU64(sheet.pictures.size());
    for (const ProxySheet::Picture& picture : sheet.pictures)
        out.addU64(static_cast<std::uint64_t>(picture.from)).addU32(picture.size);
    for (const ContentId& piece : sheet.pieces)
        out.add(piece.digest);
    return Bytes(out.view().begin(), out.view().end());
}

Result<ProxySheet> sheetOfBytes(ByteView bytes)
{
    constexpr std::size_t pictureBytes = 12;
    const auto damaged = [] { return fail(Fault::Corrupt, "proxy: its sheet is damaged"); };
    if (bytes.size() < magic.size() || std::memcmp(bytes.data(), magic.data(), magic.size()) != 0)
        return damaged();
    Reader reader{bytes.subspan(magic.size())};
    ProxySheet sheet;
    sheet.shape.width = reader.number<std::int32_t>();
    sheet.shape.height = reader.number<std::int32_t>();
    Coding& coding = sheet.shape.coding;
    coding.format = static_cast<SampleFormat>(reader.number<std::uint16_t>());
    coding.matrix = static_cast<Matrix>(reader.number<std::uint16_t>());
    coding.transfer = static_cast<Transfer>(reader.number<std::uint16_t>());
    coding.primaries = static_cast<Primaries>(reader.number<std::uint16_t>());
    coding.site = static_cast<ChromaSite>(reader.number<std::uint16_t>());
    coding.fullRange = reader.number<std::uint16_t>() != 0;
    const auto count = reader.number<std::uint64_t>();
    if (!reader.ok || count == 0 || count > reader.rest.size() / pictureBytes || sheet.shape.width < 1 || sheet.shape.height < 1)
        return damaged();
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto from = reader.number<Flicks>();
        sheet.pictures.push_back({from, reader.number<std::uint32_t>()});
    }
    if (reader.rest.size() != (count + picturesAPiece - 1) / picturesAPiece * sizeof(Digest))
        return damaged();
    while (!reader.rest.empty())
        sheet.pieces.push_back(ContentId{reader.number<Digest>()});
    return sheet;
}

std::shared_ptr<const Proxy> Proxy::find(Store& store, const ContentId& media, const Sources::MediaFacts& facts)
{
    const auto hit = store.action("proxy", proxyKey(media, facts));
    if (!hit || hit->objects.empty())
        return nullptr;
    const auto bytes = store.get(hit->objects.front());
    auto sheet = bytes ? sheetOfBytes(*bytes) : tl::unexpected<Error>(bytes.error());
    return sheet ? std::make_shared<const Proxy>(store, hit->objects.front(), std::move(*sheet)) : nullptr;
}

Proxy::Proxy(Store& store, const ContentId& id, ProxySheet sheet)
    : m_store(&store),
      m_id(id),
      m_sheet(std::move(sheet))
{
    std::uint64_t place = 0;
    for (std::size_t i = 0; i < m_sheet.pictures.size(); ++i) {
        place = i % picturesAPiece == 0 ? 0 : place;
        m_places.push_back(place);
        place += m_sheet.pictures[i].size;
    }
}

Result<Bytes> Proxy::stored(std::size_t index) const
{
    const auto path = TRY(m_store->path(m_sheet.pieces[index / picturesAPiece]));
    return readPart(path, m_places[index], m_sheet.pictures[index].size);
}

Result<Bytes> Proxy::madeAgain(std::size_t index, const std::function<Result<CodedPointer>(Flicks)>& original) const
{
    const CodedPointer picture = TRY(original(m_sheet.pictures[index].from));
    ProxyEncoder encoder = TRY(ProxyEncoder::open(m_sheet.shape.width, m_sheet.shape.height, m_sheet.shape.coding.format));
    return encoder.encode(shrunk(*picture, m_sheet.shape));
}

Result<CodedPointer> Proxy::picture(Flicks time, const std::function<Result<CodedPointer>(Flicks)>& original) const
{
    const auto after = std::ranges::upper_bound(m_sheet.pictures, time, {}, &ProxySheet::Picture::from);
    const std::size_t index = after == m_sheet.pictures.begin() ? 0 : static_cast<std::size_t>(after - m_sheet.pictures.begin()) - 1;
    const std::lock_guard lock(m_mutex);
    for (const auto& [known, picture] : m_window)
        if (known == index)
            return picture;
    if (!m_decoder)
        m_decoder.emplace(TRY(ProxyDecoder::open()));
    const auto decoded = [&](const Result<Bytes>& data) -> Result<CodedPointer> {
        if (!data)
            return tl::unexpected<Error>(data.error());
        return m_decoder->decode(*data, m_sheet.shape.width, m_sheet.shape.height, m_sheet.shape.coding);
    };
    auto picture = decoded(stored(index));
    if (picture) {
        ++m_read;
    } else {
        m_lost = true;
        picture = TRY(decoded(madeAgain(index, original)));
    }
    m_window.emplace_back(index, *picture);
    if (m_window.size() > windowPictures)
        m_window.pop_front();
    return *picture;
}

} // namespace artdag
