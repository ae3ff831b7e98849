// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/renderers.h"

#include "ui/keychain.h"
#include "ui/qt_std.h"

#include <QTime>

#include <algorithm>
#include <chrono>

namespace artdag {

namespace {

constexpr auto ringPatience = std::chrono::seconds(60);
constexpr int threads = 3; // one that does not answer keeps nobody waiting

} // namespace

QString rendererName(const QString& url)
{
    return url.section(QStringLiteral("://"), -1);
}

Renderers::Renderers(QObject* parent)
    : QObject(parent),
      m_http(openHttpClient()),
      m_ring(openSecretService(ringPatience)),
      m_threads(std::make_unique<WorkQueue>(threads))
{
}

Renderers::~Renderers()
{
    giveUp();
    m_threads.reset();
}

Result<Session> Renderers::session(const std::string& server)
{
    return freshSession(*m_http, studioClient, server, m_ring.get());
}

Result<std::string> Renderers::token(const std::string& renderer)
{
    return renderToken(*m_http, renderer, [this](const std::string& server) { return session(server); });
}

void Renderers::setServer(const QString& server)
{
    if (m_server == server)
        return;
    m_server = server;
    m_message.clear();
    show({});
    look();
}

QVariantList Renderers::all() const
{
    QVariantList list;
    for (const Row& row : m_rows)
        list.append(QVariantMap{{QStringLiteral("url"), row.url}, {QStringLiteral("name"), rendererName(row.url)}, {QStringLiteral("attached"), row.isAttached()}, {QStringLiteral("state"), row.state}, {QStringLiteral("words"), row.words}});
    return list;
}

QVariantList Renderers::places() const
{
    QVariantList list{QVariantMap{{QStringLiteral("name"), QString()}, {QStringLiteral("title"), tr("here")}}};
    for (const Row& row : m_rows) {
        if (row.isAttached())
            list.append(QVariantMap{{QStringLiteral("name"), row.url}, {QStringLiteral("title"), rendererName(row.url)}});
    }
    return list;
}

QVariantList Renderers::elsewhere() const
{
    QVariantList list;
    for (const Row& row : m_rows) {
        if (row.isAttached())
            list.append(QVariantMap{{QStringLiteral("name"), row.url}, {QStringLiteral("words"), rendererName(row.url)}});
    }
    return list;
}

bool Renderers::isPlace(const QString& name) const
{
    return name.isEmpty() || std::ranges::any_of(m_rows, [&](const Row& row) { return row.url == name && row.isAttached(); });
}

void Renderers::show(std::vector<Row> rows)
{
    m_rows = std::move(rows);
    Q_EMIT changed();
}

void Renderers::look()
{
    if (m_server.isEmpty())
        return;
    m_threads->post(Urgency::Idle, "look", [this, server = m_server](const CancelToken&) {
        const Result<Session> account = session(toStd(server));
        auto offered = std::make_shared<Result<std::vector<OfferedRenderer>>>(account ? offeredRenderers(*m_http, *account) : tl::unexpected(account.error()));
        QMetaObject::invokeMethod(
            this, [this, server, offered] {
                if (server != m_server || !*offered) // a server that cannot be asked changes nothing
                    return;
                std::vector<Row> rows;
                for (const OfferedRenderer& one : **offered)
                    rows.push_back({toQt(std::string_view(one.url)), one.attached ? QStringLiteral("asking") : QStringLiteral("offered"), one.attached ? tr("asking …") : tr("not attached")});
                std::ranges::stable_partition(rows, [](const Row& row) { return row.state == QLatin1String("asking"); });
                show(rows);
                for (const Row& row : rows)
                    ask(row);
            },
            Qt::QueuedConnection);
    });
}

/// Whether an attached one answers and takes the account: it is asked for a token, as a render would.
void Renderers::ask(const Row& row)
{
    if (row.state != QLatin1String("asking"))
        return;
    m_threads->post(Urgency::Idle, "ask:" + toStd(row.url), [this, url = row.url, server = m_server](const CancelToken&) {
        const Result<Session> account = session(toStd(server));
        auto token = std::make_shared<Result<RendererToken>>(account ? rendererToken(*m_http, *account, toStd(url)) : tl::unexpected(account.error()));
        QMetaObject::invokeMethod(
            this, [this, url, token] {
                const auto found = std::ranges::find(m_rows, url, &Row::url);
                if (found == m_rows.end() || found->state != QLatin1String("asking"))
                    return;
                if (*token) {
                    found->state = QStringLiteral("ready");
                    found->words = (*token)->holds > 0 ? tr("ready; its token holds until %1 and renews itself").arg(QTime::currentTime().addSecs(static_cast<int>((*token)->holds)).toString(QStringLiteral("HH:mm"))) : tr("ready");
                } else {
                    const bool silent = token->error().fault == Fault::Unavailable;
                    found->state = silent ? QStringLiteral("silent") : QStringLiteral("refused");
                    found->words = silent ? tr("does not answer") : tr("takes you no more: %1").arg(wordsOf(token->error()));
                }
                Q_EMIT changed();
            },
            Qt::QueuedConnection);
    });
}

/// One wish at a time; what it says, or why it was not fulfilled, is the message.
void Renderers::fulfil(Wish wish)
{
    if (m_busy || m_server.isEmpty())
        return;
    m_busy = true;
    m_message.clear();
    Q_EMIT changed();
    m_threads->post(Urgency::Viewer, "wish", [this, server = m_server, wish = std::move(wish)](const CancelToken&) {
        const Result<Session> account = session(toStd(server));
        auto done = std::make_shared<Result<QString>>(account ? wish(*account) : tl::unexpected(account.error()));
        QMetaObject::invokeMethod(
            this, [this, done] {
                m_busy = false;
                m_message = *done ? **done : wordsOf(done->error());
                Q_EMIT changed();
                look();
            },
            Qt::QueuedConnection);
    });
}

void Renderers::attach(const QString& address)
{
    fulfil([this, address](const Session& account) -> Result<QString> {
        const std::string renderer = TRY(rendererOfText(toStd(address.trimmed())));
        TRY(attachRenderer(*m_http, account, renderer));
        return tr("%1 knows you now.").arg(rendererName(toQt(std::string_view(renderer))));
    });
}

void Renderers::detach(const QString& url)
{
    fulfil([this, url](const Session& account) -> Result<QString> {
        const bool told = TRY(detachRenderer(*m_http, account, toStd(url)));
        return told ? tr("%1 is detached.").arg(rendererName(url)) : tr("%1 is detached. It does not answer: what it still holds ends within a quarter of an hour.").arg(rendererName(url));
    });
}

} // namespace artdag
