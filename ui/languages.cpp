// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/languages.h"

#include <QCoreApplication>
#include <QDir>
#include <QGuiApplication>
#include <QLocale>

namespace artdag {

namespace {
const QString folder = QStringLiteral(":/i18n");
const QString pseudoFromRight = QStringLiteral("ar-XB"); ///< the pseudo language, written from right to left

/// Accented letters for plain ones, in one order.
constexpr const char16_t* plain = u"AaCcDdEeGgIiLlNnOoRrSsTtUuYyZz";
constexpr const char16_t* accented = u"ÅåÇçÐđÉéĜĝÎîĻļÑñÖöŔŕŠšŢţÛûÝýŽž";

QString titleOf(const QString& name)
{
    QString title = QLocale(name).nativeLanguageName();
    if (title.isEmpty())
        return name;
    title[0] = title[0].toUpper();
    return title.startsWith(QLatin1String("American ")) ? title.mid(9) : title;
}
} // namespace

QString PseudoTranslator::translate(const char* /*context*/, const char* source, const char* /*disambiguation*/, int /*n*/) const
{
    const QString text = QString::fromUtf8(source);
    if (text.isEmpty())
        return text;
    const QStringView letters(plain);
    QString made;
    bool tag = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool placeholder = i > 0 && (text[i - 1] == QLatin1Char('%') || text[i - 1] == QLatin1Char('&'));
        tag = tag || text[i] == QLatin1Char('<');
        const auto at = tag || placeholder ? -1 : letters.indexOf(text[i]);
        made += at < 0 ? text[i] : QChar(accented[at]);
        tag = tag && text[i] != QLatin1Char('>');
    }
    return QLatin1Char('[') + made + QString(qMax<qsizetype>(1, text.size() * 2 / 5), QLatin1Char('~')) + QLatin1Char(']');
}

Languages::~Languages()
{
    if (m_translator)
        QCoreApplication::removeTranslator(m_translator.get());
}

QVariantList Languages::all() const
{
    const auto row = [](const QString& name, const QString& title) { return QVariantMap{{QStringLiteral("name"), name}, {QStringLiteral("title"), title}}; };
    QVariantList list{row({}, tr("As the system")), row(QStringLiteral("en"), QStringLiteral("English"))};
    for (const QString& file : QDir(folder).entryList({QStringLiteral("artdag_*.qm")}, QDir::Files, QDir::Name)) {
        const QString name = file.mid(7).chopped(3);
        list << row(name, titleOf(name));
    }
    return list;
}

void Languages::choose(const QString& name)
{
    if (m_translator)
        QCoreApplication::removeTranslator(m_translator.get());
    m_translator.reset();
    QLocale spoken = name.isEmpty() ? QLocale::system() : QLocale(name);
    if (name == QLatin1String(pseudo) || name == pseudoFromRight) {
        m_translator = std::make_unique<PseudoTranslator>();
    } else if (name != QLatin1String("en")) {
        auto translator = std::make_unique<QTranslator>();
        if (translator->load(spoken, QStringLiteral("artdag"), QStringLiteral("_"), folder))
            m_translator = std::move(translator);
        else
            spoken = QLocale(QLocale::English); // which it is in then, and from left to right
    }
    QGuiApplication::setLayoutDirection(spoken.textDirection());
    if (m_translator)
        QCoreApplication::installTranslator(m_translator.get());
    Q_EMIT changed();
}

} // namespace artdag
