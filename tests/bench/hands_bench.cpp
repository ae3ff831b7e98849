// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of ./run bench: what hands wait for in the Studio's window, which renders for real. Milliseconds until a draft and until the state of
// a node whose wire was cut are shown, until a cached frame of 1080p is shown; CPU milliseconds of the window's thread for a step of scrolling 10,000
// renders, and of that thread and the one that draws until B stands where A stood; the 95th of a hundred. Prints one line of JSON. Runs under Xvfb.
// Where there is no graphics card, other threads fill the window's pixels: `switch_clock` is by the clock, with them, and `repaint_clock` and
// `repaint` are of a frame in which nothing is another.
#include "core/recipe/edit_recipe.h"
#include "tests/ui/many_renders.h"
#include "tests/ui/studio_window.h"

#include <QQmlExtensionPlugin>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <functional>

#include <pthread.h>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

using namespace artdag;

namespace {
constexpr int times = 100;

double threadMilliseconds(clockid_t of = CLOCK_THREAD_CPUTIME_ID)
{
    timespec now{};
    clock_gettime(of, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double slow(std::vector<double> times) // the 95th of a hundred
{
    std::ranges::sort(times);
    return times.empty() ? -1 : times[times.size() * 95 / 100];
}
} // namespace

class HandsBench : public QObject, StudioWindow {
    Q_OBJECT

    std::map<std::string, double> m_rows;

    [[nodiscard]] Viewer* viewer() const { return m_session->viewer(); }
    void rest() { QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled() && viewer()->isExact(), patience); }
    /// From `act` until `signal` comes with what `enough` waits for.
    template <class Sender, class Signal>
    double until(Sender* sender, Signal signal, const std::function<void()>& act, const std::function<bool()>& enough)
    {
        QEventLoop loop;
        QElapsedTimer clock;
        bool came = false;
        const auto seen = connect(sender, signal, &loop, [&] {
            came |= enough();
            if (came)
                loop.quit();
        });
        QTimer::singleShot(patience, &loop, [&] { loop.exit(1); });
        clock.start();
        act();
        if (!came && loop.exec() != 0)
            qFatal("what was waited for did not come: %s", QTest::currentTestFunction());
        disconnect(seen);
        return static_cast<double>(clock.nsecsElapsed()) / 1e6;
    }
    /// Nine blurs of a gradient.
    static Recipe chain()
    {
        Recipe recipe = sampleRecipe();
        recipe.canvas.width = 1920;
        recipe.canvas.height = 1080;
        recipe.canvas.duration = 10;
        std::string last = "soft";
        for (int i = 0; i < 7; ++i) {
            const std::string name = "blur" + std::to_string(i);
            recipe = *addNode(recipe, "blur", {700.0 + 220 * i, 40}, name);
            recipe = *artdag::connect(recipe, Wire{last, ""}, name, "picture");
            last = name;
        }
        recipe.outputs.front().picture = Wire{last, ""};
        return recipe;
    }

private Q_SLOTS:
    void initTestCase()
    {
        openWindow([](const std::filesystem::path& home) { QVERIFY(writeManyRenders(home / "studio", 10000)); });
        openSample();
        m_session->document()->reset(chain(), {});
        m_canvas->fitAll();
        m_session->graph()->select(QStringLiteral("blur6"));
        rest();
    }
    void cleanupTestCase()
    {
        closeWindow();
        const char* before = "{";
        for (const auto& [name, value] : m_rows) {
            std::printf("%s\"%s\": %.2f", before, name.c_str(), value);
            before = ", ";
        }
        std::printf("}\n");
    }

    void aChangedParameter()
    {
        std::vector<double> drafts, states;
        Document* document = m_session->document();
        for (int i = 0; i < times; ++i) {
            const auto change = [&] { document->apply(setArgument(*document->recipe(), "soft", "radius", Json(5 + 0.37 * i)), QStringLiteral("Radius")); };
            drafts.push_back(until(viewer(), &Viewer::imageChanged, change, [seen = viewer()->image().cacheKey(), this] { return viewer()->image().cacheKey() != seen; }));
            rest();
        }
        bool told = false;
        const auto spy = connect(m_session->graph(), &GraphModel::dataChanged, this, [&](const QModelIndex& first, const QModelIndex& last, const QList<int>& roles) {
            const int row = m_session->graph()->scene().card("soft");
            told |= first.row() <= row && row <= last.row() && (roles.isEmpty() || roles.contains(GraphModel::StateRole));
        });
        for (int i = 0; i < times; ++i) { // without its wire it waits for one
            told = false;
            const auto change = [&] { i % 2 == 0 ? static_cast<void>(document->apply(artdag::disconnect(*document->recipe(), "soft", "picture"), QStringLiteral("Cut"))) : document->undo(); };
            states.push_back(until(m_session->graph(), &GraphModel::dataChanged, change, [&] { return told; }));
            QTRY_VERIFY_WITH_TIMEOUT(m_session->isSettled(), patience);
        }
        disconnect(spy);
        m_rows["draft"] = slow(drafts);
        m_rows["state"] = slow(states);
    }

    void aCachedFrame()
    {
        std::map<qint64, QImage> pictures;
        const auto frameOf = [](int i) { return qint64{(i * 37 + 11) % 100}; };
        for (int i = 0; i < times; ++i) {
            m_session->player()->seek(frameOf(i));
            rest();
            pictures[frameOf(i)] = viewer()->image();
        }
        std::vector<double> frames;
        for (int i = 0; i < times; ++i) {
            const auto right = [&] { return viewer()->image() == pictures[frameOf(i)]; };
            frames.push_back(until(
                m_window, &QQuickWindow::frameSwapped, [&] { m_session->player()->seek(frameOf(i)); }, right));
        }
        m_rows["scrub"] = slow(frames);
    }

    void theOtherSide()
    {
        std::atomic<clockid_t> drawing{CLOCK_THREAD_CPUTIME_ID};
        std::atomic<qint64> drawn = 0, swapped = 0; // the picture that was in the window when it was handed over, and when that was on the screen
        connect(
            m_window, &QQuickWindow::afterSynchronizing, this, [&] {
                clockid_t clock{};
                pthread_getcpuclockid(pthread_self(), &clock);
                drawing = clock;
                drawn = viewer()->shownImage().cacheKey();
            },
            Qt::DirectConnection);
        connect(
            m_window, &QQuickWindow::frameSwapped, this, [&] { swapped = drawn.load(); }, Qt::DirectConnection);
        const auto both = [&] { return threadMilliseconds() + threadMilliseconds(drawing); };
        m_canvas->forceActiveFocus();
        QTest::keyClick(m_window, Qt::Key_3); // what is shown is kept in a slot
        m_session->graph()->select(QStringLiteral("sky"));
        rest();
        const auto measure = [&](const std::string& name, const std::function<void()>& act, const std::function<bool()>& enough) {
            std::vector<double> costs, clocks;
            for (int i = 0; i < times; ++i) {
                QTest::qWait(50); // no frame is under way
                const double began = both();
                clocks.push_back(until(m_window, &QQuickWindow::frameSwapped, act, enough));
                costs.push_back(both() - began);
            }
            m_rows[name] = slow(costs);
            m_rows[name + "_clock"] = slow(clocks);
        };
        measure(
            "repaint", [this] { m_window->update(); }, [] { return true; });
        qint64 before = 0;
        const auto flip = [&] {
            before = viewer()->shownImage().cacheKey();
            QTest::keyClick(m_window, Qt::Key_Q);
        };
        measure("switch", flip, [&] { return swapped != before && swapped == viewer()->shownImage().cacheKey(); });
        disconnect(m_window, nullptr, this, nullptr);
    }

    void tenThousandRenders()
    {
        m_session->setPlace(QStringLiteral("explore"));
        m_session->explore()->setView(QStringLiteral("renders"));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->gallery()->total(), 10000, patience);
        auto* grid = m_window->findChild<QQuickItem*>(QStringLiteral("galleryGrid"));
        QVERIFY(grid != nullptr);
        QTest::qWait(500);
        std::vector<double> steps;
        for (int i = 0; i < times; ++i) {
            const double began = threadMilliseconds();
            grid->setProperty("contentY", grid->property("contentY").toDouble() + 90);
            QCoreApplication::processEvents();
            steps.push_back(threadMilliseconds() - began);
        }
        m_rows["scroll"] = slow(steps);
    }
};

int main(int argc, char** argv)
{
    return runWindowTest<HandsBench>(argc, argv);
}
#include "hands_bench.moc"
