// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bridge/baked_track.h"

#include "core/bridge/film_writer.h"
#include "core/bridge/wave_writer.h"

#include <algorithm>
#include <cstring>

namespace artdag {

namespace {

class PictureTrack final : public BakedTrack {
public:
    PictureTrack(TrackOrder order, FilmWriter writer)
        : m_order(std::move(order)),
          m_writer(std::move(writer)) {}

    [[nodiscard]] bool full() const override { return m_next >= m_order.most; }

    Result<void> add(std::vector<std::uint8_t> packed, Stretch at) override
    {
        TRY(showUntil(at.first));
        m_shown = std::move(packed);
        m_from = std::max(at.first, m_from);
        return {};
    }

    Result<void> finish() override
    {
        if (m_shown.empty())
            return fail(Fault::BadInput, m_order.object + ": gave no picture; it may need more of them");
        TRY(showUntil(m_from + 1));
        return m_writer.finish(m_order.to);
    }

private:
    Result<void> showUntil(std::int64_t end)
    {
        for (; !m_shown.empty() && m_next < end && !full(); ++m_next)
            TRY(m_writer.add(m_shown));
        return {};
    }

    TrackOrder m_order;
    FilmWriter m_writer;
    std::vector<std::uint8_t> m_shown; ///< the filter's last picture
    std::int64_t m_from = 0;           ///< the frame from which it is seen
    std::int64_t m_next = 0;           ///< the frame to be written next
};

class SoundTrack final : public BakedTrack {
public:
    explicit SoundTrack(const TrackOrder& order)
        : m_writer(order.to, static_cast<int>(order.rate.numerator), order.bytes, order.object),
          m_order(order),
          m_samples(order.shape.bytes() / sizeof(float)) {}

    [[nodiscard]] bool full() const override { return m_writer.samples() >= m_order.most; }

    Result<void> add(std::vector<std::uint8_t> packed, Stretch at) override
    {
        TRY(m_writer.addSilence(std::clamp<std::int64_t>(at.first - m_writer.samples(), 0, m_order.most - m_writer.samples())));
        std::memcpy(m_samples.data(), packed.data(), packed.size());
        return m_writer.add(m_samples.data(), m_samples.data() + m_order.shape.samples, std::min(at.count, m_order.most - m_writer.samples()));
    }

    Result<void> finish() override
    {
        if (m_writer.samples() == 0)
            return fail(Fault::BadInput, m_order.object + ": gave no sound; it may need more of it");
        return m_writer.finish();
    }

private:
    WaveWriter m_writer;
    TrackOrder m_order;
    std::vector<float> m_samples; ///< of the last block
};

} // namespace

Result<std::unique_ptr<BakedTrack>> makeTrack(TrackOrder order)
{
    if (order.shape.samples > 0)
        return std::unique_ptr<BakedTrack>(std::make_unique<SoundTrack>(order));
    FilmWriter writer = TRY(FilmWriter::make(order.shape, order.rate, order.bytes, order.object));
    return std::unique_ptr<BakedTrack>(std::make_unique<PictureTrack>(std::move(order), std::move(writer)));
}

} // namespace artdag
