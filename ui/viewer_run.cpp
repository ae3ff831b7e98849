// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/markers.h"
#include "ui/qt_std.h"
#include "ui/viewer.h"
#include "ui/viewer_commands.h"

#include <cmath>

namespace artdag {

namespace {
constexpr double wipeStep = 0.02;
constexpr std::pair<const char*, Channels> channelNames[] = {{"colour", Channels::Colour}, {"red", Channels::Red}, {"green", Channels::Green},
    {"blue", Channels::Blue}, {"alpha", Channels::Alpha}, {"checker", Channels::Checker}};
constexpr std::pair<const char*, double> scaleNames[] = {{"auto", 0}, {"full", 1}, {"half", 0.5}, {"quarter", 0.25}};
constexpr std::pair<const char*, ScopeKind> scopeNames[] = {
    {"histogram", ScopeKind::Histogram}, {"waveform", ScopeKind::Waveform}, {"parade", ScopeKind::Parade}, {"vectorscope", ScopeKind::Vectorscope}};
} // namespace

QString Viewer::channelsName() const
{
    for (const auto& [name, channels] : channelNames)
        if (channels == m_channels)
            return QString::fromLatin1(name);
    return {};
}

void Viewer::setChannels(Channels channels)
{
    m_channels = channels == m_channels ? Channels::Colour : channels;
    Q_EMIT looksChanged();
    refresh();
}

void Viewer::setScaleChoice(double scale)
{
    m_scaleChoice = scale;
    Q_EMIT looksChanged();
    Q_EMIT viewSizeChanged();
    refresh();
}

void Viewer::setProxies(bool makes)
{
    m_proxies = makes;
    if (m_engine != nullptr)
        m_engine->setMakesProxies(makes);
    Q_EMIT proxiesChanged();
    ask(); // the next picture has the films looked at again
}

QString Viewer::proxyText() const
{
    const ProxyState state = m_engine == nullptr ? ProxyState() : m_engine->proxyState();
    if (!m_proxies)
        return tr("proxies off");
    if (state.films == 0)
        return {};
    const int percent = static_cast<int>(std::floor(state.progress * 100));
    return state.films == 1 ? tr("proxy %1 %").arg(percent) : tr("proxy %1 %, %2 more").arg(percent).arg(state.films - 1);
}

double Viewer::proxyProgress() const
{
    return m_engine == nullptr || !m_proxies ? 0 : m_engine->proxyState().progress;
}

void Viewer::hover(QPointF inView)
{
    if (std::isnan(inView.x()))
        m_probe.leave();
    else
        m_probe.moveTo(m_camera.toPicture(inView));
}

void Viewer::run(const QString& id)
{
    if (!runCompare(id) && !runTransport(id))
        runSwitch(id);
}

bool Viewer::runCompare(const QString& id)
{
    const QString what = id.section(QLatin1Char('.'), 1);
    if (what.startsWith(QLatin1String("slot.")))
        m_compare.sendTo(what.mid(5).toInt(), m_card);
    else if (what == QLatin1String("toggle"))
        m_compare.toggleSide();
    else if (what == QLatin1String("wipe"))
        m_compare.toggleMode(Comparison::Wipe);
    else if (what == QLatin1String("side"))
        m_compare.toggleMode(Comparison::SideBySide);
    else if (what == QLatin1String("difference"))
        m_compare.toggleMode(Comparison::Difference);
    else if (what == QLatin1String("wipe_left"))
        m_compare.setWipe(m_compare.wipe() - wipeStep);
    else if (what == QLatin1String("wipe_right"))
        m_compare.setWipe(m_compare.wipe() + wipeStep);
    else if (what == QLatin1String("gain_up"))
        m_compare.setGain(m_compare.gain() * 2);
    else if (what == QLatin1String("gain_down"))
        m_compare.setGain(m_compare.gain() / 2);
    else if (what == QLatin1String("snapshot"))
        m_compare.keepSnapshot();
    else
        return false;
    return true;
}

bool Viewer::runTransport(const QString& id)
{
    const QString what = id.section(QLatin1Char('.'), 1);
    if (what == QLatin1String("play") || what == QLatin1String("pause")) {
        stopCaching();
        what == QLatin1String("play") ? m_player->toggle() : m_player->pause();
    } else if (what == QLatin1String("play_every")) {
        cacheThenPlay();
    } else if (what == QLatin1String("backwards") || what == QLatin1String("forwards")) {
        stopCaching();
        m_player->shuttle(what == QLatin1String("forwards") ? 1 : -1);
    } else if (what == QLatin1String("back") || what == QLatin1String("on")) {
        m_player->step(what == QLatin1String("on") ? 1 : -1);
    } else if (what == QLatin1String("second_back") || what == QLatin1String("second_on")) {
        m_player->stepSeconds(what == QLatin1String("second_on") ? 1 : -1);
    } else if (what == QLatin1String("start")) {
        m_player->toStart();
    } else if (what == QLatin1String("end")) {
        m_player->toEnd();
    } else if (what == QLatin1String("in")) {
        m_player->setIn(m_player->frame());
    } else if (what == QLatin1String("out")) {
        m_player->setOut(m_player->frame());
    } else if (what == QLatin1String("clear_range")) {
        m_player->clearRange();
    } else if (what == QLatin1String("loop")) {
        m_player->setLooping(!m_player->isLooping());
    } else if (what == QLatin1String("time")) {
        m_player->nextTimeStyle();
    } else if (what == QLatin1String("marker")) {
        m_document->apply(withToggledMarker(*m_document->recipe(), m_player->frame()), tr("Marker"));
    } else {
        return false;
    }
    return true;
}

bool Viewer::runSwitch(const QString& id)
{
    const QString what = id.section(QLatin1Char('.'), 1), of = what.section(QLatin1Char('.'), 1);
    for (const auto& [name, channels] : channelNames)
        if (what == QLatin1String("channel.") + QLatin1String(name))
            setChannels(channels);
    for (const auto& [name, scale] : scaleNames)
        if (what == QLatin1String("scale.") + QLatin1String(name))
            setScaleChoice(scale);
    for (const auto& [name, kind] : scopeNames)
        if (what == QLatin1String("scope.") + QLatin1String(name))
            m_scope.toggle(kind);
    if (what == QLatin1String("fit"))
        m_camera.fit();
    else if (what == QLatin1String("one_to_one"))
        m_camera.oneToOne();
    else if (what == QLatin1String("zoom_in") || what == QLatin1String("zoom_out"))
        m_camera.zoomStep(what == QLatin1String("zoom_in") ? 1 : -1);
    else if (what == QLatin1String("pixel"))
        m_probe.setOn(!m_probe.isOn());
    else if (what == QLatin1String("scopes"))
        m_scope.next();
    else if (what == QLatin1String("handles"))
        m_overlay.setOn(!m_overlay.isOn());
    else if (what == QLatin1String("proxies"))
        setProxies(!m_proxies);
    else if (what == QLatin1String("grid"))
        m_grid = !m_grid;
    else if (what == QLatin1String("safe"))
        m_safe = !m_safe;
    Q_EMIT looksChanged();
    return true;
}

} // namespace artdag
