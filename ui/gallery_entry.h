// SPDX-License-Identifier: GPL-3.0-or-later
// An entry of the gallery and its record on the disk, the one made of the other.
#pragma once

#include "ui/gallery.h"

namespace artdag {

/// Looks whether the film is there: not for the GUI thread.
GalleryEntry entryOfRecord(const RenderRecord& record);
RenderRecord recordOfEntry(const GalleryEntry& entry);
/// What an entry is found by, made anew after its words have changed.
QString searchedOf(const GalleryEntry& entry);
/// The title of the recipe: that of a look goes on with what differs.
QString titleOfRecipe(const GalleryEntry& entry);

} // namespace artdag
