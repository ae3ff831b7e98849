// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sheet_picture.h"

#include "ui/qt_std.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace artdag {

namespace {
constexpr int gap = 16, labelHeight = 28, titleHeight = 48;
constexpr int leastWidth = 160;
} // namespace

QImage drawSheet(const SheetPicture& sheet)
{
    QSize cell(leastWidth, leastWidth * 9 / 16);
    for (const auto& [label, picture] : sheet.cells)
        cell = cell.expandedTo(picture.size());
    const int columns = std::max(1, std::min(sheet.columns, static_cast<int>(sheet.cells.size())));
    const int rows = (static_cast<int>(sheet.cells.size()) + columns - 1) / columns;
    QImage image(gap + columns * (cell.width() + gap), titleHeight + rows * (cell.height() + labelHeight + gap), QImage::Format_RGB32);
    image.fill(QColor(0x1b, 0x1b, 0x1b));
    QPainter painter(&image);
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(15);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(QColor(0xe8, 0xe8, 0xe8));
    painter.drawText(QRect(gap, 0, image.width() - 2 * gap, titleHeight), Qt::AlignVCenter | Qt::AlignLeft, sheet.title);
    font.setPixelSize(13);
    font.setWeight(QFont::Normal);
    painter.setFont(font);
    for (std::size_t i = 0; i < sheet.cells.size(); ++i) {
        const auto& [label, picture] = sheet.cells[i];
        const int column = static_cast<int>(i) % columns;
        const QPoint corner(gap + column * (cell.width() + gap), titleHeight + static_cast<int>(i) / columns * (cell.height() + labelHeight + gap));
        painter.fillRect(QRect(corner, cell), QColor(0x11, 0x11, 0x11));
        painter.drawImage(corner + QPoint((cell.width() - picture.width()) / 2, (cell.height() - picture.height()) / 2), picture);
        const QRect words(corner + QPoint(0, cell.height()), QSize(cell.width(), labelHeight));
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, painter.fontMetrics().elidedText(label, Qt::ElideRight, cell.width()));
    }
    return image;
}

QString differenceWords(const RecipeDifference& difference)
{
    const auto tr = [](const char* words) { return QCoreApplication::translate("Explore", words); };
    const QString place = toQt(std::string_view(difference.place));
    const QString before = toQt(std::string_view(difference.before));
    const QString after = toQt(std::string_view(difference.after));
    if (difference.what.empty())
        return (before.isEmpty() ? tr("%1: added (%2)") : tr("%1: gone (%2)")).arg(place, before.isEmpty() ? after : before);
    const QString what = difference.what == "value" ? place : tr("%1 · %2").arg(place, toQt(std::string_view(difference.what)));
    if (before.isEmpty())
        return tr("%1: default → %2").arg(what, after);
    return after.isEmpty() ? tr("%1: %2 → default").arg(what, before) : tr("%1: %2 → %3").arg(what, before, after);
}

} // namespace artdag
