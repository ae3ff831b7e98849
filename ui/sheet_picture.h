// SPDX-License-Identifier: GPL-3.0-or-later
// A contact sheet as one picture with labels, to be sent to somebody; and differences of recipes in words.
#pragma once

#include "core/recipe/compare_recipes.h"

#include <QImage>
#include <QString>

#include <utility>
#include <vector>

namespace artdag {

struct SheetPicture {
    QString title;
    int columns = 4;
    std::vector<std::pair<QString, QImage>> cells; ///< label, picture (a null one is drawn as an empty frame)
};

/// Pictures keep their pixels; no thread in particular.
QImage drawSheet(const SheetPicture& sheet);

/// `soft · radius: 4 → 7.5`
QString differenceWords(const RecipeDifference& difference);

} // namespace artdag
