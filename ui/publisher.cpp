// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publisher.h"

#include "core/base/files.h"
#include "core/workflow/change_work.h"
#include "core/workflow/render_recipe.h"
#include "ui/qt_std.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace artdag {

namespace {

/// The papers of a film, from the provenance beside it; an unsigned manifest is signed now.
Result<void> addPapers(PublishRequest& request, const QString& provenanceFile, const std::optional<SigningKey>& key)
{
    const ProvenanceFile provenance = TRY(readProvenance(TRY(readTextFile(toPath(provenanceFile)))));
    request.recipe = provenance.recipeText;
    request.manifest = provenance.manifest;
    request.keys = provenance.keys;
    if (!key)
        return {};
    request.key = *key;
    if (!request.manifest.contains("sig"))
        TRY(signDocument(manifestPrefix, request.manifest, *key));
    return {};
}

std::vector<std::string> tagsIn(const QString& text)
{
    std::vector<std::string> tags;
    for (const QString& tag : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (const QString word = tag.trimmed(); !word.isEmpty())
            tags.push_back(toStd(word));
    }
    return tags;
}

} // namespace

void Publisher::set(const QString& state, const QString& message, bool busy)
{
    m_state = state;
    m_message = message;
    m_busy = busy;
    if (!busy)
        m_detail.clear();
    if (state != QLatin1String("held"))
        m_tick.stop();
    Q_EMIT changed();
    Q_EMIT holdingChanged();
}

PublishRequest Publisher::requestOf(const QVariantMap& words) const
{
    const auto word = [&](const char* name) { return toStd(words.value(QLatin1String(name)).toString()); };
    PublishRequest request{.title = word("title"), .license = word("license"), .tags = tagsIn(words.value(QStringLiteral("tags")).toString()), .alt = word("alt"), .visibility = word("visibility"), .embedded = word("embedded"), .recipeAccess = word("recipe"), .inputsPublic = word("inputs") != "cite", .shares = m_stated};
    if (const GalleryEntry* entry = m_gallery->currentEntry(); entry != nullptr) {
        request.film = toPath(entry->film);
        request.poster = toPath(entry->poster);
    }
    return request;
}

void Publisher::whenKeyIsOpen(std::function<void()> then)
{
    const auto locked = [this] { set(QStringLiteral("failed"), tr("The key is locked: open it with its passphrase, then publish again."), false); };
    if (m_keys->key())
        return then();
    if (m_keys->isBusy())
        return locked();
    m_keys->ensure([this, locked, then = std::move(then)] { // the first publication makes it
        if (m_keys->key())
            then();
        else
            locked();
    });
}

/// A deed on the thread, with a login that was renewed; `then` comes back here.
void Publisher::run(const char* slot, Deed deed, std::function<void(const Outcome&)> then)
{
    m_thread->post(Urgency::Viewer, slot, [this, deed = std::move(deed), then = std::move(then), server = toStd(m_server)](const CancelToken& cancel) {
        auto outcome = std::make_shared<Outcome>();
        const Result<Session> session = freshSession(*m_http, studioClient, server, m_ring.get());
        outcome->work = session ? deed(*session, cancel) : Result<PublishedWork>(tl::unexpected(session.error()));
        if (!outcome->work && outcome->work.error().fault == Fault::Denied)
            outcome->loginOver = !session || !loginHolds(*m_http, *session).value_or(true);
        QMetaObject::invokeMethod(
            this, [outcome, then] { then(*outcome); }, Qt::QueuedConnection);
    });
}

void Publisher::showFailure(const Outcome& outcome)
{
    const Error& error = outcome.work.error();
    if (error.fault == Fault::Cancelled) {
        set(QStringLiteral("idle"), m_takenBack ? tr("Taken back. Nothing was published.") : tr("Cancelled. Nothing was published."), false);
    } else if (outcome.loginOver) {
        m_account.clear();
        set(QStringLiteral("signin"), tr("The login at %1 is over. Log in again; what you wrote stays here.").arg(m_server), false);
        Q_EMIT accountChanged();
    } else {
        set(QStringLiteral("failed"), tr("%1. What you wrote stays here as a draft.").arg(wordsOf(error)), false);
    }
}

void Publisher::publish()
{
    const GalleryEntry* entry = m_gallery->currentEntry();
    if (m_busy || entry == nullptr || entry->film.isEmpty() || m_workspace == nullptr)
        return;
    if (m_account.isEmpty())
        return set(QStringLiteral("noaccount"), tr("There is no account yet. Nothing was sent."), false);
    readSplits();
    if (m_splitsWrong)
        return set(QStringLiteral("failed"), tr("Nothing was sent: %1").arg(m_splitWords), false);
    whenKeyIsOpen([this] { send(0); });
}

void Publisher::publishNow()
{
    const GalleryEntry* entry = m_gallery->currentEntry();
    if (m_busy || m_workspace == nullptr)
        return;
    if (entry == nullptr || entry->film.isEmpty()) {
        Q_EMIT said(tr("There is no film yet. Render one, then publish it."), false);
        return;
    }
    readSplits();
    if (m_splitsWrong || m_account.isEmpty() || !m_form->hasChoices() || m_form->lastGiven() != m_given || !entry->page.isEmpty()) {
        Q_EMIT dialogWanted();
        return;
    }
    whenKeyIsOpen([this] { send(m_holdTime); });
}

/// With a hold everything is sent at once but the post itself, which waits for it.
void Publisher::send(int hold)
{
    const GalleryEntry* entry = m_gallery->currentEntry();
    if (m_busy || entry == nullptr)
        return;
    m_page.clear();
    m_progress = 0;
    m_takenBack = false;
    m_hold = hold;
    m_heldSince.start();
    const QVariantMap words = m_form->words();
    const QString title = words.value(QStringLiteral("title")).toString();
    set(hold > 0 ? QStringLiteral("held") : QStringLiteral("sending"), tr("Publishing %1").arg(title), true);
    if (hold > 0)
        m_tick.start();
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(hold);
    const auto deed = [this, words, provenance = entry->provenance, key = m_keys->key(), request = requestOf(words), until](const Session& session, const CancelToken& cancel) -> Result<PublishedWork> {
        PublishRequest whole = request;
        TRY(addPapers(whole, provenance, key));
        whole.progress = [this, &cancel](std::string_view what, std::uint64_t done, std::uint64_t total) {
            tellProgress(what, done, total);
            return !cancel.cancelled();
        };
        whole.mayPost = [until, &cancel] {
            while (std::chrono::steady_clock::now() < until && !cancel.cancelled())
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            return !cancel.cancelled();
        };
        return publishWork(*m_http, session, *m_workspace->store, whole);
    };
    run("publish", deed, [this, film = entry->id, words, given = m_given](const Outcome& outcome) { finishSending(film, words, given, outcome); });
}

void Publisher::tellProgress(std::string_view what, std::uint64_t done, std::uint64_t total)
{
    QMetaObject::invokeMethod(
        this, [this, what = toQt(what), done, total] {
            m_detail = what;
            m_progress = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0;
            Q_EMIT changed();
        },
        Qt::QueuedConnection);
}

void Publisher::finishSending(const QString& film, const QVariantMap& words, int given, const Outcome& outcome)
{
    if (!outcome.work)
        return showFailure(outcome);
    const QString page = toQt(std::string_view(outcome.work->page));
    m_page = QUrl(page);
    m_gallery->setPage(film, page);
    m_form->remember(film, words, given);
    if (m_takenBack) // it went out at the same moment
        return withdrawFilm(film, page);
    set(QStringLiteral("done"), m_checkable.isEmpty() ? tr("Published.") : tr("Published: %1.").arg(m_checkable), false);
    Q_EMIT published(page);
    askPayees();
}

void Publisher::takeBack()
{
    if (m_state != QLatin1String("held"))
        return;
    m_takenBack = true;
    cancel();
}

void Publisher::update()
{
    const GalleryEntry* entry = m_gallery->currentEntry();
    if (m_busy || entry == nullptr || entry->page.isEmpty() || m_workspace == nullptr)
        return;
    if (m_account.isEmpty())
        return set(QStringLiteral("noaccount"), tr("There is no account yet. Nothing was sent."), false);
    whenKeyIsOpen([this, id = entry->id, page = toStd(entry->page)] {
        const QVariantMap words = m_form->words();
        set(QStringLiteral("sending"), tr("Updating %1").arg(m_form->word("title")), true);
        const PublishRequest said = requestOf(words);
        const WorkChange change{.alt = said.alt, .visibility = said.visibility, .title = said.title, .license = said.license, .recipeAccess = said.recipeAccess, .tags = said.tags, .inputsPublic = said.inputsPublic};
        run(
            "publish", [this, change, page, key = m_keys->key()](const Session& session, const CancelToken&) -> Result<PublishedWork> { return updateWork(*m_http, session, *m_workspace->store, key, TRY(ownWorkName(session, page)), change); },
            [this, id, words](const Outcome& outcome) {
                if (!outcome.work)
                    return showFailure(outcome);
                m_page = QUrl(toQt(std::string_view(outcome.work->page)));
                m_form->remember(id, words, m_given);
                set(QStringLiteral("done"), tr("Updated."), false);
                askPayees();
            });
    });
}

void Publisher::withdraw()
{
    const GalleryEntry* entry = m_gallery->currentEntry();
    if (!m_busy && entry != nullptr && !entry->page.isEmpty()) {
        m_takenBack = false;
        withdrawFilm(entry->id, entry->page);
    }
}

void Publisher::withdrawFilm(const QString& id, const QString& page)
{
    set(QStringLiteral("sending"), tr("Withdrawing %1").arg(m_form->word("title")), true);
    run(
        "publish", [this, page = toStd(page)](const Session& session, const CancelToken&) -> Result<PublishedWork> {
            TRY(withdrawWork(*m_http, session, TRY(ownWorkName(session, page))));
            return PublishedWork{}; },
        [this, id](const Outcome& outcome) {
            if (!outcome.work)
                return showFailure(outcome);
            m_page.clear();
            m_gallery->setPage(id, {});
            m_form->forgetSent(id);
            set(QStringLiteral("idle"), m_takenBack ? tr("Taken back: it was withdrawn at once.") : tr("Withdrawn. Servers that had it are told to delete it."), false);
            m_summarizeSoon.start();
        });
}

void Publisher::keepAsDraft()
{
    m_form->set(QStringLiteral("kept"), QStringLiteral("1")); // also when nothing was typed
    set(QStringLiteral("idle"), tr("Kept as a draft. It is here when you come back."), false);
}

/// Work for a slot cancels what runs there and takes the place of what waits: then nobody else would say that it ended.
void Publisher::cancel()
{
    if (!m_busy)
        return;
    const bool isLogin = m_state == QLatin1String("login") || m_state == QLatin1String("code");
    m_thread->post(Urgency::Viewer, isLogin ? "login" : "publish", [this, isLogin, deed = m_message](const CancelToken&) {
        QMetaObject::invokeMethod(
            this, [this, isLogin, deed] {
                if (!m_busy || m_message != deed) // it said so itself, or something else came after it
                    return;
                if (isLogin)
                    showLoggedIn(fail(Fault::Cancelled, "login: given up"));
                else
                    showFailure({});
            },
            Qt::QueuedConnection);
    });
}

void Publisher::dismiss()
{
    if (!m_busy)
        set(QStringLiteral("idle"), {}, false);
}

int Publisher::holding() const
{
    return m_state == QLatin1String("held") ? std::max<int>(0, (m_hold - static_cast<int>(m_heldSince.elapsed()) + 999) / 1000) : 0;
}

} // namespace artdag
