// SPDX-License-Identifier: GPL-3.0-or-later
// Sources that move, grow and fall: loops without a seam, automata and bodies.
#include "tests/support/made_pictures.h"

using namespace artdag;
using namespace artdag::test;

class MovingSourcesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void currentsHaveNoSources();
    void comesBackWithoutASeam_data();
    void comesBackWithoutASeam();
    void noiseCyclesWithoutASeam_data();
    void noiseCyclesWithoutASeam();
    void aPreviewLooksLikeTheFilm_data();
    void aPreviewLooksLikeTheFilm();
    void attractorIsItsFormula();
    void particlesFallAsBodiesDo_data();
    void particlesFallAsBodiesDo();
    void twoEqualPendulumsDrawACircle();
    void aSquareIsDrawnWithItsCorners();
    void aCarelessRuleIsNamed();
    void rule90IsPascalsTriangle();
    void lifeFollowsItsRule();
    void spiralsEatTheirNeighbours();
};

void MovingSourcesTest::currentsHaveNoSources()
{
    const SwirlField field({.seed = 4, .cell = 60, .octaves = 1, .z = 0.3, .width = 400, .height = 300});
    double outwards = 0, along = 0;
    auto cross = [&](float x, float y, double nx, double ny) {
        const Current current = field.at(x, y);
        outwards += nx * static_cast<double>(current.x) + ny * static_cast<double>(current.y);
        along += std::abs(nx * static_cast<double>(current.x) + ny * static_cast<double>(current.y));
    };
    for (int i = 0; i < 2000; ++i) {
        const float t = (static_cast<float>(i) + 0.5F) / 2000.0F;
        cross(100 + 150 * t, 80, 0, -1.2);
        cross(100 + 150 * t, 230, 0, 1.2);
        cross(100, 80 + 150 * t, -1.2, 0);
        cross(250, 80 + 150 * t, 1.2, 0);
    }
    QVERIFY2(std::abs(outwards) < 0.01 * along, qPrintable(QString("%1 of %2").arg(outwards).arg(along)));
}

void MovingSourcesTest::comesBackWithoutASeam_data()
{
    QTest::addColumn<QString>("effect");
    for (const char* effect : {"particles", "plasma", "attractor", "circles", "voronoi", "flow_field", "truchet", "harmonograph", "l_system"})
        QTest::newRow(effect) << effect;
}

void MovingSourcesTest::comesBackWithoutASeam()
{
    QFETCH(const QString, effect);
    EffectRun run = runOf(effect.toStdString(), EffectRun::smallCanvas());
    run.set("speed", 0.43);
    run.set("loop", Moment{4 * flicksPerSecond});
    for (const int frame : {0, 17, 119}) {
        const Picture now = frameOf(run, frame);
        QCOMPARE(difference(now, frameOf(run, frame + 120)), 0.0);
        QCOMPARE(difference(now, frameOf(run, frame + 360)), 0.0);
        QVERIFY(difference(now, frameOf(run, frame + 40)) > 1e-4);
    }
    // The last step is no longer than the others.
    const double seam = difference(frameOf(run, 119), frameOf(run, 120)), first = difference(frameOf(run, 120), frameOf(run, 121)), middle = difference(frameOf(run, 59), frameOf(run, 60));
    QVERIFY2(seam < 2.5 * std::max(first, middle), qPrintable(QString("%1 after %2 and %3").arg(seam).arg(first).arg(middle)));
}

void MovingSourcesTest::noiseCyclesWithoutASeam_data()
{
    QTest::addColumn<int>("kind");
    for (const int kind : {0, 1, 2, 3})
        QTest::addRow("%d", kind) << kind;
}

void MovingSourcesTest::noiseCyclesWithoutASeam()
{
    QFETCH(const int, kind);
    auto at = [&](double evolution, std::int64_t cycle) {
        EffectRun run = runOf("noise", EffectRun::smallCanvas());
        run.set("kind", std::int64_t{kind});
        run.set("evolution", evolution);
        run.set("cycle", cycle);
        return frameOf(run);
    };
    QVERIFY(difference(at(0.25, 3), at(3.25, 3)) < 1e-6);
    QVERIFY(difference(at(-0.5, 3), at(2.5, 3)) < 1e-6);
    QVERIFY(difference(at(0.25, 3), at(1.25, 3)) > 0.01);
    QVERIFY(difference(at(2.999, 3), at(3.001, 3)) < 0.01);
    QVERIFY(difference(at(0.25, 0), at(3.25, 0)) > 0.01);
}

void MovingSourcesTest::aPreviewLooksLikeTheFilm_data()
{
    comesBackWithoutASeam_data();
    for (const char* effect : {"cellular_automata", "noise", "test_pattern"})
        QTest::newRow(effect) << effect;
}

void MovingSourcesTest::aPreviewLooksLikeTheFilm()
{
    QFETCH(const QString, effect);
    const Picture film = frameOf(runOf(effect.toStdString(), 960, 540, 0.5), 20), preview = frameOf(runOf(effect.toStdString(), 480, 270, 0.25), 20);
    double sum = 0, swing = 0, mean = 0;
    for (int y = 0; y < 270; ++y)
        for (int x = 0; x < 480; ++x) {
            double light = 0;
            for (const auto& [dx, dy] : {std::pair{0, 0}, {1, 0}, {0, 1}, {1, 1}})
                light += 0.25 * static_cast<double>(film.view().at(green, 2 * x + dx, 2 * y + dy));
            sum += std::abs(toDisplay(light) - toneAt(preview, x, y));
            mean += toDisplay(light) / (480 * 270);
        }
    for (int y = 0; y < 270; ++y)
        for (int x = 0; x < 480; ++x)
            swing += std::abs(toneAt(preview, x, y) - mean);
    QVERIFY2(sum < 0.2 * swing, qPrintable(QString("differs by %1, swings by %2").arg(sum / (480 * 270)).arg(swing / (480 * 270))));
}

void MovingSourcesTest::attractorIsItsFormula()
{
    constexpr int size = 256, blocks = 16;
    const double a = 1.641, b = 1.902, c = 0.316, d = 1.525;
    EffectRun run = runOf("attractor", size, size);
    run.set("kind", std::int64_t{1});
    for (const auto& [name, value] : {std::pair{"a", a}, {"b", b}, {"c", c}, {"d", d}, {"wander", 0.0}, {"points", 40.0}})
        run.set(name, value);
    run.set("exposure", 0.01); // where the logarithm is nearly straight
    run.set("colours", blackToWhite);
    const Picture picture = frameOf(run);
    std::vector<double> ours(blocks * blocks), theirs(blocks * blocks);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x)
            ours[static_cast<std::size_t>(y / blocks * blocks + x / blocks)] += std::exp2(8 * toneAt(picture, x, y)) - 1;
    double x = 0.1, y = 0.1;
    std::vector<std::pair<double, double>> path;
    for (int i = 0; i < 3'000'000; ++i) {
        const double nextX = std::sin(a * y) - std::cos(b * x);
        y = std::sin(c * x) - std::cos(d * y);
        x = nextX;
        path.push_back({x, y});
    }
    // The whole fills nine tenths of the canvas, its middle in the middle.
    double x0 = 9, x1 = -9, y0 = 9, y1 = -9;
    for (const auto& [px, py] : path)
        x0 = std::min(x0, px), x1 = std::max(x1, px), y0 = std::min(y0, py), y1 = std::max(y1, py);
    const double fit = 0.9 * size / std::max(x1 - x0, y1 - y0);
    for (const auto& [u, v] : path) {
        const int px = static_cast<int>((u - (x0 + x1) / 2) * fit + size / 2.0), py = static_cast<int>((v - (y0 + y1) / 2) * fit + size / 2.0);
        theirs[static_cast<std::size_t>(py / blocks * blocks + px / blocks)] += 1;
    }
    double sumOurs = 0, sumTheirs = 0, off = 0;
    for (std::size_t i = 0; i < ours.size(); ++i)
        sumOurs += ours[i], sumTheirs += theirs[i];
    for (std::size_t i = 0; i < ours.size(); ++i)
        off += std::abs(ours[i] / sumOurs - theirs[i] / sumTheirs);
    QVERIFY2(off < 0.1, qPrintable(QString::number(off)));
}

void MovingSourcesTest::particlesFallAsBodiesDo_data()
{
    QTest::addColumn<double>("drag");
    for (const double drag : {0.0, 0.002, 0.7, 3.0})
        QTest::addRow("drag %g", drag) << drag;
}

void MovingSourcesTest::particlesFallAsBodiesDo()
{
    QFETCH(const double, drag);
    constexpr double lifetime = 4, gravity = 60, velocity = 50;
    EffectRun run = runOf("particles", 700, 900);
    run.set("position", Vec2{0.2, 0.1});
    run.set("emitter_size", Vec2{0, 0});
    run.set("background", Colour{0, 0, 0, 0});
    run.set("colours", Gradient{{0.0, {1, 1, 1, 1}}, {1.0, {1, 1, 1, 1}}});
    run.set("loop", Moment{0}); // lives are not fitted into one
    for (const auto& [name, value] : {std::pair{"lifetime", lifetime}, {"lifetime_spread", 0.0}, {"direction", 0.0}, {"spread", 0.0}, {"velocity", velocity}, {"velocity_spread", 0.0}, {"gravity", gravity}, {"drag", drag}, {"turbulence", 0.0}, {"fade_in", 0.0}, {"fade_out", 0.0}, {"size_spread", 0.0}, {"size_end", 1.0}})
        run.set(name, value);
    const Mass mass = massOf(frameOf(run, 33));
    // Ages are even between 0 and the lifetime; each body's way by many small steps of v' = g − drag · v.
    double x = 0, y = 0, vx = velocity, vy = 0, meanX = 0, meanY = 0;
    constexpr int steps = 40000;
    for (int i = 0; i < steps; ++i) {
        constexpr double dt = lifetime / steps;
        meanX += x / steps, meanY += y / steps;
        x += vx * dt, y += vy * dt;
        vx -= drag * vx * dt, vy += (gravity - drag * vy) * dt;
    }
    QVERIFY2(std::abs(mass.x - 140 - meanX) < 1.5, qPrintable(QString("%1 instead of %2").arg(mass.x - 140).arg(meanX)));
    QVERIFY2(std::abs(mass.y - 90 - meanY) < 1.5, qPrintable(QString("%1 instead of %2").arg(mass.y - 90).arg(meanY)));
}

void MovingSourcesTest::twoEqualPendulumsDrawACircle()
{
    EffectRun run = runOf("harmonograph", 400, 400);
    for (const auto& [name, value] : {std::pair{"across", 1.0}, {"down", 1.0}, {"detune", 0.0}, {"table", 0.0}, {"phase", 90.0}, {"decay", 0.0}, {"turns", 1.0}, {"size", 0.8}, {"width", 3.0}, {"glow", 0.0}, {"brightness", 1.0}})
        run.set(name, value);
    run.set("background", black);
    run.set("colours", Gradient{{0.0, {1, 1, 1, 1}}, {1.0, {1, 1, 1, 1}}});
    const Picture circle = frameOf(run);
    for (int y = 0; y < 400; ++y)
        for (int x = 0; x < 400; ++x) {
            const double off = std::abs(std::hypot(x + 0.5 - 200, y + 0.5 - 200) - 160);
            const double light = circle.view().at(green, x, y);
            QVERIFY2(off < 3.6 || light < 1e-3, qPrintable(QString("light at %1,%2").arg(x).arg(y)));
            if (off < 0.3 && y < 190) // away from where the line ends on its beginning
                QVERIFY2(std::abs(light - 1) < 0.12, qPrintable(QString("%1 at %2,%3").arg(light).arg(x).arg(y)));
        }
}

void MovingSourcesTest::aSquareIsDrawnWithItsCorners()
{
    EffectRun run = runOf("l_system", 400, 300);
    run.set("form", std::int64_t{8});
    run.set("axiom", std::string("A"));
    run.set("rules", std::string("A = F+F+F+F"));
    run.set("iterations", std::int64_t{1});
    run.set("angle", 90.0);
    run.set("variation", 0.0);
    run.set("size", 0.8);
    run.set("width", 6.0);
    run.set("colours", Gradient{{0.0, {1, 1, 1, 1}}, {1.0, {1, 1, 1, 1}}});
    run.set("background", black);
    const Picture square = frameOf(run);
    for (int y = 0; y < 300; ++y)
        for (int x = 0; x < 400; ++x) { // a side of 0.8 · 300 px about the middle
            const double dx = std::abs(x + 0.5 - 200) - 120, dy = std::abs(y + 0.5 - 150) - 120;
            const double off = dx > 0 && dy > 0 ? std::hypot(dx, dy) : std::abs(std::max(dx, dy));
            const double cover = square.view().at(green, x, y);
            QVERIFY2(off > 2.4 || cover > 0.99, qPrintable(QString("nothing at %1,%2").arg(x).arg(y)));
            QVERIFY2(off < 3.6 || cover < 0.01, qPrintable(QString("something at %1,%2").arg(x).arg(y)));
        }
}

void MovingSourcesTest::aCarelessRuleIsNamed()
{
    EffectRun run = runOf("l_system", 40, 30);
    run.set("rules", std::string("F=FF; oops"));
    QVERIFY(!run.facts());
    QCOMPARE(run.facts().error().fault, Fault::BadInput);
    QVERIFY(run.facts().error().message.starts_with("rules: 'oops'"));
    EffectRun life = runOf("cellular_automata", 40, 30);
    for (const char* rule : {"", "three", "3/23", "B3/S9"}) {
        life.set("life_rule", std::string(rule));
        QVERIFY2(!life.facts(), rule);
        QVERIFY(life.facts().error().message.starts_with("life_rule: "));
    }
    life.set("life_rule", std::string("b36 / s23"));
    QVERIFY(life.facts());
}

void MovingSourcesTest::rule90IsPascalsTriangle()
{
    EffectRun run = runOf("cellular_automata", 256, 64);
    run.set("kind", std::int64_t{0});
    run.set("columns", std::int64_t{256});
    run.set("rule", std::int64_t{90});
    run.set("single", true);
    run.set("trail", 0.0);
    run.set("evolution", 0.0);
    run.set("speed", 0.0);
    run.set("colours", blackToWhite);
    const Picture triangle = frameOf(run);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 256; ++x) {
            const int k = x - 128 + y; // C(y, k/2) is odd if no bit of k/2 is outside y
            const bool odd = k >= 0 && k % 2 == 0 && k / 2 <= y && ((k / 2) & ~y) == 0;
            QCOMPARE(triangle.view().at(green, x, y), odd ? 1.0F : 0.0F);
        }
}

void MovingSourcesTest::lifeFollowsItsRule()
{
    constexpr int width = 64, height = 48;
    EffectRun run = runOf("cellular_automata", width, height);
    run.set("kind", std::int64_t{1});
    run.set("columns", std::int64_t{width});
    run.set("trail", 0.0);
    run.set("density", 0.37);
    run.set("colours", blackToWhite);
    run.set("speed", 0.0);
    run.set("evolution", 0.0);
    std::vector<int> cells(width * height);
    const Picture start = frameOf(run);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            cells[static_cast<std::size_t>(y * width + x)] = start.view().at(green, x, y) > 0.5F ? 1 : 0;
    const auto living = std::count(cells.begin(), cells.end(), 1);
    QVERIFY(std::abs(static_cast<double>(living) / cells.size() - 0.37) < 0.04);
    for (int generation = 0; generation < 60; ++generation) {
        std::vector<int> next(cells.size());
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                int around = 0;
                for (int dy = -1; dy <= 1; ++dy)
                    for (int dx = -1; dx <= 1; ++dx)
                        around += cells[static_cast<std::size_t>((y + dy + height) % height * width + (x + dx + width) % width)];
                const int own = cells[static_cast<std::size_t>(y * width + x)];
                next[static_cast<std::size_t>(y * width + x)] = around == 3 || (own == 1 && around == 4) ? 1 : 0;
            }
        cells = next;
    }
    run.set("evolution", 60.0);
    const Picture later = frameOf(run);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            QCOMPARE(later.view().at(green, x, y), static_cast<float>(cells[static_cast<std::size_t>(y * width + x)]));
}

void MovingSourcesTest::spiralsEatTheirNeighbours()
{
    constexpr int width = 64, height = 48, states = 8;
    EffectRun run = runOf("cellular_automata", width, height);
    run.set("columns", std::int64_t{width});
    run.set("states", std::int64_t{states});
    run.set("speed", 0.0);
    // Walked up and down, a gradient of half the states: states 0 … 4 can be told apart, and 0 from 7 by what they become.
    run.set("colours", blackToWhite);
    auto tones = [&](double evolution) {
        run.set("evolution", evolution);
        const Picture picture = frameOf(run);
        std::vector<int> list;
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                list.push_back(static_cast<int>(std::lround(toneAt(picture, x, y) * states / 2)));
        return list;
    };
    const std::vector<int> before = tones(100), after = tones(101);
    int moved = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const auto at = static_cast<std::size_t>(y * width + x);
            if (before[at] == after[at])
                continue;
            ++moved;
            QCOMPARE(std::abs(after[at] - before[at]), 1); // only to the next state
            bool found = false;                            // which was beside it
            for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}})
                found = found || before[static_cast<std::size_t>((y + dy + height) % height * width + (x + dx + width) % width)] == after[at];
            QVERIFY(found);
        }
    QVERIFY2(moved > width * height / 4, qPrintable(QString::number(moved)));
}

QTEST_GUILESS_MAIN(MovingSourcesTest)
#include "moving_sources_test.moc"
