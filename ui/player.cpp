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
constexpr double fastest = 8;
constexpr std::int64_t mostBehind = 3; ///< frames that every-frame playing may be late before its clock and sound begin anew
}

Player::Player(QObject* parent)
    : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(8);
    connect(&m_timer, &QTimer::timeout, this, &Player::tick);
    for (const auto signal : {&Player::frameChanged, &Player::lengthChanged})
        connect(this, signal, this, &Player::timeTextChanged);
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
    if (m_in >= m_frames)
        m_in = 0;
    if (m_out >= m_frames - 1)
        m_out = -1;
    if (m_playing)
        restartClock();
    Q_EMIT lengthChanged();
    Q_EMIT frameChanged();
    Q_EMIT rangeChanged();
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
    return textOfFrame(m_frame);
}

QString Player::lengthText() const
{
    return textOfFrame(m_frames);
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
    m_everyFrame = false;
    setSpeed(1);
    beginPlaying();
}

void Player::playEveryFrame()
{
    pause();
    m_everyFrame = true;
    setSpeed(1);
    setFrame(inFrame());
    beginPlaying();
}

void Player::beginPlaying()
{
    if (m_speed > 0 && (m_frame >= outFrame() || m_frame < m_in))
        setFrame(m_in);
    else if (m_speed < 0 && (m_frame <= m_in || m_frame > outFrame()))
        setFrame(outFrame());
    m_shown = -1;
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
    m_everyFrame = false;
    m_timer.stop();
    stopSound();
    Q_EMIT playingChanged();
}

void Player::setSpeed(double speed)
{
    if (speed == m_speed)
        return;
    m_speed = speed;
    Q_EMIT speedChanged();
}

void Player::shuttle(int direction)
{
    if (direction == 0) {
        pause();
        return;
    }
    const bool onward = m_playing && m_speed * direction > 0;
    m_everyFrame = false;
    setSpeed(onward ? std::clamp(m_speed * 2, -fastest, fastest) : direction);
    if (m_playing) {
        Q_EMIT jumped();
        restartClock();
    } else {
        beginPlaying();
    }
}

void Player::setLooping(bool loop)
{
    if (loop == m_loop)
        return;
    m_loop = loop;
    Q_EMIT loopChanged();
}

void Player::setIn(qint64 frame)
{
    m_in = std::clamp<qint64>(frame, 0, m_frames - 1);
    if (m_out >= 0 && m_out < m_in)
        m_out = -1;
    Q_EMIT rangeChanged();
}

void Player::setOut(qint64 frame)
{
    frame = std::clamp<qint64>(frame, 0, m_frames - 1);
    m_out = frame == m_frames - 1 ? -1 : frame;
    if (m_in > frame)
        m_in = 0;
    Q_EMIT rangeChanged();
}

void Player::clearRange()
{
    m_in = 0;
    m_out = -1;
    Q_EMIT rangeChanged();
}

QString Player::timeStyleName() const
{
    return m_style == TimeStyle::Seconds ? tr("seconds") : (m_style == TimeStyle::Frames ? tr("frames") : tr("SMPTE timecode"));
}

void Player::nextTimeStyle()
{
    m_style = static_cast<TimeStyle>((static_cast<int>(m_style) + 1) % 3);
    Q_EMIT timeTextChanged();
    Q_EMIT lengthChanged();
}

void Player::seek(qint64 frame)
{
    setFrame(frame);
    if (m_playing) {
        Q_EMIT jumped();
        restartClock();
    }
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
    if (m_engine == nullptr || !m_sound.sound || device.isNull() || m_speed != 1)
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

/// The frame that is due.
std::int64_t Player::clockFrame() const
{
    double seconds = static_cast<double>(m_clock.nsecsElapsed()) * 1e-9;
    if (m_sink && m_sink->state() != QAudio::StoppedState && m_sink->error() == QAudio::NoError)
        seconds = static_cast<double>(m_sink->processedUSecs()) * 1e-6;
    return m_startFrame + static_cast<std::int64_t>(std::floor(seconds * m_rate.perSecond() * m_speed));
}

void Player::tick()
{
    const std::int64_t frame = clockFrame();
    fillSound();
    if (m_everyFrame) {
        tickEveryFrame(frame);
        return;
    }
    if (m_speed > 0 ? frame > outFrame() : frame < m_in)
        reachEnd();
    else
        setFrame(frame);
}

void Player::reachEnd()
{
    const std::int64_t begin = m_speed > 0 ? m_in : outFrame();
    if (!m_loop) {
        setFrame(m_speed > 0 ? outFrame() : m_in);
        pause();
        return;
    }
    setFrame(begin);
    m_shown = -1;
    Q_EMIT jumped();
    restartClock();
}

/// One frame at a time, each seen before the next; too late, the clock waits for the pictures.
void Player::tickEveryFrame(std::int64_t wanted)
{
    if (wanted <= m_frame || m_shown != m_frame)
        return;
    const bool late = wanted > m_frame + mostBehind;
    if (m_frame >= outFrame()) {
        reachEnd();
        return;
    }
    setFrame(m_frame + 1);
    if (late)
        restartClock();
}

} // namespace artdag
