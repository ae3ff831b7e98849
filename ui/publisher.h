// SPDX-License-Identifier: GPL-3.0-or-later
// The Share workspace's verbs: log in to a server, publish a film of the gallery. Network and signing run on a thread of
// their own; passwords live no longer than the call.
#pragma once

#include "core/workflow/publish_work.h"
#include "core/workflow/workspace.h"
#include "ui/gallery.h"
#include "ui/key_holder.h"

#include <QObject>
#include <QUrl>

#include <atomic>
#include <memory>

namespace artdag {

class Publisher : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QString account READ account NOTIFY accountChanged)
    Q_PROPERTY(QString server READ server NOTIFY accountChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(QString state READ state NOTIFY changed)
    Q_PROPERTY(QString message READ message NOTIFY changed)
    Q_PROPERTY(QString detail READ detail NOTIFY changed)
    Q_PROPERTY(double progress READ progress NOTIFY changed)
    Q_PROPERTY(QUrl page READ page NOTIFY changed)

public:
    Publisher(Gallery& gallery, KeyHolder& keys, QObject* parent = nullptr);
    ~Publisher() override;
    void setWorkspace(Workspace* workspace);

    [[nodiscard]] QString account() const { return m_account; }
    [[nodiscard]] QString server() const { return m_server; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString state() const { return m_state; } ///< idle, login, sending, done, failed
    [[nodiscard]] QString message() const { return m_message; }
    [[nodiscard]] QString detail() const { return m_detail; }
    [[nodiscard]] double progress() const { return m_progress; }
    [[nodiscard]] QUrl page() const { return m_page; }

    Q_INVOKABLE void logIn(const QString& server, const QString& user, const QString& password, bool registerNew);
    Q_INVOKABLE void logOut();
    /// Publishes the gallery's current film. The key must be unlocked.
    Q_INVOKABLE void publish(const QString& title, const QString& alt, const QString& tags, const QString& license, const QString& visibility);
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void dismiss();

Q_SIGNALS:
    void accountChanged();
    void changed();
    void published(const QString& page);

private:
    void set(const QString& state, const QString& message, bool busy);
    void takeSession(const Session& session);

    Gallery* m_gallery;
    KeyHolder* m_keys;
    Workspace* m_workspace = nullptr;
    QString m_account, m_server;
    QString m_state = QStringLiteral("idle"), m_message, m_detail;
    double m_progress = 0;
    bool m_busy = false;
    QUrl m_page;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<WorkQueue> m_thread = std::make_unique<WorkQueue>(1);
};

} // namespace artdag
