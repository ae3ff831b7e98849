// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences.h"

#include <algorithm>

namespace artdag {

namespace {
constexpr int leastScale = 100, mostScale = 200, mostLetters = 150;
constexpr int leastMemory = 128, usualMemory = 768, mostMemory = 65536;
constexpr int mostDisk = 1 << 20;

QString one(const QString& value, std::initializer_list<const char*> known)
{
    const bool fits = std::ranges::any_of(known, [&](const char* name) { return value == QLatin1String(name); });
    return fits ? value : QString::fromLatin1(*known.begin());
}
} // namespace

Preferences::Preferences(QSettings& settings, QObject* parent)
    : QObject(parent),
      m_settings(&settings),
      m_scaleAtStart(scale()),
      m_memoryAtStart(previewMegabytes())
{
    connect(this, &Preferences::themeChanged, this, &Preferences::changed);
    connect(this, &Preferences::languageChanged, this, &Preferences::changed);
    connect(this, &Preferences::proxiesChanged, this, &Preferences::changed);
}

/// True when it is another than before.
template <class T>
bool Preferences::keep(const char* name, const T& value, const T& before)
{
    if (value == before)
        return false;
    m_settings->setValue(QString::fromLatin1(name), value);
    return true;
}

QString Preferences::theme() const
{
    // Earlier versions wrote a bool.
    const QString before = m_settings->value(QStringLiteral("dark"), true).toBool() ? QStringLiteral("dark") : QStringLiteral("light");
    return one(m_settings->value(QStringLiteral("theme"), before).toString(), {"dark", "light", "system"});
}

void Preferences::setTheme(const QString& theme)
{
    if (keep("theme", one(theme, {"dark", "light", "system"}), this->theme()))
        Q_EMIT themeChanged();
}

int Preferences::scale() const
{
    return std::clamp(m_settings->value(QStringLiteral("scale"), leastScale).toInt(), leastScale, mostScale);
}

void Preferences::setScale(int percent)
{
    if (keep("scale", std::clamp(percent, leastScale, mostScale), scale()))
        Q_EMIT changed();
}

int Preferences::letters() const
{
    return std::clamp(m_settings->value(QStringLiteral("letters"), leastScale).toInt(), leastScale, mostLetters);
}

void Preferences::setLetters(int percent)
{
    if (keep("letters", std::clamp(percent, leastScale, mostLetters), letters()))
        Q_EMIT changed();
}

QString Preferences::language() const
{
    return m_settings->value(QStringLiteral("language")).toString();
}

void Preferences::setLanguage(const QString& language)
{
    if (keep("language", language, this->language()))
        Q_EMIT languageChanged();
}

int Preferences::previewMegabytes() const
{
    return std::clamp(m_settings->value(QStringLiteral("previewMegabytes"), usualMemory).toInt(), leastMemory, mostMemory);
}

void Preferences::setPreviewMegabytes(int megabytes)
{
    if (keep("previewMegabytes", std::clamp(megabytes, leastMemory, mostMemory), previewMegabytes()))
        Q_EMIT changed();
}

void Preferences::setDiskGigabytes(int gigabytes)
{
    const int limit = std::clamp(gigabytes, 0, mostDisk);
    if (limit == m_disk)
        return;
    showDiskGigabytes(limit);
    Q_EMIT diskWanted(limit);
}

void Preferences::showDiskGigabytes(int gigabytes)
{
    m_disk = gigabytes;
    Q_EMIT diskChanged();
}

bool Preferences::proxies() const
{
    return m_settings->value(QStringLiteral("proxies"), true).toBool();
}

void Preferences::setProxies(bool makes)
{
    if (keep("proxies", makes, proxies()))
        Q_EMIT proxiesChanged();
}

QString Preferences::wheel() const
{
    return one(m_settings->value(QStringLiteral("wheel")).toString(), {"auto", "zoom", "pan"});
}

void Preferences::setWheel(const QString& wheel)
{
    if (keep("wheel", one(wheel, {"auto", "zoom", "pan"}), this->wheel()))
        Q_EMIT changed();
}

bool Preferences::isRestartWanted() const
{
    return scale() != m_scaleAtStart || previewMegabytes() != m_memoryAtStart;
}

QByteArray Preferences::divider(const QString& name) const
{
    return m_settings->value(QStringLiteral("dividers/") + name).toByteArray();
}

void Preferences::keepDivider(const QString& name, const QByteArray& state)
{
    m_settings->setValue(QStringLiteral("dividers/") + name, state);
}

double Preferences::scaleIn(const QString& settingsFile)
{
    QSettings settings(settingsFile, QSettings::IniFormat);
    return Preferences(settings).scale() / 100.0;
}

} // namespace artdag
