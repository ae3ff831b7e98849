// SPDX-License-Identifier: GPL-3.0-or-later
// Time in the Studio: the playhead, playing between in and out points, and its clock. The clock is the sound device's where
// there is one, else our own, so that playing works without loudspeakers and sound never waits for pictures.
#pragma once

#include "ui/preview_engine.h"
#include "ui/sound_feed.h"
#include "ui/time_text.h"

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
    Q_PROPERTY(QString timeText READ timeText NOTIFY timeTextChanged)
    Q_PROPERTY(QString lengthText READ lengthText NOTIFY lengthChanged)
    Q_PROPERTY(bool muted READ isMuted WRITE setMuted NOTIFY mutedChanged)
    Q_PROPERTY(double speed READ speed NOTIFY speedChanged)
    Q_PROPERTY(bool loop READ isLooping WRITE setLooping NOTIFY loopChanged)
    Q_PROPERTY(qint64 inFrame READ inFrame NOTIFY rangeChanged)
    Q_PROPERTY(qint64 outFrame READ outFrame NOTIFY rangeChanged)
    Q_PROPERTY(bool ranged READ isRanged NOTIFY rangeChanged)
    Q_PROPERTY(QString timeStyleName READ timeStyleName NOTIFY timeTextChanged)
    Q_PROPERTY(bool everyFrame READ playsEveryFrame NOTIFY playingChanged)
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
    /// 1: as it is; 2, 4, 8 faster, below 0 backwards. Sound is heard at 1 only.
    [[nodiscard]] double speed() const { return m_speed; }
    [[nodiscard]] bool isLooping() const { return m_loop; }
    void setLooping(bool loop);
    /// What is played: the first and the last frame, both included.
    [[nodiscard]] qint64 inFrame() const { return m_in; }
    [[nodiscard]] qint64 outFrame() const { return m_out < 0 ? m_frames - 1 : m_out; }
    [[nodiscard]] bool isRanged() const { return m_in > 0 || m_out >= 0; }
    [[nodiscard]] TimeStyle timeStyle() const { return m_style; }
    [[nodiscard]] QString timeStyleName() const;
    [[nodiscard]] QString textOfFrame(std::int64_t frame) const { return artdag::timeText(frame, m_rate, m_style); }
    /// Playing shows every frame, and waits where one is not there yet, instead of dropping it.
    [[nodiscard]] bool playsEveryFrame() const { return m_everyFrame; }
    /// The picture of the playhead's frame is seen.
    void setShown(std::int64_t frame) { m_shown = frame; }

    Q_INVOKABLE void toggle();
    Q_INVOKABLE void play();
    Q_INVOKABLE void pause();
    Q_INVOKABLE void seek(qint64 frame);
    Q_INVOKABLE void seekTo(double position);
    Q_INVOKABLE void step(int frames);
    Q_INVOKABLE void stepSeconds(int seconds);
    Q_INVOKABLE void toStart() { seek(0); }
    Q_INVOKABLE void toEnd() { seek(m_frames - 1); }
    void playEveryFrame();
    /// Faster in this direction (−1, 1) each time; 0 stops.
    Q_INVOKABLE void shuttle(int direction);
    Q_INVOKABLE void setIn(qint64 frame);
    Q_INVOKABLE void setOut(qint64 frame);
    Q_INVOKABLE void clearRange();
    Q_INVOKABLE void nextTimeStyle();

Q_SIGNALS:
    void playingChanged();
    void frameChanged();
    void lengthChanged();
    void mutedChanged();
    void speedChanged();
    void loopChanged();
    void rangeChanged();
    void timeTextChanged();
    /// The playhead has gone elsewhere while playing: by hand, or to the beginning of what is played.
    void jumped();

private:
    void tick();
    void restartClock();
    void startSound();
    void stopSound();
    void fillSound();
    void setFrame(std::int64_t frame);
    void setSpeed(double speed);
    void beginPlaying();
    void reachEnd();
    void tickEveryFrame(std::int64_t wanted);
    [[nodiscard]] std::int64_t clockFrame() const;

    PreviewEngine* m_engine = nullptr;
    std::int64_t m_frame = 0;
    std::int64_t m_frames = 1;
    Rate m_rate;
    int m_sampleRate = 48000;
    bool m_playing = false;
    bool m_muted = false;
    bool m_loop = true; ///< films loop while they are looked at
    bool m_everyFrame = false;
    double m_speed = 1;
    std::int64_t m_in = 0, m_out = -1; ///< −1: the last frame
    std::int64_t m_shown = -1;
    TimeStyle m_style = TimeStyle::Seconds;
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

} // namespace artdag
