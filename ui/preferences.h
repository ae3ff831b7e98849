// SPDX-License-Identifier: GPL-3.0-or-later
// What the artist has chosen for this machine, remembered in settings.ini. It keeps values and tells of changes; those that
// they concern act on them. GUI thread.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace artdag {

class Preferences : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QString theme READ theme WRITE setTheme NOTIFY themeChanged)
    Q_PROPERTY(int scale READ scale WRITE setScale NOTIFY changed)
    Q_PROPERTY(int letters READ letters WRITE setLetters NOTIFY changed)
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged)
    Q_PROPERTY(int previewMegabytes READ previewMegabytes WRITE setPreviewMegabytes NOTIFY changed)
    Q_PROPERTY(int diskGigabytes READ diskGigabytes WRITE setDiskGigabytes NOTIFY diskChanged)
    Q_PROPERTY(bool proxies READ proxies WRITE setProxies NOTIFY proxiesChanged)
    Q_PROPERTY(QString wheel READ wheel WRITE setWheel NOTIFY changed)
    Q_PROPERTY(bool restartWanted READ isRestartWanted NOTIFY changed)

public:
    explicit Preferences(QSettings& settings, QObject* parent = nullptr);

    [[nodiscard]] QString theme() const; ///< dark, light or system
    void setTheme(const QString& theme);
    [[nodiscard]] int scale() const; ///< percent, 100–200: of the next start
    void setScale(int percent);
    [[nodiscard]] int letters() const; ///< percent, 100–150: their size beside the scale, at once
    void setLetters(int percent);
    [[nodiscard]] QString language() const; ///< `de`; empty: the system's
    void setLanguage(const QString& language);
    [[nodiscard]] int previewMegabytes() const; ///< frames kept in memory: of the next start
    void setPreviewMegabytes(int megabytes);
    [[nodiscard]] int diskGigabytes() const { return m_disk; } ///< the store's limit; 0: none, −1: not known yet
    void setDiskGigabytes(int gigabytes);
    /// What the store says, which keeps the limit.
    void showDiskGigabytes(int gigabytes);
    [[nodiscard]] bool proxies() const;
    void setProxies(bool makes);
    [[nodiscard]] QString wheel() const; ///< auto (a wheel zooms, a touchpad pans), zoom or pan
    void setWheel(const QString& wheel);
    /// Something was chosen that holds from the next start on.
    [[nodiscard]] bool isRestartWanted() const;

    /// Where a view's dividers are, as it wrote them.
    Q_INVOKABLE QByteArray divider(const QString& name) const;
    Q_INVOKABLE void keepDivider(const QString& name, const QByteArray& state);

    /// The factor in a settings file, before there is an application: 1–2.
    static double scaleIn(const QString& settingsFile);

Q_SIGNALS:
    void changed();
    void themeChanged();
    void languageChanged();
    void diskChanged();
    void diskWanted(int gigabytes);
    void proxiesChanged();

private:
    template <class T>
    bool keep(const char* name, const T& value, const T& before);

    QSettings* m_settings;
    int m_disk = -1;
    int m_scaleAtStart, m_memoryAtStart;
};

} // namespace artdag
