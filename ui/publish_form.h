// SPDX-License-Identifier: GPL-3.0-or-later
// What is said about a film that is to be published, and who gets what of it. Words are a film's own and kept as its draft until it is
// published, and after that as what was published; choices are those of the last publication. GUI thread; the disk has one of its own.
#pragma once

#include "ui/gallery.h"

#include <QHash>
#include <QObject>
#include <QSettings>
#include <QTimer>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include <filesystem>
#include <memory>

namespace artdag {

class PublishForm : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QVariantMap words READ words NOTIFY changed)
    Q_PROPERTY(QVariantList splits READ splits NOTIFY changed)
    Q_PROPERTY(int splitCount READ splitCount NOTIFY changed)
    Q_PROPERTY(bool draft READ isDraft NOTIFY changed)
    Q_PROPERTY(bool sent READ isSent NOTIFY changed)

public:
    PublishForm(Gallery& gallery, QSettings& settings, std::filesystem::path file, QObject* parent = nullptr);
    ~PublishForm() override;

    /// title, alt, tags (with commas), license, visibility, embedded (none, link, full), recipe (public, followers, request, sealed),
    /// inputs (public, cite), splits (a line for each person besides the creator: `@carol@artdag.example=12.5`)
    [[nodiscard]] QVariantMap words() const { return m_words; }
    [[nodiscard]] QString word(const char* name) const { return m_words.value(QLatin1String(name)).toString(); }
    /// One of those; it is kept with the film at once. A recipe that is not for everyone takes it out of the film.
    Q_INVOKABLE void set(const QString& name, const QString& value);
    /// {owner, percent}, as they are written; empty: shares follow from what the work is made of.
    [[nodiscard]] QVariantList splits() const;
    [[nodiscard]] int splitCount() const { return static_cast<int>(splits().size()); }
    Q_INVOKABLE void addSplit();
    Q_INVOKABLE void setSplit(int row, const QString& owner, const QString& percent);
    Q_INVOKABLE void removeSplit(int row);
    [[nodiscard]] bool isDraft() const { return m_kept.contains(m_film) && !isSent(); } ///< something was said that is not published yet
    [[nodiscard]] bool isSent() const;                                                  ///< it was published, with these words or others

    /// What the open recipe says of itself: the beginning of a film's words, where nothing else is known.
    void setRecipeWords(const QString& license, const QString& tags);

    /// A film of this machine was published before, so the choices are somebody's.
    [[nodiscard]] bool hasChoices() const;
    /// What the last publication gave to others, in basis points.
    [[nodiscard]] int lastGiven() const;
    /// The film was published with what was said: that stays as its words, the choices as everyone's.
    void remember(const QString& film, const QVariantMap& words, int given);
    /// It was withdrawn: what was said is a draft again.
    void forgetSent(const QString& film);

Q_SIGNALS:
    void changed();

private:
    void load();
    void showFilm();
    void showWords();
    void setLines(const QStringList& lines);
    void keep(const QString& film, QVariantMap words);
    void write();

    Gallery* m_gallery;
    QSettings* m_settings;
    std::filesystem::path m_file;
    QString m_film;      ///< the entry's id
    QVariantMap m_words; ///< of it
    QString m_recipeLicense, m_recipeTags;
    QHash<QString, QVariantMap> m_kept; ///< by film; with `sent` when it was published
    QTimer m_writeSoon;
    std::unique_ptr<WorkQueue> m_disk = std::make_unique<WorkQueue>(1);
};

} // namespace artdag
