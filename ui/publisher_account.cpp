// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts, and what is shown before anything is sent.
#include "core/base/files.h"
#include "core/workflow/change_work.h"
#include "core/workflow/kept_logins.h"
#include "core/workflow/render_recipe.h"
#include "ui/publisher.h"
#include "ui/qt_std.h"

#include <QDesktopServices>
#include <QLocale>

#include <chrono>
#include <thread>
#include <utility>

namespace artdag {

namespace {

constexpr auto ringPatience = std::chrono::seconds(60);

QString percent(int basisPoints)
{
    return QLocale().toString(basisPoints / 100.0, 'f', basisPoints % 100 == 0 ? 0 : 2) + QStringLiteral(" %");
}

} // namespace

Publisher::Publisher(Gallery& gallery, KeyHolder& keys, PublishForm& form, QObject* parent)
    : QObject(parent),
      m_gallery(&gallery),
      m_keys(&keys),
      m_form(&form),
      m_http(openHttpClient()),
      m_ring(openSecretService(ringPatience))
{
    m_tick.setInterval(250);
    connect(&m_tick, &QTimer::timeout, this, &Publisher::holdingChanged);
    m_summarizeSoon.setSingleShot(true);
    m_summarizeSoon.setInterval(200);
    connect(&m_summarizeSoon, &QTimer::timeout, this, &Publisher::summarize);
    connect(m_form, &PublishForm::changed, &m_summarizeSoon, qOverload<>(&QTimer::start));
    connect(m_gallery, &Gallery::currentChanged, this, [this] {
        m_summarizeSoon.start();
        if (std::exchange(m_shownFilm, m_gallery->currentId()) == m_gallery->currentId())
            return;
        m_shares.clear();
        if (m_state != QLatin1String("signin"))
            dismiss(); // what was said was about another film
        askPayees();
    });
}

Publisher::~Publisher()
{
    m_ring->giveUp();
    m_reader.reset();
    m_thread.reset();
}

void Publisher::setWorkspace(Workspace* workspace)
{
    m_workspace = workspace;
    m_summarizeSoon.start();
    lookForAccounts(true);
}

void Publisher::lookForAccounts(bool movesLogins)
{
    m_thread->post(Urgency::Viewer, "session", [this, movesLogins](const CancelToken&) {
        const Result<std::optional<AccountName>> account = currentAccount();
        QVariantList others;
        for (const AccountName& one : keptAccounts().value_or(std::vector<AccountName>()))
            if (!account || !*account || one.server != (*account)->server)
                others.append(QVariantMap{{QStringLiteral("account"), toQt(std::string_view(one.account))}, {QStringLiteral("server"), toQt(std::string_view(one.server))}});
        QMetaObject::invokeMethod(
            this, [this, others] {
                m_others = others;
                Q_EMIT accountChanged();
            },
            Qt::QueuedConnection);
        if (!account || !*account)
            return;
        QMetaObject::invokeMethod(
            this, [this, account = **account] { setAccount(account); }, Qt::QueuedConnection);
        const Result<int> moved = movesLogins ? moveLogins(*m_ring) : Result<int>(0); // those of an earlier version
        const bool inKeychain = (*account)->inKeychain || (moved && *moved > 0);
        QMetaObject::invokeMethod(
            this, [this, inKeychain, why = moved ? QString() : wordsOf(moved.error())] { showKept(inKeychain, why); }, Qt::QueuedConnection);
    });
}

void Publisher::setAccount(const std::optional<AccountName>& account)
{
    m_account = account ? toQt(std::string_view(account->account)) : QString();
    if (account) {
        m_server = toQt(std::string_view(account->server));
        m_user = toQt(std::string_view(account->user));
    }
    m_summarizeSoon.start();
    Q_EMIT accountChanged();
}

void Publisher::showKept(bool inKeychain, const QString& why)
{
    m_keptWords = inKeychain ? tr("The login is in your keychain.") : why.isEmpty() ? tr("The login is in a file that only you can read.")
                                                                                    : tr("The login is in a file that only you can read, because the keychain cannot be used (%1).").arg(why);
    Q_EMIT accountChanged();
}

void Publisher::showLoggedIn(const Result<Session>& session)
{
    m_code.clear();
    if (!session) {
        const bool givenUp = session.error().fault == Fault::Cancelled;
        return set(givenUp ? QStringLiteral("idle") : QStringLiteral("failed"), givenUp ? QString() : wordsOf(session.error()), false);
    }
    setAccount(AccountName{session->server, session->user, session->account, session->fallback.empty()});
    showKept(session->fallback.empty(), toQt(std::string_view(session->fallback)));
    set(QStringLiteral("idle"), {}, false);
    lookForAccounts(false);
}

void Publisher::useAccount(const QString& server)
{
    if (m_busy)
        return;
    dismiss(); // what was said was about the other one
    m_thread->post(Urgency::Viewer, "choose", [url = toStd(server)](const CancelToken&) { static_cast<void>(chooseAccount(url).has_value()); });
    lookForAccounts(false); // when that is done: one that was logged out meanwhile stays away
}

void Publisher::logIn(const QString& server, const QString& user, const QString& password, bool registerNew)
{
    if (m_busy)
        return;
    set(QStringLiteral("login"), tr("Talking to %1 …").arg(server), true);
    m_thread->post(Urgency::Viewer, "password", [this, url = toStd(server), name = toStd(user), secret = toStd(password), registerNew](const CancelToken&) {
        auto session = std::make_shared<Result<Session>>(login(*m_http, url, name, secret, registerNew, m_ring.get()));
        QMetaObject::invokeMethod(
            this, [this, session] { showLoggedIn(*session); }, Qt::QueuedConnection);
    });
}

void Publisher::logInByBrowser(const QString& server)
{
    if (m_busy)
        return;
    set(QStringLiteral("login"), tr("Talking to %1 …").arg(server), true);
    m_thread->post(Urgency::Viewer, "login", [this, url = toStd(server)](const CancelToken& cancel) {
        const auto answer = [&]() -> Result<Session> {
            DeviceLogin device = TRY(beginDeviceLogin(*m_http, url, studioClient));
            QMetaObject::invokeMethod(
                this, [this, code = toQt(std::string_view(device.userCode)), page = toQt(std::string_view(device.page)), fullPage = toQt(std::string_view(device.fullPage))] {
                    m_code = code;
                    set(QStringLiteral("code"), tr("Answer in the browser. If none opens, go to %1. It asks for this code:").arg(page), true);
                    QDesktopServices::openUrl(QUrl(fullPage));
                },
                Qt::QueuedConnection);
            for (std::int64_t tenth = 0; !cancel.cancelled(); ++tenth) {
                std::this_thread::sleep_for(std::chrono::milliseconds(100));
                if (tenth % (device.interval * 10) != device.interval * 10 - 1)
                    continue;
                if (auto session = TRY(pollDeviceLogin(*m_http, device, studioClient, m_ring.get())))
                    return std::move(*session);
            }
            return fail(Fault::Cancelled, "login: given up");
        };
        auto session = std::make_shared<Result<Session>>(answer());
        QMetaObject::invokeMethod(
            this, [this, session] { showLoggedIn(*session); }, Qt::QueuedConnection);
    });
}

void Publisher::logOut()
{
    if (m_busy)
        return;
    m_thread->post(Urgency::Viewer, "logout", [this, url = toStd(m_server)](const CancelToken&) {
        if (const Result<Session> session = savedSession(url, m_ring.get()))
            static_cast<void>(logout(*m_http, *session, m_ring.get()).has_value());
        else
            static_cast<void>(forgetSession(url, m_ring.get()).has_value());
    });
    m_keptWords.clear();
    setAccount(std::nullopt);
    lookForAccounts(false);
}

// --- what is shown before anything is sent ---

/// The stated shares, or what is wrong with them.
void Publisher::readSplits()
{
    const auto read = [&]() -> Result<int> {
        std::vector<Share> shares;
        for (const QString& line : m_form->word("splits").split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
            if (line.startsWith(QLatin1Char('=')) || line.endsWith(QLatin1Char('=')))
                return fail(Fault::BadInput, toStd(tr("Each needs an account and its percent.")));
            shares.push_back(TRY(shareOfText(toStd(line))));
        }
        const int rest = TRY(restOf(shares, toStd(m_account)));
        m_stated = std::move(shares);
        return rest;
    };
    m_stated.clear();
    const Result<int> rest = read();
    if (std::exchange(m_splitsWrong, !rest) && rest && m_state == QLatin1String("failed"))
        dismiss(); // that was what had failed
    m_splitWords = !rest ? wordsOf(rest.error()) : m_stated.empty() ? QString()
                                                                    : tr("The rest is yours: %1").arg(percent(*rest));
    Q_EMIT summaryChanged();
}

void Publisher::summarize()
{
    readSplits();
    const GalleryEntry* entry = m_gallery->currentEntry();
    if (entry == nullptr || entry->film.isEmpty() || m_workspace == nullptr)
        return;
    const QString about = entry->id + m_account;
    const auto known = m_citations.constFind(about);
    auto citations = std::make_shared<std::optional<std::vector<Citation>>>(known == m_citations.constEnd() ? std::nullopt : std::optional(*known));
    m_reader->post(Urgency::Idle, "summary", [this, about, citations, request = requestOf(m_form->words()), provenance = toPath(entry->provenance), account = toStd(m_account), server = toStd(m_server)](const CancelToken&) {
        const auto work = [&]() -> Result<PublicationSummary> {
            PublishRequest whole = request;
            const ProvenanceFile papers = TRY(readProvenance(TRY(readTextFile(provenance))));
            whole.recipe = papers.recipeText;
            whole.manifest = papers.manifest;
            if (!*citations && !account.empty())
                *citations = askCitations(server, whole.manifest);
            return summarizePublication(*m_workspace->store, whole, account, citations->value_or(std::vector<Citation>()));
        };
        auto summary = std::make_shared<Result<PublicationSummary>>(work());
        QMetaObject::invokeMethod(
            this, [this, about, citations, summary] {
                if (*citations)
                    m_citations.insert(about, **citations);
                if (m_gallery->currentId() + m_account == about)
                    showSummary(*summary);
            },
            Qt::QueuedConnection);
    });
}

/// Whose works the inputs are, for the shares that are shown; publishing asks anew. Nothing while the server cannot be asked.
std::optional<std::vector<Citation>> Publisher::askCitations(const std::string& server, const Json& manifest)
{
    const Result<RunFacts> run = readManifest(manifest);
    if (!run || run->inputs.empty())
        return std::vector<Citation>();
    const Result<Session> session = freshSession(*m_http, studioClient, server, m_ring.get());
    if (!session)
        return std::nullopt;
    ServerConversation conversation(*m_http, *session);
    const Result<std::vector<Citation>> found = findCitations(conversation, *run);
    return found ? std::optional(*found) : std::nullopt;
}

void Publisher::showSummary(const Result<PublicationSummary>& summary)
{
    m_objects.clear();
    const GalleryEntry* entry = m_gallery->currentEntry();
    const bool isPublished = entry != nullptr && !entry->page.isEmpty() && !m_shares.isEmpty(); // then the server has said who shares, and who agreed
    if (!isPublished)
        m_shares.clear();
    m_given = 0;
    if (!summary) {
        m_total = wordsOf(summary.error());
        m_checkable.clear();
        Q_EMIT summaryChanged();
        return;
    }
    const auto wordsFor = [](const std::string& what) {
        const QHash<QString, QString> known{{QStringLiteral("film"), tr("film")}, {QStringLiteral("recipe"), tr("recipe")}, {QStringLiteral("frame digests"), tr("digests of its frames")}, {QStringLiteral("font"), tr("font")}, {QStringLiteral("poster"), tr("poster")}};
        const QString name = toQt(std::string_view(what));
        return name.startsWith(QStringLiteral("input ")) ? tr("input %1").arg(name.mid(6)) : known.value(name, name);
    };
    int count = 0;
    for (const SentObject& object : summary->objects) {
        const bool sent = !object.path.empty();
        count += sent ? 1 : 0;
        m_objects.append(QVariantMap{{QStringLiteral("what"), wordsFor(object.what)}, {QStringLiteral("size"), sent ? QLocale().formattedDataSize(static_cast<qint64>(object.size), 1, QLocale::DataSizeSIFormat) : tr("only cited")}, {QStringLiteral("sent"), sent}});
    }
    m_total = tr("%1 files, %2").arg(count).arg(QLocale().formattedDataSize(static_cast<qint64>(summary->bytes), 1, QLocale::DataSizeSIFormat)); // never one: a film comes with the digests of its frames
    switch (summary->checkable) {
    case Checkable::Pixels: m_checkable = tr("anyone can check the pixels"); break;
    case Checkable::Allowed: m_checkable = tr("anyone can check signature, bytes and time; the pixels only those to whom you give the rest"); break;
    case Checkable::Signature: m_checkable = tr("anyone can check signature, bytes and time, nobody the pixels"); break;
    }
    for (std::size_t i = 0; summary->shares.size() > 1 && i < summary->shares.size(); ++i) {
        const Share& share = summary->shares[i];
        m_given += i == 0 ? 0 : share.basisPoints;
        if (!isPublished)
            m_shares.append(QVariantMap{{QStringLiteral("owner"), toQt(std::string_view(share.owner))}, {QStringLiteral("share"), percent(share.basisPoints)}, {QStringLiteral("agreed"), QString()}});
    }
    Q_EMIT summaryChanged();
}

/// Who shares in the current work, and who of them agreed.
void Publisher::askPayees()
{
    const GalleryEntry* entry = m_gallery->currentEntry();
    if (entry == nullptr || entry->page.isEmpty() || m_account.isEmpty())
        return;
    m_reader->post(Urgency::Idle, "payees", [this, page = toStd(entry->page), server = toStd(m_server)](const CancelToken&) {
        const auto ask = [&]() -> Result<std::vector<Payee>> {
            const Session session = TRY(freshSession(*m_http, studioClient, server, m_ring.get()));
            return payeesOf(*m_http, session, TRY(ownWorkName(session, page)));
        };
        auto payees = std::make_shared<Result<std::vector<Payee>>>(ask());
        QMetaObject::invokeMethod(
            this, [this, payees] {
                if (!*payees || (*payees)->size() < 2)
                    return;
                m_shares.clear();
                for (const Payee& payee : **payees)
                    m_shares.append(QVariantMap{{QStringLiteral("owner"), toQt(std::string_view(payee.owner))}, {QStringLiteral("share"), percent(payee.basisPoints)}, {QStringLiteral("agreed"), payee.agreed ? tr("agreed") : tr("not asked or not answered yet")}});
                Q_EMIT summaryChanged();
            },
            Qt::QueuedConnection);
    });
}

} // namespace artdag
