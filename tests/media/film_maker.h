// SPDX-License-Identifier: GPL-3.0-or-later
// Media for the tests of this room, made by the ffmpeg command into a directory of the test's own, and what that command
// says about it: an independent reader to compare with.
#pragma once

#include "core/base/digest.h"
#include "core/base/files.h"
#include "core/media/decode.h"
#include "core/media/encode.h"

#include <QByteArray>
#include <QFile>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QtTest>

#include <cstring>
#include <string>
#include <vector>

namespace artdag::testing {

class FilmMaker {
public:
    FilmMaker()
        : m_directory(TemporaryDirectory::make("artdag-media").value()) {}

    [[nodiscard]] std::filesystem::path path(const char* name) const { return m_directory.path() / name; }
    [[nodiscard]] QString text(const char* name) const { return QString::fromStdString(path(name).string()); }

    /// Runs `ffmpeg ARGUMENTS NAME`, words separated by spaces; a `@x` is a file x of this directory.
    bool make(const char* name, const char* arguments) const
    {
        QStringList words{"-v", "error", "-nostdin", "-y"};
        for (const QString& word : QString::fromUtf8(arguments).split(' ', Qt::SkipEmptyParts))
            words << (word.startsWith('@') ? text(word.mid(1).toUtf8().constData()) : word);
        return run("ffmpeg", words << text(name)).has_value();
    }

    /// The standard output of a command, or nothing when it failed.
    static std::optional<QByteArray> run(const QString& program, const QStringList& arguments)
    {
        QProcess process;
        process.start(program, arguments);
        const bool finished = process.waitForFinished(120000);
        if (!finished || process.exitCode() != 0) {
            qWarning("%s %s: %s", qPrintable(program), qPrintable(arguments.join(' ')), process.readAllStandardError().constData());
            return std::nullopt;
        }
        if (const QByteArray complaints = process.readAllStandardError(); !complaints.isEmpty())
            qWarning("%s: %s", qPrintable(program), complaints.constData());
        return process.readAllStandardOutput();
    }

    /// Every picture as the ffmpeg command decodes it, packed in a pixel format (by swscale where that is another).
    [[nodiscard]] std::vector<QByteArray> pictures(const char* name, const char* pixelFormat, int pictureBytes) const
    {
        const QStringList words{"-v", "error", "-nostdin", "-flags", "bitexact", "-idct", "simple", "-noautorotate", "-i", text(name), "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", pixelFormat, "-"};
        const auto bytes = run("ffmpeg", words);
        std::vector<QByteArray> pictures;
        for (qsizetype at = 0; bytes && at + pictureBytes <= bytes->size(); at += pictureBytes)
            pictures.push_back(bytes->mid(at, pictureBytes));
        return pictures;
    }

    /// One column of ffprobe, a line each.
    [[nodiscard]] QStringList probe(const char* name, const char* stream, const char* entries) const
    {
        const auto bytes = run("ffprobe", {"-v", "error", "-select_streams", stream, "-show_entries", entries, "-of", "csv=p=0", text(name)});
        QStringList lines;
        for (const QString& line : QString::fromUtf8(bytes.value_or("")).split('\n', Qt::SkipEmptyParts))
            lines << line.section(',', 0, 0).trimmed();
        return lines;
    }

    /// The sound as the ffmpeg command decodes it, mono.
    [[nodiscard]] std::vector<float> sound(const char* name) const
    {
        const QByteArray bytes = run("ffmpeg", {"-v", "error", "-nostdin", "-i", text(name), "-map", "0:a:0", "-f", "f32le", "-ac", "1", "-"}).value_or("");
        std::vector<float> samples(static_cast<std::size_t>(bytes.size()) / 4);
        std::memcpy(samples.data(), bytes.constData(), samples.size() * 4);
        return samples;
    }

    void write(const char* name, const QByteArray& bytes) const
    {
        QFile file(text(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    [[nodiscard]] QByteArray read(const char* name) const
    {
        QFile file(text(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    TemporaryDirectory m_directory;
};

/// The samples of a picture, rows without padding.
inline QByteArray packedBytes(const CodedPicture& picture)
{
    QByteArray bytes;
    const std::vector<PlaneShape> shapes = planesOf(picture.coding.format, picture.width, picture.height);
    for (std::size_t plane = 0; plane < shapes.size(); ++plane)
        for (int y = 0; y < shapes[plane].height; ++y)
            bytes.append(reinterpret_cast<const char*>(picture.planes[plane] + y * picture.strides[plane]), static_cast<qsizetype>(shapes[plane].width) * shapes[plane].samplesPerPixel * shapes[plane].bytesPerSample);
    return bytes;
}

/// A picture in which every frame and every place differ, and which x264 finds neither trivial nor impossible.
inline PackedPicture patternPicture(const Coding& coding, int width, int height, int frame)
{
    PackedPicture picture = makePacked(width, height, coding);
    const bool ten = coding.format == SampleFormat::Gbrp10 || coding.format == SampleFormat::Yuv420p10;
    std::uint32_t state = static_cast<std::uint32_t>(frame) * 2654435761U + 1;
    for (std::size_t i = 0; i < picture.data.size(); ++i) {
        state = state * 1664525U + 1013904223U;
        picture.data[i] = ten && i % 2 == 1 ? static_cast<std::uint8_t>(state >> 30) : static_cast<std::uint8_t>(i / 5 + static_cast<std::size_t>(frame) * 7 + (state >> 29));
    }
    return picture;
}

inline EncodeProfile profileOf(const char* name)
{
    return encodeProfile(name).value();
}

/// Encodes and joins chunks of the given lengths; the pictures are patternPicture 0, 1, 2 …
inline Result<MuxInput> patternFilm(const EncodeProfile& profile, int width, int height, Rate rate, const std::vector<int>& lengths)
{
    MuxInput film;
    film.profile = profile;
    film.width = width;
    film.height = height;
    film.rate = rate;
    int frame = 0;
    for (const int length : lengths) {
        const auto encoder = TRY(makeChunkEncoder(profile, width, height, rate));
        for (int i = 0; i < length; ++i)
            TRY(encoder->add(patternPicture(profile.coding, width, height, frame++)));
        film.chunks.push_back(TRY(encoder->finish()));
    }
    return film;
}

/// Silence with one full sample.
inline Sound impulse(std::int64_t samples, std::int64_t at)
{
    Sound sound(SampleRange{0, samples});
    sound.channel(0)[at] = sound.channel(1)[at] = 0.9F;
    return sound;
}

template <class Samples>
std::int64_t loudest(const Samples& samples, std::int64_t count)
{
    std::int64_t best = 0;
    for (std::int64_t i = 1; i < count; ++i)
        if (std::abs(samples[i]) > std::abs(samples[best]))
            best = i;
    return best;
}

constexpr const char* chart = "-f lavfi -i testsrc2=s=176x144:r=25:d=2";

/// What `of` says of every picture, in order; nothing where one fails.
template <class Of>
auto ofAllPictures(MediaFile& file, Of of)
{
    std::vector<decltype(of(std::declval<const CodedPicture&>()))> answers;
    for (;;) {
        const auto picture = file.nextPicture();
        if (!picture) {
            qWarning("%s", picture.error().message.c_str());
            return decltype(answers){};
        }
        if (!*picture)
            return answers;
        answers.push_back(of(**picture));
    }
}

/// Every picture in order; none where one fails.
inline std::vector<QByteArray> allPictures(MediaFile& file)
{
    return ofAllPictures(file, [](const CodedPicture& picture) { return packedBytes(picture); });
}

/// The file, or a warning with what is wrong.
inline Result<std::unique_ptr<MediaFile>> opened(const FilmMaker& maker, const char* name)
{
    auto file = openMedia(maker.path(name));
    if (!file)
        qWarning("%s", file.error().message.c_str());
    return file;
}

} // namespace artdag::testing
