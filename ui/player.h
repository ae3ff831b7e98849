// SPDX-License-Identifier: GPL-3.0-or-later
// Time in the Studio: the playhead, playing and its clock. The clock is the sound device's where there is one, else our
// own, so that playing works without loudspeakers and sound never waits for pictures.
#pragma once

#include "ui/preview_engine.h"
#include "ui/sound_feed.h"

#include <QAudioSink>
#include <QElapsedTimer>
#include <QTimer>

#include <memory>

namespace artdag {

class Player : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(bool playing READ isPlaying NOTIFY playingChanged)
    Q_PROPERTY(qint64 frame READ frame NOTIFY frameChanged)
    Q_PROPERTY(qint64 frames READ frames NOTIFY lengthChanged)
    Q_PROPERTY(double position READ position NOTIFY frameChanged)
    Q_PROPERTY(QString timeText READ timeText NOTIFY frameChanged)
    Q_PROPERTY(QString lengthText READ lengthText NOTIFY lengthChanged)
    Q_PROPERTY(bool muted READ isMuted WRITE setMuted NOTIFY mutedChanged)
    Q_PROPERTY(bool hasDevice READ hasDevice CONSTANT)

public:
    explicit Player(QObject* parent = nullptr);
    ~Player() override;

    void setEngine(PreviewEngine* engine) { m_engine = engine; }
    void setLength(std::int64_t frames, Rate rate, int sampleRate);
    /// What is heard while playing; silence for an empty target.
    void setSound(const PreviewTarget& target);

    [[nodiscard]] bool isPlaying() const { return m_playing; }
    [[nodiscard]] qint64 frame() const { return m_frame; }
    [[nodiscard]] qint64 frames() const { return m_frames; }
    [[nodiscard]] Rate rate() const { return m_rate; }
    [[nodiscard]] double position() const; ///< 0–1 along the film
    [[nodiscard]] QString timeText() const;
    [[nodiscard]] QString lengthText() const;
    [[nodiscard]] bool isMuted() const { return m_muted; }
    [[nodiscard]] bool hasDevice() const;
    void setMuted(bool muted);

    Q_INVOKABLE void toggle();
    Q_INVOKABLE void play();
    Q_INVOKABLE void pause();
    Q_INVOKABLE void seek(qint64 frame);
    Q_INVOKABLE void seekTo(double position);
    Q_INVOKABLE void step(int frames);
    Q_INVOKABLE void stepSeconds(int seconds);
    Q_INVOKABLE void toStart() { seek(0); }
    Q_INVOKABLE void toEnd() { seek(m_frames - 1); }

Q_SIGNALS:
    void playingChanged();
    void frameChanged();
    void lengthChanged();
    void mutedChanged();

private:
    void tick();
    void restartClock();
    void startSound();
    void stopSound();
    void fillSound();
    void setFrame(std::int64_t frame);

    PreviewEngine* m_engine = nullptr;
    std::int64_t m_frame = 0;
    std::int64_t m_frames = 1;
    Rate m_rate;
    int m_sampleRate = 48000;
    bool m_playing = false;
    bool m_muted = false;
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::int64_t m_startFrame = 0;
    PreviewTarget m_sound;
    std::unique_ptr<QAudioSink> m_sink;
    SoundFeed m_feed;
    std::int64_t m_nextSample = 0;
    bool m_asking = false;
    quint64 m_soundSerial = 0;
};

/// `0:04.17`: minutes, seconds, hundredths.
QString timeText(double seconds);

} // namespace artdag
