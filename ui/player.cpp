// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player.h"

#include <QAudioDevice>
#include <QMediaDevices>

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr double secondsAhead = 0.6;
constexpr double blockSeconds = 0.2;
}

QString timeText(double seconds)
{
    const auto hundredths = static_cast<qint64>(std::floor(seconds * 100 + 0.5));
    return QStringLiteral("%1:%2.%3").arg(hundredths / 6000).arg(hundredths / 100 % 60, 2, 10, QLatin1Char('0')).arg(hundredths % 100, 2, 10, QLatin1Char('0'));
}

Player::Player(QObject* parent)
    : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(8);
    connect(&m_timer, &QTimer::timeout, this, &Player::tick);
}

Player::~Player()
{
    stopSound();
}

bool Player::hasDevice() const
{
    return !QMediaDevices::defaultAudioOutput().isNull();
}

void Player::setLength(std::int64_t frames, Rate rate, int sampleRate)
{
    frames = std::max<std::int64_t>(1, frames);
    if (frames == m_frames && rate == m_rate && sampleRate == m_sampleRate)
        return;
    m_frames = frames;
    m_rate = rate;
    m_sampleRate = sampleRate;
    if (m_frame >= m_frames)
        setFrame(m_frames - 1);
    if (m_playing)
        restartClock();
    Q_EMIT lengthChanged();
    Q_EMIT frameChanged();
}

void Player::setSound(const PreviewTarget& target)
{
    const bool same = m_sound.sound == target.sound;
    m_sound = target;
    if (m_playing && !same)
        restartClock();
}

double Player::position() const
{
    return m_frames > 1 ? static_cast<double>(m_frame) / static_cast<double>(m_frames) : 0;
}

QString Player::timeText() const
{
    return artdag::timeText(static_cast<double>(m_frame) / m_rate.perSecond());
}

QString Player::lengthText() const
{
    return artdag::timeText(static_cast<double>(m_frames) / m_rate.perSecond());
}

void Player::setMuted(bool muted)
{
    if (m_muted == muted)
        return;
    m_muted = muted;
    if (m_sink)
        m_sink->setVolume(muted ? 0 : 1);
    Q_EMIT mutedChanged();
}

void Player::setFrame(std::int64_t frame)
{
    frame = std::clamp<std::int64_t>(frame, 0, m_frames - 1);
    if (frame == m_frame)
        return;
    m_frame = frame;
    Q_EMIT frameChanged();
}

void Player::toggle()
{
    if (m_playing)
        pause();
    else
        play();
}

void Player::play()
{
    if (m_playing)
        return;
    if (m_frame >= m_frames - 1)
        setFrame(0);
    m_playing = true;
    Q_EMIT playingChanged();
    restartClock();
    m_timer.start();
}

void Player::pause()
{
    if (!m_playing)
        return;
    m_playing = false;
    m_timer.stop();
    stopSound();
    Q_EMIT playingChanged();
}

void Player::seek(qint64 frame)
{
    setFrame(frame);
    if (m_playing)
        restartClock();
}

void Player::seekTo(double position)
{
    seek(static_cast<qint64>(std::floor(position * static_cast<double>(m_frames))));
}

void Player::step(int frames)
{
    pause();
    seek(m_frame + frames);
}

void Player::stepSeconds(int seconds)
{
    seek(m_frame + static_cast<qint64>(std::llround(seconds * m_rate.perSecond())));
}

void Player::restartClock()
{
    m_startFrame = m_frame;
    m_clock.start();
    stopSound();
    startSound();
}

void Player::startSound()
{
    m_nextSample = sampleOfFrame(m_startFrame, m_rate, m_sampleRate);
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    if (m_engine == nullptr || !m_sound.sound || device.isNull())
        return;
    QAudioFormat format;
    format.setSampleRate(m_sampleRate);
    format.setChannelCount(soundChannels);
    format.setSampleFormat(QAudioFormat::Int16);
    if (!device.isFormatSupported(format))
        return;
    m_sink = std::make_unique<QAudioSink>(device, format);
    m_sink->setBufferSize(m_sampleRate / 5 * 2 * soundChannels);
    m_sink->setVolume(m_muted ? 0 : 1);
    fillSound();
}

void Player::stopSound()
{
    ++m_soundSerial;
    m_asking = false;
    if (m_engine != nullptr)
        m_engine->cancel("sound");
    if (m_sink) {
        m_sink->stop();
        m_sink.reset();
    }
    m_feed.clear();
}

/// Keeps a little sound ahead of the device; it starts when the first block is there, and the clock with it.
void Player::fillSound()
{
    if (!m_sink || m_asking || m_feed.waiting() > static_cast<std::int64_t>(secondsAhead * m_sampleRate))
        return;
    const std::int64_t end = sampleOfFrame(m_frames, m_rate, m_sampleRate);
    const SampleRange range{m_nextSample, std::min<std::int64_t>(static_cast<std::int64_t>(blockSeconds * m_sampleRate), end - m_nextSample)};
    if (range.count <= 0)
        return;
    m_asking = true;
    m_engine->askSound(Urgency::Sound, "sound", {std::nullopt, m_sound.sound}, range, [this, range, serial = m_soundSerial](Result<Sound> sound) {
        if (serial != m_soundSerial)
            return;
        m_asking = false;
        m_nextSample = range.end();
        m_feed.put(sound ? *sound : Sound(range));
        if (m_sink && m_sink->state() == QAudio::StoppedState) {
            m_sink->start(&m_feed);
            m_startFrame = m_frame;
            m_clock.start();
        }
        fillSound();
    });
}

void Player::tick()
{
    double seconds = static_cast<double>(m_clock.nsecsElapsed()) * 1e-9;
    if (m_sink && m_sink->state() != QAudio::StoppedState && m_sink->error() == QAudio::NoError)
        seconds = static_cast<double>(m_sink->processedUSecs()) * 1e-6;
    fillSound();
    const std::int64_t frame = m_startFrame + static_cast<std::int64_t>(std::floor(seconds * m_rate.perSecond()));
    if (frame >= m_frames) {
        // Films loop while they are looked at.
        setFrame(0);
        restartClock();
        return;
    }
    setFrame(frame);
}

} // namespace artdag
