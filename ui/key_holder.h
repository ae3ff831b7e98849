// SPDX-License-Identifier: GPL-3.0-or-later
// The creator's key while the Studio runs. It lies in an encrypted key file, whose passphrase the desktop's keychain keeps;
// both are made when something is first to be signed. Where there is no keychain, or it stays shut, nothing is made: the
// artist may choose a passphrase of their own. It never writes a key in clear and never shows one.
#pragma once

#include "core/identity/keys.h"
#include "ui/keychain.h"

#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace artdag {

class KeyHolder : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(bool exists READ exists NOTIFY changed)
    Q_PROPERTY(bool unlocked READ isUnlocked NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(bool asking READ isAsking NOTIFY changed)
    Q_PROPERTY(bool typed READ isTyped NOTIFY changed)
    Q_PROPERTY(QString fingerprint READ fingerprint NOTIFY changed)
    Q_PROPERTY(QString message READ message NOTIFY changed)

public:
    /// How long those who want the key wait for a keychain that may be asking its owner something.
    static constexpr int patience = 2000; // ms

    /// Without a keychain only passphrases open the key.
    explicit KeyHolder(std::filesystem::path directory, std::unique_ptr<Keychain> keychain = nullptr, QObject* parent = nullptr);
    ~KeyHolder() override;

    [[nodiscard]] bool exists() const { return m_exists; }
    [[nodiscard]] bool isUnlocked() const { return m_key.has_value(); }
    [[nodiscard]] bool isBusy() const { return m_busy; }     ///< the key file is being opened
    [[nodiscard]] bool isAsking() const { return m_asking; } ///< the keychain has not answered yet
    [[nodiscard]] bool isTyped() const { return m_typed; }   ///< a passphrase opened it, not the keychain
    [[nodiscard]] QString fingerprint() const { return m_fingerprint; }
    [[nodiscard]] QString message() const { return m_message; }
    [[nodiscard]] const std::optional<SigningKey>& key() const { return m_key; }

    /// Something is to be signed: opens the key by the keychain, or makes key and passphrase when there is no key yet. `then`
    /// is called once, with the key open or not: when that is known, and after `patience` at the latest (the keychain may
    /// still answer, and the key is open from then on). At once when it is open already.
    void ensure(std::function<void()> then);

    /// Opens the key, or makes it when there is none, with a passphrase of the artist's own. Deriving the key takes a while: it
    /// is done on a thread of its own.
    Q_INVOKABLE void unlock(const QString& passphrase);

    /// A copy of the open key in a folder, sealed with a passphrase of its own. Says where it is; `message` tells why there is none.
    Q_INVOKABLE void backUp(const QUrl& folder, const QString& passphrase);
    /// The key of such a copy becomes the one of this machine, which has none yet, and has the copy's passphrase.
    Q_INVOKABLE void restore(const QUrl& file, const QString& passphrase);
    /// A new key takes the place of the open one, which stays here under another name (rotateKey). Where there is an account, on
    /// `server`, that is told first. Without a passphrase the keychain's opens the key file; it stays the new key's.
    Q_INVOKABLE void replace(const QString& passphrase, const QString& server);

Q_SIGNALS:
    void changed();
    /// A sentence for the artist: a key was made, or why there is none.
    void said(const QString& words, bool severe);

private:
    void takeSecret(const Result<std::string>& secret);
    void makeSecret();
    void replaceWith(const std::string& passphrase, const std::string& server);
    void refuse(const QString& why);
    void openWith(const std::string& passphrase);
    void open(std::function<Result<SigningKey>()> find);
    [[nodiscard]] bool isLongEnough(const QString& passphrase);
    void takeKey(Result<SigningKey> key);
    void goOn();

    std::filesystem::path m_directory;
    std::unique_ptr<Keychain> m_keychain;
    std::optional<SigningKey> m_key;
    bool m_exists = false;
    bool m_busy = false;
    bool m_asking = false;
    bool m_making = false; ///< with a secret that the keychain has taken
    bool m_typed = false;
    QString m_fingerprint, m_message, m_said;
    QTimer m_slow;
    std::vector<std::function<void()>> m_waiting;
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace artdag
