// SPDX-License-Identifier: GPL-3.0-or-later
// The first five minutes, and on to a published work, in one window, against a real server: template → own clip → an effect
// that follows the beats → variations → film → post. Each chapter goes on where the one before ended, and leaves pictures of
// the window in both themes in build/story.
#include "core/recipe/edit_recipe.h"
#include "core/workflow/fetch_work.h"
#include "tests/media/film_maker.h"
#include "tests/server/server_process.h"
#include "tests/ui/studio_window.h"

#include <QDir>
#include <QElapsedTimer>
#include <QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

class StoryWindowTest : public QObject, StudioWindow {
    Q_OBJECT

    ServerProcess m_server;
    testing::FilmMaker m_maker;

    [[nodiscard]] RecipePointer recipe() const { return m_session->document()->recipe(); }
    [[nodiscard]] QQuickItem* choice(const char* text) const { return itemWith("text", QString::fromUtf8(text), "keys"); }
    [[nodiscard]] ContactSheet* sheet() { return m_session->explore()->sheet(); }

    /// Of what is seen now, in both themes.
    void picture(const char* name)
    {
        const QDir folder(QStringLiteral(ARTDAG_BIN_DIR "/../story"));
        QVERIFY(folder.mkpath(QStringLiteral(".")));
        for (const bool dark : {true, false}) {
            m_session->showDark(dark);
            QTest::qWait(120); // colours change within 100 ms
            const QImage seen = m_window->grabWindow();
            QVERIFY(seen.save(folder.filePath(QStringLiteral("%1-%2.png").arg(QString::fromLatin1(name), dark ? QStringLiteral("dark") : QStringLiteral("light")))));
            const QColor corner = seen.pixelColor(2, seen.height() - 3);
            QVERIFY2(dark == (corner.lightness() < 128), qPrintable(corner.name()));
        }
        m_session->showDark(true);
    }
    void write(const char* property, const char* value, const char* kind, const QString& text)
    {
        QQuickItem* box = itemWith(property, QString::fromUtf8(value), kind);
        QVERIFY2(box != nullptr, value);
        click(box);
        type(text);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qunsetenv("ARTDAG_KEY_PASSPHRASE");
        QVERIFY(m_server.start());
        openWindow();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isReady(), patience);
    }
    void cleanupTestCase()
    {
        closeWindow();
        QCOMPARE(m_server.stop(), 0);
    }

    void itBeginsWithTemplatesThatMoveAndNoQuestion()
    {
        m_session->setPlace(QStringLiteral("welcome"));
        QCOMPARE(m_session->templates()->rowCount(), 6);
        const auto ready = [&] {
            for (int row = 0; row < 6; ++row) {
                if (!m_session->templates()->index(row).data(Templates::ReadyRole).toBool())
                    return false;
            }
            return true;
        };
        QTRY_VERIFY_WITH_TIMEOUT(ready(), 2 * patience);
        QVERIFY(m_session->publisher()->account().isEmpty() && !m_session->keys()->isAsking());
        picture("1-welcome");
    }

    void oneClickOpensATemplateThatPlays()
    {
        QElapsedTimer clock;
        click(itemWith("path", QStringLiteral(":/recipes/slit_scan_dawn.artdag"), "still"));
        clock.start();
        QTRY_COMPARE(m_session->place(), QStringLiteral("make"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->player()->isPlaying(), patience);
        QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->viewer()->image().isNull(), patience);
        const int handles = m_session->handles()->rowCount();
        QVERIFY2(handles >= 3 && handles <= 5, qPrintable(QString::number(handles)));
        m_session->player()->pause();
        // What the rest takes is the machine's matter, not the story's.
        Recipe small = *recipe();
        small.canvas.width = 320;
        small.canvas.height = 180;
        small.canvas.duration = 1;
        m_session->document()->reset(small, {});
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled(), 2 * patience);
    }

    void aDraggedHandleShowsPicturesAndTheOnlyHint()
    {
        QQuickItem* track = itemWith("label", QStringLiteral("Melt"), "handle");
        QVERIFY(track != nullptr);
        const auto at = [&](double part) { return track->mapToScene({track->width() * part, track->height() / 2}).toPoint(); };
        QSignalSpy pictures(m_session->viewer(), &Viewer::pictureArrived);
        QTest::mousePress(m_window, Qt::LeftButton, {}, at(0.5));
        QTest::mouseMove(m_window, at(0.6));
        QTest::mouseMove(m_window, at(0.8));
        QTRY_VERIFY_WITH_TIMEOUT(pictures.count() > 0, patience); // while the button is still down
        QTest::mouseRelease(m_window, Qt::LeftButton, {}, at(0.8));
        QVERIFY2(m_session->notice().contains(QStringLiteral("Ctrl+Z")), qPrintable(m_session->notice()));
        picture("2-make");
        m_session->clearNotice();
        QTest::mouseClick(m_window, Qt::LeftButton, {}, at(0.4));
        QVERIFY(m_session->notice().isEmpty()); // once is enough
    }

    void aPhoneClipTakesThePlaceOfTheStandIn()
    {
        QVERIFY(m_maker.make("flat.mov", "-f lavfi -i testsrc2=size=320x180:rate=30:duration=2 -f lavfi -i sine=frequency=330:duration=2 -vf select='not(mod(n\\,5)*mod(n\\,7))' -fps_mode vfr -c:v libx265 -pix_fmt yuv420p10le -x265-params log-level=error -tag:v hvc1 -c:a aac"));
        QVERIFY(m_maker.make("phone.mov", "-i @flat.mov -c copy -metadata:s:v:0 rotate=90"));
        QQuickItem* stage = m_window->findChild<QQuickItem*>(QStringLiteral("stage"));
        QVERIFY(stage != nullptr);
        const QImage before = m_session->viewer()->image();
        drop(m_maker.text("phone.mov"), stage->mapToScene({stage->width() / 2, stage->height() / 2}).toPoint());
        QTRY_VERIFY_WITH_TIMEOUT(!recipe()->inputs.front().fallback.empty(), patience);
        QCOMPARE(recipe()->inputs.size(), std::size_t{1});                                                                                                                    // in its place, not beside it
        QVERIFY2(m_session->notice().contains(QStringLiteral("180 × 320, ")) && m_session->notice().contains(QStringLiteral("with sound")), qPrintable(m_session->notice())); // turned as it is shown
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled() && m_session->viewer()->image() != before && m_session->viewer()->message().isEmpty(), 2 * patience);
        QVERIFY(!itemWith("text", QStringLiteral("Open its recipe"), "pressed")); // no dialog
    }

    void aTextFileIsRefusedInWords()
    {
        const auto text = m_home->path() / "notes.txt";
        QVERIFY(writeFileAtomically(text, bytesOf(std::string_view("not a film at all"))).has_value());
        const std::string before = writeRecipe(*recipe());
        drop(pathToQt(text), {m_window->width() / 2, 20});
        QTRY_VERIFY_WITH_TIMEOUT(m_session->notice().contains(QStringLiteral("notes.txt cannot be used")), patience);
        QCOMPARE(writeRecipe(*recipe()), before);
        m_session->clearNotice();
    }

    void tabPutsAGlowIntoTheWireAndItFollowsTheBeats()
    {
        const auto& wires = m_session->graph()->scene().wires();
        const auto into = std::ranges::find_if(wires, [&](const SceneWire& wire) { return m_session->graph()->scene().cards()[static_cast<std::size_t>(wire.toCard)].name == "print"; });
        QVERIFY(into != wires.end());
        m_canvas->forceActiveFocus();
        m_session->graph()->selectWire(static_cast<int>(into - wires.begin()));
        QTest::keyClick(m_window, Qt::Key_Tab);
        type(QStringLiteral("glo"));
        QTRY_COMPARE(m_session->palette()->query(), QStringLiteral("glo"));
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_VERIFY(recipe()->node("glow") != nullptr);
        QCOMPARE(std::get<Wire>(recipe()->node("print")->port("picture")->value).node, std::string("glow"));
        QQuickItem* row = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((row = itemWith("title", QStringLiteral("Intensity"), "canBeHandle")) != nullptr, patience);
        QTest::mouseClick(m_window, Qt::RightButton, {}, row->mapToScene({40, 12}).toPoint());
        QTRY_VERIFY(choice("Follow") != nullptr);
        click(choice("Follow"));
        QTRY_VERIFY(choice("Beats") != nullptr);
        click(choice("Beats"));
        QTRY_VERIFY(recipe()->node("glow")->arg("intensity") != nullptr && recipe()->node("glow")->arg("intensity")->contains("bind"));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled() && m_session->viewer()->message().isEmpty(), 2 * patience);
        picture("3-follow");
    }

    void eShowsTwelveVariationsOneIsKeptAndOneOpened()
    {
        m_canvas->forceActiveFocus();
        QTest::keyClick(m_window, Qt::Key_E);
        QTRY_VERIFY_WITH_TIMEOUT(sheet()->rowTotal() == 12 && sheet()->isSettled(), 4 * patience);
        picture("4-variations");
        const int before = m_session->gallery()->total();
        QTest::keyClick(m_window, Qt::Key_K);
        QTRY_COMPARE(m_session->gallery()->total(), before + 1);
        QTest::keyClick(m_window, Qt::Key_Right);
        const std::string wanted = writeRecipe(sheet()->recipeOf(1));
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_COMPARE(m_session->place(), QStringLiteral("make"));
        QCOMPARE(writeRecipe(*recipe()), wanted);
    }

    void ctrlEMakesAFilmThatIsCheckedAtOnce()
    {
        const int before = m_session->gallery()->total();
        QTest::keyClick(m_window, Qt::Key_E, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->total(), before + 1, 3 * patience);
        QVERIFY(QFile::exists(m_session->gallery()->currentPath()));
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->check()->isBusy() && m_session->check()->film() == m_session->gallery()->currentPath(), 2 * patience);
        QVERIFY2(m_session->check()->summary().contains(QStringLiteral("the same: ")), qPrintable(m_session->check()->summary()));
        m_session->setPlace(QStringLiteral("explore"));
        m_session->explore()->setView(QStringLiteral("renders"));
        QTRY_VERIFY(itemWith("text", QStringLiteral("Does the recipe give these pixels?"), "font") != nullptr);
        picture("5-renders");
    }

    void aFilmThatWasChangedIsFoundOut()
    {
        const QString film = m_session->gallery()->currentPath();
        auto bytes = readFile(toPath(film));
        QVERIFY(bytes.has_value());
        Bytes changed = *bytes;
        changed[changed.size() / 2] ^= 0xFF;
        QVERIFY(writeFileAtomically(toPath(film), changed).has_value());
        QSignalSpy done(m_session->check(), &FilmCheck::done);
        click(button(QStringLiteral("Check all")));
        QTRY_COMPARE_WITH_TIMEOUT(done.count(), 1, 3 * patience);
        QVERIFY2(!done.constFirst().at(1).toBool(), qPrintable(m_session->check()->summary()));
        QCOMPARE(m_session->check()->answers().constFirst().toMap().value(QStringLiteral("verdict")).toString(), QStringLiteral("no"));
        QVERIFY(writeFileAtomically(toPath(film), *bytes).has_value());
        m_session->clearNotice();
    }

    void withoutAnAccountThePostIsShownAndNothingSent()
    {
        m_session->setPlace(QStringLiteral("share"));
        QTRY_VERIFY(button(QStringLiteral("Publish")) != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->publisher()->checkable().isEmpty(), patience);
        click(button(QStringLiteral("Publish")));
        QTRY_COMPARE(m_session->publisher()->state(), QStringLiteral("noaccount"));
        QVERIFY2(m_session->publisher()->message().contains(QStringLiteral("account")), qPrintable(m_session->publisher()->message()));
        QTRY_VERIFY(button(QStringLiteral("Keep as draft")) != nullptr);
        picture("6-share");
        click(button(QStringLiteral("Keep as draft")));
        QTRY_VERIFY(m_session->publisher()->form()->isDraft());
        click(button(QStringLiteral("Publish")));
        QTRY_VERIFY(button(QStringLiteral("Choose a server")) != nullptr);
        click(button(QStringLiteral("Choose a server")));
        QQuickItem* server = itemWith("placeholderText", QStringLiteral("https://artdag.example"), "echoMode");
        QTRY_VERIFY(server != nullptr && server->hasActiveFocus());
    }

    void withAnAccountItIsPublishedAndCanBeSeen()
    {
        write("placeholderText", "https://artdag.example", "echoMode", QString::fromStdString(m_server.url()));
        write("placeholderText", "giles", "echoMode", QStringLiteral("giles"));
        QQuickItem* password = nullptr;
        for (QQuickItem* item : itemsBelow(m_window->contentItem())) {
            if (item->isVisible() && item->property("echoMode").toInt() == 2 && item->property("placeholderText").toString().isEmpty())
                password = item;
        }
        QVERIFY(password != nullptr);
        click(password);
        type(QStringLiteral("a long enough password"));
        click(itemWith("label", QStringLiteral("Make a new account"), "checked"));
        click(button(QStringLiteral("Register")));
        QTRY_VERIFY2_WITH_TIMEOUT(m_session->publisher()->account().startsWith(QStringLiteral("@giles@")), qPrintable(m_session->publisher()->message()), patience);
        write("placeholderText", "Passphrase", "echoMode", QStringLiteral("correct horse battery"));
        click(button(QStringLiteral("Make key")));
        QTRY_VERIFY_WITH_TIMEOUT(m_session->keys()->isUnlocked(), patience);
        write("placeholderText", "A glowing rose window turns slowly …", "placeholderText", QStringLiteral("Colours that melt downwards"));
        click(button(QStringLiteral("Publish")));
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->publisher()->isBusy(), 2 * patience);
        QVERIFY2(m_session->publisher()->state() == QLatin1String("done"), qPrintable(m_session->publisher()->message() + m_session->publisher()->detail()));
        picture("7-published");
        const QString page = m_session->publisher()->page().toString();
        const HttpAnswer seen = m_server.get(page.mid(QString::fromStdString(m_server.url()).size()).toStdString(), "text/html");
        QCOMPARE(seen.status, 200);
        QVERIFY(seen.body.find("Colours that melt downwards") != std::string::npos);
    }

    void anotherAccountIsAddedWithoutLoggingOut()
    {
        click(button(QStringLiteral("Another account…")));
        QTRY_VERIFY(button(QStringLiteral("Register")) != nullptr || button(QStringLiteral("Log in")) != nullptr);
        QQuickItem* server = itemWith("placeholderText", QStringLiteral("https://artdag.example"), "echoMode");
        QVERIFY(server != nullptr && server->hasActiveFocus());
        picture("7-another-account");
        click(button(QStringLiteral("Cancel")));
        QTRY_VERIFY(button(QStringLiteral("Another account…")) != nullptr);
        QVERIFY(m_session->publisher()->account().startsWith(QStringLiteral("@giles@")));
    }

    void theKeyIsCopiedUnderAPassphraseThatIsTypedTwice()
    {
        click(button(QStringLiteral("Back up…")));
        type(QStringLiteral("for the copy")); // the keys go there
        QTest::keyClick(m_window, Qt::Key_Tab);
        type(QStringLiteral("for the cop"));
        QQuickItem* choose = nullptr;
        QTRY_VERIFY((choose = button(QStringLiteral("Choose folder…"))) != nullptr);
        QVERIFY(!choose->isEnabled());
        type(QStringLiteral("y"));
        QVERIFY(choose->isEnabled());
        picture("7-key-copy");
        click(button(QStringLiteral("Cancel")));
        QTRY_VERIFY(button(QStringLiteral("Back up…")) != nullptr);
    }

    void theKeyIsReplacedAndTheServerTakesNothingMoreOfTheOldOne()
    {
        const QString before = m_session->keys()->fingerprint();
        click(button(QStringLiteral("Replace…")));
        type(QStringLiteral("correct horse")); // there is no keychain, so the keys go to its passphrase
        picture("7-key-replacement");
        click(button(QStringLiteral("Replace key")));
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->keys()->isBusy(), patience);
        QVERIFY2(m_session->keys()->message().contains(QStringLiteral("wrong passphrase")), qPrintable(m_session->keys()->message()));
        QCOMPARE(m_session->keys()->fingerprint(), before);
        picture("7-key-not-replaced");
        click(button(QStringLiteral("Replace…")));
        type(QStringLiteral("correct horse battery"));
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->keys()->isBusy(), patience);
        QVERIFY2(m_session->keys()->message().isEmpty(), qPrintable(m_session->keys()->message()));
        QVERIFY(m_session->keys()->fingerprint() != before);
        const QJsonArray listed = QJsonDocument::fromJson(QByteArray::fromStdString(m_server.get("/users/giles/keys", "application/json").body)).object()[QStringLiteral("keys")].toArray();
        QCOMPARE(listed.size(), 2);
        for (const QJsonValue& key : listed)
            QCOMPARE(key[QStringLiteral("revoked_at")].isNull(), !key[QStringLiteral("kid")].toString().startsWith(before.left(before.size() - 1)));
    }

    void itIsChangedInPlace()
    {
        write("placeholderText", "Title", "echoMode", QStringLiteral(" melting"));
        click(button(QStringLiteral("Update")));
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->publisher()->isBusy(), 2 * patience);
        QVERIFY2(m_session->publisher()->state() == QLatin1String("done"), qPrintable(m_session->publisher()->message()));
        const QString page = m_session->publisher()->page().toString();
        QVERIFY(m_server.get(page.mid(QString::fromStdString(m_server.url()).size()).toStdString(), "text/html").body.find("melting") != std::string::npos);
    }

    void itIsWithdrawnOnlyAfterAQuestion()
    {
        const std::string path = m_session->publisher()->page().path().toStdString();
        click(button(QStringLiteral("Withdraw…")));
        QTRY_VERIFY(button(QStringLiteral("Leave it")) != nullptr);
        picture("8-withdraw");
        click(button(QStringLiteral("Leave it")));
        QTRY_VERIFY(button(QStringLiteral("Leave it")) == nullptr);
        QCOMPARE(m_server.get(path, "text/html").status, 200);
        click(button(QStringLiteral("Withdraw…")));
        QTRY_VERIFY(button(QStringLiteral("Withdraw")) != nullptr);
        QTest::qWait(50); // it has its place when it is open
        click(button(QStringLiteral("Withdraw")));
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->publisher()->isBusy() && m_session->gallery()->currentPage().isEmpty(), 2 * patience);
        QCOMPARE(m_server.get(path, "text/html").status, 410);
    }

    void oneActionShowsABarThatTakesItBack()
    {
        m_session->setPlace(QStringLiteral("make"));
        m_canvas->forceActiveFocus();
        QTest::keyClick(m_window, Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(button(QStringLiteral("Undo")) != nullptr && button(QStringLiteral("Edit")) != nullptr);
        QCOMPARE(m_session->place(), QStringLiteral("make"));
        picture("9-bar");
        click(button(QStringLiteral("Undo")));
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->publisher()->isBusy(), patience);
        QVERIFY(m_session->gallery()->currentPage().isEmpty());
        QTest::keyClick(m_window, Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(button(QStringLiteral("Edit")) != nullptr);
        click(button(QStringLiteral("Edit")));
        QTRY_COMPARE(m_session->place(), QStringLiteral("share"));
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->publisher()->isBusy(), patience);
        QVERIFY(m_session->gallery()->currentPage().isEmpty());
    }

    void aKeptRenderIsPublishedInTwoClicks()
    {
        Recipe another = *recipe();
        another.title = "Two clicks";
        m_session->document()->apply(std::move(another), QStringLiteral("Title"));
        m_session->setPlace(QStringLiteral("make"));
        m_canvas->forceActiveFocus();
        const int before = m_session->gallery()->total();
        QTest::keyClick(m_window, Qt::Key_E, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->total(), before + 1, 3 * patience);
        m_session->setPlace(QStringLiteral("explore"));
        m_session->explore()->setView(QStringLiteral("renders"));
        m_session->commands()->run(QStringLiteral("gallery.keep"));
        QTRY_COMPARE(m_session->gallery()->currentEntry()->mark, QStringLiteral("kept"));
        QTRY_VERIFY(button(QStringLiteral("Publish…")) != nullptr);

        click(button(QStringLiteral("Publish…"))); // one
        QTRY_COMPARE(m_session->place(), QStringLiteral("share"));
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->publisher()->checkable().isEmpty() && !m_session->publisher()->total().isEmpty(), patience);
        // What will be sent stands there: the film with its size, words, who sees it, what is inside of the file.
        QTRY_VERIFY(itemWith("text", QStringLiteral("What is sent: %1").arg(m_session->publisher()->total()), "elide") != nullptr);
        QCOMPARE(itemWith("placeholderText", QStringLiteral("Title"), "echoMode")->property("text").toString(), QStringLiteral("Two clicks"));
        QVERIFY(itemWith("text", QStringLiteral("Without alt text, people who do not see the film will not know what it shows."), "elide") != nullptr);
        QCOMPARE(itemWith("label", QStringLiteral("Visible to"), "displayText")->property("displayText").toString(), QStringLiteral("everyone"));
        QCOMPARE(itemWith("label", QStringLiteral("Inside the file"), "displayText")->property("displayText").toString(), QStringLiteral("nothing"));
        const QString size = QLocale().formattedDataSize(QFileInfo(m_session->gallery()->currentPath()).size(), 1, QLocale::DataSizeSIFormat);
        QVERIFY2(itemWith("text", size, "elide") != nullptr, qPrintable(size));
        picture("8-two-clicks");
        click(button(QStringLiteral("Publish"))); // two
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->publisher()->isBusy(), 2 * patience);
        QVERIFY2(m_session->publisher()->state() == QLatin1String("done"), qPrintable(m_session->publisher()->message() + m_session->publisher()->detail()));

        auto folder = TemporaryDirectory::make();
        QVERIFY(folder.has_value());
        auto store = openStore(folder->path() / "store");
        QVERIFY(store.has_value());
        const auto http = openHttpClient();
        const auto work = fetchWork(*http, toStd(m_session->publisher()->page().toString()), **store, folder->path());
        QVERIFY2(work.has_value(), work ? "" : work.error().message.c_str());
        QCOMPARE(toQt(std::string_view(work->filmId.text())), m_session->gallery()->currentEntry()->contentHash);
    }
};

int main(int argc, char** argv)
{
    return runWindowTest<StoryWindowTest>(argc, argv);
}
#include "story_window_test.moc"
