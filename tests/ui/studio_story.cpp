// SPDX-License-Identifier: GPL-3.0-or-later
// The Studio's part in the whole story, by hands in the real window: the account by its server's address, a renderer attached, a film made there,
// checked here, kept and published with a key that the keychain opens. No test by itself: e2e/studio_story_test.py starts it amid servers, a
// keychain and a browser, names them in ARTDAG_STORY, and looks at what came of it. Leaves pictures of its chapters in build/story.
#include "core/base/json.h"
#include "core/identity/keys.h"
#include "tests/ui/studio_window.h"
#include "ui/keychain.h"

#include <QDir>
#include <QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class StudioStory : public QObject, StudioWindow {
    Q_OBJECT

    std::filesystem::path m_where; ///< the artist's home
    QString m_server, m_renderer, m_told;
    bool m_lost = false;

    /// The box with that placeholder, when the keys go there.
    [[nodiscard]] QQuickItem* focused(const char* placeholder) const
    {
        QQuickItem* item = m_window->activeFocusItem();
        return item != nullptr && item->property("placeholderText").toString() == QString::fromUtf8(placeholder) ? item : nullptr;
    }
    void typeInto(const char* placeholder, const QString& text)
    {
        QTRY_VERIFY2(focused(placeholder) != nullptr, placeholder);
        type(text);
        QCOMPARE(focused(placeholder)->property("text").toString(), text);
    }
    void writeAnew(const char* placeholder, const QString& text)
    {
        click(itemWith("placeholderText", QString::fromUtf8(placeholder), "placeholderText"));
        QTest::keyClick(m_window, Qt::Key_A, Qt::ControlModifier);
        typeInto(placeholder, text);
    }
    void command(const char* words)
    {
        QTest::keyClick(m_window, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        typeInto("What would you like to do?", QString::fromUtf8(words));
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_VERIFY(focused("What would you like to do?") == nullptr);
    }
    [[nodiscard]] QString renderer(const char* what) const { return m_session->renderers()->all().value(0).toMap().value(QLatin1String(what)).toString(); }
    void picture(const char* name)
    {
        const QDir folder(QStringLiteral(ARTDAG_BIN_DIR "/../story"));
        QVERIFY(folder.mkpath(QStringLiteral(".")) && m_window->grabWindow().save(folder.filePath(QStringLiteral("studio-%1.png").arg(QLatin1String(name)))));
    }

private Q_SLOTS:
    void initTestCase()
    {
        const Json story = readJson(qEnvironmentVariable("ARTDAG_STORY").toStdString()).value_or(Json::object());
        const auto named = [&](const char* name) { return toQt(std::string_view(story.value(name, ""))); };
        QVERIFY2(!named("told").isEmpty(), "tests/e2e/studio_story_test.py starts this program");
        m_where = toPath(qEnvironmentVariable("ARTDAG_HOME"));
        m_openBefore = named("recipe");
        m_server = named("server");
        m_renderer = named("renderer");
        m_told = named("told");
        openWindowIn(m_where);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isReady(), patience);
    }
    void init() { QVERIFY2(!m_lost, "an earlier chapter failed"); }
    void cleanup() { m_lost = m_lost || QTest::currentTestFailed(); }
    void cleanupTestCase() { closeWindow(); }

    void theAccountIsAddedByItsServersAddressInTheBrowser()
    {
        command("Attach a renderer"); // which leads to the account first
        typeInto("https://artdag.example", m_server);
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->publisher()->code().isEmpty(), patience);
        picture("1-code");
        QTRY_VERIFY2_WITH_TIMEOUT(m_session->publisher()->account().startsWith(QStringLiteral("@giles@")), qPrintable(m_session->publisher()->message()), patience);
        QCOMPARE(m_session->publisher()->kept(), QStringLiteral("The login is in your keychain."));
    }

    void theRendererIsAttachedByItsAddress()
    {
        QTRY_COMPARE_WITH_TIMEOUT(renderer("state"), QStringLiteral("offered"), patience);
        command("Attach a renderer");
        typeInto("https://render.example", m_renderer);
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_VERIFY2_WITH_TIMEOUT(renderer("state") == QLatin1String("ready"), qPrintable(m_session->renderers()->message()), patience);
        picture("2-attached");
    }

    void theFilmIsMadeThere()
    {
        command("Workspace: Make");
        command("Render on");
        typeInto("Filter …", m_renderer.section(QLatin1Char(':'), -1));
        picture("3-render-on");
        QTest::keyClick(m_window, Qt::Key_Return);
        const RenderQueue* queue = m_session->queue();
        QTRY_VERIFY2_WITH_TIMEOUT(m_session->gallery()->total() == 1, qPrintable(queue->data(queue->index(0), RenderQueue::MessageRole).toString()), patience);
        QCOMPARE(m_session->gallery()->currentEntry()->renderer, m_renderer);
    }

    void allOfItIsMadeAgainHereAndItIsKept()
    {
        QTest::keyClick(m_window, Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(panel(), QStringLiteral("gallery"));
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->check()->isBusy(), patience); // a few frames, as soon as it came
        click(button(QStringLiteral("Check all")));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->check()->summary(), QStringLiteral("Rendered again, the same: 60 of 60 frames."), patience);
        QTest::keyClick(m_window, Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(m_window, Qt::Key_K);
        QTRY_COMPARE(m_session->gallery()->currentMark(), QStringLiteral("kept"));
        picture("4-checked");
    }

    void itIsPublishedInItsMakersWords()
    {
        QVERIFY(!m_session->keys()->exists());
        click(button(QStringLiteral("Publish…")));
        QTRY_COMPARE(m_session->place(), QStringLiteral("share"));
        writeAnew("Title", QStringLiteral("Grain by hand"));
        writeAnew("A glowing rose window turns slowly …", QStringLiteral("Grain over a gradient"));
        picture("5-to-be-published");
        click(button(QStringLiteral("Publish")));
        QTRY_VERIFY2_WITH_TIMEOUT(m_session->publisher()->state() == QLatin1String("done"), qPrintable(m_session->publisher()->message()), patience);
        picture("6-published");
    }

    void theKeychainAloneOpensTheKey()
    {
        std::string secret;
        const auto keychain = openKeychain(pathToQt(m_where / "keys"));
        keychain->read([&](const Result<std::string>& found) { secret = found.value_or(""); });
        QTRY_VERIFY_WITH_TIMEOUT(!secret.empty(), patience);
        const Result<SigningKey> key = openKeyFiles(m_where / "keys", secret)->read("default");
        QVERIFY2(key.has_value(), key ? "" : key.error().message.c_str());
        const Bytes inClear = key->der();
        const std::string seed(inClear.end() - 32, inClear.end()); // RFC 8410: it ends a PKCS#8 of Ed25519
        for (const auto& file : std::filesystem::recursive_directory_iterator(m_where)) {
            const std::string text = file.is_regular_file() ? readTextFile(file.path()).value_or("") : std::string();
            QVERIFY2(text.find(secret) == std::string::npos && text.find(seed) == std::string::npos, file.path().c_str());
        }
        const Json told{{"page", toStd(m_session->publisher()->page().toString())}, {"film", toStd(m_session->gallery()->currentPath())}, {"kid", key->publicKey().kid()}};
        QVERIFY(writeFileAtomically(toPath(m_told), bytesOf(std::string_view(told.dump()))).has_value());
    }
};

int main(int argc, char** argv)
{
    return runWindowTest<StudioStory>(argc, argv);
}
#include "studio_story.moc"
