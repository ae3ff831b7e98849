// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/key_holder.h"

#include "core/base/files.h"
#include "core/identity/secret_ring.h"
#include "core/net/http_client.h"
#include "core/workflow/change_key.h"
#include "ui/qt_std.h"
#include "ui/work_queue.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace artdag {

namespace {
constexpr const char* keyName = "default"; // the one that the command line uses too
constexpr std::size_t secretBytes = 24;
constexpr int leastPassphrase = 8;                       // characters
constexpr auto loginPatience = std::chrono::seconds(20); // for the keychain, where the account's login is

/// In the ring, and first at the server where there is an account.
Result<RotatedKey> rotate(const std::filesystem::path& directory, const std::string& passphrase, const std::string& server)
{
    const std::unique_ptr<KeyRing> ring = openKeyFiles(directory, passphrase);
    if (server.empty())
        return rotateKey(*ring, keyName, nullptr);
    const std::unique_ptr<HttpClient> http = openHttpClient();
    const Session session = TRY(freshSession(*http, studioClient, server, openSecretService(loginPatience).get()));
    ServerConversation conversation(*http, session);
    return rotateKey(*ring, keyName, &conversation);
}

QString wordsOf(const RotatedKey& rotated, const QString& server)
{
    if (server.isEmpty())
        return KeyHolder::tr("A new key signs your films from now on. A server that knows the old one is to be told on its page of settings: revoke it there.");
    return rotated.revoked ? KeyHolder::tr("A new key signs your films from now on. %1 knows it, and takes nothing more that the old one signs.").arg(server)
                           : KeyHolder::tr("A new key signs your films from now on. %1 knows it, but has not revoked the old one: do that on its page of settings.").arg(server);
}

Result<SigningKey> openOrMake(const std::filesystem::path& directory, const std::string& passphrase)
{
    const std::unique_ptr<KeyRing> ring = openKeyFiles(directory, passphrase);
    const std::vector<std::string> names = TRY(ring->names());
    // Only a ring without this name gets a new key: a locked or damaged one must never be replaced.
    if (std::find(names.begin(), names.end(), keyName) != names.end())
        return ring->read(keyName);
    SigningKey key = TRY(SigningKey::generate(KeyAlgorithm::Ed25519));
    TRY(ring->write(keyName, key));
    return key;
}
} // namespace

class KeyHolder::Worker {
public:
    WorkQueue queue{1};
};

KeyHolder::KeyHolder(std::filesystem::path directory, std::unique_ptr<Keychain> keychain, QObject* parent)
    : QObject(parent),
      m_directory(std::move(directory)),
      m_keychain(std::move(keychain)),
      m_worker(std::make_unique<Worker>())
{
    std::error_code error;
    m_exists = std::filesystem::exists(m_directory / (std::string(keyName) + ".key"), error);
    m_slow.setSingleShot(true);
    m_slow.setInterval(patience);
    connect(&m_slow, &QTimer::timeout, this, [this] {
        m_message = tr("The keychain has not answered yet; it may be asking for its password. Nothing waits for it: what is exported now is signed when it is published.");
        Q_EMIT changed();
        Q_EMIT said(m_message, false);
        goOn();
    });
}

KeyHolder::~KeyHolder()
{
    m_keychain.reset();
    m_worker.reset();
}

void KeyHolder::ensure(std::function<void()> then)
{
    if (isUnlocked() || (!m_keychain && !m_busy))
        return then();
    m_waiting.push_back(std::move(then));
    m_slow.start();
    if (m_asking || m_busy)
        return;
    m_asking = true;
    m_message.clear();
    Q_EMIT changed();
    m_keychain->read([this](const Result<std::string>& secret) { takeSecret(secret); });
}

void KeyHolder::takeSecret(const Result<std::string>& secret)
{
    m_asking = false;
    if (isUnlocked() || m_busy) // by a passphrase, meanwhile
        return goOn();
    if (secret) {
        m_making = !m_exists;
        m_typed = false;
        openWith(*secret);
    } else if (secret.error().fault == Fault::NotFound && !m_exists) {
        makeSecret();
    } else {
        refuse(wordsOf(secret.error()));
    }
}

/// The keychain takes the secret first: a key whose passphrase nobody has would be lost.
void KeyHolder::makeSecret()
{
    const std::string secret = base64Url(secureRandom(secretBytes));
    m_asking = true;
    m_keychain->write(secret, [this, secret](const Result<void>& written) {
        m_asking = false;
        if (isUnlocked() || m_busy)
            return goOn();
        if (!written)
            return refuse(wordsOf(written.error()));
        m_making = true;
        m_typed = false;
        openWith(secret);
    });
}

void KeyHolder::refuse(const QString& why)
{
    m_message = m_exists ? tr("The key is shut: %1. Open it with its passphrase in Share.").arg(why)
                         : tr("No key was made: %1. What you export is not signed until you choose a passphrase in Share.").arg(why);
    Q_EMIT changed();
    if (std::exchange(m_said, m_message) != m_message) // once, not at each export
        Q_EMIT said(m_message, false);
    goOn();
}

void KeyHolder::goOn()
{
    m_slow.stop();
    for (const auto& then : std::exchange(m_waiting, {}))
        then();
}

void KeyHolder::unlock(const QString& passphrase)
{
    if (m_busy || isUnlocked())
        return;
    if (!m_exists && !isLongEnough(passphrase))
        return;
    m_making = false;
    m_typed = true;
    openWith(toStd(passphrase));
}

bool KeyHolder::isLongEnough(const QString& passphrase)
{
    if (passphrase.size() >= leastPassphrase)
        return true;
    m_message = tr("Choose a passphrase of at least 8 characters. Nobody can recover it.");
    Q_EMIT changed();
    return false;
}

void KeyHolder::backUp(const QUrl& folder, const QString& passphrase)
{
    if (m_busy || !isUnlocked() || !isLongEnough(passphrase))
        return;
    m_busy = true;
    m_message.clear();
    Q_EMIT changed();
    m_worker->queue.post(Urgency::Viewer, "copy", [this, key = *m_key, folder = toPath(folder.toLocalFile()), passphrase = toStd(passphrase)](const CancelToken&) {
        const auto copy = std::make_shared<Result<std::filesystem::path>>(backUpKey(key, keyName, folder, passphrase));
        QMetaObject::invokeMethod(
            this, [this, copy] {
                m_busy = false;
                if (*copy)
                    Q_EMIT said(tr("A copy of your key is in %1. Keep it and its passphrase apart from this machine: whoever has both can sign as you.").arg(pathToQt(**copy)), false);
                else
                    m_message = wordsOf(copy->error());
                Q_EMIT changed();
            },
            Qt::QueuedConnection);
    });
}

void KeyHolder::restore(const QUrl& file, const QString& passphrase)
{
    if (m_busy || m_exists)
        return;
    m_making = false;
    m_typed = true;
    open([directory = m_directory, file = toPath(file.toLocalFile()), passphrase = toStd(passphrase)]() -> Result<SigningKey> {
        SigningKey key = TRY(keyOfBackup(file, passphrase));
        TRY(openKeyFiles(directory, passphrase)->write(keyName, key));
        return key;
    });
}

void KeyHolder::replace(const QString& passphrase, const QString& server)
{
    if (m_busy || !isUnlocked())
        return;
    m_busy = true;
    m_message.clear();
    Q_EMIT changed();
    if (!passphrase.isEmpty() || !m_keychain)
        return replaceWith(toStd(passphrase), toStd(server));
    m_keychain->read([this, server = toStd(server)](const Result<std::string>& secret) {
        if (secret)
            return replaceWith(*secret, server);
        m_busy = false;
        m_typed = true; // its passphrase is asked for
        m_message = wordsOf(secret.error());
        Q_EMIT changed();
    });
}

void KeyHolder::replaceWith(const std::string& passphrase, const std::string& server)
{
    m_worker->queue.post(Urgency::Viewer, "replace", [this, directory = m_directory, passphrase, server](const CancelToken&) {
        auto rotated = std::make_shared<Result<RotatedKey>>(rotate(directory, passphrase, server));
        QMetaObject::invokeMethod(
            this, [this, rotated, server = toQt(std::string_view(server))] {
                if (*rotated)
                    Q_EMIT said(wordsOf(**rotated, server), !(*rotated)->revoked && !server.isEmpty());
                takeKey(*rotated ? Result<SigningKey>((*rotated)->key) : tl::unexpected(rotated->error()));
            },
            Qt::QueuedConnection);
    });
}

void KeyHolder::openWith(const std::string& passphrase)
{
    open([directory = m_directory, passphrase] { return openOrMake(directory, passphrase); });
}

/// On the worker's thread: deriving a key takes a third of a second.
void KeyHolder::open(std::function<Result<SigningKey>()> find)
{
    m_busy = true;
    m_message.clear();
    Q_EMIT changed();
    m_worker->queue.post(Urgency::Viewer, "unlock", [this, find = std::move(find)](const CancelToken&) {
        auto result = std::make_shared<Result<SigningKey>>(find());
        QMetaObject::invokeMethod(
            this, [this, result] { takeKey(std::move(*result)); }, Qt::QueuedConnection);
    });
}

void KeyHolder::takeKey(Result<SigningKey> key)
{
    m_busy = false;
    if (key) {
        m_exists = true;
        m_fingerprint = toQt(std::string_view(key->publicKey().kid()).substr(0, 25)) + QStringLiteral("…");
        m_key = std::move(*key);
        if (std::exchange(m_making, false))
            Q_EMIT said(tr("A key was made that signs your films, so that nobody can say they are theirs. Your keychain keeps it shut."), false);
    } else {
        m_message = wordsOf(key.error());
    }
    Q_EMIT changed();
    goOn();
}

} // namespace artdag
