// SPDX-License-Identifier: GPL-3.0-or-later
// MP4: boxes, and the places in them that count from the start of the file. Only for this room.
#pragma once

#include "core/embed/container.h"

#include <string>
#include <vector>

namespace artdag::embed {

struct Box {
    std::string type;
    std::uint64_t at = 0, head = 0, size = 0; ///< where it begins, bytes before its content, bytes in all
    bool isOpen = false;                      ///< it goes on to the end of the file, whatever is put there
    [[nodiscard]] std::uint64_t end() const { return at + size; }
    [[nodiscard]] std::uint64_t content() const { return at + head; }
};

/// Those from `begin` to `end`; BadInput when one leaves that.
Result<std::vector<Box>> boxesIn(const FilePlaces& file, std::uint64_t begin, std::uint64_t end);

/// The tables of places (`stco`, `co64`, `tfhd`, `tfra`) when all that is at `from` and behind moves by `by` bytes. Ascending. BadInput for a
/// place that its table cannot hold then, and for tables whose places are not known here.
Result<std::vector<Splice>> movedPlaces(const FilePlaces& file, std::uint64_t from, std::int64_t by);

} // namespace artdag::embed
