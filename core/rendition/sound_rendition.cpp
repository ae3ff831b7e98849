// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rendition/sound_rendition.h"

#include "core/sound/resample.h"

#include <algorithm>
#include <functional>

namespace artdag {

namespace {

/// Samples that came and are still needed.
class Window {
public:
    void add(const Sound& piece)
    {
        const SampleRange joined{m_kept.range().count == 0 ? piece.range().first : m_kept.range().first, m_kept.range().count + piece.range().count};
        Sound both(joined);
        for (int channel = 0; channel < soundChannels; ++channel) {
            std::copy_n(m_kept.channel(channel), m_kept.range().count, both.channel(channel));
            std::copy_n(piece.channel(channel), piece.range().count, both.channel(channel) + m_kept.range().count);
        }
        m_kept = std::move(both);
    }
    void forgetBefore(std::int64_t sample)
    {
        const std::int64_t gone = std::clamp<std::int64_t>(sample - m_kept.range().first, 0, m_kept.range().count);
        Sound rest(SampleRange{m_kept.range().first + gone, m_kept.range().count - gone});
        for (int channel = 0; channel < soundChannels; ++channel)
            std::copy_n(m_kept.channel(channel) + gone, rest.range().count, rest.channel(channel));
        m_kept = std::move(rest);
    }
    [[nodiscard]] const Sound& kept() const { return m_kept; }

private:
    Sound m_kept;
};

Result<void> addPackets(EncodedSound& all, std::vector<Packet> packets)
{
    std::ranges::move(packets, std::back_inserter(all.packets));
    return {};
}

/// At another rate: each output sample once all that it is made of has come.
Result<void> resampled(const std::function<Result<Sound>()>& nextPiece, int from, int to, SoundEncoder& encoder, EncodedSound& all)
{
    const Resampler resampler(from, to);
    Window window;
    std::int64_t next = 0;
    for (bool more = true; more;) {
        const Sound piece = TRY(nextPiece());
        more = piece.range().count > 0;
        if (more)
            window.add(piece);
        std::int64_t end = resampler.within({0, window.kept().range().end()}).end();
        while (more && end > next && resampler.needs({end - 1, 1}).end() > window.kept().range().end())
            --end;
        if (end <= next)
            continue;
        TRY(addPackets(all, TRY(encoder.add(toS16(resampler.run(window.kept(), {next, end - next}))))));
        next = end;
        window.forgetBefore(resampler.needs({next, 1}).first);
    }
    return {};
}

} // namespace

Result<std::optional<EncodedSound>> encodeSoundOf(ShownMedia& media, const EncodeProfile& profile, int& sampleRate, SoundPrinter& printer)
{
    const int own = media.facts().audio->sampleRate;
    sampleRate = own == 44'100 ? own : 48'000;
    auto stream = TRY(media.openSound());
    auto encoder = TRY(makeSoundEncoder(profile, sampleRate));
    const auto nextPiece = [&]() -> Result<Sound> {
        Sound piece = TRY(stream->next());
        printer.add(piece);
        return piece;
    };
    EncodedSound all;
    bool any = false;
    if (own != sampleRate) {
        TRY(resampled(nextPiece, own, sampleRate, *encoder, all));
        any = true;
    } else {
        for (Sound piece = TRY(nextPiece()); piece.range().count > 0; piece = TRY(nextPiece())) {
            TRY(addPackets(all, TRY(encoder->add(toS16(piece)))));
            any = true;
        }
    }
    if (!any)
        return std::optional<EncodedSound>();
    EncodedSound last = TRY(encoder->finish());
    TRY(addPackets(all, std::move(last.packets)));
    last.packets = std::move(all.packets);
    return std::optional(std::move(last));
}

} // namespace artdag
