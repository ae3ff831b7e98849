// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish_form.h"

#include "core/base/files.h"
#include "ui/qt_std.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <future>
#include <utility>

namespace artdag {

namespace {
struct Choice {
    const char* name;
    const char* usual;
};
constexpr Choice choices[] = {{"license", "CC-BY-4.0"}, {"visibility", "public"}, {"embedded", "none"}, {"recipe", "public"}, {"inputs", "public"}};
const QString sentMark = QStringLiteral("sent");

QString settingOf(const char* name)
{
    return QStringLiteral("publish/") + QLatin1String(name);
}
} // namespace

PublishForm::PublishForm(Gallery& gallery, QSettings& settings, std::filesystem::path file, QObject* parent)
    : QObject(parent),
      m_gallery(&gallery),
      m_settings(&settings),
      m_file(std::move(file))
{
    m_writeSoon.setSingleShot(true);
    m_writeSoon.setInterval(300);
    connect(&m_writeSoon, &QTimer::timeout, this, &PublishForm::write);
    connect(m_gallery, &Gallery::currentChanged, this, &PublishForm::showFilm);
    showFilm();
    load();
}

PublishForm::~PublishForm()
{
    if (m_writeSoon.isActive())
        write();
    const auto written = std::make_shared<std::promise<void>>(); // what was typed last is not lost
    auto done = written->get_future();
    m_disk->post(Urgency::Background, "end", [written](const CancelToken&) { written->set_value(); });
    done.wait();
    m_disk.reset();
}

void PublishForm::load()
{
    m_disk->post(Urgency::Idle, "load", [this, file = m_file](const CancelToken&) {
        const auto text = readTextFile(file);
        const QJsonObject films = text ? QJsonDocument::fromJson(QByteArray::fromStdString(*text)).object() : QJsonObject();
        QMetaObject::invokeMethod(
            this, [this, films] {
                for (auto film = films.begin(); film != films.end(); ++film) {
                    if (!m_kept.contains(film.key())) // what was typed meanwhile is newer
                        m_kept.insert(film.key(), film.value().toObject().toVariantMap());
                }
                showWords();
                Q_EMIT changed(); // a draft, or not
            },
            Qt::QueuedConnection);
    });
}

void PublishForm::showFilm()
{
    const GalleryEntry* entry = m_gallery->currentEntry();
    if (entry != nullptr && entry->id == m_film)
        return;
    m_film = entry == nullptr ? QString() : entry->id;
    showWords();
}

void PublishForm::showWords()
{
    const GalleryEntry* entry = m_gallery->currentEntry();
    const QString own = entry == nullptr ? QString() : entry->tags;
    QVariantMap words{{QStringLiteral("title"), m_gallery->currentTitle()}, {QStringLiteral("alt"), QString()}, {QStringLiteral("tags"), own.isEmpty() ? m_recipeTags : own}};
    for (const Choice& choice : choices)
        words.insert(QLatin1String(choice.name), m_settings->value(settingOf(choice.name), QLatin1String(choice.usual)));
    if (!m_recipeLicense.isEmpty() && !m_settings->contains(settingOf("license")))
        words.insert(QStringLiteral("license"), m_recipeLicense);
    words.insert(m_kept.value(m_film));
    words.remove(sentMark);
    if (std::exchange(m_words, words) != words)
        Q_EMIT changed();
}

void PublishForm::setRecipeWords(const QString& license, const QString& tags)
{
    m_recipeLicense = license;
    m_recipeTags = tags;
    showWords();
}

void PublishForm::set(const QString& name, const QString& value)
{
    if (m_film.isEmpty() || m_words.value(name).toString() == value)
        return;
    m_words.insert(name, value);
    if (name == QLatin1String("recipe") && value != QLatin1String("public") && word("embedded") == QLatin1String("full"))
        m_words.insert(QStringLiteral("embedded"), QStringLiteral("link"));
    if (name == QLatin1String("embedded") && value == QLatin1String("full"))
        m_words.insert(QStringLiteral("recipe"), QStringLiteral("public"));
    QVariantMap kept = m_words;
    if (isSent())
        kept.insert(sentMark, true);
    keep(m_film, kept);
}

QVariantList PublishForm::splits() const
{
    QVariantList list;
    for (const QString& line : word("splits").split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        list.append(QVariantMap{{QStringLiteral("owner"), line.section(QLatin1Char('='), 0, -2)}, {QStringLiteral("percent"), line.section(QLatin1Char('='), -1)}});
    return list;
}

void PublishForm::setLines(const QStringList& lines)
{
    set(QStringLiteral("splits"), lines.join(QLatin1Char('\n')));
}

void PublishForm::addSplit()
{
    setLines(word("splits").split(QLatin1Char('\n'), Qt::SkipEmptyParts) << QStringLiteral("="));
}

void PublishForm::setSplit(int row, const QString& owner, const QString& percent)
{
    QStringList lines = word("splits").split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    if (row < 0 || row >= lines.size())
        return;
    lines[row] = owner.simplified() + QLatin1Char('=') + percent.trimmed().replace(QLatin1Char(','), QLatin1Char('.'));
    setLines(lines);
}

void PublishForm::removeSplit(int row)
{
    QStringList lines = word("splits").split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    if (row < 0 || row >= lines.size())
        return;
    lines.removeAt(row);
    setLines(lines);
}

bool PublishForm::isSent() const
{
    return m_kept.value(m_film).value(sentMark).toBool();
}

bool PublishForm::hasChoices() const
{
    return m_settings->contains(settingOf("given"));
}

int PublishForm::lastGiven() const
{
    return m_settings->value(settingOf("given")).toInt();
}

void PublishForm::remember(const QString& film, const QVariantMap& words, int given)
{
    for (const Choice& choice : choices)
        m_settings->setValue(settingOf(choice.name), words.value(QLatin1String(choice.name)));
    m_settings->setValue(settingOf("given"), given);
    QVariantMap kept = words;
    kept.insert(sentMark, true);
    keep(film, kept);
}

void PublishForm::forgetSent(const QString& film)
{
    QVariantMap kept = m_kept.value(film);
    kept.remove(sentMark);
    keep(film, kept);
}

void PublishForm::keep(const QString& film, QVariantMap words)
{
    m_kept.insert(film, std::move(words));
    m_writeSoon.start();
    Q_EMIT changed();
}

void PublishForm::write()
{
    QJsonObject films;
    for (auto film = m_kept.cbegin(); film != m_kept.cend(); ++film)
        films.insert(film.key(), QJsonObject::fromVariantMap(film.value()));
    m_disk->post(
        Urgency::Idle, "write", [file = m_file, text = QJsonDocument(films).toJson().toStdString()](const CancelToken&) {
            std::error_code error;
            std::filesystem::create_directories(file.parent_path(), error);
            (void)writeFileAtomically(file, bytesOf(text), 0600);
        },
        true);
}

} // namespace artdag
