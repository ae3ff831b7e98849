// SPDX-License-Identifier: GPL-3.0-or-later
// The creator's key while the Studio runs: locked until a passphrase opens the encrypted key file, made at first use.
// It never writes a key in clear and never shows one.
#pragma once

#include "core/identity/keys.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <filesystem>
#include <memory>
#include <optional>

namespace artdag {

class KeyHolder : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(bool exists READ exists NOTIFY changed)
    Q_PROPERTY(bool unlocked READ isUnlocked NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(QString fingerprint READ fingerprint NOTIFY changed)
    Q_PROPERTY(QString message READ message NOTIFY changed)

public:
    explicit KeyHolder(std::filesystem::path directory, QObject* parent = nullptr);
    ~KeyHolder() override;

    [[nodiscard]] bool exists() const { return m_exists; }
    [[nodiscard]] bool isUnlocked() const { return m_key.has_value(); }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString fingerprint() const { return m_fingerprint; }
    [[nodiscard]] QString message() const { return m_message; }
    [[nodiscard]] const std::optional<SigningKey>& key() const { return m_key; }

    /// Opens the key, or makes it when there is none. Deriving the key takes a while: it is done on a thread of its own.
    Q_INVOKABLE void unlock(const QString& passphrase);

Q_SIGNALS:
    void changed();

private:
    std::filesystem::path m_directory;
    std::optional<SigningKey> m_key;
    bool m_exists = false;
    bool m_busy = false;
    QString m_fingerprint, m_message;
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace artdag
