// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/key_holder.h"

#include "ui/qt_std.h"
#include "ui/work_queue.h"

#include <algorithm>

namespace artdag {

namespace {
constexpr const char* keyName = "default"; // the one that the command line uses too

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

KeyHolder::KeyHolder(std::filesystem::path directory, QObject* parent)
    : QObject(parent),
      m_directory(std::move(directory)),
      m_worker(std::make_unique<Worker>())
{
    std::error_code error;
    m_exists = std::filesystem::exists(m_directory / (std::string(keyName) + ".key"), error);
}

KeyHolder::~KeyHolder()
{
    m_worker.reset();
}

void KeyHolder::unlock(const QString& passphrase)
{
    if (m_busy || isUnlocked())
        return;
    if (passphrase.size() < 8 && !m_exists) {
        m_message = tr("Choose a passphrase of at least 8 characters. Nobody can recover it.");
        Q_EMIT changed();
        return;
    }
    m_busy = true;
    m_message.clear();
    Q_EMIT changed();
    m_worker->queue.post(Urgency::Viewer, "unlock", [this, directory = m_directory, secret = toStd(passphrase)](const CancelToken&) {
        auto result = std::make_shared<Result<SigningKey>>(openOrMake(directory, secret));
        QMetaObject::invokeMethod(
            this, [this, result] {
                m_busy = false;
                if (*result) {
                    m_exists = true;
                    m_fingerprint = toQt(std::string_view((*result)->publicKey().kid()).substr(0, 25)) + QStringLiteral("…");
                    m_key = std::move(**result);
                } else {
                    m_message = wordsOf(result->error());
                }
                Q_EMIT changed();
            },
            Qt::QueuedConnection);
    });
}

} // namespace artdag
