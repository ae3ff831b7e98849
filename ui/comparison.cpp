// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comparison.h"

#include "ui/qt_std.h"

#include <algorithm>

namespace artdag {

namespace {
constexpr int firstSnapshot = 101;
constexpr std::size_t mostSnapshots = 20;
constexpr int mostGain = 64;
}

Comparison::Comparison(std::function<Shown()> shown, QObject* parent)
    : QObject(parent),
      m_shown(std::move(shown)) {}

void Comparison::setEngine(PreviewEngine* engine)
{
    m_engine = engine;
    ask();
}

QString Comparison::title() const
{
    const auto source = m_sources.find(m_b);
    return source == m_sources.end() ? QString() : source->second.title;
}

QVariantList Comparison::choices() const
{
    QVariantList list;
    for (const auto& [id, source] : m_sources)
        list.append(QVariantMap{{QStringLiteral("id"), id}, {QStringLiteral("text"), source.title}, {QStringLiteral("chosen"), id == m_b}});
    return list;
}

void Comparison::say(const QString& message)
{
    if (message == m_message)
        return;
    m_message = message;
    Q_EMIT changed();
}

void Comparison::setWipe(double wipe)
{
    wipe = std::clamp(wipe, 0.0, 1.0);
    if (wipe == m_wipe)
        return;
    m_wipe = wipe;
    Q_EMIT wipeChanged();
}

void Comparison::setGain(int gain)
{
    gain = std::clamp(gain, 1, mostGain);
    if (gain == m_gain)
        return;
    m_gain = gain;
    Q_EMIT changed();
    askDifference();
}

void Comparison::sendTo(int slot, const QString& card)
{
    if (card.isEmpty())
        return;
    m_sources[slot] = {tr("%1: %2").arg(slot).arg(card.startsWith(QLatin1Char('@')) ? card.mid(1) : card), card, {}};
    choose(slot);
}

void Comparison::keepSnapshot()
{
    const Shown shown = m_shown();
    if (!shown.target.picture)
        return;
    while (m_sources.size() >= mostSnapshots && m_sources.lower_bound(firstSnapshot) != m_sources.end())
        m_sources.erase(m_sources.lower_bound(firstSnapshot));
    PreviewTarget target = shown.target;
    target.recipe = shown.recipe;
    m_sources[m_nextSnapshot] = {tr("snapshot %1").arg(m_nextSnapshot - firstSnapshot + 1), {}, target};
    choose(m_nextSnapshot++);
}

void Comparison::choose(int id)
{
    if (!m_sources.contains(id))
        return;
    m_b = id;
    m_image = {};
    m_pixels.reset();
    m_of = {};
    m_difference = {};
    m_message.clear();
    Q_EMIT changed();
    Q_EMIT imageChanged();
    Q_EMIT differenceChanged();
    ask();
}

void Comparison::toggleMode(Mode mode)
{
    if (!hasB()) {
        say(tr("There is no B yet: send a node to a slot with 1–9, or keep a snapshot with Shift+Q"));
        return;
    }
    m_mode = m_mode == mode ? Single : mode;
    m_showsB = false;
    Q_EMIT changed();
    see();
}

void Comparison::toggleSide()
{
    if (!hasB()) {
        toggleMode(Single);
        return;
    }
    m_showsB = m_mode == Single && !m_showsB;
    m_mode = Single;
    Q_EMIT changed();
    see();
}

/// Another document.
void Comparison::forget()
{
    m_sources.clear();
    m_nextSnapshot = firstSnapshot;
    m_b = -1;
    m_mode = Single;
    m_showsB = false;
    m_message.clear();
    m_image = m_difference = {};
    m_pixels.reset();
    m_of = {};
    Q_EMIT changed();
    Q_EMIT imageChanged();
    Q_EMIT differenceChanged();
}

PreviewTarget Comparison::target() const
{
    const auto source = m_sources.find(m_b);
    if (source == m_sources.end())
        return {};
    PreviewTarget target = source->second.card.isEmpty() ? source->second.target : (m_targetOf ? m_targetOf(source->second.card) : PreviewTarget());
    target.channels = m_shown().target.channels;
    return target;
}

void Comparison::follow(bool pictureOnly)
{
    if (!pictureOnly)
        ask();
    else if (m_mode == Difference)
        askDifference();
}

/// What is at hand is shown as it is; it is not made and sent to the card again because it is looked at.
void Comparison::see()
{
    if (hasB() && m_of == question(m_shown()))
        askDifference();
    else
        ask();
}

/// Kept at hand as soon as there is a B, so that the other side is seen at once.
void Comparison::ask()
{
    if (m_engine == nullptr || !hasB())
        return;
    const Shown shown = m_shown();
    if (shown.playing && !isSeen())
        return;
    const Question wanted = question(shown);
    if (!wanted.target.picture) {
        say(tr("%1: there is no such picture any more").arg(title()));
        return;
    }
    const quint64 serial = ++m_serial;
    m_engine->askPicture(
        isSeen() && !shown.playing ? Urgency::Viewer : Urgency::Playback, "viewer-b", wanted.target, shown.frame, shown.scale,
        [this, serial, wanted](Result<PreviewPicture> picture) {
            if (serial < m_answered)
                return;
            m_answered = serial;
            if (!picture) {
                say(tr("B: %1").arg(wordsOf(picture.error())));
                return;
            }
            say({});
            m_image = picture->image;
            m_pixels = picture->pixels;
            m_of = wanted;
            Q_EMIT imageChanged();
            askDifference();
        },
        shown.playing);
}

void Comparison::askDifference()
{
    if (m_engine == nullptr || m_mode != Difference || m_pixels == nullptr)
        return;
    const PicturePointer a = m_shown().pixels, b = m_pixels;
    if (a == nullptr)
        return;
    if (a->rect().width() != b->rect().width() || a->rect().height() != b->rect().height()) {
        say(tr("A and B have different sizes: %1 × %2 and %3 × %4")
                .arg(a->rect().width())
                .arg(a->rect().height())
                .arg(b->rect().width())
                .arg(b->rect().height()));
        return;
    }
    m_engine->compute(Urgency::Viewer, "viewer-difference", [this, a, b, gain = m_gain](const CancelToken&) -> PreviewEngine::Finish {
        const QImage image = differenceImage(*a, *b, static_cast<float>(gain));
        return [this, image] {
            m_difference = image;
            Q_EMIT differenceChanged();
        };
    });
}

} // namespace artdag
