// SPDX-License-Identifier: GPL-3.0-or-later
// The viewer's other side: B is a slot, which names a card, or a snapshot, which is an earlier state of the recipe. It asks for
// B's picture at A's frame and scale, and for the difference of the two; it never computes on the GUI thread.
#pragma once

#include "ui/preview_engine.h"

#include <QImage>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <map>

namespace artdag {

class Comparison : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Viewer")
    Q_PROPERTY(Mode mode READ mode NOTIFY changed)
    Q_PROPERTY(bool showsB READ showsB NOTIFY changed)
    Q_PROPERTY(bool hasB READ hasB NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString message READ message NOTIFY changed)
    Q_PROPERTY(QVariantList choices READ choices NOTIFY changed)
    Q_PROPERTY(QVariant image READ imageValue NOTIFY imageChanged)
    Q_PROPERTY(QVariant difference READ differenceValue NOTIFY differenceChanged)
    Q_PROPERTY(double wipe READ wipe WRITE setWipe NOTIFY wipeChanged)
    Q_PROPERTY(int gain READ gain WRITE setGain NOTIFY changed)

public:
    enum Mode {
        Single,
        Wipe,
        SideBySide,
        Difference,
    };
    Q_ENUM(Mode)

    /// What A is now.
    struct Shown {
        PreviewTarget target;
        QString title;
        std::int64_t frame = 0;
        double scale = 1;
        bool playing = false;
        PicturePointer pixels; ///< of A; null while there is none
        RecipePointer recipe;
    };
    /// `shown` and `targetOf` are asked on the GUI thread.
    Comparison(std::function<Shown()> shown, QObject* parent);

    void setEngine(PreviewEngine* engine);
    /// The target of a card in the document.
    void setCards(std::function<PreviewTarget(const QString& card)> targetOf) { m_targetOf = std::move(targetOf); }

    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] bool showsB() const { return m_showsB && m_mode == Single && hasB(); }
    [[nodiscard]] bool hasB() const { return m_b >= 0; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString message() const { return m_message; }
    [[nodiscard]] QVariantList choices() const; ///< {id, text, chosen}
    [[nodiscard]] const QImage& image() const { return m_image; }
    [[nodiscard]] QVariant imageValue() const { return m_image; }
    [[nodiscard]] QVariant differenceValue() const { return m_difference; }
    [[nodiscard]] const PicturePointer& pixels() const { return m_pixels; }
    [[nodiscard]] double wipe() const { return m_wipe; } ///< 0–1 of the view
    void setWipe(double wipe);
    [[nodiscard]] int gain() const { return m_gain; } ///< of the difference: 1, 2, 4 … 64
    void setGain(int gain);

    /// Sends a card to slot 1–9, which becomes B.
    void sendTo(int slot, const QString& card);
    void keepSnapshot();
    Q_INVOKABLE void choose(int id);
    /// Toggles between this mode and one picture; without a B nothing happens but words.
    void toggleMode(Mode mode);
    void toggleSide();
    void forget();
    /// A has changed: its recipe, frame, scale or picture.
    void follow(bool pictureOnly);

Q_SIGNALS:
    void changed();
    void imageChanged();
    void differenceChanged();
    void wipeChanged();

private:
    struct Source {
        QString title;
        QString card;         ///< of a slot
        PreviewTarget target; ///< of a snapshot
    };
    [[nodiscard]] bool isSeen() const { return hasB() && (m_mode != Single || m_showsB); }
    [[nodiscard]] PreviewTarget target() const;
    /// What a picture of B is of.
    struct Question {
        PreviewTarget target;
        RecipePointer recipe;
        std::int64_t frame = 0;
        double scale = 0; ///< 0: of nothing
        bool operator==(const Question&) const = default;
    };
    [[nodiscard]] Question question(const Shown& shown) const { return {target(), shown.recipe, shown.frame, shown.scale}; }
    void see();
    void say(const QString& message);
    void ask();
    void askDifference();

    std::function<Shown()> m_shown;
    std::function<PreviewTarget(const QString&)> m_targetOf;
    PreviewEngine* m_engine = nullptr;
    std::map<int, Source> m_sources; ///< 1–9: slots, from 101: snapshots
    int m_nextSnapshot = 101;
    int m_b = -1;
    Mode m_mode = Single;
    bool m_showsB = false;
    double m_wipe = 0.5;
    int m_gain = 1;
    QString m_message;
    QImage m_image, m_difference;
    PicturePointer m_pixels;
    Question m_of; ///< which the picture answers
    quint64 m_serial = 0, m_answered = 0;
};

} // namespace artdag
