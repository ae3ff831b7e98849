// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scope_board.h"

namespace artdag {

QString ScopeBoard::title() const
{
    switch (m_kind) {
    case ScopeKind::None: return {};
    case ScopeKind::Histogram: return tr("Histogram · RGB and luma");
    case ScopeKind::Waveform: return tr("Luma waveform");
    case ScopeKind::Parade: return tr("RGB parade");
    case ScopeKind::Vectorscope: return tr("Vectorscope · BT.709");
    }
    return {};
}

void ScopeBoard::setSize(QSize size)
{
    if (size == m_size || size.isEmpty())
        return;
    m_size = size;
    Q_EMIT changed();
    ask();
}

void ScopeBoard::toggle(ScopeKind kind)
{
    m_kind = kind == m_kind ? ScopeKind::None : kind;
    m_image = {};
    Q_EMIT changed();
    Q_EMIT imageChanged();
    ask();
}

void ScopeBoard::next()
{
    const int kinds = static_cast<int>(ScopeKind::Vectorscope) + 1;
    toggle(static_cast<ScopeKind>((static_cast<int>(m_kind) + 1) % kinds));
}

void ScopeBoard::setPicture(const QImage& picture)
{
    if (picture.cacheKey() == m_picture.cacheKey())
        return;
    m_picture = picture;
    ask();
}

void ScopeBoard::ask()
{
    if (m_engine == nullptr || m_kind == ScopeKind::None || m_picture.isNull())
        return;
    m_engine->compute(Urgency::Playback, "viewer-scope",
        [this, kind = m_kind, picture = m_picture, size = m_size, ink = m_ink](const CancelToken&) -> PreviewEngine::Finish {
            const QImage image = scopeImage(kind, picture, size, ink);
            return [this, kind, image] {
                if (kind != m_kind)
                    return;
                m_image = image;
                Q_EMIT imageChanged();
            };
        });
}

} // namespace artdag
