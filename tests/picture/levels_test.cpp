// SPDX-License-Identifier: GPL-3.0-or-later
// The x86-64 levels give equal bytes: each row kernel by itself, and whole paths in processes forced by ARTDAG_SIMD.
// That no code for a newer CPU leaks out of its level (a weak symbol would) is seen by tests/house/kernel_symbols.py.
#include "core/base/digest.h"
#include "core/base/random.h"
#include "core/picture/filter.h"
#include "core/picture/picture.h"
#include "core/picture/pointwise.h"
#include "core/picture/rows.h"
#include "core/picture/simd.h"

#include <QDir>
#include <QProcess>
#include <QtTest>

#include <cstdio>
#include <cstring>
#include <functional>
#include <limits>
#include <vector>

using namespace artdag;

namespace {

constexpr long longest = 331; ///< whole vectors of each level and a rest
constexpr int pad = 40;

/// Eight rows of floats with every kind of value a picture may hold, and byte rows; kernels write into copies of it.
struct Rows {
    std::vector<float> floats[8];
    std::vector<unsigned char> bytes;
    std::vector<unsigned short> words;

    explicit Rows(std::uint64_t seed)
    {
        constexpr float special[] = {0.0F, -0.0F, 1.0F, -1.0F, 0.5F, 0.0031308F, 0.04045F, 1e-30F, 1e30F, -1e30F, 1e-44F, 255.0F};
        for (std::size_t row = 0; row < 8; ++row)
            for (std::size_t i = 0; i < 2 * longest + 2 * pad; ++i) {
                const std::uint64_t bits = randomBits(seed, row, i);
                const auto value = static_cast<float>(randomUnit(seed + 1, row, i) * 3.0 - 1.0);
                floats[row].push_back(bits % 16 == 0 ? special[bits / 16 % std::size(special)] : value);
            }
        for (std::size_t i = 0; i < 4 * longest; ++i) {
            bytes.push_back(static_cast<unsigned char>(randomBits(seed, 9, i)));
            words.push_back(static_cast<unsigned short>(randomBits(seed, 10, i)));
        }
    }
    float* at(int row) { return floats[row].data() + pad; }
    Digest digest() const
    {
        Hasher hasher;
        for (const auto& row : floats)
            hasher.add(ByteView(reinterpret_cast<const std::uint8_t*>(row.data()), row.size() * sizeof(float)));
        hasher.add(bytes).add(ByteView(reinterpret_cast<const std::uint8_t*>(words.data()), words.size() * 2));
        return hasher.finish();
    }
};

struct KernelCase {
    const char* name;
    std::function<void(const RowKernels&, Rows&, long n)> run;
};

const CodeScale narrow{16, 1.0F / 219, 219, 16, 255};
const CodeScale wide{0, 1.0F / 65535, 65535, 0, 65535};

const std::vector<KernelCase>& kernelCases()
{
    using K = const RowKernels&;
    static const std::vector<KernelCase> cases = {
        {"srgbToLinear", [](K k, Rows& r, long n) { k.srgbToLinear(r.at(0), r.at(4), n); }},
        {"linearToSrgb", [](K k, Rows& r, long n) { k.linearToSrgb(r.at(0), r.at(4), n); }},
        {"linearToSrgb in place", [](K k, Rows& r, long n) { k.linearToSrgb(r.at(0), r.at(0), n); }},
        {"toDisplay", [](K k, Rows& r, long n) { float* out[4] = {r.at(4), r.at(5), r.at(6), r.at(7)}; const float* in[4] = {r.at(0), r.at(1), r.at(2), r.at(3)}; k.toDisplay(in, out, n); }},
        {"toDisplay in place", [](K k, Rows& r, long n) { float* out[4] = {r.at(0), r.at(1), r.at(2), r.at(3)}; const float* in[4] = {r.at(0), r.at(1), r.at(2), r.at(3)}; k.toDisplay(in, out, n); }},
        {"fromDisplay", [](K k, Rows& r, long n) { float* out[4] = {r.at(4), r.at(5), r.at(6), r.at(7)}; const float* in[4] = {r.at(0), r.at(1), r.at(2), r.at(3)}; k.fromDisplay(in, out, n); }},
        {"toScreen", [](K k, Rows& r, long n) { const float* in[4] = {r.at(0), r.at(1), r.at(2), r.at(3)}; k.toScreen(in, r.bytes.data(), n); }},
        {"fill", [](K k, Rows& r, long n) { k.fill(r.at(4), n, 0.7F); }},
        {"scale", [](K k, Rows& r, long n) { k.scale(r.at(0), r.at(4), n, 1.7F, -0.3F); }},
        {"lerp", [](K k, Rows& r, long n) { k.lerp(r.at(0), r.at(1), r.at(4), n, 0.37F); }},
        {"lerpBy", [](K k, Rows& r, long n) { k.lerpBy(r.at(0), r.at(1), r.at(2), r.at(4), n); }},
        {"multiply", [](K k, Rows& r, long n) { k.multiply(r.at(0), r.at(1), r.at(4), n); }},
        {"addScaled", [](K k, Rows& r, long n) { k.addScaled(r.at(0), r.at(4), n, 0.3F); }},
        {"unpremultiply", [](K k, Rows& r, long n) { float* out[4] = {r.at(4), r.at(5), r.at(6), r.at(7)}; const float* in[4] = {r.at(0), r.at(1), r.at(2), r.at(3)}; k.unpremultiply(in, out, n); }},
        {"premultiply", [](K k, Rows& r, long n) { float* out[4] = {r.at(4), r.at(5), r.at(6), r.at(7)}; const float* in[4] = {r.at(0), r.at(1), r.at(2), r.at(3)}; k.premultiply(in, out, n); }},
        {"matrix", [](K k, Rows& r, long n) { constexpr float m[12] = {.9F, .1F, -.2F, .05F, .3F, .8F, .1F, 0, -.1F, .2F, 1.1F, -.3F}; float* rows[4] = {r.at(0), r.at(1), r.at(2), r.at(3)}; k.matrix(m, rows, rows, n, 1); k.matrix(m, rows, rows, n, 0); }},
        {"matrix3", [](K k, Rows& r, long n) { constexpr float m[9] = {.9F, .1F, -.2F, .3F, .8F, .1F, -.1F, .2F, 1.1F}; float* rows[3] = {r.at(0), r.at(1), r.at(2)}; k.matrix3(m, rows, rows, n); }},
        {"sha3Of8", [](K k, Rows& r, long n) { const unsigned char* in[8]; for (long i = 0; i < 8; ++i) in[i] = r.bytes.data() + n + i; unsigned char out[256]; k.sha3Of8(in, n, out); std::memcpy(r.at(0), out, 256); }},
        {"over", [](K k, Rows& r, long n) { float* above[4] = {r.at(4), r.at(5), r.at(6), r.at(7)}; const float* below[4] = {r.at(0), r.at(1), r.at(2), r.at(3)}; k.over(below, above, above, n, 0.8F); }},
        {"load8", [](K k, Rows& r, long n) { k.load8(r.bytes.data(), 1, r.at(0), n, narrow); k.load8(r.bytes.data(), 3, r.at(1), n, narrow); k.load8(r.bytes.data(), 4, r.at(2), n, narrow); }},
        {"load16", [](K k, Rows& r, long n) { k.load16(r.words.data(), 1, r.at(0), n, wide); k.load16(r.words.data(), 3, r.at(1), n, wide); k.load16(r.words.data(), 4, r.at(2), n, wide); }},
        {"store8", [](K k, Rows& r, long n) { k.store8(r.at(0), r.bytes.data(), 1, n, narrow); k.store8(r.at(1), r.bytes.data() + 1, 3, n, narrow); k.store8(r.at(2), r.bytes.data() + 2, 4, n, narrow); }},
        {"store16", [](K k, Rows& r, long n) { k.store16(r.at(0), r.words.data(), 1, n, wide); k.store16(r.at(1), r.words.data() + 1, 3, n, wide); k.store16(r.at(2), r.words.data() + 2, 4, n, wide); }},
        {"fromYcc", [](K k, Rows& r, long n) { float* out[3] = {r.at(4), r.at(5), r.at(6)}; k.fromYcc(r.at(0), r.at(1), r.at(2), out, n, {1.5748F, -0.1873F, -0.4681F, 1.8556F}); }},
        {"toYcc", [](K k, Rows& r, long n) { const float* in[3] = {r.at(0), r.at(1), r.at(2)}; k.toYcc(in, r.at(4), r.at(5), r.at(6), n, {0.2126F, 0.7152F, 0.0722F, 0.5389F, 0.635F}); k.luma(in, r.at(7), n, {0.2126F, 0.7152F, 0.0722F, 0.5389F, 0.635F}); }},
        {"mix2", [](K k, Rows& r, long n) { k.mix2(r.at(0), r.at(1), r.at(4), n, 0.75F, 0.25F); }},
        {"mix4", [](K k, Rows& r, long n) { const float* in[4] = {r.at(0), r.at(1), r.at(2), r.at(3)}; constexpr float w[4] = {-.25F, .75F, .75F, -.25F}; k.mix4(in, r.at(4), n, w); }},
        {"mix5", [](K k, Rows& r, long n) { const float* in[5] = {r.at(0), r.at(1), r.at(2), r.at(3), r.at(5)}; constexpr float w[5] = {-.125F, .25F, .75F, .25F, -.125F}; k.mix5(in, r.at(4), n, w); }},
        {"spreadCosited", [](K k, Rows& r, long n) { k.spreadCosited(r.at(0), r.at(4), n); }},
        {"spreadCentred", [](K k, Rows& r, long n) { k.spreadCentred(r.at(0), r.at(4), n); }},
        {"gatherCosited", [](K k, Rows& r, long n) { k.gatherCosited(r.at(0), r.at(4), n); }},
        {"gatherCentred", [](K k, Rows& r, long n) { k.gatherCentred(r.at(0), r.at(4), n); }},
        {"halve", [](K k, Rows& r, long n) { k.halve(r.at(0), r.at(4), n); }},
        {"firAlong", [](K k, Rows& r, long n) { constexpr float w[6] = {.3F, .2F, .1F, .03F, .015F, .005F}; k.firAlong(r.at(0), r.at(4), n, w, 5); }},
        {"firAcross", [](K k, Rows& r, long n) { constexpr float w[4] = {.3F, .2F, .1F, .05F}; const float* in[7] = {r.at(0), r.at(1), r.at(2), r.at(3), r.at(5), r.at(6), r.at(7)}; k.firAcross(in, r.at(4), n, w, 3); }},
    };
    return cases;
}

std::vector<SimdLevel> levelsOfThisMachine()
{
    std::vector<SimdLevel> levels{SimdLevel::V2};
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
        levels.push_back(SimdLevel::V3);
    if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq"))
        levels.push_back(SimdLevel::V4);
    return levels;
}

/// Everything a render does to pixels in this room, as one digest.
Digest digestOfEverything()
{
    Hasher hasher;
    for (const SampleFormat format : {SampleFormat::Yuv420p, SampleFormat::Yuv422p10, SampleFormat::Yuva420p, SampleFormat::Rgb24, SampleFormat::Rgba64, SampleFormat::Gray8})
        for (const Transfer transfer : {Transfer::Srgb, Transfer::Pq, Transfer::Hlg}) {
            Coding coding;
            coding.format = format;
            coding.transfer = transfer;
            PackedPicture packed = makePacked(203, 57, coding);
            for (std::size_t i = 0; i < packed.data.size(); ++i)
                packed.data[i] = static_cast<std::uint8_t>(randomBits(5, i) & (format == SampleFormat::Yuv422p10 && i % 2 == 1 ? 3 : 255));
            Picture linear({0, 0, 203, 57});
            decodeToLinear(packed.view(), linear.view());
            Picture blurred(linear.rect());
            gaussianBlur(std::as_const(linear).view(), blurred.view(), 1.7, 11.0, EdgeMode::Mirror);
            over(std::as_const(linear).view(), std::as_const(blurred).view(), blurred.view(), 0.6F);
            toDisplay(std::as_const(blurred).view(), blurred.view());
            applyMatrix({{{.9F, .2F, 0, .01F}, {.1F, .8F, .1F, 0}, {0, 0, 1, -.02F}}}, std::as_const(blurred).view(), blurred.view(), false);
            fromDisplay(std::as_const(blurred).view(), blurred.view());
            encodeFromLinear(std::as_const(blurred).view(), packed);
            std::vector<std::uint8_t> screen(203 * 57 * 4);
            toDisplayRgba(std::as_const(blurred).view(), screen.data(), 203 * 4);
            hasher.add(packed.data).add(screen);
        }
    return hasher.finish();
}

} // namespace

class LevelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachKernelGivesEqualBytes_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(kernelCases().size()); ++i)
            QTest::newRow(kernelCases()[static_cast<std::size_t>(i)].name) << i;
    }
    void eachKernelGivesEqualBytes()
    {
        QFETCH(int, index);
        const KernelCase& kernel = kernelCases()[static_cast<std::size_t>(index)];
        for (const long n : {1L, 3L, 17L, 64L, 130L, longest}) {
            const Digest before = Rows(static_cast<std::uint64_t>(n)).digest();
            std::vector<Digest> digests;
            for (const SimdLevel level : levelsOfThisMachine()) {
                Rows rows(static_cast<std::uint64_t>(n));
                kernel.run(rowKernelsOf(level), rows, n);
                digests.push_back(rows.digest());
            }
            QVERIFY(digests[0] != before);
            for (const Digest& digest : digests)
                QVERIFY2(digest == digests[0], qPrintable(QString("n = %1").arg(n)));
        }
    }

    void allOneSeesOneOddSampleAnywhere()
    {
        std::vector<float> row(longest, 1.0F);
        for (const SimdLevel level : levelsOfThisMachine()) {
            QCOMPARE(rowKernelsOf(level).allOne(row.data(), longest), 1);
            for (std::size_t i = 0; i < row.size(); i += 13) {
                row[i] = 0.99999994F;
                QCOMPARE(rowKernelsOf(level).allOne(row.data(), longest), 0);
                row[i] = 1.0F;
            }
        }
    }

    void wholePathsGiveEqualBytesAtEveryForcedLevel()
    {
        QByteArray first;
        for (const SimdLevel level : levelsOfThisMachine()) {
            const auto [code, output] = runForced(nameOf(level));
            QCOMPARE(code, 0);
            QVERIFY2(output.startsWith(nameOf(level)), output.constData()); // it really ran there
            const QByteArray digest = output.mid(3);
            QCOMPARE(digest.size(), 64);
            if (first.isEmpty())
                first = digest;
            QCOMPARE(digest, first);
        }
    }

    void anUnknownLevelIsAnErrorThatNamesIt()
    {
        const auto [code, output] = runForced("v9");
        QCOMPARE(code, 3);
        QVERIFY2(output.contains("ARTDAG_SIMD: 'v9'"), output.constData());
    }

    void kernelFilesIncludeNothingButRowsAndKernelHeadersAndRowsOnlyPlainWords()
    {
        const QDir folder(QStringLiteral(ARTDAG_SOURCE_DIR "/core/picture"));
        const QString rows = "core/picture/rows.h";
        // What kernels share among themselves sees no more than they do; house_kernel_symbols looks at what is left of it.
        const QStringList shared = folder.entryList({"kernel_*.h"});
        for (const QString& name : shared)
            QCOMPARE(includesOf(folder.filePath(name)), QStringList{rows});
        for (const QString& name : folder.entryList({"kernels_*.cpp"})) {
            QStringList includes = includesOf(folder.filePath(name));
            includes.removeAll("<immintrin.h>"); // C functions that are always inlined: nothing that a linker could share
            QVERIFY2(!includes.isEmpty(), qPrintable(name));
            for (const QString& include : includes)
                QVERIFY2(include == rows || shared.contains(include.mid(QString("core/picture/").size())),
                    qPrintable(name + " includes " + include));
        }
        // What rows.h includes may hold enumerations and the like, and includes nothing itself.
        for (const QString& name : includesOf(folder.filePath("rows.h")))
            QCOMPARE(includesOf(QStringLiteral(ARTDAG_SOURCE_DIR "/") + name), QStringList{});
    }

private:
    static QStringList includesOf(const QString& path)
    {
        QFile file(path);
        QStringList names;
        if (!file.open(QIODevice::ReadOnly))
            return {"unreadable " + path};
        for (const QByteArray& line : file.readAll().split('\n'))
            if (line.startsWith("#include"))
                names.append(QString::fromUtf8(line.mid(9)).remove('"'));
        return names;
    }

    static std::pair<int, QByteArray> runForced(const char* level)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("ARTDAG_SIMD", level);
        process.setProcessEnvironment(environment);
        process.start(QCoreApplication::applicationFilePath(), {"--digest"});
        process.waitForFinished(-1);
        return {process.exitCode(), process.readAllStandardOutput().trimmed()};
    }
};

int main(int argc, char** argv)
{
    if (argc == 2 && std::strcmp(argv[1], "--digest") == 0) {
        const auto level = simdLevel();
        if (!level) {
            std::puts(level.error().message.c_str());
            return 3;
        }
        std::printf("%s %s\n", nameOf(*level), hexOf(digestOfEverything()).c_str());
        return 0;
    }
    QCoreApplication app(argc, argv);
    LevelsTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "levels_test.moc"
