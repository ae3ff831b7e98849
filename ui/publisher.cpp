// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publisher.h"

#include "core/base/files.h"
#include "core/workflow/render_recipe.h"
#include "ui/qt_std.h"

namespace artdag {

namespace {
/// What a film needs for publication, from the provenance beside it; an unsigned manifest is signed now.
Result<PublishRequest> requestFor(const GalleryEntry& entry, const SigningKey& key)
{
    const ProvenanceFile provenance = TRY(readProvenance(TRY(readTextFile(toPath(entry.provenance)))));
    PublishRequest request{.film = toPath(entry.film), .recipe = provenance.recipeText, .manifest = provenance.manifest, .key = key, .poster = toPath(entry.poster)};
    if (!request.manifest.contains("sig"))
        TRY(signDocument(manifestPrefix, request.manifest, key));
    return request;
}
} // namespace

Publisher::Publisher(Gallery& gallery, KeyHolder& keys, QObject* parent)
    : QObject(parent),
      m_gallery(&gallery),
      m_keys(&keys),
      m_http(openHttpClient())
{
}

Publisher::~Publisher()
{
    m_thread.reset();
}

void Publisher::setWorkspace(Workspace* workspace)
{
    m_workspace = workspace;
    m_thread->post(Urgency::Viewer, "session", [this](const CancelToken&) {
        if (const Result<Session> session = savedSession())
            QMetaObject::invokeMethod(
                this, [this, session = *session] { takeSession(session); }, Qt::QueuedConnection);
    });
}

void Publisher::takeSession(const Session& session)
{
    m_account = toQt(std::string_view(session.account));
    m_server = toQt(std::string_view(session.server));
    Q_EMIT accountChanged();
}

void Publisher::set(const QString& state, const QString& message, bool busy)
{
    m_state = state;
    m_message = message;
    m_busy = busy;
    if (!busy)
        m_detail.clear();
    Q_EMIT changed();
}

void Publisher::logIn(const QString& server, const QString& user, const QString& password, bool registerNew)
{
    if (m_busy)
        return;
    set(QStringLiteral("login"), tr("Talking to %1 …").arg(server), true);
    m_thread->post(Urgency::Viewer, "login", [this, url = toStd(server), name = toStd(user), secret = toStd(password), registerNew](const CancelToken&) {
        auto session = std::make_shared<Result<Session>>(login(*m_http, url, name, secret, registerNew));
        QMetaObject::invokeMethod(
            this, [this, session] {
                if (!*session) {
                    set(QStringLiteral("failed"), wordsOf(session->error()), false);
                    return;
                }
                takeSession(**session);
                set(QStringLiteral("idle"), {}, false);
            },
            Qt::QueuedConnection);
    });
}

void Publisher::logOut()
{
    if (m_busy)
        return;
    m_thread->post(Urgency::Viewer, "logout", [this, url = toStd(m_server)](const CancelToken&) {
        if (const Result<Session> session = savedSession(url))
            static_cast<void>(logout(*m_http, *session).has_value());
    });
    m_account.clear();
    Q_EMIT accountChanged();
}

void Publisher::publish(const QString& title, const QString& alt, const QString& tags, const QString& license, const QString& visibility)
{
    const GalleryEntry* entry = m_gallery->currentEntry();
    if (m_busy || entry == nullptr || m_workspace == nullptr)
        return;
    if (m_account.isEmpty()) {
        set(QStringLiteral("failed"), tr("No account yet: log in to a server, then publish again."), false);
        return;
    }
    if (!m_keys->key() && !m_keys->isBusy()) { // the first publication makes it
        m_keys->ensure([=, this] {
            if (m_keys->key())
                publish(title, alt, tags, license, visibility);
            else
                set(QStringLiteral("failed"), tr("The key is locked: open it with its passphrase, then publish again."), false);
        });
        return;
    }
    if (!m_keys->key()) {
        set(QStringLiteral("failed"), tr("The key is locked: open it with its passphrase, then publish again."), false);
        return;
    }
    m_page.clear();
    m_progress = 0;
    set(QStringLiteral("sending"), tr("Publishing %1").arg(title), true);
    PublishRequest words{.title = toStd(title), .license = toStd(license), .alt = toStd(alt), .visibility = toStd(visibility)};
    for (const QString& tag : tags.split(QLatin1Char(','), Qt::SkipEmptyParts))
        words.tags.push_back(toStd(tag.trimmed()));
    m_thread->post(Urgency::Viewer, "publish", [this, entry = *entry, words, key = *m_keys->key(), server = toStd(m_server)](const CancelToken& cancel) {
        auto work = [&]() -> Result<PublishedWork> {
            PublishRequest request = TRY(requestFor(entry, key));
            request.title = words.title;
            request.license = words.license;
            request.alt = words.alt;
            request.visibility = words.visibility;
            request.tags = words.tags;
            request.progress = [this, &cancel](std::string_view what, std::uint64_t done, std::uint64_t total) {
                QMetaObject::invokeMethod(
                    this, [this, what = toQt(what), done, total] {
                        m_detail = what;
                        m_progress = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0;
                        Q_EMIT changed();
                    },
                    Qt::QueuedConnection);
                return !cancel.cancelled();
            };
            return publishWork(*m_http, TRY(savedSession(server)), *m_workspace->store, request);
        };
        auto result = std::make_shared<Result<PublishedWork>>(work());
        QMetaObject::invokeMethod(
            this, [this, result, id = entry.id] {
                if (!*result) {
                    set(QStringLiteral("failed"), result->error().fault == Fault::Cancelled ? tr("Cancelled. Nothing was published.") : wordsOf(result->error()), false);
                    return;
                }
                const QString page = toQt(std::string_view((*result)->page));
                m_page = QUrl(page);
                m_gallery->setPage(id, page);
                set(QStringLiteral("done"), tr("Published. Anyone can check it."), false);
                Q_EMIT published(page);
            },
            Qt::QueuedConnection);
    });
}

void Publisher::cancel()
{
    m_thread->cancel("publish");
}

void Publisher::dismiss()
{
    if (!m_busy)
        set(QStringLiteral("idle"), {}, false);
}

} // namespace artdag
