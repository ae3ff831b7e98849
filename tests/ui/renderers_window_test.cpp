// SPDX-License-Identifier: GPL-3.0-or-later
// A renderer's part in the story, in one window, against a real server and a real renderer: attached → a film made there → checked here → kept →
// published with shares. On the way the renderer goes away and comes back. Leaves pictures of the window in both themes in build/story.
#include "tests/server/server_process.h"
#include "tests/ui/studio_window.h"

#include <QDir>
#include <QQmlExtensionPlugin>
#include <QTcpServer>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class RenderersWindowTest : public QObject, StudioWindow {
    Q_OBJECT

    ServerProcess m_server, m_renderer;
    QString m_port;

    [[nodiscard]] RenderQueue* queue() { return m_session->queue(); }
    [[nodiscard]] QString queued(RenderQueue::Role role, int row = -1) { return queue()->data(queue()->index(row < 0 ? queue()->rowTotal() - 1 : row), role).toString(); }
    [[nodiscard]] QString state() const
    {
        const QVariantList all = m_session->renderers()->all();
        return all.isEmpty() ? QString() : all.constFirst().toMap().value(QStringLiteral("state")).toString();
    }
    bool startRenderer()
    {
        qputenv("L2_SERVERS", QByteArray::fromStdString(m_server.url()));
        return m_renderer.start({QStringLiteral("--role"), QStringLiteral("l1"), QStringLiteral("--port"), m_port, QStringLiteral("--max-runs-of-user"), QStringLiteral("1")});
    }
    void orderThere(const Recipe& recipe)
    {
        RenderOrder order;
        order.recipe = writeRecipe(recipe);
        order.title = recipe.title;
        order.folder = m_home->path() / "films";
        order.renderer = m_renderer.url();
        queue()->addOrder(std::move(order));
    }
    /// Some seconds of work; another number, other pictures.
    static Recipe longRecipe(int number)
    {
        Recipe recipe = sampleRecipe();
        recipe.title = "Long";
        recipe.canvas.width = 640;
        recipe.canvas.height = 360;
        recipe.canvas.duration = 30;
        recipe.params.front().fallback = number;
        recipe.outputs.front().encode = "share-h264-fast";
        recipe.outputs.front().sound.reset();
        return recipe;
    }
    void picture(const char* name)
    {
        const QDir folder(QStringLiteral(ARTDAG_BIN_DIR "/../story"));
        QVERIFY(folder.mkpath(QStringLiteral(".")));
        for (const bool dark : {true, false}) {
            m_session->showDark(dark);
            QTest::qWait(120); // colours change within 100 ms
            QVERIFY(m_window->grabWindow().save(folder.filePath(QStringLiteral("%1-%2.png").arg(QString::fromLatin1(name), dark ? QStringLiteral("dark") : QStringLiteral("light")))));
        }
        m_session->showDark(true);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QTcpServer probe; // each names the other, so one of the ports is chosen before
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        m_port = QString::number(probe.serverPort());
        probe.close();
        qputenv("L1_SERVERS", QStringLiteral("http://127.0.0.1:%1").arg(m_port).toLatin1());
        QVERIFY(m_server.start({QStringLiteral("--role"), QStringLiteral("l2")}));
        qunsetenv("L1_SERVERS");
        QVERIFY(startRenderer());
        qputenv("ARTDAG_KEY_PASSPHRASE", "correct horse battery");
        openWindow();
        openSample();
    }
    void cleanupTestCase()
    {
        closeWindow();
        QCOMPARE(m_renderer.stop(), 0);
        QCOMPARE(m_server.stop(), 0);
    }

    void withoutAnAccountTheWishToAttachLeadsToTheServer()
    {
        QVERIFY(m_session->commands()->run(QStringLiteral("studio.attach")));
        QCOMPARE(m_session->place(), QStringLiteral("share"));
        const QQuickItem* server = itemWith("placeholderText", QStringLiteral("https://artdag.example"), "echoMode");
        QTRY_VERIFY(server != nullptr && server->hasActiveFocus());
        QVERIFY(itemWith("placeholderText", QStringLiteral("https://render.example"), "echoMode") == nullptr);
    }

    void aRendererIsAttachedByItsAddress()
    {
        m_session->publisher()->logIn(toQt(std::string_view(m_server.url())), QStringLiteral("giles"), QStringLiteral("a long enough password"), true);
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->publisher()->account().isEmpty(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("offered"), patience);
        QCOMPARE(m_session->renderers()->places().size(), 1);
        m_session->setPlace(QStringLiteral("make"));
        QVERIFY(m_session->commands()->run(QStringLiteral("studio.attach")));
        const QQuickItem* address = itemWith("placeholderText", QStringLiteral("https://render.example"), "echoMode");
        QTRY_VERIFY(address != nullptr && address->hasActiveFocus());
        type(QStringLiteral("http://127.0.0.1:1"));
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->renderers()->message().contains(QStringLiteral("does not answer")), patience);
        QTest::keyClick(m_window, Qt::Key_A, Qt::ControlModifier);
        type(QString::fromStdString(m_renderer.url()));
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("ready"), patience);
        QVERIFY2(m_session->renderers()->all().constFirst().toMap().value(QStringLiteral("words")).toString().contains(QStringLiteral("until")), "the end of the token is told");
        QCOMPARE(m_session->renderers()->places().size(), 2);
        picture("7-renderers");
    }

    void aFilmIsMadeThereAndCheckedHere()
    {
        m_session->setPlace(QStringLiteral("make"));
        QSignalSpy checked(m_session->check(), &FilmCheck::done);
        QVERIFY(m_session->commands()->run(QStringLiteral("studio.render_on")));
        QTRY_COMPARE(panel(), QStringLiteral("popup"));
        type(m_port); // the list is filtered
        picture("8-render-on");
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_COMPARE(queue()->rowTotal(), 1);
        QVERIFY2(queued(RenderQueue::WhatRole).startsWith(QStringLiteral("on 127.0.0.1:")), qPrintable(queued(RenderQueue::WhatRole)));
        QTRY_VERIFY2_WITH_TIMEOUT(m_session->gallery()->total() == 1, qPrintable(queued(RenderQueue::MessageRole)), 2 * patience);
        QCOMPARE(m_session->gallery()->currentEntry()->renderer, QString::fromStdString(m_renderer.url()));
        QVERIFY(!m_session->gallery()->currentImage().value<QImage>().isNull());
        QTRY_COMPARE_WITH_TIMEOUT(checked.count(), 1, patience);
        QVERIFY2(checked.constFirst().at(1).toBool(), qPrintable(m_session->check()->summary()));
        m_session->setPlace(QStringLiteral("explore"));
        m_session->explore()->setView(QStringLiteral("renders"));
        QTRY_VERIFY(itemWith("text", QStringLiteral("rendered by 127.0.0.1:%1").arg(m_port), "font") != nullptr);
        click(button(QStringLiteral("Check here")));
        QTRY_COMPARE_WITH_TIMEOUT(checked.count(), 2, patience);
        QVERIFY2(m_session->check()->summary().contains(QStringLiteral("the same: ")), qPrintable(m_session->check()->summary()));
        QVERIFY(m_session->explore()->run(QStringLiteral("gallery.keep")));
        QTRY_COMPARE(m_session->gallery()->currentMark(), QStringLiteral("kept"));
        picture("9-rendered-by");
    }

    void aFilmThatTheRendererChangedIsFoundOut()
    {
        const QString film = m_session->gallery()->currentPath();
        auto bytes = readFile(toPath(film));
        QVERIFY(bytes.has_value());
        Bytes changed = *bytes;
        changed[changed.size() / 2] ^= 0xFF;
        QVERIFY(writeFileAtomically(toPath(film), changed).has_value());
        QSignalSpy checked(m_session->check(), &FilmCheck::done);
        QVERIFY(m_session->explore()->run(QStringLiteral("gallery.check_here")));
        QTRY_COMPARE_WITH_TIMEOUT(checked.count(), 1, patience);
        QVERIFY(!checked.constFirst().at(1).toBool());
        QVERIFY(writeFileAtomically(toPath(film), *bytes).has_value());
        m_session->clearNotice();
    }

    void whileItDoesNotAnswerThatIsSaidAndThenItGoesOn()
    {
        orderThere(longRecipe(1));
        QTRY_VERIFY_WITH_TIMEOUT(queued(RenderQueue::DoneRole).toInt() > 0, patience);
        QVERIFY2(queued(RenderQueue::DetailRole).contains(QLatin1Char('/')), qPrintable(queued(RenderQueue::DetailRole)));
        m_renderer.stop();
        QTRY_VERIFY2_WITH_TIMEOUT(queued(RenderQueue::MessageRole).contains(QStringLiteral("does not answer")), qPrintable(queued(RenderQueue::MessageRole)), patience);
        QVERIFY2(!queued(RenderQueue::DetailRole).contains(QStringLiteral("left")), qPrintable(queued(RenderQueue::DetailRole)));
        picture("10-lost");
        QVERIFY(startRenderer());
        QTRY_VERIFY2_WITH_TIMEOUT(queued(RenderQueue::StateRole) == QLatin1String("done"), qPrintable(queued(RenderQueue::StateRole) + queued(RenderQueue::MessageRole)), 3 * patience);
        QCOMPARE(m_session->gallery()->total(), 2);
    }

    void whatIsCancelledHereIsCancelledThereAndMakesRoomForWhatWaits()
    {
        orderThere(longRecipe(2));
        const int cancelled = queue()->rowTotal() - 1;
        QTRY_VERIFY_WITH_TIMEOUT(queued(RenderQueue::DoneRole).toInt() > 0, patience);
        Recipe other = sampleRecipe(); // what it has made already it would tell at once
        other.params.front().fallback = 77;
        orderThere(other);
        QTRY_VERIFY2_WITH_TIMEOUT(queued(RenderQueue::MessageRole).contains(QStringLiteral("takes nothing more")), qPrintable(queued(RenderQueue::MessageRole)), patience);
        QCOMPARE(queued(RenderQueue::StateRole), QStringLiteral("running"));
        queue()->add(sampleRecipe(), {}, m_home->path() / "films", std::nullopt);
        QTRY_COMPARE_WITH_TIMEOUT(queued(RenderQueue::StateRole), QStringLiteral("done"), patience); // here, whatever waits elsewhere
        queue()->cancel(cancelled);
        QTRY_COMPARE_WITH_TIMEOUT(queued(RenderQueue::StateRole, cancelled), QStringLiteral("cancelled"), 5000);
        const auto token = m_session->renderers()->token(m_renderer.url());
        QVERIFY2(token.has_value(), token ? "" : token.error().message.c_str());
        const auto there = [&](std::size_t newest) {
            const auto told = readJson(m_renderer.get("/runs", "application/json", *token).body).value_or(Json::object());
            return told.contains("items") && told["items"].size() > newest ? told["items"][newest].value("status", "") : told.dump();
        };
        QTRY_VERIFY2_WITH_TIMEOUT(there(0) == "completed", there(0).c_str(), patience);
        QVERIFY2(there(1) == "cancelled", there(1).c_str());
        QTRY_COMPARE_WITH_TIMEOUT(queued(RenderQueue::StateRole, cancelled + 1), QStringLiteral("done"), patience);
    }

    void whoSharesIsSaidAndTheSumIsChecked()
    {
        Publisher* publisher = m_session->publisher();
        m_session->gallery()->setCurrent(m_session->gallery()->total() - 1); // the newest comes first
        m_session->setPlace(QStringLiteral("share"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->keys()->isUnlocked(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!publisher->checkable().isEmpty(), patience);
        QQuickItem* add = button(QStringLiteral("Add a person"));
        QVERIFY(add != nullptr);
        add->forceActiveFocus();
        QTest::keyClick(m_window, Qt::Key_Space);
        const QQuickItem* owner = nullptr;
        QTRY_VERIFY((owner = itemWith("placeholderText", QStringLiteral("@carol@artdag.example"), "echoMode")) != nullptr && owner->hasActiveFocus());
        type(QStringLiteral("@carol@b.example"));
        QTest::keyClick(m_window, Qt::Key_Tab);
        type(QStringLiteral("120"));
        QTRY_VERIFY(publisher->areSplitsWrong());
        picture("11-shares-wrong");
        click(button(QStringLiteral("Publish")));
        QTRY_COMPARE(publisher->state(), QStringLiteral("failed"));
        QVERIFY2(publisher->message().contains(QStringLiteral("120")), qPrintable(publisher->message()));
        QTest::mouseClick(m_window, Qt::LeftButton, {}, itemWith("text", QStringLiteral("120"), "echoMode")->mapToScene({20, 8}).toPoint());
        QTest::keyClick(m_window, Qt::Key_A, Qt::ControlModifier);
        type(QStringLiteral("12.5"));
        QTRY_VERIFY2(publisher->splitWords().contains(QStringLiteral("87.50 %")), qPrintable(publisher->splitWords()));
        QTRY_COMPARE(publisher->state(), QStringLiteral("idle")); // what was wrong is not said any more
        QTRY_COMPARE_WITH_TIMEOUT(publisher->shares().size(), 2, patience);
        QTRY_VERIFY_WITH_TIMEOUT(readTextFile(m_home->path() / "studio" / "drafts.json").value_or("").find("@carol@b.example=12.5") != std::string::npos, patience);
        picture("12-shares");
    }

    void itIsPublishedAsTheRenderersWork()
    {
        click(button(QStringLiteral("Publish")));
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->publisher()->isBusy(), 2 * patience);
        QVERIFY2(m_session->publisher()->state() == QLatin1String("done"), qPrintable(m_session->publisher()->message()));
        const Json asset = readJson(m_server.get("/assets" + m_session->publisher()->page().path().mid(6).toStdString()).body).value_or(Json());
        QCOMPARE(toQt(std::string_view(asset.value("frames_hash", ""))), m_session->gallery()->currentHash());
        const auto consent = [&] { return m_session->publisher()->shares().value(1).toMap().value(QStringLiteral("agreed")).toString(); };
        QTRY_VERIFY2_WITH_TIMEOUT(consent().contains(QStringLiteral("not answered")), qPrintable(consent()), patience);
        QCOMPARE(m_session->publisher()->shares().at(1).toMap().value(QStringLiteral("owner")).toString(), QStringLiteral("@carol@b.example"));
        QTest::qWait(500); // what will be sent is summed up anew meanwhile
        QVERIFY2(consent().contains(QStringLiteral("not answered")), qPrintable(consent()));
        picture("13-published");
    }

    void detachedItTakesNothingAnyMore()
    {
        QQuickItem* detach = button(QStringLiteral("Detach"));
        QTRY_VERIFY((detach = button(QStringLiteral("Detach"))) != nullptr);
        click(detach);
        QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("offered"), patience);
        QCOMPARE(m_session->renderers()->places().size(), 1);
        orderThere(sampleRecipe());
        QTRY_COMPARE_WITH_TIMEOUT(queued(RenderQueue::StateRole), QStringLiteral("failed"), patience);
        QVERIFY2(queued(RenderQueue::MessageRole).contains(QStringLiteral("not attached")), qPrintable(queued(RenderQueue::MessageRole)));
    }
};

int main(int argc, char** argv)
{
    return runWindowTest<RenderersWindowTest>(argc, argv);
}
#include "renderers_window_test.moc"
