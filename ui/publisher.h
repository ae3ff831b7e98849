// SPDX-License-Identifier: GPL-3.0-or-later
// The Share workspace's verbs: log in to a server, publish a film of the gallery, change and withdraw what was published. Network,
// signing and keychain are on threads of their own; passwords live no longer than the call, tokens are not kept here at all.
#pragma once

#include "core/identity/secret_ring.h"
#include "core/workflow/publication.h"
#include "core/workflow/publish_work.h"
#include "core/workflow/workspace.h"
#include "ui/gallery.h"
#include "ui/key_holder.h"
#include "ui/publish_form.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace artdag {

class Publisher : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(artdag::PublishForm* form READ form CONSTANT)
    Q_PROPERTY(QString account READ account NOTIFY accountChanged)
    Q_PROPERTY(QString server READ server NOTIFY accountChanged)
    Q_PROPERTY(QString user READ user NOTIFY accountChanged)
    Q_PROPERTY(QString kept READ kept NOTIFY accountChanged)
    Q_PROPERTY(QVariantList others READ others NOTIFY accountChanged)
    Q_PROPERTY(QString code READ code NOTIFY changed)
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)
    Q_PROPERTY(QString state READ state NOTIFY changed)
    Q_PROPERTY(QString message READ message NOTIFY changed)
    Q_PROPERTY(QString detail READ detail NOTIFY changed)
    Q_PROPERTY(double progress READ progress NOTIFY changed)
    Q_PROPERTY(int holding READ holding NOTIFY holdingChanged)
    Q_PROPERTY(QUrl page READ page NOTIFY changed)
    Q_PROPERTY(QVariantList objects READ objects NOTIFY summaryChanged)
    Q_PROPERTY(QVariantList shares READ shares NOTIFY summaryChanged)
    Q_PROPERTY(QString total READ total NOTIFY summaryChanged)
    Q_PROPERTY(QString splitWords READ splitWords NOTIFY summaryChanged)
    Q_PROPERTY(bool splitsWrong READ areSplitsWrong NOTIFY summaryChanged)
    Q_PROPERTY(QString checkable READ checkable NOTIFY summaryChanged)

public:
    static constexpr int holdTime = 10'000; ///< ms in which the one action can be taken back

    Publisher(Gallery& gallery, KeyHolder& keys, PublishForm& form, QObject* parent = nullptr);
    ~Publisher() override;
    void setWorkspace(Workspace* workspace);

    [[nodiscard]] PublishForm* form() { return m_form; }
    [[nodiscard]] QString account() const { return m_account; } ///< empty: nobody is logged in
    [[nodiscard]] QString server() const { return m_server; }   ///< the last one, also when its login is over
    [[nodiscard]] QString user() const { return m_user; }
    [[nodiscard]] QString kept() const { return m_keptWords; }     ///< where the login is kept
    [[nodiscard]] QVariantList others() const { return m_others; } ///< {account, server}: who is logged in, too, and is not used now
    [[nodiscard]] QString code() const { return m_code; }          ///< to be typed in the browser
    [[nodiscard]] bool isBusy() const { return m_busy; }
    /// idle, login, code (a browser is waited for), sending, held (sending, and can be taken back), done, failed, signin (the login is over),
    /// noaccount
    [[nodiscard]] QString state() const { return m_state; }
    [[nodiscard]] QString message() const { return m_message; }
    [[nodiscard]] QString detail() const { return m_detail; }
    [[nodiscard]] double progress() const { return m_progress; }
    [[nodiscard]] int holding() const; ///< seconds in which it can still be taken back
    [[nodiscard]] QUrl page() const { return m_page; }
    [[nodiscard]] QVariantList objects() const { return m_objects; } ///< {what, size, sent}: what a publication sends
    [[nodiscard]] QVariantList shares() const { return m_shares; }   ///< {owner, share, agreed}; empty when there is one owner
    void retranslate() { m_summarizeSoon.start(); }                  ///< what is shown of a publication is said in the language that was chosen
    [[nodiscard]] QString total() const { return m_total; }
    /// What is left to the creator of the shares that are stated, or what is wrong with them; empty: none are.
    [[nodiscard]] QString splitWords() const { return m_splitWords; }
    [[nodiscard]] bool areSplitsWrong() const { return m_splitsWrong; }
    [[nodiscard]] QString checkable() const { return m_checkable; } ///< what strangers can check, in words

    Q_INVOKABLE void logIn(const QString& server, const QString& user, const QString& password, bool registerNew);
    /// Shows a code and opens the browser; waits for the answer there until cancel().
    Q_INVOKABLE void logInByBrowser(const QString& server);
    Q_INVOKABLE void logOut();
    /// What is published goes to the account at this server from now on.
    Q_INVOKABLE void useAccount(const QString& server);
    /// Publishes the gallery's current film with what the form says.
    Q_INVOKABLE void publish();
    /// The same in one action, with the last choices: it can be taken back for `holdTime`. The first time, and when something else would
    /// be given away than the last time, the view is asked for instead.
    Q_INVOKABLE void publishNow();
    Q_INVOKABLE void takeBack();
    /// Changes what was published to what the form says.
    Q_INVOKABLE void update();
    Q_INVOKABLE void withdraw();
    Q_INVOKABLE void keepAsDraft();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void dismiss();
    void setHoldTime(int milliseconds) { m_holdTime = milliseconds; } ///< for tests

Q_SIGNALS:
    void accountChanged();
    void changed();
    void holdingChanged();
    void summaryChanged();
    void published(const QString& page);
    void dialogWanted();
    void said(const QString& words, bool severe);

private:
    struct Outcome {
        Result<PublishedWork> work = fail(Fault::Cancelled, "");
        bool loginOver = false;
    };
    using Deed = std::function<Result<PublishedWork>(const Session&, const CancelToken&)>;
    void set(const QString& state, const QString& message, bool busy);
    void lookForAccounts(bool movesLogins);
    void setAccount(const std::optional<AccountName>& account);
    void showKept(bool inKeychain, const QString& why);
    void showLoggedIn(const Result<Session>& session);
    void pollBrowser(const std::shared_ptr<DeviceLogin>& device);
    void whenKeyIsOpen(std::function<void()> then);
    void send(int hold);
    void run(const char* slot, Deed deed, std::function<void(const Outcome&)> then);
    void finishSending(const QString& film, const QVariantMap& words, int given, const Outcome& outcome);
    void withdrawFilm(const QString& id, const QString& page);
    void showFailure(const Outcome& outcome);
    void tellProgress(std::string_view what, std::uint64_t done, std::uint64_t total);
    void summarize();
    void showSummary(const Result<PublicationSummary>& summary);
    void askPayees();
    void readSplits();
    std::optional<std::vector<Citation>> askCitations(const std::string& server, const Json& manifest);
    [[nodiscard]] PublishRequest requestOf(const QVariantMap& words) const;

    Gallery* m_gallery;
    KeyHolder* m_keys;
    PublishForm* m_form;
    Workspace* m_workspace = nullptr;
    QString m_account, m_server, m_user, m_keptWords, m_code;
    QString m_state = QStringLiteral("idle"), m_message, m_detail;
    double m_progress = 0;
    QVariantList m_others;
    bool m_busy = false, m_takenBack = false;
    QUrl m_page;
    QVariantList m_objects, m_shares;
    QString m_total, m_checkable, m_splitWords;
    bool m_splitsWrong = false;
    std::vector<Share> m_stated; ///< of the form, when they are right
    int m_given = 0;             ///< basis points of the current film that go to others
    QString m_shownFilm;
    QHash<QString, std::vector<Citation>> m_citations; ///< by film and account
    int m_holdTime = holdTime, m_hold = 0;
    QElapsedTimer m_heldSince;
    QTimer m_tick, m_summarizeSoon;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<SecretRing> m_ring;
    std::unique_ptr<WorkQueue> m_thread = std::make_unique<WorkQueue>(1);
    std::unique_ptr<WorkQueue> m_reader = std::make_unique<WorkQueue>(1); ///< of what is only looked at
};

} // namespace artdag
