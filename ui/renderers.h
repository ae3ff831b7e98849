// SPDX-License-Identifier: GPL-3.0-or-later
// The renderers (L1) that the account's server works with: which are attached, whether they answer, where a render can be sent. Attaching is
// that of core/workflow, on threads of its own; the server, not the Studio, keeps what is attached.
#pragma once

#include "core/workflow/attach_renderer.h"
#include "ui/work_queue.h"

#include <QObject>
#include <QString>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

namespace artdag {

/// `render.example` of `https://render.example`, as people call it.
QString rendererName(const QString& url);

class Renderers : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QVariantList all READ all NOTIFY changed)
    Q_PROPERTY(QVariantList places READ places NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(QString message READ message NOTIFY changed)

public:
    explicit Renderers(QObject* parent = nullptr);
    ~Renderers() override;

    /// The account whose renderers they are, by its server; empty: nobody is logged in. Asks when it is another.
    void setServer(const QString& server);
    /// {url, name, attached, state: asking, ready, silent, refused, offered; words}
    [[nodiscard]] QVariantList all() const;
    /// Where a render can be: {name: the URL, title}. The first is here, with an empty name.
    [[nodiscard]] QVariantList places() const;
    /// {name: the URL, words}: those that are not here.
    [[nodiscard]] Q_INVOKABLE QVariantList elsewhere() const;
    Q_INVOKABLE bool isPlace(const QString& name) const;
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString message() const { return m_message; } ///< why the last wish was not fulfilled

    /// Asks server and renderers how things are.
    Q_INVOKABLE void look();
    /// What a person typed, or a URL of `all`.
    Q_INVOKABLE void attach(const QString& address);
    Q_INVOKABLE void detach(const QString& url);

    /// For a render there. Waits for the network: any thread but the window's.
    Result<std::string> token(const std::string& renderer);
    /// What waits for the keychain ends at once.
    void giveUp() { m_ring->giveUp(); }

Q_SIGNALS:
    void changed();

private:
    struct Row {
        QString url, state, words;
        [[nodiscard]] bool isAttached() const { return state != QLatin1String("offered"); }
    };
    using Wish = std::function<Result<QString>(const Session& session)>;
    void ask(const Row& row);
    void show(std::vector<Row> rows);
    void fulfil(Wish wish);
    Result<Session> session(const std::string& server);

    QString m_server, m_message;
    std::vector<Row> m_rows;
    bool m_busy = false;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<SecretRing> m_ring;
    std::unique_ptr<WorkQueue> m_threads; ///< last: they end first
};

} // namespace artdag
